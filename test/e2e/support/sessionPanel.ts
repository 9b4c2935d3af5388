import type { FrameLocator, Locator } from 'playwright-core';
import type { Editor } from './editor.ts';
import { panelFrame } from './panel.ts';
import { treeRow } from './tree.ts';

/** Opens a session from the tree and waits until a message can be written. */
export async function openSession(editor: Editor, title: string | RegExp): Promise<FrameLocator> {
  await treeRow(editor, title).click();
  const page = panelFrame(editor);
  await composer(page).waitFor();
  return page;
}

/** The field in which messages are written. */
export function composer(page: FrameLocator): Locator {
  return page.getByRole('textbox', { name: 'Message to the agent' });
}

/** Writes a message and sends it with the Enter key. */
export async function send(page: FrameLocator, text: string): Promise<void> {
  await composer(page).fill(text);
  await composer(page).press('Enter');
}

/** What the session does, as the top of the panel says it. */
export function activity(page: FrameLocator, text: string | RegExp): Locator {
  return page.locator('.activity').filter({ hasText: text });
}

/** A row of the conversation that holds that. */
export function row(page: FrameLocator, text: string | RegExp): Locator {
  return page.locator('article').filter({ hasText: text }).last();
}

/** What the panel says above the conversation. */
export function banner(page: FrameLocator, text: string | RegExp): Locator {
  return page.locator('.banner').filter({ hasText: text });
}
