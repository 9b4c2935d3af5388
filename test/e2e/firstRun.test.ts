import { notification } from './support/messages.ts';
import { type Editor, openWorkbench } from './support/editor.ts';
import { panelFrame } from './support/panel.ts';
import { expandRow, showManagedAgents, sideBar, treeRow } from './support/tree.ts';

describe('first run, without a key', () => {
  let editor: Editor;

  before(async () => {
    editor = await openWorkbench();
  });

  after(async () => {
    await editor.close();
  });

  it('offers the sandbox in one click', async () => {
    await showManagedAgents(editor);
    await sideBar(editor).getByText('Use the local sandbox').click();
    await treeRow(editor, /Sessions/).waitFor();
    await editor.screenshot('first-run-tree');
  });

  it('opens a session, sends a message and sees the answer stream in', async () => {
    await expandRow(editor, /Sessions/);
    await editor.screenshot('first-run-sessions');
    await treeRow(editor, /Upgrade the HTTP client/).dblclick();
    const page = panelFrame(editor);
    await page.getByRole('textbox', { name: 'Message to the agent' }).waitFor();
    await editor.screenshot('first-run-panel');
    await page.getByRole('textbox', { name: 'Message to the agent' }).fill('What is in the repository?');
    await editor.page.keyboard.press('Enter');
    await editor.screenshot('first-run-sent');
    await page.getByText('I am a script').first().waitFor();
    await page.getByText('Idle').first().waitFor();
    await editor.screenshot('first-run-answer');
  });
});
