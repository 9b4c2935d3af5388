import type { Editor } from '../../e2e/support/editor.ts';
import { editorTab } from '../../e2e/support/panel.ts';
import { eventually } from '../../support/eventually.ts';

/**
 * Has the extension diagnose its connection, and takes the report as a person does who passes it on: copied whole.
 * Closes what it opened, so that the next report cannot be mistaken for this one.
 */
export async function copyDiagnosis(editor: Editor): Promise<string> {
  const { page } = editor;
  const tabs = page.locator('.tabs-container').getByRole('tab', { name: /Diagnosis/ });
  const source = page.locator('.editor-instance .view-lines').filter({ hasText: 'Diagnosis' }).first();
  await editor.execute('managedAgents.connection.diagnose');
  await eventually(
    async () => {
      // It shows the source of the preview that has the focus, and that comes a moment after the preview shows.
      await editorTab(editor, /^Preview Diagnosis/).click({ timeout: 5_000 });
      await editor.execute('markdown.showSource');
      await source.waitFor({ timeout: 2_000 });
    },
    { timeoutMs: 30_000 },
  );
  await page.evaluate(async () => await navigator.clipboard.writeText(''));
  const copied = await eventually(
    async () => {
      await source.click({ timeout: 5_000 });
      await page.keyboard.press('ControlOrMeta+a');
      await page.keyboard.press('ControlOrMeta+c');
      const text = await page.evaluate(async () => await navigator.clipboard.readText());
      // The whole text: the editor copies the line of the cursor where nothing is selected yet.
      return text.includes('# Diagnosis') && text.includes('## Versions') && text;
    },
    { timeoutMs: 20_000 },
  );
  await eventually(
    async () => {
      if ((await tabs.count()) > 0) {
        await editor.execute('workbench.action.closeActiveEditor');
      }
      return (await tabs.count()) === 0;
    },
    { timeoutMs: 20_000, intervalMs: 100 },
  );
  return copied;
}
