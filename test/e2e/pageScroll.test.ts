/** What the reader sees stays where it is: the page alone, in a real browser. Positions are counted, not time. */
import assert from 'node:assert/strict';
import type { Browser, BrowserContext, Page } from 'playwright-core';
import { eventually } from '../support/eventually.ts';
import { openBrowser } from '../support/page/browser.ts';
import { type PageServer, startPageServer } from '../support/page/pageServer.ts';
import { NOW } from '../support/page/rows.ts';

interface Place {
  readonly text: string;
  readonly top: number;
}

describe('scrolling the session page', function () {
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
    await context.close();
    assert.deepEqual(errors, [], 'the page threw');
  });

  async function open(scenario: string): Promise<void> {
    await page.clock.setFixedTime(NOW);
    await page.goto(`${server.origin}/dark#${scenario}`);
    await page.waitForSelector('article');
    await page.waitForSelector('.md');
    await frames();
  }

  const frames = () =>
    page.evaluate(
      () =>
        new Promise<void>((resolve) =>
          requestAnimationFrame(() => requestAnimationFrame(() => requestAnimationFrame(() => resolve()))),
        ),
    );
  const distanceToEnd = () =>
    page.$eval('.scroller', (box) => box.scrollHeight - box.clientHeight - box.scrollTop);
  const scrollBy = async (pixels: number) => {
    await page.$eval('.scroller', (box, by) => box.scrollBy(0, by), pixels);
    await frames();
  };
  const append = async (count: number) => {
    await page.evaluate((rows) => window.fakeHost.appendSynthetic(rows), count);
    await frames();
  };
  const pill = () => page.getByRole('button', { name: /^\d+ new/ });
  const jump = () => page.getByRole('button', { name: 'Jump to the end', exact: true });

  /** The first row that begins in the view: those above may be cut. */
  const place = () =>
    page.evaluate((): Place => {
      const edge = document.querySelector('.scroller')?.getBoundingClientRect().top ?? 0;
      for (const article of document.querySelectorAll('article')) {
        const { top } = article.getBoundingClientRect();
        if (top >= edge) {
          return { text: article.textContent.trim(), top: top - edge };
        }
      }
      return { text: '', top: Number.NaN };
    });

  function assertSame(now: Place, before: Place): void {
    assert.equal(now.text, before.text);
    assert.ok(Math.abs(now.top - before.top) <= 1, `moved from ${before.top} to ${now.top}`);
  }

  describe('at the end', () => {
    it('is not taken from a reader who went up by a few pixels', async () => {
      await open('500');
      await scrollBy(-6);
      const before = await place();
      for (let turn = 0; turn < 5; turn += 1) {
        await append(3);
        assertSame(await place(), before);
      }
      assert.equal(
        await pill()
          .textContent()
          .then((text) => text?.trim()),
        '15 new',
      );
    });

    it('is followed again by a reader who goes there', async () => {
      await open('500');
      await scrollBy(-600);
      await append(4);
      await page.$eval('.scroller', (box) => box.scrollTo(0, box.scrollHeight));
      await page.waitForSelector('article[aria-posinset="504"]');
      await frames();
      await append(4);
      await page.waitForSelector('article[aria-posinset="508"]');
      assert.ok((await distanceToEnd()) < 2);
      assert.equal(await pill().count(), 0);
      assert.equal(await jump().count(), 0);
    });

    it('is followed while a text grows, and not by a reader who left it', async () => {
      await open('500');
      const at = await page.evaluate(() => window.fakeHost.startAnswer());
      const write = async () => {
        const words = 'Some more words. '.repeat(12);
        await page.evaluate(([where, text]) => window.fakeHost.appendText(where, text), [at, words] as const);
        await frames();
      };
      for (let turn = 0; turn < 6; turn += 1) {
        await write();
        assert.ok((await distanceToEnd()) < 2);
      }
      await scrollBy(-40);
      const before = await place();
      for (let turn = 0; turn < 6; turn += 1) {
        await write();
        assertSame(await place(), before);
      }
    });

    it('stays in view while what is there changes its height by itself', async () => {
      await open('500');
      for (const height of [300, 40, 900, 0]) {
        await page.evaluate((px) => {
          const articles = document.querySelectorAll<HTMLElement>('article');
          for (const article of [articles[articles.length - 2], articles[articles.length - 6]]) {
            article?.style.setProperty('padding-bottom', `${px}px`);
          }
        }, height);
        await frames();
        assert.ok((await distanceToEnd()) < 2, `${height} pixels`);
      }
      await page.setViewportSize({ width: 500, height: 500 });
      await frames();
      assert.ok((await distanceToEnd()) < 2);
      await page.setViewportSize({ width: 1_100, height: 900 });
      await frames();
      assert.ok((await distanceToEnd()) < 2);
    });

    it('stays in view when Markdown comes later than the rows', async () => {
      let release: () => void = () => undefined;
      const released = new Promise<void>((resolve) => {
        release = resolve;
      });
      await page.route('**/markdown-*.js', async (route) => {
        await released;
        await route.continue();
      });
      await page.clock.setFixedTime(NOW);
      await page.goto(`${server.origin}/dark#markdown`);
      await page.waitForSelector('article');
      await frames();
      assert.equal(await page.locator('.md').count(), 0);
      assert.ok((await distanceToEnd()) < 2);
      release();
      await page.waitForSelector('.md');
      await frames();
      await frames();
      assert.ok((await distanceToEnd()) < 2);
    });

    it('does not run away from a text that is being selected', async () => {
      await open('500');
      await page.locator('article .md').last().click({ clickCount: 3 });
      const before = await place();
      await append(6);
      assertSame(await place(), before);
      await page.evaluate(() => document.getSelection()?.removeAllRanges());
      await pill().click();
      await page.waitForSelector('article[aria-posinset="506"]');
      await frames();
      assert.ok((await distanceToEnd()) < 2);
      await append(3);
      assert.ok((await distanceToEnd()) < 2);
    });
  });

  describe('away from the end', () => {
    it('offers the way back, quietly where nothing is new', async () => {
      await open('2000');
      assert.equal(await jump().count(), 0);
      await page.locator('article').last().focus();
      await page.keyboard.press('Home');
      await page.waitForSelector('article[aria-posinset="1"]:focus');
      await jump().click();
      await page.waitForSelector('article[aria-posinset="2000"]');
      await frames();
      assert.ok((await distanceToEnd()) < 2);
      assert.equal(await jump().count(), 0);
    });

    it('takes the keyboard along when the way back is taken by keyboard', async () => {
      await open('2000');
      await scrollBy(-3_000);
      await jump().focus();
      await page.keyboard.press('Enter');
      await page.waitForSelector('article[aria-posinset="2000"]:focus');
      await frames();
      assert.ok((await distanceToEnd()) < 2);
    });

    it('counts as new only what the reader has not seen', async () => {
      await open('500');
      await scrollBy(-500);
      await append(30);
      assert.equal((await pill().textContent())?.trim(), '30 new');
      await scrollBy(700);
      const left = Number.parseInt((await pill().textContent())?.trim() ?? '', 10);
      assert.ok(left > 0 && left < 30, `${left} left`);
      await scrollBy(-1_500);
      assert.equal(Number.parseInt((await pill().textContent())?.trim() ?? '', 10), left);
    });

    it('keeps the place while rows above change their height', async () => {
      await open('500');
      await scrollBy(-1_200);
      const before = await place();
      for (const height of [400, 60, 0]) {
        await page.evaluate((px) => {
          const edge = document.querySelector('.scroller')?.getBoundingClientRect().top ?? 0;
          const articles = [...document.querySelectorAll<HTMLElement>('article')];
          const above = articles.filter((article) => article.getBoundingClientRect().bottom < edge);
          for (const article of above) {
            article.style.setProperty('padding-bottom', `${px}px`);
          }
        }, height);
        await frames();
        assertSame(await place(), before);
      }
    });

    it('keeps the place while older rows come page by page', async () => {
      await open('60+partial');
      await scrollBy(-500);
      const before = await place();
      for (let turn = 0; turn < 8; turn += 1) {
        await page.evaluate(() => window.fakeHost.prepend(1_000));
        await frames();
        assertSame(await place(), before);
      }
    });

    it('keeps the place at the very top while older rows come in front', async () => {
      await open('60+partial');
      await page.$eval('.scroller', (box) => box.scrollTo(0, 0));
      await frames();
      const before = await place();
      for (let turn = 0; turn < 4; turn += 1) {
        await page.evaluate(() => window.fakeHost.prepend(250));
        await frames();
        assertSame(await place(), before);
      }
    });
  });

  describe('to the first row', () => {
    it('goes on as older rows come, until there are none', async () => {
      await open('60+partial');
      await page.locator('article').last().focus();
      await page.keyboard.press('Home');
      await page.waitForFunction(() => document.activeElement?.textContent.includes('Question 0') === true);
      for (const first of [-400, -800, -1_200]) {
        await page.evaluate(() => window.fakeHost.prepend(400));
        await page.waitForFunction(
          (at) => document.activeElement?.textContent.includes(`Question ${at}`) === true,
          first,
        );
      }
      await page.evaluate(() => window.fakeHost.changeHistory('complete'));
      await page.getByText('Beginning of the session').waitFor();
      await page.waitForSelector('article[aria-posinset="1"]:focus');
      assert.equal(await page.$eval('.scroller', (box) => Math.round(box.scrollTop)), 0);
    });

    it('ends with the first other thing that the reader does', async () => {
      await open('300+partial');
      await page.locator('article').last().focus();
      await page.keyboard.press('Home');
      await page.waitForFunction(() => document.activeElement?.textContent.includes('Question 0') === true);
      await page.keyboard.press('j');
      await frames();
      const before = await place();
      await page.evaluate(() => window.fakeHost.prepend(400));
      await frames();
      assertSame(await place(), before);
    });
  });

  describe('a session of any length', () => {
    it('has its ends within reach where it is taller than a browser can lay out', async () => {
      await page.setViewportSize({ width: 320, height: 600 });
      await open('400000');
      assert.ok((await distanceToEnd()) < 2);
      assert.ok(await page.locator('article[aria-posinset="400000"]').isVisible());
      assert.ok((await page.$eval('.scroller', (box) => box.scrollHeight)) < 20_000_000);
      await page.locator('article').last().focus();
      await page.keyboard.press('Home');
      await page.waitForSelector('article[aria-posinset="1"]:focus');
      await page.$eval('.scroller', (box) => box.scrollTo(0, box.scrollHeight / 2));
      await page.waitForFunction(() => {
        const at = Number(document.querySelector('article')?.getAttribute('aria-posinset'));
        return at > 100_000 && at < 300_000;
      });
      await jump().click();
      await page.waitForSelector('article[aria-posinset="400000"]');
      await frames();
      assert.ok((await distanceToEnd()) < 2);
    });

    it('has as few elements as a short one, wherever the reader is', async () => {
      const most = async (scenario: string) => {
        await open(scenario);
        const counts: number[] = [];
        const count = async () => {
          await frames();
          counts.push(await page.evaluate(() => document.querySelectorAll('*').length));
        };
        await count();
        for (let screen = 0; screen < 15; screen += 1) {
          await page.$eval('.scroller', (box) => box.scrollBy(0, -0.8 * box.clientHeight));
          await count();
        }
        // The row may go out of the document while it is looked for: rows are drawn on by themselves.
        await eventually(async () => {
          await page.locator('article').last().focus();
          return await page.evaluate(() => document.activeElement?.matches('article') === true);
        });
        await page.keyboard.press('Home');
        await page.waitForSelector('article[aria-posinset="1"]:focus');
        await count();
        await append(500);
        await count();
        return Math.max(...counts);
      };
      const short = await most('1000');
      const long = await most('100000');
      assert.ok(long <= 1_500, `${long} elements`);
      assert.ok(long <= 1.2 * short, `${long} and ${short} elements`);
    });

    it('is sent in its smallest part before the reader scrolls', async () => {
      await open('100+partial');
      for (let turn = 0; turn < 100; turn += 1) {
        await page.evaluate(() => window.fakeHost.prepend(1_000));
      }
      await page.evaluate(() => window.fakeHost.changeHistory('complete'));
      await page.waitForSelector('article[aria-posinset="100100"]');
      await frames();
      const { sent, whole } = await page.evaluate(() => ({
        sent: window.fakeHost.sentSize,
        whole: window.fakeHost.sessionSize,
      }));
      assert.ok(sent <= whole / 100, `${sent} of ${whole}`);
    });
  });
});
