import type { Frame, Page } from 'playwright-core';

/** What the page of a panel handed to the editor: a message, or the state that it wants to be kept. */
interface Posted {
  readonly channel: 'onmessage' | 'do-update-state';
  readonly json: string;
}

const NOTES = '__attackNotes';

/**
 * Notes what the pages of panels post from now on. It sits on the editor's side of a page, so that it sees what
 * really leaves it; panels that are open already are not seen.
 */
export async function spyOnPages(page: Page): Promise<void> {
  await page.addInitScript((notes) => {
    const posted: { channel: unknown; json: string }[] = [];
    Reflect.set(globalThis, notes, posted);
    const post: unknown = Reflect.get(MessagePort.prototype, 'postMessage');
    if (typeof post !== 'function') {
      return;
    }
    MessagePort.prototype.postMessage = function (this: MessagePort, ...args: unknown[]) {
      const [message] = args;
      const channel: unknown =
        typeof message === 'object' && message !== null ? Reflect.get(message, 'channel') : undefined;
      if (channel === 'onmessage' || channel === 'do-update-state') {
        posted.push({ channel, json: JSON.stringify(message) });
      }
      Reflect.apply(post, this, args);
    };
  }, NOTES);
}

/** What the pages that are open now have posted, oldest first per page. */
export async function postedByPages(page: Page): Promise<readonly Posted[]> {
  const notes = await Promise.all(
    page.frames().map(
      async (frame) =>
        // A frame can go while it is asked.
        await frame
          .evaluate((name) => (Reflect.get(globalThis, name) ?? []) as Posted[], NOTES)
          .catch((): Posted[] => []),
    ),
  );
  return notes.flat();
}

/** Posts a message, of JSON, as if the page of a panel had: what a page that was taken over can do. */
export async function forge(wrapper: Frame, message: unknown): Promise<void> {
  // As text, since a name like `__proto__` would not get there as an own field otherwise.
  await wrapper.evaluate((forged) => {
    const post: unknown = Reflect.get(globalThis, '__vscode_post_message__');
    if (typeof post !== 'function') {
      throw new Error('This frame is not the wrapper of a page.');
    }
    Reflect.apply(post, undefined, ['onmessage', { message: JSON.parse(forged) as unknown }]);
  }, JSON.stringify(message));
}

/** The editor's own frames around the pages of panels, the panel that was opened first before the others. */
export function wrappersOf(page: Page): readonly Frame[] {
  return page
    .frames()
    .filter((frame) => /\/webview\/browser\/pre\/index(?:-no-csp)?\.html/.test(frame.url()));
}
