import type { Editor } from '../../e2e/support/editor.ts';
import { editorTab } from '../../e2e/support/panel.ts';

/** Has the extension diagnose its connection, and takes the report as a person does who passes it on: copied whole. */
export async function copyDiagnosis(editor: Editor): Promise<string> {
  const { page } = editor;
  await editor.execute('managedAgents.connection.diagnose');
  await editorTab(editor, /^Preview Diagnosis/).waitFor();
  await editor.execute('markdown.showSource');
  await page.locator('.editor-instance .view-lines').filter({ hasText: 'Diagnosis' }).first().click();
  await page.keyboard.press('ControlOrMeta+a');
  await page.keyboard.press('ControlOrMeta+c');
  return await page.evaluate(async () => await navigator.clipboard.readText());
}
