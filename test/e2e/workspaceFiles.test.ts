/** From the editor to a session and back: what is sent is seen first, and what an agent did is applied only on a yes. */
import assert from 'node:assert/strict';
import { mkdir, mkdtemp, readFile, rm, symlink, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import path from 'node:path';
import type { FrameLocator } from 'playwright-core';
import type { JsonObject } from '../../src/util/json.ts';
import { eventually } from '../support/eventually.ts';
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
      ...call('c5', 'write', { file_path: '.vscode/tasks.json', content: '{ "tasks": ["echo \u202e"] }\n' }),
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
    const outside = await card(page, 4);
    await outside.getByRole('button', { name: 'Open in Workspace' }).click();
    await notification(editor, /leads out of this workspace/).waitFor();
    await clearNotifications(editor);
  });

  it('applies an edit through a comparison, and changes nothing where the passage is not unique', async () => {
    const file = path.join(folder, 'src', 'retry.ts');
    const edit = await card(panelFrame(editor), 1);
    await edit.getByRole('button', { name: 'Apply to Workspace…' }).click();
    const question = notification(editor, /Apply this change of the agent to/);
    await question.waitFor();
    await editor.page.locator('.monaco-diff-editor').first().waitFor();
    await editor.screenshot('apply-change');
    await question.getByRole('button', { name: 'Apply', exact: true }).click();
    // The comparison is an editor as well: what is saved is the file.
    await editor.page
      .getByRole('tab', { name: /^retry\.ts/, selected: true })
      .first()
      .waitFor();
    await editor.page
      .locator('.monaco-editor.focused:not(.modified-in-monaco-diff-editor) .view-line')
      .filter({ hasText: 'tries = 3' })
      .first()
      .waitFor();
    assert.match(await readFile(file, 'utf8'), /tries = 1/, 'a change that is applied is not saved yet');
    await editor.page.keyboard.press('Control+s');
    await eventually(async () => (await readFile(file, 'utf8')).includes('tries = 3'));
    await editorTab(editor, 'calls.session.jsonl').first().click();
    const twice = await card(panelFrame(editor), 3);
    await twice.getByRole('button', { name: 'Apply to Workspace…' }).click();
    await notification(editor, /2 times, and only one is meant/).waitFor();
    assert.equal(await readFile(file, 'utf8'), 'const tries = 3;\nconst pause = 1;\n');
  });

  it('asks once more before a file that the editor acts upon is changed, and for characters that nobody sees', async () => {
    const file = path.join(folder, '.vscode', 'tasks.json');
    await clearNotifications(editor);
    const tasks = row(panelFrame(editor), 'tasks.json');
    const button = tasks.getByRole('button', { name: 'Apply to Workspace…' });
    for (const answer of ['Cancel', 'Apply Anyway']) {
      await tasks.waitFor();
      if (!(await button.isVisible())) {
        await tasks.locator('.card-head').click();
      }
      await button.click();
      await notification(editor, /with this text of the agent/)
        .getByRole('button', { name: 'Apply', exact: true })
        .click();
      await dialog(editor)
        .getByText(/may run what stands in them/)
        .waitFor();
      await dialog(editor)
        .getByText(/U\+202E × 1/)
        .waitFor();
      await editor.screenshot('apply-acted-on');
      await answerDialog(editor, answer);
      if (answer === 'Cancel') {
        await editorTab(editor, 'calls.session.jsonl').first().click();
        await assert.rejects(readFile(file), { code: 'ENOENT' });
      }
    }
    await eventually(async () => (await readFile(file, 'utf8')).includes('echo'));
  });
});
