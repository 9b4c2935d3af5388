import type { Locator } from 'playwright-core';
import type { Editor } from '../../e2e/support/editor.ts';
import { eventually } from '../../support/eventually.ts';

const PATIENCE = { timeoutMs: 30_000, intervalMs: 50 } as const;

/**
 * Opens a session on the right and locks that side: what opens later opens on the left, also where the page on the
 * right takes the focus back. A page tells the editor of its focus only after a while.
 */
export async function openOnTheRight(editor: Editor, sessionId: string): Promise<void> {
  const right = side(editor, 1);
  await editor.execute('workbench.action.editorLayoutTwoColumns');
  await editor.execute('workbench.action.focusSecondEditorGroup');
  await editor.execute('managedAgents.session.open', { sessionId });
  await right.getByRole('tab').first().waitFor();
  await eventually(async () => {
    await editor.execute('workbench.action.focusSecondEditorGroup');
    await editor.execute('workbench.action.lockEditorGroup');
    return await right.evaluate((group) => group.classList.contains('locked'));
  }, PATIENCE);
  await editor.execute('workbench.action.focusFirstEditorGroup');
}

/** Closes what is open anywhere but on the right, whatever has the focus. */
export async function clearTheLeft(editor: Editor): Promise<void> {
  await eventually(async () => {
    await editor.execute('managedAgentsWitness.closeAllBut', 2);
    return (await side(editor, 0).getByRole('tab').count()) === 0;
  }, PATIENCE);
}

function side(editor: Editor, index: number): Locator {
  return editor.page.locator('.editor-group-container').nth(index);
}
