/** An exported session as a file in the real editor: it is read in the session panel, offline, and nothing can be sent. */
import assert from 'node:assert/strict';
import { mkdtemp, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { EXPORT_FORMAT, jsonLines } from '../../src/transcript/export/exportJson.ts';
import { everyEvent } from '../support/page/everyRow.ts';
import { event } from '../support/storeEvents.ts';
import { head } from '../unit/transcript/export/exportSetup.ts';
import { type Editor, openWorkbench } from './support/editor.ts';
import { chooseFromMenuOf } from './support/messages.ts';
import { editorTab, panelFrame } from './support/panel.ts';
import { runCommand } from './support/quickInput.ts';
import { activity, banner, composer, row } from './support/sessionPanel.ts';

describe('an exported session as a file', () => {
  let folder: string;
  let editor: Editor;

  before(async () => {
    folder = await mkdtemp(path.join(tmpdir(), 'files-'));
    const text = [...jsonLines({ ...head, session: undefined }, everyEvent().map(event))].join('');
    await writeFile(path.join(folder, 'kept.session.jsonl'), text);
    const lines = text.split('\n');
    lines.splice(5, 1, '{"id": "broken');
    await writeFile(path.join(folder, 'damaged.session.jsonl'), lines.join('\n'));
    const later = JSON.stringify({ format: EXPORT_FORMAT, version: 99 });
    await writeFile(path.join(folder, 'later.session.jsonl'), `${later}\n`);
    await writeFile(path.join(folder, 'foreign.session.jsonl'), 'hello\n');
    editor = await openWorkbench({ folder });
  });

  after(async () => {
    await editor.close();
    await rm(folder, { recursive: true, force: true });
  });

  async function openFromExplorer(name: string): Promise<void> {
    await runCommand(editor, 'View: Show Explorer');
    const file = editor.page.locator('.explorer-folders-view').getByRole('treeitem', { name });
    await chooseFromMenuOf(editor, file, 'Open Exported Session…');
    await editorTab(editor, name).waitFor();
  }

  it('opens from the explorer: conversation, log and find, and no way to write', async () => {
    await openFromExplorer('kept.session.jsonl');
    const page = panelFrame(editor);
    await banner(page, 'This is a file').waitFor();
    await page.getByRole('heading', { level: 1, name: 'Fix it' }).waitFor();
    await activity(page, 'File').waitFor();
    await page.getByText('file, read only').waitFor();
    await row(page, 'A fence that nobody closes').waitFor();
    assert.equal(await composer(page).count(), 0);
    assert.equal(await page.getByText('New session with this agent').count(), 0);
    await editor.screenshot('file-conversation');
    await page.getByRole('tab', { name: /^Events/ }).click();
    await page.getByText('agent.message').first().waitFor();
    await editor.screenshot('file-log');
    await page.getByRole('tab', { name: 'Conversation' }).click();
    await page.locator('article').last().click();
    await editor.page.keyboard.press('ControlOrMeta+f');
    await page.getByRole('textbox', { name: /Find/ }).fill('scheduleRetry');
    await page
      .getByText(/of \d+/)
      .first()
      .waitFor();
    await editor.page.keyboard.press('Escape');
    await page.getByRole('button', { name: 'More actions' }).click();
    await page.getByRole('menuitem', { name: 'Export…' }).waitFor();
    assert.equal(await page.getByRole('menuitem', { name: 'Archive…' }).count(), 0);
    await page.getByRole('menuitem', { name: 'Copy Conversation' }).click();
    await editor.page.getByText('Conversation copied').waitFor();
  });

  it('shows the good lines of a damaged file, and names the others', async () => {
    await openFromExplorer('damaged.session.jsonl');
    const page = panelFrame(editor);
    await banner(page, 'Line 6 is damaged.').waitFor();
    await row(page, 'A fence that nobody closes').waitFor();
    await editor.screenshot('file-damaged');
  });

  it('says why a file cannot be shown', async () => {
    await openFromExplorer('later.session.jsonl');
    await banner(panelFrame(editor), /version 99 of the format \(line 1\)/).waitFor();
    await openFromExplorer('foreign.session.jsonl');
    await banner(panelFrame(editor), /is no exported session: line 1/).waitFor();
    await editor.screenshot('file-foreign');
  });
});
