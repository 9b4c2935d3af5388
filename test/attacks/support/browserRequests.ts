import type { Page } from 'playwright-core';

/** Addresses that never leave the browser: the editor's service worker answers them from the package. */
const inside = /^(?:data:|blob:|https:\/\/[^/]+\.vscode-resource\.vscode-cdn\.net\/)/;

/**
 * Notes each request that the browser makes for anything but the editor itself, from any frame: pictures, fonts,
 * links, navigation. It sees a request for a host that does not exist, too.
 */
export function noteForeignRequests(page: Page): readonly string[] {
  const own = new URL(page.url()).origin;
  const foreign: string[] = [];
  page.context().on('request', (request) => {
    const url = request.url();
    if (!inside.test(url) && new URL(url).origin !== own) {
      foreign.push(url);
    }
  });
  return foreign;
}
