/** The timeline of a session, on the page alone in a real browser. */
import assert from 'node:assert/strict';
import { AxeBuilder } from '@axe-core/playwright';
import type { Browser, BrowserContext, Page } from 'playwright-core';
import type { PageMessage } from '../../src/protocol/messages.ts';
import { openBrowser } from '../support/page/browser.ts';
import { type PageServer, startPageServer } from '../support/page/pageServer.ts';
import { NOW } from '../support/page/rows.ts';
import { pageThemes } from '../support/page/themes.ts';

describe('the timeline of the session page', function () {
  this.timeout(90_000);
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
    context = await browser.newContext({ viewport: { width: 1_000, height: 900 }, timezoneId: 'UTC' });
    page = await context.newPage();
    page.on('pageerror', (error) => errors.push(error.message));
    await page.clock.setFixedTime(NOW);
  });

  afterEach(async () => {
    const violations = await page.evaluate(() => window.fakeHost.violations);
    await context.close();
    assert.deepEqual(violations, [], 'the policy was broken');
    assert.deepEqual(errors, [], 'the page threw');
  });

  const picture = () => page.getByRole('listbox', { name: 'Timeline of the session' });
  const option = () => page.getByRole('option', { selected: true });
  const tab = (name: RegExp) => page.getByRole('tab', { name });
  const range = () => page.locator('.timeline-range').textContent();
  const tool = (name: string) => page.getByRole('button', { name, exact: true });

  async function open(scenario: string, theme = 'dark'): Promise<void> {
    await page.goto(`${server.origin}/${theme}#${scenario}`);
    await page.waitForSelector('.composer');
  }

  async function openTimeline(scenario: string, theme = 'dark'): Promise<void> {
    await open(scenario, theme);
    await tab(/Timeline/).click();
    await page.waitForSelector('.timeline-svg');
    await settled();
  }

  const posted = (type: PageMessage['type']) =>
    page.evaluate((wanted) => window.fakeHost.posted.filter((message) => message.type === wanted), type);

  /** Waits until the host has answered the last question, and that is drawn. */
  async function settled(): Promise<void> {
    await page.waitForFunction(() => {
      const last = window.fakeHost.posted.findLastIndex(({ type }) => type === 'timelineView');
      return window.fakeHost.posted.findIndex(({ type }, at) => at > last && type === 'timelineAck') > 0;
    });
    await page.evaluate(
      () =>
        new Promise<void>((resolve) => requestAnimationFrame(() => requestAnimationFrame(() => resolve()))),
    );
  }

  async function press(...keys: string[]): Promise<void> {
    for (const key of keys) {
      await page.keyboard.press(key);
      await settled();
    }
  }

  for (const theme of pageThemes) {
    it(`has nothing that axe objects to, as picture and as table: ${theme}`, async () => {
      await openTimeline('120+busy', theme);
      await picture().focus();
      await press('ArrowDown', 'ArrowRight');
      const found: string[] = [];
      for (const view of ['picture', 'table']) {
        if (view === 'table') {
          await tool('As table').click();
          await page.getByRole('table').waitFor();
        }
        const { violations } = await new AxeBuilder({ page }).analyze();
        found.push(
          ...violations.map(
            ({ id, nodes }) => `${view}: ${id}: ${nodes.map(({ html }) => html.slice(0, 200)).join(' | ')}`,
          ),
        );
      }
      assert.deepEqual(found, []);
    });
  }

  it('is loaded when it is first looked at, and asks for nothing before', async () => {
    await open('120+busy');
    await tab(/Events · 120/).waitFor();
    assert.deepEqual(await posted('timelineView'), []);
    await page.evaluate(() => window.fakeHost.send({ type: 'toggleTimeline' }));
    await page.waitForSelector('.timeline-svg');
    assert.equal(await tab(/Timeline/).getAttribute('aria-selected'), 'true');
    await picture().focus();
    await page.evaluate(() => window.fakeHost.send({ type: 'toggleTimeline' }));
    await page.getByRole('tabpanel', { name: 'Conversation' }).waitFor();
    assert.equal((await posted('timelineHide')).length, 1);
  });

  it('says that its files did not come, and comes when it is tried again', async () => {
    let isDown = true;
    await page.route(/timelinePanel/, async (route) => await (isDown ? route.abort() : route.continue()));
    await open('120+busy');
    await tab(/Timeline/).click();
    await page.getByRole('alert').filter({ hasText: 'This view could not be loaded' }).waitFor();
    await tab(/Conversation/).click();
    await page.locator('article').first().waitFor();
    await tab(/Timeline/).click();
    await page.getByRole('alert').filter({ hasText: 'This view could not be loaded' }).waitFor();
    isDown = false;
    await page.getByRole('button', { name: 'Try Again' }).click();
    await page.waitForSelector('.timeline-svg');
    assert.equal(await page.getByRole('alert').count(), 0);
  });

  it('says where the time went', async () => {
    await openTimeline('120+busy');
    const totals = page.locator('.timeline-totals');
    for (const text of ['from first to last', /model · 18 requests/, /tools · 28 calls, 4 failed/]) {
      assert.ok(await totals.getByText(text).isVisible());
    }
    assert.ok(await totals.getByText('tokens, 81% cached').isVisible());
    assert.ok(await totals.getByText('$0.42').isVisible());
  });

  it('is walked by keyboard: marks, rows, the event behind a mark, and out', async () => {
    await openTimeline('120+busy');
    await picture().focus();
    await press('ArrowRight');
    assert.match((await option().textContent()) ?? '', /^\s*Turn, \d\d:\d\d:\d\d\.\d{3} – .*39\.6s/);
    const active = await picture().getAttribute('aria-activedescendant');
    assert.equal(await option().getAttribute('id'), active);
    await press('ArrowDown');
    assert.match((await option().textContent()) ?? '', /Model request, .* tokens in, \d+ out/);
    await press('ArrowRight', 'ArrowRight');
    assert.equal(await option().getAttribute('aria-posinset'), '3');
    assert.equal(await option().getAttribute('aria-setsize'), '18');
    assert.ok(await page.locator('.timeline-frame.is-selected').isVisible());
    await press('Enter');
    const [asked] = await posted('logReveal');
    assert.ok(asked?.type === 'logReveal' && /^sevt_\d+$/.test(asked.name));
    await press('End');
    assert.equal(await option().getAttribute('aria-posinset'), '18');
    await page.keyboard.press('Escape');
    await page.waitForFunction(() => document.activeElement?.matches('.composer-text') === true);
  });

  it('leads to the event log where the conversation has nothing to show', async () => {
    await openTimeline('120+busy');
    await page.evaluate(() => window.fakeHost.answerWith({ ok: false, code: 'noRow', message: 'Nothing' }));
    await picture().focus();
    await press('ArrowRight', 'ArrowDown', 'Enter');
    await page.getByRole('listbox', { name: 'Event log' }).waitFor();
    await page.locator('.log-json').filter({ hasText: 'span.model_request_start' }).waitFor();
  });

  it('shows exact times and tokens of what is pointed at, and goes there on a click', async () => {
    await openTimeline('120+busy');
    await page.locator('.lane-model .timeline-mark').first().hover();
    const detail = page.locator('.timeline-detail');
    await detail.getByText('Model request').waitFor();
    const text = (await detail.textContent()) ?? '';
    assert.match(text, /\d\d:\d\d:\d\d\.\d{3} – \d\d:\d\d:\d\d\.\d{3}\s+7\.11s\s+124ms after the start/);
    assert.match(text, /[\d,]+ tokens in · \d+ out · [\d,]+ from the cache · \d+ into the cache/);
    await page.locator('.lane-tools .timeline-mark').nth(1).click();
    await page.waitForFunction(() => window.fakeHost.posted.some(({ type }) => type === 'logReveal'));
  });

  it('zooms by wheel, buttons and keys around what is looked at, moves, and shows all again', async () => {
    await openTimeline('400+busy');
    const whole = await range();
    const box = await picture().boundingBox();
    assert.ok(box !== null);
    await page.mouse.move(box.x + box.width * 0.75, box.y + 40);
    await page.keyboard.down('Control');
    await page.mouse.wheel(0, -600);
    await page.keyboard.up('Control');
    await settled();
    const near = await range();
    assert.notEqual(near, whole);
    await page.mouse.down();
    await page.mouse.move(box.x + box.width * 0.55, box.y + 40, { steps: 4 });
    await page.mouse.up();
    await settled();
    assert.notEqual(await range(), near);
    assert.deepEqual(await posted('logReveal'), []);
    await tool('Earlier').click();
    await settled();
    await tool('Zoom out').click();
    await settled();
    await tool('Show all').click();
    await settled();
    assert.equal(await range(), whole);
    await picture().focus();
    await press('+', '+');
    assert.notEqual(await range(), whole);
    await press('0');
    assert.equal(await range(), whole);
    // The wheel alone belongs to whoever scrolls.
    await page.mouse.wheel(0, -600);
    await settled();
    assert.equal(await range(), whole);
  });

  it('draws as much of 100,000 events as there is room for, whatever is looked at', async () => {
    await openTimeline('100000+busy');
    await picture().focus();
    const sizes: number[] = [];
    const count = async () => {
      sizes.push(await page.evaluate(() => document.querySelectorAll('.timeline *').length));
    };
    await count();
    await press('ArrowRight');
    for (const keys of [
      Array<string>(6).fill('+'),
      Array<string>(6).fill('+'),
      ['PageUp', 'PageUp'],
      ['0'],
    ]) {
      await press(...keys);
      await count();
    }
    assert.ok(Math.max(...sizes) <= 2_500, sizes.join());
    const bytes = await page.evaluate(() => window.fakeHost.sentSize);
    assert.ok(bytes < 6_000_000, `${bytes} bytes for all of it`);
  });

  it('draws at most twice for one interaction', async () => {
    await openTimeline('100000+busy');
    await picture().focus();
    const draws = await page.evaluate(async () => {
      const frame = () => new Promise<void>((resolve) => requestAnimationFrame(() => resolve()));
      const svg = document.querySelector('.timeline-svg');
      const result: number[] = [];
      let drawn = 0;
      const observer = new MutationObserver(() => drawn++);
      if (svg === null) {
        return [99];
      }
      observer.observe(svg, { childList: true, subtree: true, attributes: true });
      for (const key of ['+', '+', '+', 'PageUp', 'PageUp', '-', 'ArrowRight']) {
        drawn = 0;
        svg.parentElement?.dispatchEvent(new KeyboardEvent('keydown', { key, bubbles: true }));
        for (let count = 0; count < 30; count++) {
          await frame();
        }
        result.push(drawn);
      }
      observer.disconnect();
      return result;
    });
    assert.ok(
      draws.every((count) => count >= 1 && count <= 2),
      draws.join(),
    );
  });

  it('follows the end while the session runs, and stays put for a reader elsewhere', async () => {
    await openTimeline('120+busy');
    await picture().focus();
    await press('+', '+', '+');
    const atEnd = await range();
    assert.match(atEnd ?? '', /14:02:31/);
    const later = async (minutes: number, id: string) => {
      await page.clock.setFixedTime(NOW + minutes * 60_000);
      await page.evaluate(
        ([at, name]) => {
          const event = { type: 'agent.tool_use', name: 'bash', id: name };
          window.fakeHost.log.add([{ ...event, processed_at: new Date(at).toISOString() }]);
        },
        [NOW + minutes * 60_000, id] as const,
      );
    };
    await later(1, 'late_1');
    await page.waitForFunction(() =>
      document.querySelector('.timeline-range')?.textContent.includes('14:03:31'),
    );
    await press('PageUp', 'PageUp');
    const away = await range();
    const before = await page
      .locator('.timeline-svg .lane-model')
      .evaluate(
        (lane) =>
          lane.textContent + [...lane.querySelectorAll('rect')].map((each) => each.getAttribute('x')).join(),
      );
    await later(2, 'late_2');
    await page.waitForFunction(
      () => window.fakeHost.posted.filter(({ type }) => type === 'timelineAck').length > 6,
    );
    await settled();
    assert.equal(await range(), away);
    assert.equal(
      await page
        .locator('.timeline-svg .lane-model')
        .evaluate(
          (lane) =>
            lane.textContent +
            [...lane.querySelectorAll('rect')].map((each) => each.getAttribute('x')).join(),
        ),
      before,
    );
    await tool('Follow the end').click();
    await settled();
    assert.match((await range()) ?? '', /14:04:31/);
    assert.equal(await tool('Follow the end').count(), 0);
  });

  it('is a table with the same data, whose rows lead on', async () => {
    await openTimeline('120+busy');
    await picture().focus();
    await press('t');
    const table = page.getByRole('table', { name: /^Timeline from .* to / });
    await table.waitFor();
    assert.deepEqual(await table.getByRole('columnheader').allTextContents(), [
      'Start',
      'Row',
      'What',
      'Duration',
      'Tokens in / out',
      'State',
    ]);
    const row = table.getByRole('row').filter({ hasText: 'Model request' }).first();
    assert.match(
      (await row.textContent()) ?? '',
      /13:57:31\.671\s+Model\s+Model request\s+7\.11s\s+39,305 \/ 447/,
    );
    await table
      .getByRole('button', { name: /together/ })
      .first()
      .click();
    await settled();
    assert.notEqual(await tool('Show all').getAttribute('aria-disabled'), 'true');
    await table.getByRole('button', { name: 'grep' }).first().click();
    await page.waitForFunction(() => window.fakeHost.posted.some(({ type }) => type === 'logReveal'));
  });

  it('is where it was after a reload', async () => {
    await openTimeline('400+busy');
    await picture().focus();
    await press('ArrowRight', '+', '+', 'PageDown');
    const before = await range();
    await page.waitForFunction(
      () => (window.fakeHost.state as { views?: { view?: string } } | null)?.views?.view === 'timeline',
    );
    await page.waitForFunction(
      () =>
        (window.fakeHost.state as { views?: { timeline?: { window?: { at?: string } } } } | null)?.views
          ?.timeline?.window?.at === 'range',
    );
    await page.reload();
    await page.waitForSelector('.timeline-svg');
    await settled();
    assert.equal(await range(), before);
  });

  it('makes no element, link or request out of what events hold', async () => {
    await openTimeline('empty');
    await page.evaluate(() => {
      window.fakeHost.log.add([
        {
          type: 'agent.tool_use',
          id: 'bad',
          name: '<img src=x onerror=alert(1)>\u202e',
          processed_at: '2026-11-20T14:02:00Z',
        },
      ]);
    });
    await settled();
    await tool('As table').click();
    await page.getByRole('button', { name: /onerror/ }).waitFor();
    assert.equal(
      await page
        .locator('.timeline :is(script, img, iframe, a, form, style, base, meta, object, foreignObject)')
        .count(),
      0,
    );
    assert.equal(await page.locator('.timeline [aria-live]').count(), 0);
  });

  it('says so where nothing has happened, and where no event has a time', async () => {
    await openTimeline('empty');
    await page.evaluate(() => window.fakeHost.log.trim(10_000));
    await page.getByText('Nothing has happened yet that takes time').waitFor();
    await page.evaluate(() => window.fakeHost.log.add([{ type: 'agent.message', id: 'x' }]));
    await page.getByText('The server gives its events no times').waitFor();
  });

  for (const width of [320, 560, 900, 1_400]) {
    it(`needs no sideways scrolling at ${width} pixels, and no words cover each other`, async () => {
      await page.setViewportSize({ width, height: 900 });
      await openTimeline('400+busy');
      await picture().focus();
      await press('ArrowRight', 'ArrowDown', '+');
      const excess = await page.evaluate(() =>
        [document.documentElement, ...document.querySelectorAll('.timeline, .timeline > :not(.sr-only)')]
          .filter((box) => box.scrollWidth > box.clientWidth + 1)
          .map((box) => box.className),
      );
      assert.deepEqual(excess, []);
      const covered = await page.evaluate(() => {
        const texts = [...document.querySelectorAll('.timeline-svg text')].map((text) => ({
          text: text.textContent,
          box: text.getBoundingClientRect(),
        }));
        return texts.flatMap((one, index) =>
          texts
            .slice(index + 1)
            .filter(
              ({ box }) =>
                box.left < one.box.right - 1 &&
                box.right > one.box.left + 1 &&
                box.top < one.box.bottom - 3 &&
                box.bottom > one.box.top + 3,
            )
            .map((other) => `${one.text} over ${other.text}`),
        );
      });
      assert.deepEqual(covered, []);
      const small = await page.$$eval('.timeline button', (targets) =>
        targets.filter((each) => each.getBoundingClientRect().height < 23.5).map((each) => each.textContent),
      );
      assert.deepEqual(small, []);
    });
  }
});
