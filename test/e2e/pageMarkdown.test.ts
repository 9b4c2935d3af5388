/** The Markdown of messages, on the page alone in a real browser. */
import assert from 'node:assert/strict';
import { AxeBuilder } from '@axe-core/playwright';
import type { Browser, BrowserContext, Page } from 'playwright-core';
import type { PageMessage } from '../../src/protocol/messages.ts';
import { eventually } from '../support/eventually.ts';
import { openBrowser } from '../support/page/browser.ts';
import { type PageServer, startPageServer } from '../support/page/pageServer.ts';
import { pageThemes } from '../support/page/themes.ts';

describe('the Markdown of the session page', function () {
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
    context = await browser.newContext({ viewport: { width: 900, height: 900 }, timezoneId: 'UTC' });
    await context.grantPermissions(['clipboard-read', 'clipboard-write']);
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
      requests.filter((url) => !url.startsWith(server.origin)),
      [],
      'the page asked the network',
    );
  });

  async function open(scenario = 'markdown', theme = 'dark'): Promise<void> {
    await page.goto(`${server.origin}/${theme}#${scenario}`);
    await page.waitForSelector('.composer');
    if (scenario === 'markdown') {
      await page.waitForSelector('.hl-keyword');
    }
  }

  const posted = (type: PageMessage['type']) =>
    page.evaluate((wanted) => window.fakeHost.posted.filter((message) => message.type === wanted), type);
  const code = (text: string) => page.locator('.code').filter({ hasText: text });
  const clipboard = () => page.evaluate(() => navigator.clipboard.readText());
  const frames = () =>
    page.evaluate(
      () =>
        new Promise<void>((resolve) => requestAnimationFrame(() => requestAnimationFrame(() => resolve()))),
    );

  for (const theme of pageThemes) {
    it(`has nothing that axe objects to, colours of code included: ${theme}`, async () => {
      await open('markdown', theme);
      const result = await new AxeBuilder({ page }).include('.feed-rows').analyze();
      assert.deepEqual(
        result.violations.map(({ id, nodes }) => `${id}: ${nodes.map((node) => node.html).join(' | ')}`),
        [],
      );
    });
  }

  it('copies code as it is, and leaves it to the host where it hides something', async () => {
    await open();
    await code('rm -rf ./build').getByRole('button', { name: 'Copy' }).click();
    await page.waitForFunction(() => window.fakeHost.posted.some(({ type }) => type === 'copyCode'));
    assert.deepEqual(await posted('copyCode'), [{ type: 'copyCode', key: 'codes', block: 0, code: 9 }]);
    assert.equal(await clipboard(), '');
    await code('scheduleRetry(job: Job').getByRole('button', { name: 'Copy' }).click();
    await eventually(async () => {
      const copied = await clipboard();
      assert.match(copied, /^\/\*\* Schedules one more try/);
      assert.match(copied, /\}$/);
    });
    assert.equal((await posted('copyCode')).length, 1);
  });

  it('is plain where its files do not come, and comes when they do', async () => {
    let tries = 0;
    await page.route(/markdown-/, async (route) => {
      tries += 1;
      await (tries === 1 ? route.abort() : route.continue());
    });
    await page.goto(`${server.origin}/dark#markdown`);
    await page.getByText('```ts').first().waitFor();
    await page.waitForSelector('.hl-keyword');
    assert.equal(tries, 2);
  });

  it('asks the host for the block that is meant', async () => {
    await open();
    await code('SELECT id').getByRole('button', { name: 'Open in editor' }).click();
    await code('indented code').getByRole('button', { name: 'Open in editor' }).click();
    await page.waitForFunction(
      () => window.fakeHost.posted.filter(({ type }) => type === 'openCode').length === 2,
    );
    assert.deepEqual(await posted('openCode'), [
      { type: 'openCode', key: 'codes', block: 0, code: 7 },
      { type: 'openCode', key: 'elements', block: 0, code: 0 },
    ]);
  });

  it('wraps long lines on request', async () => {
    await open();
    const long = code('no language, with a very long line');
    const text = long.locator('pre');
    const overflow = () => text.evaluate((box) => box.scrollWidth - box.clientWidth);
    assert.ok((await overflow()) > 0);
    await long.getByRole('button', { name: 'Wrap lines' }).click();
    assert.equal(await overflow(), 0);
    assert.equal(await long.getByRole('button', { name: 'Wrap lines' }).getAttribute('aria-pressed'), 'true');
  });

  it('lets the keyboard scroll a wide table, and nothing else', async () => {
    await page.setViewportSize({ width: 320, height: 900 });
    await open();
    const table = page.getByRole('group', { name: 'Table' });
    await table.focus();
    await page.keyboard.press('ArrowRight');
    await page.waitForFunction(() => (document.querySelector('.table')?.scrollLeft ?? 0) > 0);
    assert.equal(await page.evaluate(() => document.documentElement.scrollWidth), 320);
    const outside = await page.evaluate(() => {
      const edge = document.querySelector('.feed-rows')?.getBoundingClientRect().right ?? 0;
      const blocks = [...document.querySelectorAll('.md > *')];
      return blocks
        .filter((each) => each.getBoundingClientRect().right > edge + 1)
        .map((each) => each.className);
    });
    assert.deepEqual(outside, []);
  });

  it('leaves the opening of links to the host, and tells the keyboard where they lead', async () => {
    await open();
    const link = page.getByRole('link', { name: 'the guide' });
    await link.click();
    await page.waitForFunction(() => window.fakeHost.posted.some(({ type }) => type === 'openLink'));
    assert.deepEqual(await posted('openLink'), [
      { type: 'openLink', url: 'https://docs.example.com/retries' },
    ]);
    await page.keyboard.press('Tab');
    await page.keyboard.press('Shift+Tab');
    const told = await link.evaluate((button) => getComputedStyle(button, '::after').content);
    assert.match(told, /attr\(title\)|docs\.example\.com/);
    assert.equal(await page.locator('img, a').count(), 0);
  });

  it('marks hidden characters in names that only those hear who do not see', async () => {
    await open();
    await page.evaluate(() =>
      window.fakeHost.append([
        { kind: 'raw', key: 'hidden', at: null, eventId: null, type: 'a\u202eb', json: '{}', total: 2 },
      ]),
    );
    const row = page.locator('article.row-raw');
    await row.waitFor();
    assert.match((await row.getAttribute('aria-label')) ?? '', /a⟨202E⟩b/);
  });

  it('grows without a jump, and ends as it was', async () => {
    await open('2+calm');
    const at = await page.evaluate(() => window.fakeHost.startAnswer());
    const text =
      'First **paragraph** with `code`.\n\n- one\n- two\n\n```ts\nconst a = 1;\nconst b = 2;\n```\n\n' +
      '| a | b |\n|---|---|\n| 1 | 2 |\n\nAnd [a link](https://example.com/somewhere) at the **end**.';
    const height = () =>
      page
        .locator('.agent')
        .last()
        .evaluate((box) => box.getBoundingClientRect().height);
    let last = 0;
    for (let from = 0; from < text.length; from += 3) {
      await page.evaluate(([to, piece]) => window.fakeHost.appendText(to, piece), [
        at,
        text.slice(from, from + 3),
      ] as const);
      await frames();
      const now = await height();
      assert.ok(now >= last - 0.5, `${last} to ${now} at ${JSON.stringify(text.slice(0, from + 3))}`);
      last = now;
    }
    await page.evaluate((to) => window.fakeHost.finishAnswer(to), at);
    await page.waitForSelector('.hl-keyword');
    await page.waitForSelector('.is-streaming', { state: 'detached' });
    assert.ok(Math.abs((await height()) - last) < 0.5, 'the end of the answer moved it');
  });

  it('keeps focus and selection in what is finished while more comes', async () => {
    await open('2+calm');
    const at = await page.evaluate(() => window.fakeHost.startAnswer());
    const add = (piece: string) =>
      page.evaluate(([to, more]) => window.fakeHost.appendText(to, more), [at, piece] as const);
    await add('Some words to select.\n\n```ts\nconst a = 1;\n```\n\nMore');
    const copy = page.locator('.code').getByRole('button', { name: 'Copy' });
    await copy.focus();
    await page.evaluate(() => {
      const words = [...document.querySelectorAll('.md p')].find((each) =>
        each.textContent.startsWith('Some'),
      );
      const text = document.createTreeWalker(words ?? document, NodeFilter.SHOW_TEXT).nextNode();
      getSelection()?.setBaseAndExtent(text ?? document, 5, text ?? document, 10);
    });
    for (const piece of [' and more.', '\n\n', 'Another **bold', '** end.\n\n- list']) {
      await add(piece);
      await frames();
    }
    await page.evaluate((to) => window.fakeHost.finishAnswer(to), at);
    await page.waitForSelector('.hl-keyword');
    assert.equal(await page.evaluate(() => getSelection()?.toString()), 'words');
    assert.ok(await copy.evaluate((button) => button === document.activeElement));
  });

  it('draws the first part of what is too much, and more on request', async () => {
    await open('2+calm');
    const at = await page.evaluate(() => window.fakeHost.startAnswer());
    await page.evaluate(([to, piece]) => window.fakeHost.appendText(to, piece), [
      at,
      '- a\n'.repeat(8_000),
    ] as const);
    await page.evaluate((to) => window.fakeHost.finishAnswer(to), at);
    const more = page.getByRole('button', { name: 'Show more' });
    await more.waitFor();
    const items = () => page.locator('.md li').count();
    const first = await items();
    assert.ok(first > 100 && first < 2_000, String(first));
    await more.click();
    await page.waitForFunction((before) => document.querySelectorAll('.md li').length > before, first);
    assert.ok((await items()) < 2 * first + 2);
  });
});
