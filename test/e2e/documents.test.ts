import { type Editor, openWorkbench } from './support/editor.ts';
import { pick, runCommand } from './support/quickInput.ts';
import { expandRow, showManagedAgents, treeRow } from './support/tree.ts';

describe('an agent as a document', () => {
  let editor: Editor;
  const lines = () => editor.page.locator('.editor-instance .view-lines').first();
  const tab = () => editor.page.locator('.tabs-container .tab').filter({ hasText: '.agent.json' });

  before(async () => {
    editor = await openWorkbench({
      seedSessions: 3,
      settings: {
        'files.autoSave': 'off',
        'editor.autoClosingBrackets': 'never',
        'editor.autoClosingQuotes': 'never',
        'editor.autoSurround': 'never',
        'editor.wordWrap': 'on',
      },
    });
    await showManagedAgents(editor);
    await expandRow(editor, /^Agents/);
  });

  after(async () => {
    await editor.close();
  });

  it('is edited and saved, and its row shows it', async () => {
    await runCommand(editor, 'Managed Agents: Edit as Document');
    await pick(editor, 'An agent');
    await pick(editor, 'Code reviewer');
    await tab().waitFor();
    await lines().getByText('"name"').waitFor();
    await editor.screenshot('document-open');
    await write('{"name": "Renamed reviewer", "model": "claude-sonnet-5", "description": "Changed"}');
    await editor.page.keyboard.press('Control+S');
    await treeRow(editor, /^Agent Renamed reviewer/).waitFor();
    // The document shows what the server made of it.
    await lines().getByText('"skills"').waitFor();
    await editor.screenshot('document-saved');
  });

  it('says why it is not saved, and stays as it was typed', async () => {
    await write('{"name": "", "model": "claude-sonnet-5"}');
    await editor.page.keyboard.press('Control+S');
    await editor.page
      .locator('.notification-toast')
      .filter({ hasText: 'at least 1 character' })
      .first()
      .waitFor();
    await lines().getByText('"name"').waitFor();
    await editor.screenshot('document-refused');
  });

  async function write(text: string): Promise<void> {
    await lines().click();
    await editor.page.keyboard.press('Control+A');
    await editor.page.keyboard.insertText(text);
  }
});
