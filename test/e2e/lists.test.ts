import assert from 'node:assert/strict';
import { eventually } from '../support/eventually.ts';
import { type Editor, openWorkbench } from './support/editor.ts';
import { answerDialog, dialog, notification } from './support/messages.ts';
import { panelFrame } from './support/panel.ts';
import { atQuestion, pick, quickInput, runCommand, typeText } from './support/quickInput.ts';
import { showManagedAgents, sideBar, treeRow, treeTexts } from './support/tree.ts';

describe('lists of many', () => {
  let editor: Editor;
  const message = () => sideBar(editor).locator('.message').first();

  before(async () => {
    editor = await openWorkbench();
    await editor.execute('managedAgents.sandbox.start', { seedSessions: 120, seedAgents: 12 });
    await showManagedAgents(editor);
    await treeRow(editor, /^Session /).waitFor();
  });

  after(async () => {
    await editor.close();
  });

  it('filters by agent, says so above the rows, and clears the filter', async () => {
    await runCommand(editor, 'Managed Agents: Filter…');
    await pick(editor, 'Sessions: agent');
    await pick(editor, 'Release engineer');
    await message().getByText('Filter: agent “Release engineer”. Filtered by the server.').waitFor();
    await treeRow(editor, 'Sessions, 10').waitFor();
    await editor.screenshot('lists-filtered');
    await runCommand(editor, 'Managed Agents: Clear Filters');
    await treeRow(editor, 'Sessions, 50+').waitFor();
    assert.doesNotMatch(await message().innerText(), /Filter/);
  });

  it('groups, with headings that say how many', async () => {
    await runCommand(editor, 'Managed Agents: Group Sessions By…');
    await pick(editor, 'Agent');
    await treeRow(editor, 'Code reviewer, 5 sessions').waitFor();
    await message().getByText('Grouped by agent, those read so far.').waitFor();
    await editor.screenshot('lists-grouped');
    await runCommand(editor, 'Managed Agents: Group Sessions By…');
    await pick(editor, 'No groups');
    await treeRow(editor, 'Code reviewer, 5 sessions').waitFor({ state: 'detached' });
  });

  it('finds a session that is far down the list, and opens it', async () => {
    await runCommand(editor, 'Managed Agents: Find Session…');
    await quickInput(editor).getByText('Find Session on Local sandbox · 50 searched').waitFor();
    await typeText(editor, 'search-index http');
    await quickInput(editor).getByText('Searched 120 sessions: that is all of them').waitFor();
    await editor.screenshot('lists-find');
    const found = quickInput(editor).locator('.monaco-list-row').first();
    const title = await found.locator('.label-name').innerText();
    await editor.page.keyboard.press('Enter');
    await editor.page
      .locator('.tab')
      .filter({ hasText: title.slice(0, 20) })
      .waitFor();
  });

  it('archives what is selected together, after asking once', async () => {
    const rows = sideBar(editor).getByRole('treeitem', { name: /^Session / });
    await rows.nth(4).click();
    // The session that opens takes the keyboard; the next click brings it back.
    await panelFrame(editor).locator('textarea:focus').waitFor();
    await rows.nth(6).click({ modifiers: ['Shift'] });
    const before = (await treeTexts(editor)).filter((text) => text.startsWith('Session '));
    await editor.page.keyboard.press('Delete');
    await dialog(editor).getByText('Archive 3 sessions on Local sandbox?').waitFor();
    await editor.screenshot('lists-archive-question');
    await answerDialog(editor, 'Archive');
    await notification(editor, '3 archived.').waitFor();
    await eventually(async () => !(await treeTexts(editor)).includes(before[5] ?? ''));
    await editor.screenshot('lists-archived');
  });

  it('shows what is archived when asked to', async () => {
    await runCommand(editor, 'Managed Agents: Filter…');
    await atQuestion(editor, 'Filter');
    await pick(editor, 'Archived sessions');
    await message().getByText('Filter: archived sessions too.').waitFor();
    await treeRow(editor, /^Session .*archived/).waitFor();
    await editor.screenshot('lists-with-archived');
    await runCommand(editor, 'Managed Agents: Clear Filters');
  });

  it('pins a session to the top, by the palette alone', async () => {
    await treeRow(editor, /^Session .*/).waitFor();
    await runCommand(editor, 'Managed Agents: Pin Session');
    await eventually(async () =>
      (await treeTexts(editor)).some((text) => text.startsWith('Pinned, 1 session')),
    );
    await editor.screenshot('lists-pinned');
  });
});
