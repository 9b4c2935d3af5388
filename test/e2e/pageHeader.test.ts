/** The top of the session page, and how it comes back after a reload: a real browser, a scripted host. */
import assert from 'node:assert/strict';
import { AxeBuilder } from '@axe-core/playwright';
import type { Browser, BrowserContext, Page } from 'playwright-core';
import type { PageMessage } from '../../src/protocol/messages.ts';
import { openBrowser } from '../support/page/browser.ts';
import { type PageServer, startPageServer } from '../support/page/pageServer.ts';
import { NOW } from '../support/page/rows.ts';
import { pageThemes } from '../support/page/themes.ts';

describe('the header on the session page', function () {
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

  async function open(scenario = '60', theme = 'dark'): Promise<void> {
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
  const title = () => page.locator('h1').textContent();
  const field = () => page.getByRole('textbox', { name: 'Title of the session' });
  const more = () => page.getByRole('button', { name: 'More actions' });
  const focused = () => page.evaluate(() => document.activeElement?.textContent.trim() ?? '');
  const change = (part: Parameters<typeof window.fakeHost.changeHeader>[0]) =>
    page.evaluate((given) => window.fakeHost.changeHeader(given), part);
  const box = async (selector: string) => {
    const found = await page.locator(selector).first().boundingBox();
    assert.ok(found !== null, selector);
    return { left: found.x, right: found.x + found.width, top: found.y, bottom: found.y + found.height };
  };
  const axe = async () => {
    const result = await new AxeBuilder({ page }).analyze();
    assert.deepEqual(
      result.violations.map(({ id, nodes }) => `${id}: ${nodes.map((node) => node.html).join(' | ')}`),
      [],
    );
  };

  for (const theme of pageThemes) {
    it(`has nothing that axe objects to with menu, details and field open: ${theme}`, async () => {
      await open('tour', theme);
      await page.getByRole('button', { name: 'Session details' }).click();
      await more().click();
      await axe();
      await page.keyboard.press('Escape');
      await change({ stage: 'production', failed: true, activity: 'idle', runningSince: null });
      await page.keyboard.press('F2');
      await field().fill('x'.repeat(600));
      await axe();
    });
  }

  it('says in words what goes on, since when, and how live that is', async () => {
    await open();
    await page.locator('.activity', { hasText: /^Running for 2m 4\ds$/ }).waitFor();
    await page.clock.pauseAt(NOW + 60_000);
    await page.clock.runFor(2_000);
    await page.locator('.activity', { hasText: /^Running for 3m 4[0-3]s$/ }).waitFor();
    assert.equal((await page.locator('.feed').innerText()).trim(), 'Live · last data 1m ago');
    await page.evaluate(() => window.fakeHost.hearNow());
    await page.clock.runFor(100);
    assert.equal((await page.locator('.feed').innerText()).trim(), 'Live · last data just now');
    await page.clock.resume();
    await change({ activity: 'needsYou', runningSince: null });
    await page.getByText('Waiting for you').waitFor();
    await change({ activity: 'idle', failed: true });
    await page.locator('.activity', { hasText: 'Failed' }).waitFor();
  });

  it('labels the tokens, and has their exact numbers for pointer and keyboard', async () => {
    await open();
    const tokens = page.locator('.fact', { hasText: '48.2k in · 9.1k out · 412k cached' });
    assert.match((await tokens.getAttribute('title')) ?? '', /48,213 in, 9,122 out, 412,004 read/);
    const button = page.getByRole('button', { name: 'Session details' });
    await button.press('Enter');
    await button.and(page.locator('[aria-expanded="true"]')).waitFor();
    const details = page.locator('.header-details');
    await details.getByText('412,004').waitFor();
    await details.getByText('http://127.0.0.1:4100').waitFor();
    await details.getByText(/^14m 4\ds$/).waitFor();
    await button.press('Enter');
    await details.waitFor({ state: 'detached' });
  });

  for (const width of [320, 420, 700, 1_400]) {
    it(`has at most two lines, and stands in line with the conversation: ${width} px`, async () => {
      await page.setViewportSize({ width, height: 700 });
      await open();
      await change({ title: 'A title that is long enough for every width there is '.repeat(4) });
      await frames();
      const grid = await box('.header-grid');
      assert.ok(grid.bottom - grid.top <= 66, `${grid.bottom - grid.top} px high`);
      const row = await box('article .card');
      assert.deepEqual(
        [Math.round(row.left), Math.round(row.right)],
        [Math.round(grid.left), Math.round(grid.right)],
      );
      for (const part of ['.activity', '.tag-name', '.feed', '.interrupt', '.more', '.details-button']) {
        const place = await box(part);
        assert.ok(place.left >= grid.left - 1 && place.right <= grid.right + 1, part);
      }
      assert.equal(await page.$eval('html', (root) => root.scrollWidth - root.clientWidth), 0);
    });
  }

  it('keeps the text in its place when the scrollbar comes', async () => {
    await open('1');
    const before = await box('article');
    await page.evaluate(() => window.fakeHost.appendSynthetic(60));
    await page.waitForSelector('article[aria-posinset="61"]');
    await frames();
    const after = await box('article');
    assert.deepEqual([after.left, after.right], [before.left, before.right]);
  });

  describe('the title', () => {
    it('is changed in its place, by pencil or F2, and sent with Enter', async () => {
      await open();
      await page.locator('.composer-text').press('F2');
      assert.equal(await field().inputValue(), 'Refactor billing retries');
      await page.keyboard.type('New title');
      await page.keyboard.press('Enter');
      await field().waitFor({ state: 'detached' });
      await page.waitForFunction(() =>
        window.fakeHost.posted.some((message) => message.type === 'rename' && message.title === 'New title'),
      );
      await page.getByRole('button', { name: 'Rename (F2)' }).and(page.locator(':focus')).waitFor();
      await page.keyboard.press('Enter');
      await field().waitFor();
    });

    it('stays as it is with Escape, and sends nothing when nothing changed', async () => {
      await open();
      await page.getByRole('button', { name: 'Rename (F2)' }).click();
      await field().fill('Not this');
      await field().press('Escape');
      await field().waitFor({ state: 'detached' });
      assert.equal(await title(), 'Refactor billing retries');
      await page.keyboard.press('F2');
      await field().fill('  Refactor billing retries ');
      await field().press('Enter');
      await frames();
      assert.deepEqual(await posted('rename'), []);
    });

    it('comes back as it was written when the host refuses it, and says why', async () => {
      await open();
      await page.evaluate(() =>
        window.fakeHost.answerWith({ ok: false, code: 'forbidden', message: 'Only the owner may do that.' }),
      );
      await page.keyboard.press('F2');
      await field().fill('  My title');
      await field().press('Enter');
      await page.getByRole('alert').getByText('Only the owner may do that.').waitFor();
      assert.equal(await field().inputValue(), '  My title');
      assert.equal(await field().getAttribute('aria-invalid'), 'true');
    });

    it('is not sent where it is too long, and the field says so', async () => {
      await open();
      await page.keyboard.press('F2');
      await field().fill('x'.repeat(513));
      await page.getByText('At most 512 characters; these are 513.').waitFor();
      await field().press('Enter');
      await frames();
      assert.deepEqual(await posted('rename'), []);
      await field().waitFor();
    });

    it('cannot be changed where the session has ended', async () => {
      await open();
      await change({ renamable: false, activity: 'ended' });
      await page.getByRole('button', { name: 'Rename (F2)' }).waitFor({ state: 'detached' });
      await page.keyboard.press('F2');
      await frames();
      assert.equal(await field().count(), 0);
    });

    it('shows hidden characters as marks', async () => {
      await open();
      await change({ title: 'invoice\u202Efdp.exe' });
      await page.locator('h1 .mark').waitFor();
      assert.ok(!(await title())?.includes('\u202E'));
    });
  });

  describe('the menu', () => {
    it('is worked with the keyboard alone', async () => {
      await open();
      await more().focus();
      await page.keyboard.press('ArrowDown');
      assert.equal(await focused(), 'Rename (F2)');
      await page.keyboard.press('End');
      assert.equal(await focused(), 'Archive…');
      await page.keyboard.press('ArrowDown');
      assert.equal(await focused(), 'Rename (F2)');
      await page.keyboard.press('ArrowUp');
      await page.keyboard.press('ArrowUp');
      assert.equal(await focused(), 'Read Again from the Server');
      await page.keyboard.press('o');
      assert.equal(await focused(), 'Open as Text');
      await page.keyboard.press('Home');
      assert.equal(await focused(), 'Rename (F2)');
      await page.keyboard.press('Escape');
      await page.locator('.header-menu').waitFor({ state: 'detached' });
      await more().and(page.locator(':focus')).waitFor();
      await page.keyboard.press('ArrowUp');
      assert.equal(await focused(), 'Archive…');
      await page.keyboard.press('Enter');
      await page.locator('.header-menu').waitFor({ state: 'detached' });
      await page.waitForFunction(() =>
        window.fakeHost.posted.some((message) => message.type === 'action' && message.action === 'archive'),
      );
    });

    it('asks the host for what was chosen, and closes at a click beside it', async () => {
      await open();
      for (const [name, action] of [
        ['Export…', 'export'],
        ['Open as Text', 'openAsText'],
        ['Copy Conversation', 'copyConversation'],
        ['Copy Session Id', 'copySessionId'],
        ['Show Raw Session', 'showDetails'],
        ['Define Outcome…', 'defineOutcome'],
        ['Read Again from the Server', 'reconnect'],
      ] as const) {
        await more().click();
        await page.getByRole('menuitem', { name }).click();
        await page.waitForFunction((wanted) => {
          const last = window.fakeHost.posted.findLast(({ type }) => type === 'action');
          return last?.type === 'action' && last.action === wanted;
        }, action);
      }
      await more().click();
      await page.mouse.click(300, 500);
      await page.locator('.header-menu').waitFor({ state: 'detached' });
    });

    it('offers only what the host offers', async () => {
      await open();
      await change({ menu: ['export', 'copySessionId'], renamable: false });
      await more().click();
      assert.deepEqual(
        (await page.getByRole('menuitem').allTextContents()).map((text) => text.trim()),
        ['Export…', 'Copy Session Id'],
      );
    });

    it('is inside the page where it is narrow', async () => {
      await page.setViewportSize({ width: 320, height: 600 });
      await open();
      await more().click();
      const menu = await box('.header-menu');
      assert.ok(menu.left >= 0 && menu.right <= 320, JSON.stringify(menu));
    });
  });

  describe('after a reload', () => {
    const firstVisible = () =>
      page.$eval('.scroller', (scroller) => {
        const edge = scroller.getBoundingClientRect().top;
        const first = [...scroller.querySelectorAll('article')].find(
          (article) => article.getBoundingClientRect().bottom > edge,
        );
        const top = Math.round((first?.getBoundingClientRect().top ?? 0) - edge);
        return { at: Number(first?.getAttribute('aria-posinset')), top };
      });

    it('begins around the row it was at, however far that is from the end', async () => {
      await open('100000');
      await page.locator('article').last().focus();
      await page.keyboard.press('Home');
      await page.waitForSelector('article[aria-posinset="1"]:focus');
      await page.mouse.move(400, 400);
      await page.mouse.wheel(0, 4_000);
      await page.waitForFunction(
        () => Number(document.querySelector('article')?.getAttribute('aria-posinset')) > 20,
      );
      await frames();
      await page.clock.runFor(1_000);
      const before = await firstVisible();
      await page.reload();
      await page.waitForSelector('article');
      await frames();
      const after = await firstVisible();
      assert.equal(after.at, before.at);
      assert.ok(Math.abs(after.top - before.top) <= 1, `${after.top} is not ${before.top}`);
      const [ready] = await posted('ready');
      assert.ok(ready?.anchor !== undefined);
      const held = await page.evaluate(() => document.querySelectorAll('article').length);
      assert.ok(held < 110);
    });

    it('has open what was open', async () => {
      await open('tour+calm');
      const head = page.locator('.card-head[aria-expanded="false"]').first();
      const key = await head.evaluate((element) => element.closest('article')?.getAttribute('aria-posinset'));
      await head.click();
      await frames();
      await page.clock.runFor(1_000);
      await page.reload();
      await page.waitForSelector('article');
      await page.locator(`article[aria-posinset="${key}"] .card-head[aria-expanded="true"]`).waitFor();
    });

    it('goes to its row later where the host has yet to read it, and not once the reader has moved', async () => {
      await open('500');
      await page.$eval('.scroller', (scroller) => scroller.scrollBy(0, -3_000));
      await frames();
      await page.clock.runFor(1_000);
      const state = await page.evaluate(() => window.fakeHost.state);
      const key = (state as { place: { anchorKey: string } }).place.anchorKey;
      // The next page is told of a row that its host does not have yet.
      await page.evaluate(() => {
        const kept = window.fakeHost.state as { place: object };
        window.fakeHost.setState({ ...kept, place: { ...kept.place, anchorKey: 'unread' } });
        // The page that goes has no last word.
        window.fakeHost.setState = () => undefined;
      });
      await page.reload();
      await page.waitForSelector('article');
      await frames();
      assert.equal((await firstVisible()).at > 480, true, 'the newest rows meanwhile');
      const at = Number(/\d+/.exec(key)?.[0] ?? Number.NaN);
      await page.evaluate((place) => window.fakeHost.send({ type: 'place', at: place, key: 'unread' }), at);
      await page.waitForFunction(
        (wanted) =>
          document.querySelector(`article[aria-posinset="${wanted}"]`) !== null &&
          (document.querySelector('.scroller')?.scrollTop ?? 0) > 0,
        at + 1,
      );
      await frames();
      const there = await firstVisible();
      assert.ok(Math.abs(there.at - (at + 1)) <= 1);
      // A second word about it does not move the reader again.
      await page.evaluate(() => window.fakeHost.send({ type: 'place', at: 5, key: 'unread' }));
      await frames();
      assert.equal((await firstVisible()).at, there.at);
    });
  });
});
