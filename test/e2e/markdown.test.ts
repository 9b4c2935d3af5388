import assert from 'node:assert/strict';
import type { FrameLocator } from 'playwright-core';
import { eventually } from '../support/eventually.ts';
import { type Editor, openWorkbench } from './support/editor.ts';
import { clearNotifications, notification } from './support/messages.ts';
import { editorTab } from './support/panel.ts';
import { openSession, send } from './support/sessionPanel.ts';
import { showManagedAgents } from './support/tree.ts';

describe('code in an answer', () => {
  const expected = 'export function answer(question: string): string {\n  return `scripted: ${question}`;\n}';
  let editor: Editor;
  let page: FrameLocator;

  before(async () => {
    editor = await openWorkbench({ seedSessions: 3 });
    await showManagedAgents(editor);
    page = await openSession(editor, /^Session Upgrade the HTTP client/);
    await send(page, 'Show me some code.');
  });

  after(async () => {
    await editor.close();
  });

  const code = () => page.locator('.code').filter({ hasText: 'export function answer' }).last();

  it('has its colours once the answer is complete', async () => {
    await code().locator('.hl-keyword').first().waitFor();
    assert.equal(await code().locator('pre').textContent(), expected);
    await editor.screenshot('markdown-code');
  });

  it('is copied as it is shown', async () => {
    await code().getByRole('button', { name: 'Copy' }).click();
    await eventually(
      async () => (await editor.page.evaluate(() => navigator.clipboard.readText())) === expected,
    );
  });

  it('goes where the cursor is in the editor that was used last, and says so where there is none', async () => {
    const insert = () => code().getByRole('button', { name: 'Insert at cursor' }).click();
    await insert();
    await notification(editor, 'There is no text editor to insert into.').waitFor();
    await clearNotifications(editor);
    await editor.execute('workbench.action.files.newUntitledFile');
    await editor.page.locator('.monaco-editor.focused').waitFor();
    await editor.page.keyboard.type('first');
    await editor.page.keyboard.press('Enter');
    await editorTab(editor, /^Upgrade the HTTP client/).click();
    await insert();
    const lines = editor.page.locator('.editor-group-container.active .view-line');
    await lines.filter({ hasText: 'export function answer' }).waitFor();
    await editor.screenshot('markdown-inserted');
    await editor.page.keyboard.press('Control+Home');
    await lines.first().filter({ hasText: 'first' }).waitFor();
    await editor.page.keyboard.press('Control+z');
    await lines.filter({ hasText: 'export function answer' }).waitFor({ state: 'detached' });
    await editorTab(editor, /^Upgrade the HTTP client/).click();
    await code().waitFor();
  });

  it('opens in the editor, in its language', async () => {
    await code().getByRole('button', { name: 'Open in editor' }).click();
    await editorTab(editor, /code\.ts/).waitFor();
    const lines = editor.page.locator('.editor-group-container.active .view-lines');
    await lines.filter({ hasText: 'scripted: ${question}' }).waitFor();
    await editor.page.locator('.statusbar-item').filter({ hasText: 'TypeScript' }).first().waitFor();
    await editor.screenshot('markdown-opened');
  });
});
