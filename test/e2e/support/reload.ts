import type { FrameLocator } from 'playwright-core';
import type { Editor } from './editor.ts';
import { panelFrame } from './panel.ts';
import { runCommand } from './quickInput.ts';

/** Reloads the window as a person does; what the editor keeps is kept then. */
export async function reloadWindow(editor: Editor): Promise<FrameLocator> {
  await editor.page.evaluate(() => {
    document.documentElement.dataset['before'] = 'reload';
  });
  await runCommand(editor, 'Developer: Reload Window');
  await editor.page.locator('html:not([data-before])').waitFor({ state: 'attached', timeout: 60_000 });
  await editor.page.locator('.monaco-workbench .part.statusbar').waitFor({ timeout: 60_000 });
  return panelFrame(editor);
}
