/** The page of the session panel alone, in a real browser under the policy that the extension sets. */
import assert from 'node:assert/strict';
import { AxeBuilder } from '@axe-core/playwright';
import type { Browser, BrowserContext, Page } from 'playwright-core';
import type { PageMessage } from '../../src/protocol/messages.ts';
import { openBrowser } from '../support/page/browser.ts';
import { type PageServer, startPageServer } from '../support/page/pageServer.ts';
import { NOW } from '../support/page/rows.ts';
import { pageThemes } from '../support/page/themes.ts';

describe('session page', function () {
  this.timeout(60_000);
  let server: PageServer;
  let browser: Browser;
  let context: BrowserContext;
  let page: Page;
  let errors: string[] = [];
  let requests: string[] = [];

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
    requests = [];
    context = await browser.newContext({ viewport: { width: 900, height: 800 }, timezoneId: 'UTC' });
    page = await context.newPage();
    page.on('pageerror', (error) => errors.push(error.message));
    page.on('request', (request) => requests.push(request.url()));
  });

  afterEach(async () => {
    const violations = await page.evaluate(() => window.fakeHost.violations);
    await context.close();
    assert.deepEqual(violations, [], 'the policy was broken');
    assert.deepEqual(errors, [], 'the page threw');
    assert.deepEqual(
      requests.filter((url) => !url.startsWith(server.origin) && !url.startsWith('blob:')),
      [],
      'the page asked the network',
    );
  });

  async function open(scenario: string, theme = 'dark'): Promise<void> {
    await page.clock.install({ time: NOW });
    await page.goto(`${server.origin}/${theme}#${scenario}`);
    await page.waitForSelector('.composer');
    if (scenario !== 'empty') {
      await page.waitForSelector('article');
      await page.waitForFunction(
        () => document.querySelector('.agent') === null || document.querySelector('.md') !== null,
      );
    }
  }

  const posted = (type: PageMessage['type']) =>
    page.evaluate((wanted) => window.fakeHost.posted.filter((message) => message.type === wanted), type);
  const distanceToEnd = () =>
    page.$eval('.scroller', (box) => box.scrollHeight - box.clientHeight - box.scrollTop);
  const frames = () =>
    page.evaluate(
      () =>
        new Promise<void>((resolve) =>
          requestAnimationFrame(() => requestAnimationFrame(() => requestAnimationFrame(() => resolve()))),
        ),
    );

  for (const theme of pageThemes) {
    for (const scenario of ['tour', 'calm+idle', 'offline', 'empty']) {
      it(`has nothing that axe objects to: ${theme}, ${scenario}`, async () => {
        await open(scenario, theme);
        const result = await new AxeBuilder({ page }).analyze();
        assert.deepEqual(
          result.violations.map(({ id, nodes }) => `${id}: ${nodes.map((node) => node.html).join(' | ')}`),
          [],
        );
      });
    }
  }

  it('has nothing that axe objects to with everything opened', async () => {
    await open('tour');
    for (const head of await page.$$(
      '.card-head[aria-expanded="false"], summary, .notice-text[aria-expanded="false"]',
    )) {
      await head.click();
    }
    await page.getByRole('button', { name: 'Deny…' }).click();
    const result = await new AxeBuilder({ page }).analyze();
    assert.deepEqual(
      result.violations.map(({ id, nodes }) => `${id}: ${nodes.map((node) => node.html).join(' | ')}`),
      [],
    );
  });

  it('opens a long session at its end and draws only what is near', async () => {
    await open('100000');
    assert.ok((await distanceToEnd()) < 2);
    assert.equal(await page.locator('article').last().getAttribute('aria-posinset'), '100000');
    assert.ok((await page.evaluate(() => document.querySelectorAll('*').length)) < 1_500);
  });

  it('reaches the first row with one key, and the last with another', async () => {
    await open('100000');
    await page.locator('article').last().focus();
    await page.keyboard.press('Home');
    await page.waitForSelector('article[aria-posinset="1"]:focus');
    assert.ok(await page.getByText('Beginning of the session').isVisible());
    await page.keyboard.press('End');
    await page.waitForSelector('article[aria-posinset="100000"]:focus');
    await frames();
    assert.ok((await distanceToEnd()) < 2);
  });

  it('follows new rows only while the reader is at the end', async () => {
    await open('500');
    await page.evaluate(() => window.fakeHost.appendSynthetic(5));
    await page.waitForSelector('article[aria-posinset="505"]');
    await frames();
    assert.ok((await distanceToEnd()) < 2);
    await page.mouse.move(400, 400);
    await page.mouse.wheel(0, -900);
    await page.waitForFunction(() => (document.querySelector('.scroller')?.scrollTop ?? 0) > 0);
    await page.waitForFunction(() => {
      const box = document.querySelector('.scroller');
      return box !== null && box.scrollHeight - box.clientHeight - box.scrollTop > 700;
    });
    await frames();
    const place = await placeOfFirstVisible();
    await page.evaluate(() => window.fakeHost.appendSynthetic(7));
    await page.getByRole('button', { name: '7 new' }).waitFor();
    await frames();
    assertSamePlace(await placeOfFirstVisible(), place);
    await page.getByRole('button', { name: '7 new' }).click();
    await page.waitForSelector('article[aria-posinset="512"]');
    await frames();
    assert.ok((await distanceToEnd()) < 2);
  });

  it('keeps the place when older rows are put in front', async () => {
    await open('40+partial');
    await page.$eval('.scroller', (box) => box.scrollTo(0, 300));
    await frames();
    const place = await placeOfFirstVisible();
    await page.evaluate(() => window.fakeHost.prepend(300));
    await page.waitForFunction(() => window.fakeHost.posted.filter(({ type }) => type === 'rows').length > 0);
    await frames();
    assertSamePlace(await placeOfFirstVisible(), place);
  });

  it('keeps the place through a long way up', async () => {
    await open('2000');
    await page.mouse.move(400, 400);
    let last = Number.POSITIVE_INFINITY;
    for (let turn = 0; turn < 40; turn += 1) {
      await page.mouse.wheel(0, -600);
      await frames();
      const { position } = await placeOfFirstVisible();
      assert.ok(position <= last, `went down from ${last} to ${position}`);
      last = position;
    }
    assert.ok(last < 1_900);
  });

  it('opens a card at the end and moves it up no further than it takes to show it', async () => {
    await open('500');
    const card = page.locator('.tool .card-head').last();
    const before = await card.boundingBox();
    await card.click();
    await page.locator('.tool .card-body').last().waitFor();
    await frames();
    const after = await card.boundingBox();
    assert.ok((after?.y ?? 0) <= (before?.y ?? 0) + 1);
    const below = await page.$eval('.scroller', (box) => {
      const last = [...box.querySelectorAll('article')].at(-1);
      return box.getBoundingClientRect().bottom - (last?.getBoundingClientRect().bottom ?? 0);
    });
    assert.ok(below >= 0 && below < 30, `${String(below)} pixels below the card`);
  });

  it('streams text without drawing finished blocks anew, and ends without a jump', async () => {
    await open('calm+idle');
    const at = await page.evaluate(() => window.fakeHost.startAnswer());
    for (const piece of ['First **bold', '** words.\n\n', 'Second.\n\n```ts\nlet a', ' = 1;\n```\n\nThird']) {
      await page.evaluate(([where, text]) => window.fakeHost.appendText(where, text), [at, piece] as const);
      await frames();
    }
    await page.waitForFunction(() => document.querySelectorAll('.is-streaming .md > *').length === 4);
    await page.evaluate(() => {
      const first = document.querySelector('.is-streaming .md > p');
      Object.assign(window, { firstBlock: first });
    });
    const before = await page.locator('article').last().boundingBox();
    await page.evaluate((where) => window.fakeHost.finishAnswer(where), at);
    await page.waitForFunction(() => document.querySelector('.is-streaming') === null);
    assert.deepEqual(await page.locator('article').last().boundingBox(), before);
    assert.ok(
      await page.evaluate(
        () =>
          Reflect.get(window, 'firstBlock') ===
          [...document.querySelectorAll('.agent .md')].at(-1)?.querySelector('p'),
      ),
    );
  });

  it('sends with Enter and keeps the text when that fails', async () => {
    await open('calm+idle');
    await page.evaluate(() =>
      window.fakeHost.answerWith({ ok: false, code: 'offline', message: 'No connection' }),
    );
    const field = page.getByRole('textbox', { name: 'Message to the agent' });
    await field.fill('Hello\nthere');
    await field.press('Enter');
    await page.getByRole('alert').filter({ hasText: 'No connection' }).waitFor();
    assert.equal(await field.inputValue(), 'Hello\nthere');
    await page.evaluate(() => window.fakeHost.answerWith({ ok: true }));
    await page.locator('.composer').getByRole('button', { name: 'Retry' }).click();
    await page.waitForFunction(
      () => document.querySelector<HTMLTextAreaElement>('.composer-text')?.value === '',
    );
    assert.deepEqual(
      (await posted('send')).map((message) => (message.type === 'send' ? message.text : '')),
      ['Hello\nthere', 'Hello\nthere'],
    );
  });

  it('does not send while an input method composes', async () => {
    await open('calm+idle');
    await page.locator('.composer-text').fill('にほん');
    await page.evaluate(() => {
      const init = { key: 'Enter', isComposing: true, bubbles: true };
      document.querySelector('.composer-text')?.dispatchEvent(new KeyboardEvent('keydown', init));
    });
    await frames();
    assert.deepEqual(await posted('send'), []);
  });

  it('brings the draft and the place back after a reload', async () => {
    await open('500');
    await page.locator('.composer-text').fill('half a thought');
    await page.$eval('.scroller', (box) => box.scrollBy(0, -600));
    await frames();
    await page.clock.runFor(1_000);
    const place = await placeOfFirstVisible();
    await page.reload();
    await page.waitForSelector('.md');
    await frames();
    assert.equal(await page.locator('.composer-text').inputValue(), 'half a thought');
    assert.ok(Math.abs((await placeOfFirstVisible()).position - place.position) <= 1);
  });

  it('decides about exactly what was shown', async () => {
    await open('tour');
    const card = page.locator('.ask').filter({ hasText: 'git push' });
    await card.scrollIntoViewIfNeeded();
    await card.getByRole('button', { name: 'Allow' }).click();
    await page.waitForFunction(() => window.fakeHost.posted.some(({ type }) => type === 'decide'));
    const [message] = await posted('decide');
    assert.ok(message?.type === 'decide');
    assert.equal(message.eventId, 'sevt_c7');
    assert.equal(message.inputHash, 'hash-c7');
    assert.equal(message.decision, 'allow');
  });

  it('allows a long command only after its end was on the screen', async () => {
    await open('long');
    const allow = page.getByRole('button', { name: 'Allow' });
    await frames();
    assert.ok(await allow.isDisabled());
    assert.ok(await page.getByText('Read the whole input to allow it').isVisible());
    await page.$eval('.ask-input', (box) => box.scrollTo(0, box.scrollHeight));
    await page.waitForFunction(
      () => document.querySelector<HTMLButtonElement>('.ask .primary')?.disabled === false,
    );
  });

  it('wants a cut input to be opened whole before it is allowed', async () => {
    await open('cut');
    const allow = page.getByRole('button', { name: 'Allow' });
    await page.$eval('.ask-input', (box) => box.scrollTo(0, box.scrollHeight));
    await frames();
    assert.ok(await allow.isDisabled());
    await page.getByRole('button', { name: 'Open the whole input' }).click();
    await page.waitForFunction(
      () => document.querySelector<HTMLButtonElement>('.ask .primary')?.disabled === false,
    );
    assert.equal((await posted('openInput')).length, 1);
  });

  it('tells the reason of a denial, and keeps it when that fails', async () => {
    await open('tour');
    await page.evaluate(() => window.fakeHost.answerWith({ ok: false, code: 'x', message: 'Try later' }));
    const card = page.locator('.ask').filter({ hasText: 'git push' });
    await card.getByRole('button', { name: 'Deny…' }).click();
    await page.waitForFunction(() => document.activeElement?.matches('.deny textarea') === true);
    await card.getByRole('button', { name: 'Cancel' }).click();
    await page.waitForFunction(() => document.activeElement?.matches('.start-deny') === true);
    await page.keyboard.press('Enter');
    await card.getByRole('textbox').fill('not today');
    await card.getByRole('button', { name: 'Deny', exact: true }).click();
    await card.getByRole('alert').waitFor();
    assert.equal(await card.getByRole('textbox').inputValue(), 'not today');
    const [message] = await posted('decide');
    assert.ok(message?.type === 'decide');
    assert.deepEqual([message.decision, message.reason], ['deny', 'not today']);
  });

  it('makes no element, link or request out of markup in texts', async () => {
    await open('hostile');
    await page.waitForSelector('text=onerror');
    assert.equal(
      await page
        .locator('.feed-rows :is(script, img, iframe, svg, a, form, style, base, meta, object)')
        .count(),
      0,
    );
    const links = await page.locator('.md button.link').allTextContents();
    assert.deepEqual(
      links.map((link) => link.trim()),
      // The pictures are named and can be opened like links; nothing fetches them.
      ['https://good.example', 'Image: f', 'Image: g'],
    );
    await page.getByRole('link', { name: 'https://good.example' }).click();
    await page.waitForFunction(() => window.fakeHost.posted.some(({ type }) => type === 'openLink'));
    const [message] = await posted('openLink');
    assert.ok(message?.type === 'openLink');
    assert.equal(message.url, 'https://evil.example');
    assert.ok((await page.locator('.mark').count()) > 0);
  });

  it('walks the conversation by keyboard and comes back to the composer', async () => {
    await open('calm+idle');
    const rows = page.locator('article');
    await rows.last().focus();
    await page.keyboard.press('k');
    await page.keyboard.press('k');
    const count = await rows.count();
    await page.waitForSelector(`article[aria-posinset="${count - 2}"]:focus`);
    await page.keyboard.press('Alt+ArrowDown');
    await page.waitForSelector(`article[aria-posinset="${count - 1}"]:focus`);
    await page.keyboard.press('Escape');
    assert.equal(await page.evaluate(() => document.activeElement?.className), 'composer-text');
    assert.equal(await page.locator('article[tabindex="0"]').count(), 1);
  });

  it('shows a row on request and puts the keyboard on it', async () => {
    await open('5000');
    await page.evaluate(() => window.fakeHost.send({ type: 'reveal', at: 1_234, key: 'row:1234' }));
    await page.waitForSelector('article[aria-posinset="1235"]:focus');
    assert.ok(await page.locator('article[aria-posinset="1235"]').isVisible());
  });

  it('says single events only, and never reads streaming text', async () => {
    await open('calm+idle');
    const at = await page.evaluate(() => window.fakeHost.startAnswer());
    await page.evaluate((where) => window.fakeHost.appendText(where, 'Some words'), at);
    await frames();
    await page.clock.runFor(200);
    assert.equal(await page.locator('[role=status]').textContent(), '');
    await page.evaluate((where) => window.fakeHost.finishAnswer(where), at);
    await frames();
    await page.clock.runFor(200);
    assert.equal(await page.locator('[role=status]').textContent(), 'Agent replied');
    assert.equal(await page.locator('[aria-live]').count(), 0);
  });

  it('needs no sideways scrolling at 320 pixels', async () => {
    await page.setViewportSize({ width: 320, height: 640 });
    await open('tour');
    const wide = await page.evaluate(() => {
      const boxes = [document.documentElement, ...document.querySelectorAll('.scroller')];
      return boxes.some((box) => box.scrollWidth > box.clientWidth);
    });
    assert.equal(wide, false);
    const small = await page.$$eval('button:not(.link)', (buttons) =>
      buttons
        .filter((button) => button.checkVisibility() && button.getBoundingClientRect().height < 24)
        .map((button) => button.textContent),
    );
    assert.deepEqual(small, []);
  });

  interface Place {
    readonly position: number;
    readonly text: string;
    readonly top: number;
  }

  function assertSamePlace(now: Place, before: Place): void {
    assert.equal(now.text, before.text);
    assert.ok(Math.abs(now.top - before.top) <= 1, `moved from ${before.top} to ${now.top}`);
  }

  async function placeOfFirstVisible(): Promise<Place> {
    return page.evaluate(() => {
      const edge = document.querySelector('.scroller')?.getBoundingClientRect().top ?? 0;
      for (const article of document.querySelectorAll('article')) {
        const box = article.getBoundingClientRect();
        if (box.bottom > edge + 1) {
          const position = Number(article.getAttribute('aria-posinset'));
          return { position, text: article.textContent.trim(), top: box.top - edge };
        }
      }
      return { position: -1, text: '', top: 0 };
    });
  }
});
