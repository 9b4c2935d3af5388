/** From the editor to a session and back: what is sent is seen first, and what an agent did is applied only on a yes. */
import { mkdir, mkdtemp, rm, symlink, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import path from 'node:path';
import type { FrameLocator } from 'playwright-core';
import type { JsonObject } from '../../src/util/json.ts';
import { type Editor, openWorkbench } from './support/editor.ts';
import { answerDialog, clearNotifications, dialog, notification } from './support/messages.ts';
import { editorTab, panelFrame } from './support/panel.ts';
import { pick, quickInput, runCommand } from './support/quickInput.ts';
import { composer, row } from './support/sessionPanel.ts';
import { showManagedAgents } from './support/tree.ts';

const call = (id: string, name: string, input: JsonObject): readonly JsonObject[] => [
  { id, type: 'agent.tool_use', name, input, processed_at: '2026-01-02T03:04:05Z' },
  { id: `${id}r`, type: 'agent.tool_result', tool_use_id: id, content: [{ type: 'text', text: 'done' }] },
];

describe('files of the workspace and sessions', () => {
  let folder: string;
  let editor: Editor;

  before(async () => {
    folder = await mkdtemp(path.join(tmpdir(), 'agentfiles-'));
    await mkdir(path.join(folder, 'src'));
    await writeFile(path.join(folder, 'src', 'retry.ts'), 'const tries = 1;\nconst pause = 1;\n');
    await symlink(tmpdir(), path.join(folder, 'way'));
    const events = [
      ...call('c1', 'read', { file_path: '/workspace/src/retry.ts' }),
      ...call('c2', 'edit', { file_path: 'src/retry.ts', old_string: 'tries = 1', new_string: 'tries = 3' }),
      ...call('c3', 'edit', { file_path: 'src/retry.ts', old_string: ' = ', new_string: ' == ' }),
      ...call('c4', 'read', { file_path: '../elsewhere.txt' }),
    ];
    const text = events.map((event) => JSON.stringify(event)).join('\n');
    await writeFile(path.join(folder, 'calls.session.jsonl'), `${text}\n`);
    editor = await openWorkbench({ folder, seedSessions: 3 });
  });

  after(async () => {
    await editor.close();
    await rm(folder, { recursive: true, force: true });
  });

  async function openFile(name: string): Promise<void> {
    await runCommand(editor, 'Go to File...');
    await quickInput(editor)
      .getByRole('combobox')
      .or(quickInput(editor).getByRole('textbox'))
      .first()
      .fill(name);
    await pick(editor, name);
    await editorTab(editor, name).waitFor();
  }

  async function card(page: FrameLocator, index: number) {
    const each = page
      .locator('article')
      .filter({ has: page.locator('.tool') })
      .nth(index);
    await each.locator('.card-head').click();
    return each;
  }

  it('sends a selection to a session that is chosen, shown as an attachment first', async () => {
    await showManagedAgents(editor);
    await openFile('retry.ts');
    await editor.page.locator('.monaco-editor.focused').waitFor();
    await editor.page.keyboard.press('Control+a');
    await runCommand(editor, 'Managed Agents: Send Selection to Session…');
    await quickInput(editor)
      .getByPlaceholder(/You see exactly what is sent/)
      .waitFor();
    await editor.screenshot('send-selection-choose');
    await quickInput(editor).locator('.monaco-list-row').first().click();
    const page = panelFrame(editor);
    await composer(page).waitFor();
    await page.locator('.attachment').filter({ hasText: 'retry.ts' }).waitFor();
    await editor.screenshot('send-selection');
    await runCommand(editor, 'Managed Agents: Send Problems to Session…');
    await notification(editor, /reports no problems there|Open a file/).waitFor();
    await clearNotifications(editor);
    await runCommand(editor, 'View: Close All Editors');
  });

  it('opens the path of a call after the place was seen, and refuses one that leads out', async () => {
    await openFile('calls.session.jsonl');
    await runCommand(editor, 'View: Reopen Editor With...');
    await pick(editor, 'Managed Agents Session');
    const page = panelFrame(editor);
    await row(page, 'retry.ts').waitFor();
    const read = await card(page, 0);
    await editor.screenshot('tool-card-workspace');
    await read.getByRole('button', { name: 'Open in Workspace' }).click();
    await dialog(editor)
      .getByText(path.join(folder, 'src', 'retry.ts'))
      .first()
      .waitFor();
    await editor.screenshot('open-in-workspace');
    await answerDialog(editor, 'Open');
    await editorTab(editor, 'retry.ts').waitFor();
    const outside = await card(page, 3);
    await outside.getByRole('button', { name: 'Open in Workspace' }).click();
    await notification(editor, /leads out of this workspace/).waitFor();
    await clearNotifications(editor);
  });
});
