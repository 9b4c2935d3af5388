import { type Editor, openWorkbench } from './support/editor.ts';
import { answerDialog, dialog } from './support/messages.ts';
import { pick, quickInput, quickPickRow, runCommand } from './support/quickInput.ts';
import { banner, composer, openSession, row } from './support/sessionPanel.ts';
import { expandRow, pressRowAction, showManagedAgents, treeRow } from './support/tree.ts';
import assert from 'node:assert/strict';

describe('archiving', () => {
  let editor: Editor;

  before(async () => {
    editor = await openWorkbench({ seedSessions: 3 });
    await showManagedAgents(editor);
    await expandRow(editor, /^Agents/);
    await expandRow(editor, /^Environments/);
  });

  after(async () => {
    await editor.close();
  });

  it('says what is lost, and does nothing when it is cancelled', async () => {
    const session = treeRow(editor, /^Session Upgrade the HTTP client/);
    await pressRowAction(editor, session, 'Archive Session…');
    await dialog(editor)
      .getByText(/^Archive “Upgrade the HTTP client.*” on Local sandbox\?$/)
      .waitFor();
    await dialog(editor)
      .getByText(
        'The session ends and takes no more messages. Its history can still be read. There is no way back.',
      )
      .waitFor();
    await editor.screenshot('archive-question');
    await answerDialog(editor, 'Cancel');
    await session.waitFor();
  });

  it('takes the session out of the tree, and its panel says so and keeps its content', async () => {
    const page = await openSession(editor, /^Session Upgrade the HTTP client/);
    await page.getByText('Live').waitFor();
    const session = treeRow(editor, /^Session Upgrade the HTTP client/);
    await pressRowAction(editor, session, 'Archive Session…');
    await answerDialog(editor, 'Archive');
    await session.waitFor({ state: 'detached' });
    await banner(page, 'This session has ended. It can be read, and takes no more messages.').waitFor();
    await row(page, 'search-index').waitFor();
    await page.getByText('This session takes no more messages.').waitFor();
    assert.equal(await composer(page).count(), 0);
    await editor.screenshot('archive-panel');
  });

  it('is done from the palette as well, for agents and environments', async () => {
    await runCommand(editor, 'Managed Agents: Archive Agent…');
    await quickPickRow(editor, 'Code reviewer').waitFor();
    await editor.screenshot('archive-choose-agent');
    await pick(editor, 'Code reviewer');
    await quickInput(editor).waitFor({ state: 'hidden' });
    await dialog(editor).getByText('No new sessions can be created with this agent.').waitFor();
    await answerDialog(editor, 'Archive');
    await treeRow(editor, /^Agent Code reviewer/).waitFor({ state: 'detached' });

    await runCommand(editor, 'Managed Agents: Archive Environment…');
    await pick(editor, 'node-24');
    await dialog(editor).getByText('No new sessions can be created in this environment.').waitFor();
    await answerDialog(editor, 'Archive');
    await treeRow(editor, /^Environment node-24/).waitFor({ state: 'detached' });
  });
});
