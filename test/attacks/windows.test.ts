import assert from 'node:assert/strict';
import type { Frame } from 'playwright-core';
import { setKey } from '../e2e/support/connections.ts';
import { panelFrame } from '../e2e/support/panel.ts';
import { runCommand } from '../e2e/support/quickInput.ts';
import { row } from '../e2e/support/sessionPanel.ts';
import { noteEndOf } from '../e2e/support/testEnd.ts';
import { showManagedAgents } from '../e2e/support/tree.ts';
import { eventually } from '../support/eventually.ts';
import { Arena, KEY } from './support/arena.ts';
import { attack } from './support/attackList.ts';
import { agentMessage } from './support/hostileServer.ts';
import { wrappersOf } from './support/pageSpy.ts';

/** Three starts of a window. */
const WINDOWS_MS = 240_000;

const CONNECTION_ID = 'custom:Hostile%20server';

describe('windows of different times', () => {
  let arena: Arena | undefined;

  // Each try has an editor of its own.
  afterEach(async function () {
    await noteEndOf(this.currentTest);
    await arena?.close();
    arena = undefined;
  });

  it(attack('E6'), async function () {
    this.timeout(WINDOWS_MS);
    arena = await Arena.open();
    const { editor, hostile, healthy } = arena;
    await arena.connect();
    hostile
      .addSession({ id: 'e6', title: 'An old session' })
      .events.push(agentMessage('e6_0', 'I was here.'));
    await row(await arena.openSession('e6'), 'I was here.').waitFor();

    // A second window of the same folder comes and goes, and takes nothing along from the first.
    const second = await editor.page.context().newPage();
    await second.goto(editor.page.url(), { waitUntil: 'domcontentloaded' });
    await second.locator('.monaco-workbench .part.statusbar').waitFor({ timeout: 60_000 });
    await second.locator('.activitybar a[aria-label^="Managed Agents"]').click({ timeout: 60_000 });
    const tree = second.locator('.part.sidebar');
    const listed = tree.getByRole('treeitem', { name: /^Session An old session/ });
    // Each window of a browser without a keyring has its own secrets.
    await listed.or(tree.getByText('an API key is needed')).first().waitFor({ timeout: 60_000 });
    await second.close();
    await row(arena.page, 'I was here.').waitFor();

    // What the pages of older versions had asked to be kept: no address with the session, and none of either.
    await showManagedAgents(editor);
    const old = [JSON.stringify({ connectionId: CONNECTION_ID, sessionId: 'healthy', rows: 7 }), '[1,2,3]'];
    for (const [index, wrapper] of wrappersOf(editor.page).entries()) {
      await keep(wrapper, old[index] ?? 'null');
    }
    await editor.page.evaluate(() => {
      document.documentElement.dataset['before'] = 'reload';
    });
    await runCommand(editor, 'Developer: Reload Window');
    await editor.page.locator('html:not([data-before])').waitFor({ state: 'attached', timeout: 60_000 });
    const asked = hostile.requests.length;
    await eventually(() => wrappersOf(editor.page).length === 2, { timeoutMs: 60_000 });
    // The first comes back as it was, the second says that it cannot.
    const pages = [panelFrame(editor, 0), panelFrame(editor, 1)] as const;
    const lost = await eventually(
      async () => {
        for (const [index, page] of pages.entries()) {
          if ((await page.getByText('so the session cannot be shown').count()) > 0) {
            return { other: pages[1 - index] };
          }
        }
        return false;
      },
      { timeoutMs: 60_000 },
    );
    const back = lost.other ?? pages[0];
    const needsKey = back.getByText('There is no API key');
    await row(back, 'All is well.').or(needsKey).first().waitFor({ timeout: 60_000 });
    if ((await needsKey.count()) > 0) {
      await setKey(editor, KEY);
    }
    await row(back, 'All is well.').waitFor({ timeout: 40_000 });
    await eventually(() => healthy.streams.size > 0, { timeoutMs: 40_000 });
    hostile.emit(healthy, agentMessage('e6_1', 'Well again.'));
    await row(back, 'Well again.').waitFor();
    const paths = hostile.requests.slice(asked).map(({ path }) => path);
    assert.ok(paths.length > 0);
    assert.deepEqual(
      paths.filter((path) => !/^\/(?:sessions(?:\/healthy(?:\/[\w/]+)?)?|agents|environments)$/.test(path)),
      [],
    );
    arena.assertNothingGotOut();
  });
});

/** Makes the editor keep a state for a page as the page itself would ask, and lets the page ask for no other. */
async function keep(wrapper: Frame, state: string): Promise<void> {
  await wrapper.evaluate((kept) => {
    const post: unknown = Reflect.get(globalThis, '__vscode_post_message__');
    const pass: unknown = Reflect.get(MessagePort.prototype, 'postMessage');
    if (typeof post !== 'function' || typeof pass !== 'function') {
      throw new Error('This frame is not the wrapper of a page.');
    }
    Reflect.apply(post, undefined, ['do-update-state', kept]);
    MessagePort.prototype.postMessage = function (this: MessagePort, ...args: unknown[]) {
      const [message] = args;
      const isState =
        typeof message === 'object' &&
        message !== null &&
        Reflect.get(message, 'channel') === 'do-update-state';
      if (!isState) {
        Reflect.apply(pass, this, args);
      }
    };
  }, state);
}
