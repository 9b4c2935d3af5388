import type { Locator } from 'playwright-core';
import { eventually } from '../../support/eventually.ts';
import type { Editor } from './editor.ts';

/** The modal dialog that is open. */
export function dialog(editor: Editor): Locator {
  return editor.page.locator('.monaco-dialog-box');
}

/** Answers the modal dialog with one of its buttons and waits until it is gone. */
export async function answerDialog(editor: Editor, button: string): Promise<void> {
  await dialog(editor).getByRole('button', { name: button, exact: true }).click();
  await dialog(editor).waitFor({ state: 'hidden' });
}

/** The notification that says that, or a part of it. */
export function notification(editor: Editor, text: string | RegExp): Locator {
  return editor.page.locator('.notification-toast').filter({ hasText: text }).last();
}

/** Presses a button of the notification that says that. */
export async function pressInNotification(
  editor: Editor,
  text: string | RegExp,
  button: string,
): Promise<void> {
  await notification(editor, text).getByRole('button', { name: button, exact: true }).click();
}

/** Closes every notification on the screen. */
export async function clearNotifications(editor: Editor): Promise<void> {
  const toasts = editor.page.locator('.notification-toast');
  await eventually(
    async () => {
      if ((await toasts.count()) === 0) {
        return true;
      }
      await toasts.last().hover({ timeout: 1_000 });
      await toasts
        .last()
        .getByRole('button', { name: /^Clear Notification/ })
        .click({ timeout: 1_000 });
      return false;
    },
    { timeoutMs: 15_000 },
  );
}
