/** An exported page in a real browser that has no network: how it looks, and that it can do nothing. */
import assert from 'node:assert/strict';
import { mkdtemp, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { pathToFileURL } from 'node:url';
import { AxeBuilder } from '@axe-core/playwright';
import type { Browser, BrowserContext, Page } from 'playwright-core';
import { htmlDocument } from '../../src/transcript/export/html/htmlDocument.ts';
import { projectFolder } from '../host/paths.ts';
import { openBrowser } from '../support/page/browser.ts';
import { everyEvent } from '../support/page/everyRow.ts';
import { bodiesOf, head, texts } from '../unit/transcript/export/exportSetup.ts';
import { says, TestSession } from '../unit/transcript/transcriptSetup.ts';

const evil = `<script>document.title='owned'</script><img src="https://tracker.example/a.png" onerror="document.title='owned'"><style>body{display:none}</style>`;

describe('an exported page in a browser', function () {
  this.timeout(60_000);
  let folder: string;
  let browser: Browser;
  let context: BrowserContext;
  let page: Page;
  let requests: string[];
  let complaints: string[];

  before(async () => {
    folder = await mkdtemp(path.join(tmpdir(), 'exported-'));
    const session = new TestSession();
    session.arrive(...everyEvent(), says('evil', `${evil}\n\n![pixel](https://tracker.example/b.png)`));
    const lines = [
      ['Session', 'sesn_0123'],
      ['Agent', 'coder · model-x'],
    ] as const;
    const shown = { ...head, note: 'Left out of this export: thinking.' };
    const pieces = htmlDocument(shown, lines, session.transcript, bodiesOf(session), {
      ...texts,
      time: (at) => new Date(at).toISOString().slice(0, 19).replace('T', ' '),
    });
    await writeFile(path.join(folder, 'session.html'), [...pieces].join(''));
    browser = await openBrowser();
  });

  after(async () => {
    await browser.close();
    await rm(folder, { recursive: true });
  });

  afterEach(async () => {
    await context.close();
  });

  async function open(colorScheme: 'dark' | 'light', width = 1_000): Promise<void> {
    requests = [];
    complaints = [];
    context = await browser.newContext({ colorScheme, offline: true, viewport: { width, height: 900 } });
    page = await context.newPage();
    page.on('request', (request) => requests.push(request.url()));
    page.on('console', (message) => complaints.push(message.text()));
    page.on('pageerror', (error) => complaints.push(error.message));
    await page.goto(pathToFileURL(path.join(folder, 'session.html')).href);
    await page.getByRole('heading', { level: 1, name: 'Fix it' }).waitFor();
  }

  async function picture(name: string): Promise<void> {
    await page.screenshot({ path: path.join(projectFolder, 'test-results', `${name}.png`), fullPage: true });
  }

  for (const scheme of ['dark', 'light'] as const) {
    it(`is readable offline in ${scheme}, asks for nothing and breaks no policy`, async () => {
      await open(scheme);
      await picture(`exported-${scheme}`);
      await page.evaluate('0').catch(() => undefined);
      assert.deepEqual(
        requests.filter((url) => !url.startsWith('file:') && !url.startsWith('data:')),
        [],
      );
      assert.equal(requests.filter((url) => url.startsWith('file:')).length, 1);
      assert.deepEqual(complaints, []);
      assert.equal(await page.title(), 'Fix it');
      assert.equal(await page.locator('script, iframe, object, embed, form, link, base').count(), 0);
      assert.equal(await page.locator('main style').count(), 0);
      await page.getByText("<script>document.title='owned'</script>").first().waitFor();
      const background = await page
        .locator('body')
        .evaluate((body) => getComputedStyle(body).backgroundColor);
      assert.equal(background, scheme === 'dark' ? 'rgb(31, 31, 31)' : 'rgb(255, 255, 255)');
      const { violations } = await new AxeBuilder({ page }).analyze();
      assert.deepEqual(
        violations.map(({ id, nodes }) => `${id}: ${nodes[0]?.html ?? ''}`),
        [],
      );
    });
  }

  it('opens and closes its cards by keyboard, without any script', async () => {
    await open('dark');
    const card = page.locator('details.tool').first();
    assert.equal(await card.evaluate((each: HTMLDetailsElement) => each.open), false);
    await card.locator('summary').focus();
    await page.keyboard.press('Enter');
    assert.equal(await card.evaluate((each: HTMLDetailsElement) => each.open), true);
    await page.evaluate(() => {
      document.querySelectorAll('details').forEach((each) => (each.open = true));
    });
    await picture('exported-open-dark');
  });

  it('fits a narrow window', async () => {
    await open('light', 320);
    await picture('exported-narrow-light');
    const wide = await page.evaluate(() => document.documentElement.scrollWidth);
    assert.equal(wide, 320);
  });
});
