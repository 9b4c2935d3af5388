import { type Browser, chromium } from 'playwright-core';

/** A headless Chromium: the one named by CHROME_PATH, or the one on the path. */
export function openBrowser(): Promise<Browser> {
  return chromium.launch({
    executablePath: process.env['CHROME_PATH'] ?? '/usr/bin/chromium',
    // Inside containers there is neither a user namespace nor much shared memory.
    args: ['--no-sandbox', '--disable-dev-shm-usage'],
  });
}
