/** The session page alone for people whose system asks for something: less motion, colours of its own, large text. */
import assert from 'node:assert/strict';
import type { Browser, BrowserContext, Page } from 'playwright-core';
import { openBrowser } from '../support/page/browser.ts';
import { type PageServer, startPageServer } from '../support/page/pageServer.ts';
import { NOW } from '../support/page/rows.ts';

describe('the session page', function () {
  this.timeout(60_000);
  let server: PageServer;
  let browser: Browser;
  let context: BrowserContext | undefined;

  before(async () => {
    server = await startPageServer();
    browser = await openBrowser();
  });

  after(async () => {
    await browser.close();
    await server.dispose();
  });

  afterEach(async () => {
    await context?.close();
  });

  type Options = NonNullable<Parameters<Browser['newContext']>[0]>;

  async function open(scenario: string, options: Options): Promise<Page> {
    context = await browser.newContext({
      viewport: { width: 900, height: 800 },
      timezoneId: 'UTC',
      ...options,
    });
    const page = await context.newPage();
    await page.clock.setFixedTime(NOW);
    await page.goto(`${server.origin}/dark#${scenario}`);
    await page.waitForSelector('article');
    await page.waitForSelector('.md');
    return page;
  }

  /** Animations without an end. A picture that spins stands for all of those that do. */
  const moving = async (page: Page) =>
    await page.evaluate(() => {
      const spinning = document.createElement('span');
      spinning.className = 'icon icon-sync icon-spin';
      document.querySelector('.page')?.append(spinning);
      return document.getAnimations().filter(({ playState }) => playState === 'running').length;
    });

  it('moves nothing for those who want no motion', async () => {
    const lively = await open('tour', { reducedMotion: 'no-preference' });
    assert.ok((await moving(lively)) > 0, 'there is something to be held still');
    await lively.context().close();
    const calm = await open('tour', { reducedMotion: 'reduce' });
    assert.equal(await moving(calm), 0);
  });

  it('shows its edges and where the keyboard is in colours that the system forces on it', async () => {
    const page = await open('tour', { forcedColors: 'active' });
    const bare = await page.$$eval('button, .composer, .card, .code, .bubble', (all) =>
      all
        .filter((element) => element.checkVisibility())
        .filter((element) => {
          const { borderTopWidth, borderTopStyle } = getComputedStyle(element);
          return borderTopStyle === 'none' || borderTopWidth === '0px';
        })
        .filter((element) => element.closest('[role="tablist"], [role="group"]') === null)
        .map((element) => element.getAttribute('class') ?? element.textContent),
    );
    assert.deepEqual(
      new Set(bare),
      new Set(['link']),
      'only links do without an edge, and what is inside of one',
    );
    await page.locator('.composer-text').focus();
    const outline = await page.$eval('.composer', (element) => getComputedStyle(element).outlineStyle);
    assert.equal(outline, 'solid');
    await page.locator('article').last().focus();
    await page.keyboard.press('k');
    const edge = await page.$eval('article:focus', (row) => getComputedStyle(row, '::before').borderTopColor);
    assert.doesNotMatch(edge, /, 0\)$|transparent/);
  });

  for (const zoom of [2, 4]) {
    it(`needs no sideways scrolling at ${String(zoom * 100)} % of a window of 1280 pixels`, async () => {
      const page = await open('tour', {
        viewport: { width: 1280 / zoom, height: 1024 / zoom },
        deviceScaleFactor: zoom,
      });
      const excess = await page.evaluate(
        () => document.documentElement.scrollWidth - document.documentElement.clientWidth,
      );
      assert.equal(excess, 0);
      const feed = await page.locator('.scroller').boundingBox();
      assert.ok(feed !== null);
      assert.ok(feed.height >= 120, `the conversation is ${String(feed.height)} pixels high`);
      await page.locator('.composer-text').focus();
      const field = await page.locator('.composer-text').boundingBox();
      assert.ok(field !== null);
      assert.ok(
        field.y >= 0 && field.y + field.height <= 1024 / zoom,
        'the field is in view where it is used',
      );
    });
  }
});
