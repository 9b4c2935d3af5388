/** The two views of a session and the event log, on the page alone in a real browser. */
import assert from 'node:assert/strict';
import { AxeBuilder } from '@axe-core/playwright';
import type { Browser, BrowserContext, Page } from 'playwright-core';
import type { PageMessage } from '../../src/protocol/messages.ts';
import { openBrowser } from '../support/page/browser.ts';
import { type PageServer, startPageServer } from '../support/page/pageServer.ts';
import { pageThemes } from '../support/page/themes.ts';

describe('the event log of the session page', function () {
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
    context = await browser.newContext({ viewport: { width: 1_000, height: 800 }, timezoneId: 'UTC' });
    page = await context.newPage();
    page.on('pageerror', (error) => errors.push(error.message));
  });

  afterEach(async () => {
    const violations = await page.evaluate(() => window.fakeHost.violations);
    await context.close();
    assert.deepEqual(violations, [], 'the policy was broken');
    assert.deepEqual(errors, [], 'the page threw');
  });

  const list = () => page.getByRole('listbox', { name: 'Event log' });
  const row = (text: string) => page.locator('.log-row').filter({ hasText: text });
  const selected = () => page.locator('.log-row[aria-selected="true"]');
  const tab = (name: RegExp) => page.getByRole('tab', { name });

  async function open(scenario: string, theme = 'dark'): Promise<void> {
    await page.goto(`${server.origin}/${theme}#${scenario}`);
    await page.waitForSelector('.composer');
  }

  async function openLog(scenario: string, theme = 'dark'): Promise<void> {
    await open(scenario, theme);
    await tab(/Events/).click();
    await page.waitForSelector('.log-row');
    await settled();
  }

  const posted = (type: PageMessage['type']) =>
    page.evaluate((wanted) => window.fakeHost.posted.filter((message) => message.type === wanted), type);

  /** Waits until the rows on the screen are those of the place. */
  async function settled(): Promise<void> {
    await page.waitForFunction(() => {
      const box = document.querySelector('.log-scroller');
      const rows = [...document.querySelectorAll('.log-row')].map((each) => each.getBoundingClientRect());
      const edge = box?.getBoundingClientRect();
      const whole = document.querySelector('.log-sizer')?.clientHeight ?? 0;
      return (
        edge !== undefined &&
        rows.some(({ top, bottom }) => top <= edge.top + 1 && bottom > edge.top - 1) &&
        (whole < edge.height ||
          rows.some(({ top, bottom }) => top < edge.bottom && bottom >= edge.bottom - 1))
      );
    });
  }

  const frames = () =>
    page.evaluate(
      () =>
        new Promise<void>((resolve) => requestAnimationFrame(() => requestAnimationFrame(() => resolve()))),
    );
  const selectedIs = (place: number) =>
    page.waitForSelector(`.log-row[aria-selected="true"][aria-posinset="${place}"]`);

  const distanceToEnd = () =>
    page.$eval('.log-scroller', (box) => box.scrollHeight - box.clientHeight - box.scrollTop);

  /** The first line on the screen, and where it is. */
  const place = () =>
    page.evaluate(() => {
      const edge = document.querySelector('.log-scroller')?.getBoundingClientRect().top ?? 0;
      const rows = [...document.querySelectorAll('.log-row')];
      const first = rows.find((each) => each.getBoundingClientRect().bottom > edge + 1);
      return {
        text: first?.querySelector('.log-summary')?.textContent.trim(),
        top: Math.round((first?.getBoundingClientRect().top ?? 0) - edge),
      };
    });

  for (const theme of pageThemes) {
    it(`has nothing that axe objects to: ${theme}`, async () => {
      await openLog('empty', theme);
      await row('scheduleRetry').first().click();
      await page.waitForSelector('.log-json');
      const { violations } = await new AxeBuilder({ page }).analyze();
      assert.deepEqual(
        violations.map(
          ({ id, nodes }) => `${id}: ${nodes.map(({ html }) => html.slice(0, 200)).join(' | ')}`,
        ),
        [],
      );
    });
  }

  it('is reached by the tabs’ keys, and hands the keyboard on', async () => {
    await open('empty');
    await tab(/Conversation/).focus();
    await page.keyboard.press('ArrowRight');
    await page.getByRole('tabpanel', { name: /Events · 32/ }).waitFor();
    assert.equal(await tab(/Events/).getAttribute('aria-selected'), 'true');
    assert.equal(await page.evaluate(() => document.activeElement?.getAttribute('data-view')), 'events');
    await page.keyboard.press('Home');
    await page.getByRole('tabpanel', { name: 'Conversation' }).waitFor();
    await page.evaluate(() => window.fakeHost.send({ type: 'toggleLog' }));
    await page.waitForSelector('.log-row');
    await list().focus();
    await page.evaluate(() => window.fakeHost.send({ type: 'toggleLog' }));
    await page.getByRole('tabpanel', { name: 'Conversation' }).waitFor();
    assert.equal(await page.locator('.log').count(), 0);
  });

  it('tells nothing of events to the conversation but their number', async () => {
    await open('empty');
    await tab(/Events · 32/).waitFor();
    await page.evaluate(() => window.fakeHost.log.append(10));
    await tab(/Events · 42/).waitFor();
    assert.deepEqual(await posted('logView'), []);
    assert.deepEqual(await posted('logAck'), []);
    assert.equal(await page.locator('.log-row').count(), 0);
  });

  it('says for each event when, how long after the last, what and how large', async () => {
    await openLog('empty');
    await list().focus();
    await page.keyboard.press('Home');
    await row('Two files').waitFor();
    const line = row('Two files').first();
    assert.equal(await line.locator('.log-time').textContent(), '12:02:41.000');
    assert.match(
      (await line.locator('.log-time').getAttribute('title')) ?? '',
      /20 November 2026.*12:02:41\.000/,
    );
    assert.equal(await line.locator('.log-gap').textContent(), '+9.80s');
    assert.equal((await line.locator('.log-type').textContent())?.trim(), 'agent.message');
    assert.match((await line.locator('.log-size').textContent()) ?? '', /^\d+ B$/);
    assert.ok(
      await page
        .getByRole('option', { name: /^12:02:41\.000 \+9\.80s agent\.message Two files/ })
        .isVisible(),
    );
  });

  it('filters by kinds, by type and by id, and shows all again', async () => {
    await openLog('empty');
    const chips = page.getByRole('group', { name: 'Kinds of events' });
    await chips.getByRole('button', { name: /^Errors/ }).click();
    await page.waitForFunction(() => document.querySelectorAll('.log-row').length === 2);
    assert.ok(await row('1 failing').isVisible());
    assert.ok(await row('overloaded').isVisible());
    assert.ok(await page.getByText('2 of 32 events').isVisible());
    await chips.getByRole('button', { name: /^Outcomes/ }).click();
    await page.waitForFunction(() => document.querySelectorAll('.log-row').length === 5);
    await chips.getByRole('button', { name: 'All' }).click();
    await page.waitForFunction(() => document.querySelectorAll('.log-row').length > 10);
    await page.getByRole('textbox', { name: 'Filter by type or id' }).fill('SEVT_1');
    await page.waitForFunction(() => document.querySelectorAll('.log-row').length === 10);
    await page.getByRole('textbox', { name: 'Filter by type or id' }).fill('nothing has this');
    await page.getByText('No event passes the filter').waitFor();
    await page.getByRole('button', { name: 'Show all events' }).click();
    await page.waitForFunction(() => document.querySelectorAll('.log-row').length > 10);
    assert.equal(await page.getByRole('textbox', { name: 'Filter by type or id' }).inputValue(), '');
  });

  it('is walked by keyboard, opened and left', async () => {
    await openLog('empty');
    await list().focus();
    await page.keyboard.press('Home');
    await selectedIs(1);
    await page.keyboard.press('ArrowDown');
    await page.keyboard.press('ArrowDown');
    await selectedIs(3);
    const active = await list().getAttribute('aria-activedescendant');
    assert.equal(await selected().getAttribute('id'), active);
    await page.keyboard.press('Enter');
    await page.getByRole('region', { name: 'Event agent.message' }).waitFor();
    await page.keyboard.press('ArrowDown');
    await page.getByRole('region', { name: 'Event session.status_idle' }).waitFor();
    assert.match((await page.locator('.log-json').textContent()) ?? '', /"stop_reason"/);
    await page.keyboard.press('Escape');
    await page.waitForFunction(() => document.querySelector('.log-detail') === null);
    assert.equal(await page.evaluate(() => document.activeElement?.className), 'log-scroller');
    await page.keyboard.press('End');
    await selectedIs(32);
    await page.keyboard.press('Escape');
    await page.waitForFunction(() => document.activeElement?.matches('.composer-text') === true);
  });

  it('copies, opens and leads to the conversation', async () => {
    await openLog('empty');
    await row('retryi').first().click();
    const detail = page.getByRole('region', { name: 'Event session.error' });
    await detail.getByRole('button', { name: 'Copy JSON' }).click();
    await detail.getByRole('button', { name: 'Copy id' }).click();
    await detail.getByRole('button', { name: 'Open in editor' }).click();
    await page.evaluate(() => window.fakeHost.answerWith({ ok: false, code: 'gone', message: 'Not there' }));
    await detail.getByRole('button', { name: 'Show in conversation' }).click();
    await detail.getByRole('alert').filter({ hasText: 'Not there' }).waitFor();
    assert.deepEqual(await posted('logCopy'), [
      { type: 'logCopy', name: 'sevt_18', part: 'json' },
      { type: 'logCopy', name: 'sevt_18', part: 'id' },
    ]);
    assert.deepEqual(await posted('logOpenJson'), [{ type: 'logOpenJson', name: 'sevt_18' }]);
  });

  it('shows the event of a row on request, whatever the filter is', async () => {
    await openLog('5000+log');
    await page.getByRole('button', { name: /^Errors/ }).click();
    await page.getByText('6 of 5,000 events').waitFor();
    await tab(/Conversation/).click();
    await page.evaluate(() => window.fakeHost.send({ type: 'showInLog', name: 'sevt_1234' }));
    await selectedIs(1_235);
    assert.ok(await selected().isVisible());
    await page.locator('.log-json').filter({ hasText: 'sevt_1234' }).waitFor();
    await page.waitForFunction(() => document.activeElement?.matches('.log-scroller') === true);
  });

  it('says that an event is no longer held', async () => {
    await openLog('empty');
    await row('retryi').first().click();
    await page.waitForSelector('.log-json');
    await page.evaluate(() => window.fakeHost.log.trim(25));
    await page.getByText('This event is no longer held').waitFor();
    assert.ok(await page.locator('.log-json').isVisible());
    assert.equal(await page.getByRole('button', { name: 'Copy JSON' }).count(), 0);
    await page.evaluate(() => window.fakeHost.send({ type: 'showInLog', name: 'sevt_02' }));
    await page.waitForFunction(() => document.querySelector('.log-json') === null);
    assert.ok(await page.getByText('This event is no longer held').isVisible());
  });

  it('draws no more rows of 100,000 events than fit, and reaches both ends at once', async () => {
    await openLog('100000+log');
    assert.ok((await distanceToEnd()) < 1);
    await row('Event number 99999').waitFor();
    const counts: number[] = [];
    const count = async () => counts.push(await page.locator('.log-row').count());
    await count();
    await list().focus();
    await page.keyboard.press('Home');
    await row('Event number 0').waitFor();
    await count();
    for (const part of [0.25, 0.5, 0.75]) {
      await page.$eval('.log-scroller', (box, at) => box.scrollTo(0, box.scrollHeight * at), part);
      await settled();
      await count();
    }
    await list().focus();
    await page.keyboard.press('End');
    await row('Event number 99999').waitFor();
    await count();
    assert.ok(Math.max(...counts) <= 60, counts.join());
    assert.ok((await page.evaluate(() => document.querySelectorAll('*').length)) < 1_200);
  });

  it('follows the end only for a reader who is there', async () => {
    await openLog('2000+log');
    await page.evaluate(() => window.fakeHost.log.append(5));
    await row('Event number 2004').waitFor();
    assert.ok((await distanceToEnd()) < 1);
    await page.$eval('.log-scroller', (box) => box.scrollBy(0, -3_000));
    await settled();
    const before = await place();
    await page.evaluate(() => window.fakeHost.log.append(7));
    await page.getByRole('button', { name: '7 new' }).waitFor();
    assert.deepEqual(await place(), before);
    await page.getByRole('button', { name: '7 new' }).click();
    await row('Event number 2011').waitFor();
    assert.ok((await distanceToEnd()) < 1);
  });

  it('keeps the reader’s place through what comes, goes and changes elsewhere', async () => {
    await openLog('3000+log');
    await page.$eval('.log-scroller', (box) => box.scrollTo(0, 37_510));
    await settled();
    const before = await place();
    const steps = [
      () => window.fakeHost.log.prepend(500),
      () => {
        for (let index = 0; index < 40; index++) {
          window.fakeHost.log.insert(100, { type: 'user.message', id: `new${index}` });
        }
      },
      () => window.fakeHost.log.trim(700),
      () => window.fakeHost.log.change(2_000, { type: 'agent.message', id: 'sevt_1960' }),
      () => window.fakeHost.log.append(300),
    ];
    for (const step of steps) {
      const told = (await posted('logAck')).length;
      await page.evaluate(step);
      await page.waitForFunction(
        (count) => window.fakeHost.posted.filter(({ type }) => type === 'logAck').length > count,
        told,
      );
      await settled();
      assert.deepEqual(await place(), before);
    }
  });

  it('keeps the place of each view while the other one is shown, and over a reload', async () => {
    await openLog('3000+log');
    await page.$eval('.log-scroller', (box) => box.scrollTo(0, 20_010));
    await settled();
    const before = await place();
    await tab(/Conversation/).click();
    await page.waitForSelector('article');
    await page.$eval('.scroller', (box) => box.scrollBy(0, -2_000));
    const upper = () =>
      page.evaluate(() => {
        const edge = document.querySelector('.scroller')?.getBoundingClientRect().top ?? 0;
        const rows = [...document.querySelectorAll('article')];
        return rows.find((each) => each.getBoundingClientRect().bottom > edge)?.getAttribute('aria-posinset');
      });
    await frames();
    await frames();
    const conversation = await upper();
    await tab(/Events/).click();
    await page.waitForSelector('.log-row');
    await settled();
    assert.deepEqual(await place(), before);
    await tab(/Conversation/).click();
    await page.waitForSelector('article');
    await page.waitForFunction((wanted) => {
      const edge = document.querySelector('.scroller')?.getBoundingClientRect().top ?? 0;
      const rows = [...document.querySelectorAll('article')];
      const first = rows.find((each) => each.getBoundingClientRect().bottom > edge);
      return first?.getAttribute('aria-posinset') === wanted;
    }, conversation);
    await tab(/Events/).click();
    await page.waitForFunction(
      () => (window.fakeHost.state as { views?: { view?: string } } | null)?.views?.view === 'events',
    );
    await page.reload();
    await page.waitForSelector('.log-row');
    await settled();
    assert.deepEqual((await place()).text, before.text);
  });

  it('takes 500 events a second without losing the selection or the place', async () => {
    await openLog('2000+log');
    await page.$eval('.log-scroller', (box) => box.scrollBy(0, -4_000));
    await settled();
    await list().focus();
    await page.keyboard.press('ArrowDown');
    await selected().waitFor();
    await frames();
    const before = await place();
    const name = await selected().textContent();
    await page.evaluate(async () => {
      for (let turn = 0; turn < 40; turn++) {
        window.fakeHost.log.append(25);
        await new Promise((resolve) => setTimeout(resolve, 50));
      }
    });
    await tab(/Events · 3,000/).waitFor();
    assert.deepEqual(await place(), before);
    assert.equal(await selected().textContent(), name);
    const acks = (await posted('logAck')).length;
    assert.ok(acks < 60, `${acks} messages for 1,000 events`);
  });

  it('makes no element, link or request out of what events hold', async () => {
    await openLog('empty');
    await row('onerror').first().click();
    await page.locator('.log-json').filter({ hasText: 'onerror' }).waitFor();
    assert.equal(
      await page.locator('.log :is(script, img, iframe, svg, a, form, style, base, meta, object)').count(),
      0,
    );
    assert.equal(await page.locator('[aria-live]').count(), 0);
  });

  for (const width of [320, 560, 900, 1_400]) {
    it(`needs no sideways scrolling at ${width} pixels, and has targets to hit`, async () => {
      await page.setViewportSize({ width, height: 700 });
      await openLog('empty');
      await row('user.message').last().click();
      await page.waitForSelector('.log-json');
      const excess = await page.evaluate(() =>
        [
          document.documentElement,
          ...document.querySelectorAll('.log, .log-list, .log-scroller, .log-detail'),
        ]
          .filter((box) => box.scrollWidth > box.clientWidth)
          .map((box) => box.className),
      );
      assert.deepEqual(excess, []);
      const small = await page.$$eval('.log button, .log-row, [role=tab]', (targets) =>
        targets.filter((each) => each.getBoundingClientRect().height < 23.5).map((each) => each.textContent),
      );
      assert.deepEqual(small, []);
      assert.ok(await selected().isVisible());
    });
  }
});
