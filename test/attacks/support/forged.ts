import assert from 'node:assert/strict';
import type { Frame } from 'playwright-core';
import type { Arena } from './arena.ts';

/** The editor's own frame around the page of the attacked session, which was opened last. */
export async function attackedWrapper({ editor }: Arena): Promise<Frame> {
  const wrappers: Frame[] = [];
  for (const frame of editor.page.frames()) {
    const isWrapper = await frame
      .evaluate(() => typeof Reflect.get(globalThis, '__vscode_post_message__') === 'function')
      .catch(() => false); // a frame can go while it is asked
    if (isWrapper) {
      wrappers.push(frame);
    }
  }
  const last = wrappers.at(-1);
  assert.ok(last !== undefined && wrappers.length > 1, `${String(wrappers.length)} pages`);
  return last;
}
