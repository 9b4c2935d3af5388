/** Calls that wait for the user, on the page of the session panel alone: a real browser, a scripted host. */
import assert from 'node:assert/strict';
import { AxeBuilder } from '@axe-core/playwright';
import type { Browser, BrowserContext, Locator, Page } from 'playwright-core';
import type { PageMessage } from '../../src/protocol/messages.ts';
import { eventually } from '../support/eventually.ts';
import { openBrowser } from '../support/page/browser.ts';
import { type PageServer, startPageServer } from '../support/page/pageServer.ts';
import { NOW } from '../support/page/rows.ts';
import { pageThemes } from '../support/page/themes.ts';

describe('approvals on the session page', function () {
  this.timeout(60_000);
  let server: PageServer;
  let browser: Browser;
  let context: BrowserContext;
  let page: Page;
  let errors: string[];

  before(async () => {
    server = await startPageServer();
    browser = await openBrowser();
  });

  after(async () => {
    await browser.close();
    await server.dispose();
  });

  beforeEach(async () => {
    errors = [];
    context = await browser.newContext({ viewport: { width: 900, height: 800 }, timezoneId: 'UTC' });
    page = await context.newPage();
    page.on('pageerror', (error) => errors.push(error.message));
  });

  afterEach(async () => {
    const violations = await page.evaluate(() => window.fakeHost.violations);
    await context.close();
    assert.deepEqual(violations, [], 'the policy was broken');
    assert.deepEqual(errors, [], 'the page threw');
  });

  async function open(scenario: string, theme = 'dark'): Promise<void> {
    await page.clock.install({ time: NOW });
    await page.goto(`${server.origin}/${theme}#${scenario}`);
    await page.waitForSelector('.composer');
    await page.waitForSelector('article');
  }

  const posted = <T extends PageMessage['type']>(type: T) =>
    page.evaluate(
      (wanted) => window.fakeHost.posted.filter((message) => message.type === wanted),
      type,
    ) as Promise<Extract<PageMessage, { type: T }>[]>;
  const frames = () =>
    page.evaluate(
      () =>
        new Promise<void>((resolve) =>
          requestAnimationFrame(() => requestAnimationFrame(() => requestAnimationFrame(() => resolve()))),
        ),
    );
  const card = (text: string): Locator => page.locator('.ask').filter({ hasText: text });
  const allowIn = (text: string): Locator => card(text).getByRole('button', { name: 'Allow' });
  const bar = (): Locator => page.locator('.waiting');
  const says = () => page.locator('[data-status]').textContent();
  const untilEnabled = async (button: Locator) => {
    await eventually(async () => await button.isEnabled());
  };
  /** The call is answered on the server: its card becomes a quiet one. */
  const take = (key: string) =>
    page.evaluate((which) => window.fakeHost.changeCall(which, { status: 'running' }), key);
  const focusIsIn = (selector: string) =>
    page.waitForFunction((wanted) => document.activeElement?.closest(wanted) !== null, selector);

  describe('whose input changes', () => {
    const change = () =>
      page.evaluate(() =>
        window.fakeHost.changeCall('push', {
          inputHash: 'another',
          inputJson: '{\n  "command": "rm -rf ~"\n}',
          inputTotal: 27,
          input: { view: 'shell', command: 'rm -rf ~' },
        }),
      );

    it('does not count a sight of the old one that is told late', async () => {
      // Holds back what observers have to tell, as a busy page does.
      await page.addInitScript(() => {
        const held: (() => void)[] = [];
        const Real = IntersectionObserver;
        class Held extends Real {
          constructor(callback: IntersectionObserverCallback, options?: IntersectionObserverInit) {
            super((entries, observer) => {
              held.push(() => callback(entries, observer));
            }, options);
          }
        }
        Object.assign(window, { IntersectionObserver: Held, held });
      });
      await open('two');
      await page.waitForFunction(() => (Reflect.get(window, 'held') as unknown[]).length >= 2);
      const release = (howMany: number) =>
        page.evaluate((count) => {
          const late = Reflect.get(window, 'held') as (() => void)[];
          late.splice(0, count).forEach((tell) => tell());
        }, howMany);
      const old = await page.evaluate(() => (Reflect.get(window, 'held') as unknown[]).length);
      await change();
      await card('rm -rf ~').waitFor();
      await release(old);
      await frames();
      assert.ok(await allowIn('rm -rf ~').isDisabled(), 'the old sight counted for the new input');
      await release(100);
      await untilEnabled(allowIn('rm -rf ~'));
    });

    it('wants to be told that the new one was read, where the old one was', async () => {
      await open('two');
      await untilEnabled(allowIn('git push'));
      await change();
      const changed = card('rm -rf ~');
      await changed.getByRole('alert').filter({ hasText: 'The input has changed' }).waitFor();
      assert.ok(await allowIn('rm -rf ~').isDisabled());
      await changed.getByRole('button', { name: 'I have read the changed input' }).click();
      await untilEnabled(allowIn('rm -rf ~'));
      await allowIn('rm -rf ~').click();
      await page.waitForFunction(() => window.fakeHost.posted.some(({ type }) => type === 'decide'));
      const [message] = await posted('decide');
      assert.equal(message?.inputHash, 'another');
    });

    it('is left out of what is allowed together', async () => {
      await open('two');
      await page.getByRole('button', { name: 'Allow 2' }).waitFor();
      await change();
      await bar().getByText('1 not read to the end yet').waitFor();
      await page.getByRole('button', { name: 'Allow 1' }).click();
      await page.waitForFunction(() => window.fakeHost.posted.some(({ type }) => type === 'allowAll'));
      const [message] = await posted('allowAll');
      assert.deepEqual(message?.calls, [{ eventId: 'sevt_hidden', inputHash: 'hash-hidden' }]);
    });
  });

  it('takes a double click for one decision, also where the second click hits another card', async () => {
    await open('two');
    await untilEnabled(allowIn('git push'));
    await allowIn('git push').dblclick();
    const click = (detail: number) =>
      allowIn('rm -rf build').evaluate((button, count) => {
        button.dispatchEvent(new MouseEvent('click', { bubbles: true, detail: count }));
      }, detail);
    await click(2);
    await frames();
    assert.equal((await posted('decide')).length, 1);
    await click(1);
    await page.waitForFunction(
      () => window.fakeHost.posted.filter(({ type }) => type === 'decide').length === 2,
    );
  });

  it('goes from call to call by keyboard, and ends in the composer', async () => {
    await open('two');
    await untilEnabled(allowIn('git push'));
    await page.locator('article').filter({ hasText: 'git push' }).focus();
    for (const place of ['.ask-input', '.allow']) {
      await page.keyboard.press('Tab');
      await focusIsIn(place);
    }
    await page.keyboard.press('Enter');
    await page.waitForFunction(
      () =>
        document.activeElement?.matches('article') === true &&
        document.activeElement.textContent.includes('rm -rf build'),
    );
    await page.clock.runFor(200);
    assert.equal(await says(), 'Allowed. 1 more call waits for you');
    await take('push');
    await card('git push').waitFor({ state: 'detached' });
    await page.keyboard.press('Tab');
    await page.keyboard.press('Tab');
    await page.keyboard.press('Tab');
    await focusIsIn('.start-deny');
    await page.keyboard.press('Enter');
    await focusIsIn('.deny textarea');
    await page.keyboard.type('Not like this');
    await page.keyboard.press('Control+Enter');
    await page.waitForFunction(
      () => window.fakeHost.posted.filter(({ type }) => type === 'decide').length === 2,
    );
    await focusIsIn('.composer-text');
    const [, denial] = await posted('decide');
    assert.deepEqual([denial?.decision, denial?.reason], ['deny', 'Not like this']);
  });

  it('leaves the keyboard with whoever has gone on to write', async () => {
    await open('two');
    await untilEnabled(allowIn('git push'));
    await page.evaluate(() => (window.fakeHost.silent = true));
    await allowIn('git push').click();
    await page.waitForFunction(() => window.fakeHost.posted.some(({ type }) => type === 'decide'));
    await page.locator('.composer-text').click();
    const [message] = await posted('decide');
    await page.evaluate(
      (id) => window.fakeHost.send({ type: 'outcome', id, outcome: { ok: true } }),
      message?.id ?? 0,
    );
    await take('push');
    await bar().getByText('1 call waits for you').waitFor();
    await focusIsIn('.composer-text');
  });

  it('allows all that were read with one press, and says how many', async () => {
    await open('two');
    await page.getByRole('button', { name: 'Allow 2' }).click();
    await page.waitForFunction(() => window.fakeHost.posted.some(({ type }) => type === 'allowAll'));
    const [message] = await posted('allowAll');
    assert.deepEqual(message?.calls, [
      { eventId: 'sevt_push', inputHash: 'hash-push' },
      { eventId: 'sevt_hidden', inputHash: 'hash-hidden' },
    ]);
    await focusIsIn('.composer-text');
    await page.clock.runFor(200);
    assert.equal(await says(), '2 calls allowed');
    await take('push');
    await take('hidden');
    await card('git push').waitFor({ state: 'detached' });
    assert.equal(await bar().count(), 0);
  });

  it('says why nothing was allowed, beside the button', async () => {
    await open('two');
    await page.evaluate(() =>
      window.fakeHost.answerWith({ ok: false, code: 'stale', message: 'One of them has changed.' }),
    );
    await page.getByRole('button', { name: 'Allow 2' }).click();
    await bar().getByRole('alert').filter({ hasText: 'One of them has changed.' }).waitFor();
    await untilEnabled(page.getByRole('button', { name: 'Allow 2' }));
  });

  it('shows what was not read yet, and goes to it', async () => {
    await page.setViewportSize({ width: 900, height: 500 });
    await open('approvals');
    assert.ok(await page.getByRole('button', { name: /^Allow( all shown| \d)/ }).isVisible());
    await page.getByRole('button', { name: 'Show', exact: true }).click();
    await page.waitForFunction(() => document.activeElement?.textContent.includes('git push') === true);
    await page.getByRole('button', { name: 'Show', exact: true }).click();
    await page.waitForFunction(() => document.activeElement?.textContent.includes('rm -rf build') === true);
    await card('git push').getByText('1 of 7 waiting').waitFor();
    await page.getByRole('article', { name: /^The agent asks to use bash, 1 of 7 waiting/ }).waitFor();
  });

  it('asks the host for a call that is far away', async () => {
    await open('5000');
    await page.evaluate(() => window.fakeHost.changeHeader({ activity: 'needsYou', pending: ['row:12'] }));
    await page.getByRole('button', { name: 'Show', exact: true }).click();
    await page.waitForSelector('article[aria-posinset="13"]:focus');
    assert.equal((await posted('showCall')).length, 1);
  });

  it('scrolls a long input with the keys, and leaves the conversation where it is', async () => {
    await open('approvals');
    const box = card('echo one more line').locator('.ask-input');
    await box.focus();
    assert.ok(await allowIn('echo one more line').isDisabled());
    await page.keyboard.press('End');
    await untilEnabled(allowIn('echo one more line'));
    await focusIsIn('.ask-input');
  });

  it('offers nothing to decide while the agent is being stopped', async () => {
    await open('two');
    await untilEnabled(allowIn('git push'));
    await page.evaluate(() =>
      window.fakeHost.changeHeader({ activity: 'stopping', pending: ['push', 'hidden'] }),
    );
    await card('git push').getByText('The agent is being stopped').waitFor();
    assert.ok(await allowIn('git push').isDisabled());
    assert.equal(await bar().count(), 0);
  });

  describe('the form of a result', () => {
    const form = () => card('lookup_order');
    const field = () => form().getByRole('textbox', { name: 'Result' });
    const send = () => form().getByRole('button', { name: 'Send result' });

    it('wants something, or the word that there is nothing', async () => {
      await open('approvals');
      assert.ok(await send().isDisabled());
      await form().getByText('Write the result, or say that there is none').waitFor();
      await form().getByRole('checkbox', { name: 'The tool has no output' }).check();
      await untilEnabled(send());
      await field().fill('shipped');
      await form().locator('.check.is-off').filter({ hasText: 'The tool has no output' }).waitFor();
      await field().fill('');
      await send().click();
      await page.waitForFunction(() => window.fakeHost.posted.some(({ type }) => type === 'answerTool'));
      const [message] = await posted('answerTool');
      assert.deepEqual([message?.text, message?.isError, message?.inputHash], ['', false, 'hash-lookup']);
    });

    it('says where JSON is none, and sends it compact when it is some', async () => {
      await open('approvals');
      await form().getByRole('button', { name: 'JSON' }).click();
      await field().fill('{\n  "status": "shipped"\n  "total": 42.00\n}');
      await send().click();
      await form()
        .getByRole('alert')
        .filter({ hasText: 'Line 3, column 3: a comma or a closing bracket is missing' })
        .waitFor();
      await form().getByRole('button', { name: 'Go there' }).click();
      assert.deepEqual(
        await field().evaluate((element) =>
          element instanceof HTMLTextAreaElement
            ? element.value.slice(element.selectionStart, element.selectionEnd)
            : '',
        ),
        '"',
      );
      await field().fill('{\n  "status": "shipped",\n  "total": 42.00\n}');
      await form().getByRole('alert').waitFor({ state: 'detached' });
      await form().getByRole('checkbox', { name: 'This is an error' }).check();
      await field().press('Control+Enter');
      await page.waitForFunction(() => window.fakeHost.posted.some(({ type }) => type === 'answerTool'));
      const [message] = await posted('answerTool');
      assert.deepEqual([message?.text, message?.isError], ['{"status":"shipped","total":42.00}', true]);
    });

    it('keeps what is written over new rows and a reload', async () => {
      await open('approvals');
      await form().getByRole('button', { name: 'JSON' }).click();
      await field().fill('{"half": ');
      await form().getByRole('checkbox', { name: 'This is an error' }).check();
      await page.evaluate(() => window.fakeHost.appendSynthetic(2));
      await frames();
      assert.equal(await field().inputValue(), '{"half": ');
      await page.clock.runFor(1_000);
      await page.reload();
      await page.waitForSelector('.ask');
      await field().waitFor();
      assert.equal(await field().inputValue(), '{"half": ');
      assert.equal(await form().getByRole('button', { name: 'JSON' }).getAttribute('aria-pressed'), 'true');
      assert.ok(await form().getByRole('checkbox', { name: 'This is an error' }).isChecked());
    });
  });

  for (const theme of pageThemes) {
    it(`has nothing that axe objects to: ${theme}`, async () => {
      await open('approvals', theme);
      await card('git push').getByRole('button', { name: 'Deny…' }).click();
      const form = card('lookup_order');
      await form.getByRole('button', { name: 'JSON' }).click();
      await form.getByRole('textbox', { name: 'Result' }).fill('{');
      await form.getByRole('button', { name: 'Send result' }).click();
      await form.getByRole('alert').waitFor();
      const result = await new AxeBuilder({ page }).include('.feed-rows').include('.waiting').analyze();
      assert.deepEqual(
        result.violations.map(({ id, nodes }) => `${id}: ${nodes.map((node) => node.html).join(' | ')}`),
        [],
      );
    });
  }

  it('fits into 320 pixels', async () => {
    await page.setViewportSize({ width: 320, height: 640 });
    await open('approvals');
    const wide = await page.evaluate(() =>
      [document.documentElement, ...document.querySelectorAll('.ask, .waiting')]
        .filter((box) => box.scrollWidth > box.clientWidth + 2)
        .map((box) => box.className),
    );
    assert.deepEqual(wide, []);
    const small = await page.$$eval('.ask button:not(.link), .waiting button', (buttons) =>
      buttons
        .filter((button) => button.getBoundingClientRect().height < 24)
        .map((button) => button.textContent),
    );
    assert.deepEqual(small, []);
  });
});
