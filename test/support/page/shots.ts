/** Takes pictures of the page in every theme and two widths: `node shots.ts <folder>`. For people to look at. */
import { mkdirSync } from 'node:fs';
import path from 'node:path';
import { openBrowser } from './browser.ts';
import { startPageServer } from './pageServer.ts';
import { NOW } from './rows.ts';
import { pageThemes } from './themes.ts';

const folder = process.argv[2] ?? 'test-results/page';
const scenarios = (process.argv[3] ?? 'tour').split(',');
const only = process.argv[4];
mkdirSync(folder, { recursive: true });
const server = await startPageServer();
const browser = await openBrowser();
for (const theme of pageThemes.filter((name) => only === undefined || name === only)) {
  for (const width of [1100, 340]) {
    for (const scenario of scenarios) {
      const page = await browser.newPage({
        viewport: { width, height: scenario.includes('tour') ? 2600 : 900 },
        timezoneId: 'UTC',
      });
      await page.clock.setFixedTime(NOW);
      page.on('pageerror', (error) => console.error(`${theme} ${scenario}: ${error.message}`));
      await page.goto(`${server.origin}/${theme}#${scenario}`);
      await page.waitForSelector('.composer');
      await page.waitForTimeout(250);
      await page.screenshot({ path: path.join(folder, `${theme}-${scenario}-${width}.png`) });
      const violations = await page.evaluate(() => window.fakeHost.violations);
      if (violations.length > 0) {
        console.error(violations);
      }
      await page.close();
    }
  }
}
await browser.close();
await server.dispose();
