import type { Locator } from 'playwright-core';
import { eventually } from '../../support/eventually.ts';
import type { Editor } from './editor.ts';

const containerTitle = 'Managed Agents';

/** Shows the extension's own side bar, whether or not it shows already. */
export async function showManagedAgents(editor: Editor): Promise<void> {
  const button = editor.page
    .locator('.activitybar .action-item')
    .filter({ has: editor.page.locator(`a[aria-label^="${containerTitle}"]`) });
  const title = sideBar(editor).locator('.composite.title').getByText(containerTitle).first();
  // A window that just loaded brings its side bar back and moves the buttons about: a click then meets another button,
  // or the right one a moment late, and hides what it was to show.
  await eventually(
    async () => {
      // The button of what shows already would hide it.
      if (!(await sideBar(editor).isVisible()) || !(await isChosen(button))) {
        await button.click({ timeout: 5_000 });
      }
      await title.waitFor({ timeout: 5_000 });
    },
    { timeoutMs: 40_000 },
  );
}

/** Whether a button of the activity bar is that of the container that was opened last. */
async function isChosen(button: Locator): Promise<boolean> {
  return await button.evaluate((item) => item.classList.contains('checked'), undefined, { timeout: 5_000 });
}

export function sideBar(editor: Editor): Locator {
  return editor.page.locator('.part.sidebar');
}

/** A row of the side bar's tree, by what a screen reader says of it or a part of that. */
export function treeRow(editor: Editor, name: string | RegExp): Locator {
  return sideBar(editor).getByRole('treeitem', { name }).first();
}

/** Opens a row's children, whether or not they show already. */
export async function expandRow(editor: Editor, name: string | RegExp): Promise<void> {
  const row = treeRow(editor, name);
  await row.waitFor();
  if ((await row.getAttribute('aria-expanded')) === 'false') {
    await row.locator('.monaco-tl-twistie').click();
  }
}

/** What the rows that show say, top to bottom. */
export async function treeTexts(editor: Editor): Promise<string[]> {
  const rows = await sideBar(editor).getByRole('treeitem').all();
  return await Promise.all(rows.map(async (row) => ((await row.getAttribute('aria-label')) ?? '').trim()));
}

/** Presses one of the small buttons that a row shows while the pointer is on it. */
export async function pressRowAction(editor: Editor, row: Locator, action: string): Promise<void> {
  // A tree that is just being drawn anew takes the button away from under the pointer.
  await sideBar(editor).locator('.monaco-progress-container.active').waitFor({ state: 'detached' });
  await eventually(
    async () => {
      await editor.page.mouse.move(0, 0);
      await row.hover({ timeout: 2_000 });
      await row.getByRole('button', { name: action }).click({ timeout: 2_000 });
    },
    { timeoutMs: 20_000 },
  );
  await editor.page.mouse.move(0, 0);
}
