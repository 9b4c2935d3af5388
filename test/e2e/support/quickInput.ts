import type { Locator } from 'playwright-core';
import { eventually } from '../../support/eventually.ts';
import type { Editor } from './editor.ts';

/** The quick pick or input box that is open: its title, its text field, its rows. */
export function quickInput(editor: Editor): Locator {
  return editor.page.locator('.quick-input-widget:visible');
}

/** Waits for the question of that title: "Create Agent (2/4)". The one before it looks alike, and would take what is typed. */
export async function atQuestion(editor: Editor, title: string): Promise<void> {
  await quickInput(editor).locator('.quick-input-title').getByText(title, { exact: true }).waitFor();
}

/** Runs a command as a person does, by its full title in the command palette ("Category: Title"). */
export async function runCommand(editor: Editor, title: string): Promise<void> {
  const field = quickInput(editor).getByRole('textbox').or(quickInput(editor).getByRole('combobox')).first();
  await eventually(
    async () => {
      // A focused frame passes the key on only when it has loaded, and a view that takes the focus late closes
      // what has opened: then once more.
      if (!(await field.isVisible())) {
        await editor.page.keyboard.press('F1');
      }
      await field.fill(`>${title}`, { timeout: 2_000 });
      await quickPickRow(editor, title).click({ timeout: 5_000 });
    },
    { timeoutMs: 30_000 },
  );
}

/** Chooses the row of the open quick pick whose label is exactly that. */
export async function pick(editor: Editor, label: string): Promise<void> {
  await quickPickRow(editor, label).click();
}

/** The row of the open quick pick whose label is exactly that. */
export function quickPickRow(editor: Editor, label: string): Locator {
  return quickInput(editor)
    .locator('.monaco-list-row')
    .filter({ has: editor.page.locator('.label-name').getByText(label, { exact: true }) })
    .first();
}

/** Types into the open input box, replacing what is there, and confirms. */
export async function enterText(editor: Editor, text: string): Promise<void> {
  await typeText(editor, text);
  await editor.page.keyboard.press('Enter');
}

/**
 * Chooses a place in the editor's own dialog for files. It writes the name that it proposes into its field a moment
 * after it shows, and takes no Enter while it looks a typed place up.
 */
export async function enterPlace(editor: Editor, place: string, proposed: string): Promise<void> {
  const field = quickInput(editor).locator('input').first();
  await eventually(async () => (await field.inputValue()).endsWith(proposed), { timeoutMs: 20_000 });
  await eventually(
    async () => {
      await field.fill(place, { timeout: 2_000 });
      await field.press('Enter', { timeout: 2_000 });
      await field.waitFor({ state: 'hidden', timeout: 2_000 });
    },
    { timeoutMs: 20_000 },
  );
}

/** Types into the open input box or quick pick, replacing what is there. */
export async function typeText(editor: Editor, text: string): Promise<void> {
  await quickInput(editor).locator('input[type="text"], input[type="password"]').first().fill(text);
}

/** What an input box says below its field: its prompt, or why the text is refused. */
export function inputMessage(editor: Editor): Locator {
  return quickInput(editor).locator('.quick-input-message');
}

/** Leaves the open quick pick or input box as the Escape key does. */
export async function cancelInput(editor: Editor): Promise<void> {
  await editor.page.keyboard.press('Escape');
  await quickInput(editor).waitFor({ state: 'hidden' });
}
