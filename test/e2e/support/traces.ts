import { mkdir, rm, writeFile } from 'node:fs/promises';
import path from 'node:path';
import type { Page } from 'playwright-core';
import { projectFolder } from '../../host/paths.ts';
import { say } from '../../host/say.ts';

const resultsFolder = path.join(projectFolder, 'test-results');
const failuresFolder = path.join(resultsFolder, 'failures');

/** Removes the traces of an earlier run, so that what is there belongs to this one. */
export async function forgetFailures(): Promise<void> {
  await rm(failuresFolder, { recursive: true, force: true });
}

/** Keeps a picture of the page as `test-results/screenshots/<name>.png` and gives its place. */
export async function takeScreenshot(page: Page, name: string): Promise<string> {
  const file = path.join(resultsFolder, 'screenshots', `${fileName(name)}.png`);
  await page.screenshot({ path: file, animations: 'disabled' });
  return file;
}

/** Keeps what helps to understand a failure: a picture of the page and what its console said. */
export async function keepTrace(
  editor: { readonly page: Page; readonly consoleLines: readonly string[] },
  name: string,
): Promise<void> {
  const base = path.join(failuresFolder, fileName(name));
  await mkdir(path.dirname(base), { recursive: true });
  await writeFile(`${base}.log`, `${editor.consoleLines.join('\n')}\n`);
  if (editor.page.isClosed()) {
    return;
  }
  try {
    await editor.page.screenshot({ path: `${base}.png`, animations: 'disabled', timeout: 10_000 });
    say(`    see ${path.relative(projectFolder, base)}.png and .log`);
  } catch (error) {
    // A page that crashed shows nothing; the failure of the test itself is what counts.
    say(`    no screenshot of the failure: ${String(error)}`);
  }
}

function fileName(title: string): string {
  return title
    .toLowerCase()
    .replaceAll(/[^a-z0-9]+/g, '-')
    .replaceAll(/^-|-$/g, '')
    .slice(0, 100);
}
