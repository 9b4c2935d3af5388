import type { FrameLocator, Locator } from 'playwright-core';
import type { Editor } from './editor.ts';

/**
 * The page of the panel that shows. Panels in the background are there too but hidden;
 * of several side by side, `index` chooses: 0 is the one that was opened first.
 */
export function panelFrame(editor: Editor, index = 0): FrameLocator {
  return editor.page
    .locator('iframe.webview:visible')
    .nth(index)
    .contentFrame()
    .frameLocator('iframe#active-frame');
}

/** The tab of an editor or panel, by its title. */
export function editorTab(editor: Editor, title: string | RegExp): Locator {
  return editor.page.locator('.tabs-container').getByRole('tab', { name: title }).first();
}
