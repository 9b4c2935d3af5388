import assert from 'node:assert/strict';
import type { FrameLocator } from 'playwright-core';
import { type Editor, openWorkbench } from './support/editor.ts';
import { activity, composer, openSession, row, send } from './support/sessionPanel.ts';
import { expandRow, showManagedAgents, sideBar, treeRow, treeTexts } from './support/tree.ts';

describe('first run, without a key', () => {
  let editor: Editor;
  let page: FrameLocator;

  before(async () => {
    editor = await openWorkbench();
  });

  after(async () => {
    await editor.close();
  });

  it('says what is needed, and the ways there are', async () => {
    await showManagedAgents(editor);
    const welcome = sideBar(editor).locator('.welcome-view-content');
    await welcome.waitFor();
    await editor.screenshot('first-run-welcome');
    assert.deepEqual((await welcome.locator('p, .button-container').allInnerTexts()).map(plain), [
      'To see your agents and sessions, an API key is needed.',
      'Set API Key',
      'No key at hand? Everything can be tried on this machine, where a scripted agent answers. Use the local sandbox, or choose another connection.',
    ]);
  });

  it('brings a filled tree with one click', async () => {
    await sideBar(editor).getByText('Use the local sandbox').click();
    await treeRow(editor, /^Session Upgrade the HTTP client/).waitFor();
    await expandRow(editor, /^Agents/);
    await expandRow(editor, /^Environments/);
    await treeRow(editor, /^Environment node-24/).waitFor();
    await editor.screenshot('first-run-tree');
    const rows = await treeTexts(editor);
    assert.equal(rows.filter((text) => text.startsWith('Session ')).length, 4);
    assert.ok(rows.some((text) => text.startsWith('Agent Code reviewer')));
  });

  it('opens a session, sends a message, and shows the answer while it is written', async () => {
    page = await openSession(editor, /^Session Upgrade the HTTP client/);
    const watched = page.locator('body');
    await watched.evaluate(watchStreaming);
    await send(page, 'What is in the repository?');
    await row(page, 'Send /help for the other scenes.').waitFor();
    await activity(page, 'Idle').waitFor();
    await page.locator('.is-streaming').waitFor({ state: 'detached' });
    await editor.screenshot('first-run-answer');

    const lengths = (await watched.evaluate((body) => body.dataset['streamed'] ?? '')).split(' ').map(Number);
    assert.ok(new Set(lengths).size >= 5, `the text came in ${lengths.length} steps: ${lengths.join(' ')}`);
    assert.equal(await composer(page).inputValue(), '');
    await page.getByText('Live').waitFor();
  });
});

/** Notes how long the text is that is being written, each time that the page draws it. */
function watchStreaming(body: HTMLElement): void {
  new MutationObserver(() => {
    const text = body.querySelector('.is-streaming')?.textContent;
    if (text !== undefined && text !== '') {
      body.dataset['streamed'] = `${body.dataset['streamed'] ?? ''} ${text.length}`.trim();
    }
  }).observe(body, { childList: true, subtree: true, characterData: true });
}

function plain(text: string): string {
  return text.replaceAll(/\s+/g, ' ').trim();
}
