/** The rows of the conversation in a real browser: every kind of event, and what can be done with a row. */
import assert from 'node:assert/strict';
import path from 'node:path';
import { AxeBuilder } from '@axe-core/playwright';
import type { Browser, BrowserContext, Locator, Page } from 'playwright-core';
import { projectFolder } from '../host/paths.ts';
import { openBrowser } from '../support/page/browser.ts';
import { everyRow } from '../support/page/everyRow.ts';
import { type PageServer, startPageServer } from '../support/page/pageServer.ts';
import { NOW, shell, text } from '../support/page/rows.ts';
import { pageThemes } from '../support/page/themes.ts';

describe('the rows of the session page', function () {
  this.timeout(60_000);
  let server: PageServer;
  let browser: Browser;
  let context: BrowserContext;
  let page: Page;
  let errors: string[] = [];

  before(async () => {
    server = await startPageServer();
    browser = await openBrowser();
  });

  after(async () => {
    await browser.close();
    await server.dispose();
  });

  afterEach(async () => {
    const violations = await page.evaluate(() => window.fakeHost.violations);
    await context.close();
    assert.deepEqual(violations, [], 'the policy was broken');
    assert.deepEqual(errors, [], 'the page threw');
  });

  async function open(theme = 'dark', size = { width: 940, height: 4_000 }): Promise<void> {
    errors = [];
    context = await browser.newContext({ viewport: size, timezoneId: 'UTC' });
    page = await context.newPage();
    page.on('pageerror', (error) => errors.push(error.message));
    await page.clock.setFixedTime(NOW);
    await page.goto(`${server.origin}/${theme}#empty+idle`);
    await page.waitForSelector('.composer');
    await page.evaluate((rows) => window.fakeHost.append(rows), everyRow());
    await page.waitForSelector('.md');
    await page.locator('article').last().focus();
    await page.keyboard.press('Home');
    await row('Show me every kind of event').waitFor();
  }

  function row(words: string | RegExp): Locator {
    return page.locator('article').filter({ hasText: words }).first();
  }

  /** The message of that type that the page posted, as soon as it is there. */
  async function posted(type: string): Promise<unknown> {
    const handle = await page.waitForFunction(
      (wanted) => window.fakeHost.posted.findLast((message) => message.type === wanted),
      type,
    );
    return await handle.jsonValue();
  }

  /** Opens everything that is closed and on the page. */
  async function openAll(): Promise<void> {
    await page.evaluate(() => {
      for (const button of document.querySelectorAll<HTMLElement>(
        '.card-head[aria-expanded="false"], button.notice-text[aria-expanded="false"]',
      )) {
        button.click();
      }
    });
    await page.waitForFunction(() => document.querySelector('[aria-expanded="false"].card-head') === null);
  }

  for (const theme of pageThemes) {
    it(`have nothing that axe objects to, closed and open: ${theme}`, async () => {
      await open(theme);
      for (const state of ['closed', 'open']) {
        if (state === 'open') {
          await openAll();
        }
        await page.screenshot({
          path: path.join(projectFolder, `test-results/screenshots/rows-${theme}-${state}.png`),
        });
        const { violations } = await new AxeBuilder({ page }).include('.feed-rows').analyze();
        assert.deepEqual(
          violations.map(({ id, nodes }) => `${id}: ${nodes.map(({ html }) => html).join(' | ')}`),
          [],
          state,
        );
      }
    });
  }

  it('need no sideways scrolling at 320 pixels, closed and open', async () => {
    await open('dark', { width: 320, height: 4_000 });
    for (const state of ['closed', 'open']) {
      if (state === 'open') {
        await openAll();
      }
      await page.screenshot({
        path: path.join(projectFolder, `test-results/screenshots/rows-narrow-${state}.png`),
      });
      const cut = await page.$$eval('.card, .notice, .folded', (boxes) =>
        boxes
          .filter((box) => box.getBoundingClientRect().right > innerWidth)
          .map((box) => box.getAttribute('class')),
      );
      assert.deepEqual(cut, [], state);
    }
  });

  it('show the beginning of an output, and all of it on request', async () => {
    await open();
    const card = row('rg -n "scheduleRetry" src/billing');
    assert.equal(await card.locator('.line-text').count(), 6);
    await card.getByRole('button', { name: '25 more lines' }).click();
    await card.locator('.card-body').waitFor();
    assert.equal(await card.locator('.preview').count(), 0);
    await card.getByRole('button', { name: /^bash/ }).click();
    await card.locator('.preview').waitFor();
  });

  it('show an edit as a diff with numbers, and open it in the editor', async () => {
    await open();
    const card = row(/retry\.ts\+4 −1/);
    const lines = await card
      .locator('.line')
      .evaluateAll((all) => all.map((line) => line.textContent.replaceAll(/\s+/g, ' ').trim()));
    assert.deepEqual(lines.slice(0, 3), [
      '1 return this.send(job)',
      '2− .catch(() => this.scheduleRetry(job))',
      '2+ .catch((error) => {',
    ]);
    await card.getByRole('button', { name: 'Open diff' }).click();
    assert.match(JSON.stringify(await posted('openBody')), /"part":"diff"/);
  });

  it('keep a trace of who decided and who answered', async () => {
    await open();
    await row('git push origin fix/retries').getByText('You allowed this').waitFor();
    await row('git tag v4.2.0').getByText('You denied this: Not before the review.').waitFor();
    await row('rm -rf /').getByText("Denied by the agent's rules").waitFor();
    await row('ask_release_manager').getByText('You answered').waitFor();
    await row('make package').getByText('Your environment answered').waitFor();
    await row('get_issue').getByText('Allowed by the automatic check').waitFor();
  });

  it('say which thread asks, and what a thread does', async () => {
    await open();
    const call = row('curl https://example.com/robots.txt');
    await call.getByText('Researcher').waitFor();
    await call.getByText('Runs in its thread').waitFor();
    await row('A thread was started: Researcher').getByText('Idle').waitFor();
    await row('The agent asks its advisor').getByText('Ended').waitFor();
    const message = row('To Researcher: Find out how others bound their retries.');
    await message.getByRole('button').click();
    await message.locator('.folded li').first().waitFor();
  });

  it('say in plain words what went wrong, whether it is tried again, and what to do', async () => {
    await open();
    const words = await page
      .locator('.notice.is-card')
      .evaluateAll((all) =>
        all.map((each) => [...each.querySelectorAll('.notice-words > *')].map((line) => line.textContent)),
      );
    assert.deepEqual(words, [
      [
        'A workflow run wanted more threads than are allowed',
        'The server says: The run wanted 30 threads; 25 are allowed',
      ],
      ['The model is overloaded', 'The service tries again by itself.', 'The server says: Overloaded'],
      [
        'The MCP server tracker could not be reached',
        'The service tries again by itself.',
        'The server says: connect ECONNREFUSED',
      ],
      [
        'The repository https://example.com/shop.git was not found',
        'The session goes on without it.',
        'The server says: Repository not found',
      ],
      [
        'The request to the model failed',
        'The service gave up after several tries. Send a message to try again.',
        'The server says: The model request failed after all retries',
      ],
      [
        'There is a problem with the billing of this account',
        'The session cannot go on. Check the credit and the plan of the account.',
        'The server says: The organization has no credit left',
      ],
      [
        'Something that this version has no words for',
        'The service gave up after several tries. Send a message to try again.',
      ],
    ]);
  });

  it('sum a turn up at its end', async () => {
    await open();
    await row(/Turn interrupted after .* in · 630 out/).waitFor();
  });

  it('ask the host for links, pictures and documents, and never the network', async () => {
    await open();
    const requests: string[] = [];
    page.on('request', (request) => requests.push(request.url()));
    await row('exponential backoff jitter')
      .getByRole('link', { name: 'https://example.com/backoff' })
      .click();
    assert.deepEqual(await posted('openLink'), { type: 'openLink', url: 'https://example.com/backoff' });
    await row('web_fetch').getByRole('button', { name: 'Open document' }).click();
    const opened = await posted('openBlock');
    assert.match(JSON.stringify(opened), /"part":"result","index":1/);
    const picture = row('flow.png').locator('img');
    assert.equal(await picture.evaluate((image: HTMLImageElement) => image.naturalWidth), 320);
    assert.deepEqual(
      requests.filter((url) => url.includes('example.com')),
      [],
    );
  });

  it('share one heading where the agent goes on', async () => {
    await open();
    const headings = await page.locator('article h2').allTextContents();
    const messages = await page.locator('.agent').count();
    assert.ok(messages >= 3);
    assert.ok(headings.filter((text) => text === 'Agent').length < messages, headings.join());
  });

  it('bring a card that is opened at the very bottom into view', async () => {
    await open('dark', { width: 940, height: 700 });
    await page.keyboard.press('End');
    const lines = Array.from({ length: 40 }, (_, line) => `line ${String(line)}`).join('\n');
    const last = shell('last', 'cat long.txt', { at: NOW, result: [text(lines)] });
    await page.evaluate((added) => window.fakeHost.append([added]), last);
    const card = page.locator('article').last();
    await card.getByText('line 5', { exact: true }).waitFor();
    await card.getByRole('button', { name: '34 more lines' }).click();
    await card.locator('.card-body').waitFor();
    await page.waitForFunction(() => {
      const scroller = document.querySelector('.scroller')?.getBoundingClientRect();
      const last = [...document.querySelectorAll('article')].at(-1)?.getBoundingClientRect();
      return (
        scroller !== undefined &&
        last !== undefined &&
        last.top >= scroller.top - 1 &&
        (last.bottom <= scroller.bottom + 1 || last.top <= scroller.top + 20)
      );
    });
  });

  it('stay open when the page was away', async () => {
    await open();
    await row('rg -n "scheduleRetry" src/billing').getByRole('button', { name: '25 more lines' }).click();
    await page.waitForFunction(() => sessionStorage.getItem('state')?.includes('"rows":[[') === true);
    await page.reload();
    await page.waitForSelector('.composer');
    await page.evaluate((rows) => window.fakeHost.append(rows), everyRow());
    await page.locator('article').last().focus();
    await page.keyboard.press('Home');
    await row('rg -n "scheduleRetry" src/billing').locator('.card-body').waitFor();
  });
});
