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

/** Tells the editor to keep a state, and again whenever the page would have it keep its own. */
export async function forgeState(wrapper: Frame, state: unknown): Promise<void> {
  await wrapper.evaluate((forged) => {
    const FORGED = '__forgedState';
    const isFirst = Reflect.get(globalThis, FORGED) === undefined;
    Reflect.set(globalThis, FORGED, forged);
    const post: unknown = Reflect.get(MessagePort.prototype, 'postMessage');
    const say: unknown = Reflect.get(globalThis, '__vscode_post_message__');
    if (typeof post !== 'function' || typeof say !== 'function') {
      throw new Error('This frame is not the wrapper of a page.');
    }
    if (isFirst) {
      MessagePort.prototype.postMessage = function (this: MessagePort, message: unknown, ...rest: unknown[]) {
        const isState =
          typeof message === 'object' &&
          message !== null &&
          Reflect.get(message, 'channel') === 'do-update-state';
        const said: unknown = isState
          ? { ...message, data: String(Reflect.get(globalThis, FORGED)) }
          : message;
        Reflect.apply(post, this, [said, ...rest]);
      };
    }
    Reflect.apply(say, undefined, ['do-update-state', forged]);
  }, JSON.stringify(state));
}
