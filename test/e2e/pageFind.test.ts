/** Finding a text in the session, on the page alone in a real browser, with the real search behind it. */
import assert from 'node:assert/strict';
import { AxeBuilder } from '@axe-core/playwright';
import type { Browser, BrowserContext, Page } from 'playwright-core';
import type { PageMessage } from '../../src/protocol/messages.ts';
import type { Row } from '../../src/transcript/row.ts';
import { eventually } from '../support/eventually.ts';
import { openBrowser } from '../support/page/browser.ts';
import { type PageServer, startPageServer } from '../support/page/pageServer.ts';
import { shell, text } from '../support/page/rows.ts';
import { pageThemes } from '../support/page/themes.ts';

describe('the find bar of the session page', function () {
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

  const field = () => page.getByRole('textbox', { name: 'Find in session' });
  const count = () => page.locator('.find-count');
  const press = (key: string) => page.keyboard.press(key);

  async function open(scenario: string, theme = 'dark'): Promise<void> {
    await page.goto(`${server.origin}/${theme}#${scenario}`);
    await page.waitForSelector('article');
    await page.waitForFunction(
      () => document.querySelector('.agent') === null || document.querySelector('.md') !== null,
    );
  }

  async function find(words: string): Promise<void> {
    await press('Control+f');
    await page.waitForSelector('.find-text:focus');
    await page.keyboard.type(words);
  }

  const counts = (words: string) => count().filter({ hasText: words }).waitFor();

  /** How many matches there are, as soon as all are counted and the reader is at one of them. */
  async function total(): Promise<number> {
    await count()
      .filter({ hasText: /^[\d,]+ of [\d,]+$/ })
      .waitFor();
    return Number(/of ([\d,]+)/.exec((await count().textContent()) ?? '')?.[1]?.replace(',', ''));
  }

  /** Puts the reader before everything that can be found. */
  const toTop = async () => {
    await page.locator('article').last().focus();
    await press('Home');
    await page.waitForSelector('article[aria-posinset="1"]:focus');
  };

  const append = (...rows: readonly Row[]) => page.evaluate((fresh) => window.fakeHost.append(fresh), rows);

  const posted = (type: PageMessage['type']) =>
    page.evaluate((wanted) => window.fakeHost.posted.filter((message) => message.type === wanted), type);

  /** The text that is marked as the current match, and whether all of it can be seen below the bar. */
  const current = () =>
    page.evaluate(() => {
      const [range] = CSS.highlights.get('find-current') ?? [];
      if (!(range instanceof Range)) {
        return undefined;
      }
      const box = range.getBoundingClientRect();
      const view = document.querySelector('.scroller')?.getBoundingClientRect();
      const bar = document.querySelector('.find')?.getBoundingClientRect();
      const isSeen =
        view !== undefined &&
        bar !== undefined &&
        box.height > 0 &&
        box.top >= (box.right > bar.left ? bar.bottom : view.top) - 1 &&
        box.bottom <= view.bottom + 1;
      const top = document.elementFromPoint(box.left + 1, box.top + box.height / 2);
      const isOnTop = (top?.closest('article') ?? null) !== null;
      return { text: range.toString(), isSeen: isSeen && isOnTop };
    });

  const marked = () => page.evaluate(() => CSS.highlights.get('find-match')?.size ?? 0);

  async function isAt(words: string): Promise<void> {
    await eventually(async () => {
      const match = await current();
      assert.equal(match?.text.replace(/\s+/g, ' ').toLowerCase(), words.toLowerCase());
      assert.ok(match.isSeen, 'the match cannot be seen');
    });
  }

  it('counts, marks and goes around, as the editor does', async () => {
    await open('calm+idle');
    await toTop();
    await find('retry');
    const all = await total();
    await counts(`1 of ${all}`);
    await isAt('retry');
    assert.ok((await marked()) > 2);
    await press('Enter');
    await counts(`2 of ${all}`);
    await press('F3');
    await counts(`3 of ${all}`);
    await press('Shift+F3');
    await press('Shift+Enter');
    await counts(`1 of ${all}`);
    await press('Shift+Enter');
    await counts(`${all} of ${all}`);
    await page.getByRole('button', { name: 'Next Match (Enter)' }).click();
    await counts(`1 of ${all}`);
    await field().fill('no such words');
    await counts('No results');
    assert.equal(await marked(), 0);
    assert.equal(await page.getByRole('button', { name: 'Next Match (Enter)' }).isDisabled(), true);
  });

  for (const words of ['retry', 'timeout', 'src', 'the ', 'billing', 'ag', 'test', '1']) {
    it(`takes the reader to each “${words}” and marks it`, async () => {
      await open('tour');
      await toTop();
      await find(words);
      const all = await total();
      for (let index = 1; index <= Math.min(all, 60); index++) {
        await counts(`${index} of ${all}`);
        await isAt(words);
        await press('Enter');
      }
    });
  }

  it('finds what is folded away far above, opens it there, and keeps the keyboard', async () => {
    await open('20000');
    await find('echo 17');
    await page.getByRole('button', { name: /^Match Whole Word/ }).click();
    await counts('1 of 1');
    await isAt('echo 17');
    const card = page.locator('article[aria-posinset="18"]');
    assert.equal(await card.locator('.card-head').getAttribute('aria-expanded'), 'true');
    assert.ok((await page.evaluate(() => document.querySelectorAll('*').length)) < 2_500);
    await field().focus();
    await field().fill('Question 19995');
    await counts('1 of 1');
    await isAt('Question 19995');
    assert.equal(await field().evaluate((element) => element === document.activeElement), true);
  });

  it('offers the whole where a match lies behind what is shown', async () => {
    await open('calm+idle');
    const shown = 'x '.repeat(200);
    const whole = `${shown}${'y '.repeat(200)}needle here`;
    await page.evaluate((all) => window.fakeHost.find.wholes.set('cut', all), whole);
    await append(shell('cut', 'cat big', { result: [{ type: 'text', text: shown, total: whole.length }] }));
    await find('needle');
    await counts('1 of 1');
    await page.getByText('This match is in a part that is not shown here.').waitFor();
    assert.equal(await current(), undefined);
    await page.getByRole('search').getByRole('button', { name: 'Show all' }).click();
    await eventually(async () => {
      const opened = await page.evaluate(() => window.fakeHost.find.opened);
      assert.deepEqual(opened, [{ key: 'cut', part: 'result', selected: 'needle' }]);
    });
  });

  it('goes by case and by whole words when asked', async () => {
    await open('calm+idle');
    await append(shell('w', 'echo', { result: [text('Zebra zebra zebras')] }));
    await find('zebra');
    await counts('of 3');
    await press('Alt+w');
    await counts('of 2');
    await press('Alt+c');
    await counts('of 1');
    const pressed = page.locator('.find-toggle[aria-pressed="true"]');
    assert.equal(await pressed.count(), 2);
    await press('Alt+w');
    await counts('of 2');
    await field().fill('Zebra');
    await counts('of 1');
  });

  it('closes with Escape: nothing stays marked, and the keyboard goes back', async () => {
    await open('calm+idle');
    await page.getByRole('textbox', { name: 'Message to the agent' }).focus();
    await find('retry');
    await isAt('retry');
    await press('Escape');
    await page.locator('.find').waitFor({ state: 'detached' });
    assert.equal(await page.evaluate(() => CSS.highlights.size), 0);
    assert.equal(await page.evaluate(() => document.activeElement?.className), 'composer-text');
    assert.equal((await posted('findClose')).length > 0, true);

    await page.locator('article').last().focus();
    await press('Control+f');
    await page.waitForSelector('.find-text:focus');
    await field().fill('AssertionError');
    await isAt('AssertionError');
    await press('Escape');
    const row = page.locator('article:focus');
    await row.getByText('AssertionError').first().waitFor();
  });

  it('looks for what is selected, and goes nowhere before it is told to', async () => {
    await open('calm+idle');
    await page.evaluate(() => {
      const words = document.querySelector('.md strong');
      if (words !== null) {
        getSelection()?.selectAllChildren(words);
      }
    });
    const selected = 'timeout handler';
    assert.equal(await page.evaluate(() => String(getSelection())), selected);
    await press('Control+f');
    await counts('? of');
    assert.equal(await field().inputValue(), selected);
    assert.equal(await current(), undefined);
    await press('Enter');
    await isAt(selected);
  });

  it('finds words with hidden characters and marks between their letters', async () => {
    await open('calm+idle');
    await append({
      kind: 'agentMessage',
      key: 'hidden',
      at: 0,
      eventId: 'h',
      streaming: false,
      blocks: [text('the pass\u200bword is **no se**cret, İstanbul Ärger')],
    });
    await find('password');
    await counts('1 of 1');
    await eventually(async () => assert.match((await current())?.text ?? '', /^pass.*word$/));
    await field().fill('no secret, İSTANBUL ärger');
    await counts('1 of 1');
    await isAt('no secret, İstanbul Ärger');
  });

  it('counts what is new, without taking the reader there', async () => {
    await open('calm+idle');
    await find('neither covers');
    await counts('1 of 1');
    await isAt('neither covers');
    const top = () => page.$eval('.scroller', (box) => box.scrollTop);
    const before = await top();
    await append(shell('new', 'echo', { result: [text('Neither covers, neither covers')] }));
    await counts('1 of 3');
    assert.ok(Math.abs((await top()) - before) < 2);
    await press('Enter');
    await counts('2 of 3');
  });

  it('says that older events are missing, and asks for them', async () => {
    await open('40+partial');
    await find('Question');
    await page.getByText('Older events are not loaded yet.').waitFor();
    await page.getByRole('search').getByRole('button', { name: 'Load older' }).click();
    await eventually(async () =>
      assert.deepEqual(
        (await posted('action')).map((message) => message.type === 'action' && message.action),
        ['loadOlder'],
      ),
    );
  });

  it('works from the event log, and shows matches in the conversation', async () => {
    await open('500+log');
    await page.getByRole('tab', { name: /Events/ }).click();
    await page.waitForSelector('.log-row');
    await find('Question 5');
    await counts('? of');
    await page.getByText('Matches open in the conversation.').waitFor();
    assert.equal(await page.locator('.feed-rows').count(), 0);
    await press('Enter');
    await isAt('Question 5');
    assert.equal(await field().evaluate((element) => element === document.activeElement), true);
  });

  it('tells a screen reader the count once it is known', async () => {
    await open('calm+idle');
    await toTop();
    await find('retry');
    const status = page.getByRole('search').getByRole('status');
    await status.filter({ hasText: /^1 of \d+ found for “retry”$/ }).waitFor();
    await press('Enter');
    await status.filter({ hasText: /^2 of \d+ found for “retry”$/ }).waitFor();
    await field().fill('no such words');
    await status.filter({ hasText: 'No results found for “no such words”' }).waitFor();
  });

  it('keeps its keys from the editor around the page', async () => {
    await open('calm+idle');
    await page.evaluate(() => {
      Object.assign(window, { leaked: [] as string[] });
      window.addEventListener('keydown', (event) => {
        (window as unknown as { leaked: string[] }).leaked.push(event.key);
      });
    });
    await find('r');
    for (const key of ['F3', 'Shift+Enter', 'Alt+c', 'Escape', 'a']) {
      await press(key);
    }
    assert.deepEqual(
      await page.evaluate(() =>
        (window as unknown as { leaked: string[] }).leaked.filter((key) => key.length > 1),
      ),
      ['Control', 'Shift', 'Alt'],
    );
  });

  it('opens from outside of the page, and begins again when the host does', async () => {
    await open('calm+idle');
    await page.evaluate(() => window.fakeHost.send({ type: 'showFind', wish: null }));
    await page.waitForSelector('.find-text:focus');
    await page.keyboard.type('retry');
    await total();
    const before = (await posted('findStart')).length;
    await page.evaluate(() => window.fakeHost.open());
    await eventually(async () => assert.equal((await posted('findStart')).length, before + 1));
    await counts('of');
  });

  for (const theme of pageThemes) {
    it(`has nothing that axe objects to: ${theme}`, async () => {
      await open('tour+partial', theme);
      await find('retry');
      await isAt('retry');
      await press('Alt+c');
      const result = await new AxeBuilder({ page }).analyze();
      assert.deepEqual(
        result.violations.map(({ id, nodes }) => `${id}: ${nodes.map((node) => node.html).join(' | ')}`),
        [],
      );
    });
  }

  it('fits into a narrow panel', async () => {
    await page.setViewportSize({ width: 320, height: 700 });
    await open('tour+partial');
    await find('retry');
    await isAt('retry');
    const overflow = await page.evaluate(() => {
      const bar = document.querySelector('.find');
      return [...(bar?.querySelectorAll('button, input, span') ?? [])].filter((element) => {
        const box = element.getBoundingClientRect();
        return box.width > 0 && (box.left < 0 || box.right > innerWidth);
      }).length;
    });
    assert.equal(overflow, 0);
  });
});
