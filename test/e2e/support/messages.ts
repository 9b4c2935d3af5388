import type { Locator } from 'playwright-core';
import { eventually } from '../../support/eventually.ts';
import type { Editor } from './editor.ts';
import { runCommand } from './quickInput.ts';

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

/**
 * The message that says that, in the list of them all: the editor may take a message that comes as another one goes
 * straight to its bell.
 */
export async function listedMessage(
  editor: Editor,
  text: string | RegExp,
  timeout = 30_000,
): Promise<Locator> {
  await runCommand(editor, 'Notifications: Show Notifications');
  const message = listed(editor).filter({ hasText: text });
  await message.first().waitFor({ timeout });
  return message.first();
}

/** Takes every message away, those in the list too, and closes the list. */
export async function forgetMessages(editor: Editor): Promise<void> {
  await editor.execute('notifications.clearAll');
  await listed(editor).or(editor.page.locator('.notification-toast')).first().waitFor({ state: 'hidden' });
}

function listed(editor: Editor): Locator {
  return editor.page.locator('.notifications-center .notification-list-item');
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

/** Opens the editor's menu of something and chooses an item, as often as needed: one that just opened takes no clicks. */
export async function chooseFromMenu(editor: Editor, open: () => Promise<void>, item: string): Promise<void> {
  const entry = editor.page.getByRole('menuitem', { name: item });
  await eventually(
    async () => {
      if (!(await entry.isVisible())) {
        await open();
      }
      await entry.click({ timeout: 2_000 });
      await entry.waitFor({ state: 'hidden', timeout: 1_000 });
    },
    { timeoutMs: 20_000 },
  );
}

/** Chooses from the menu that the right button opens. */
export async function chooseFromMenuOf(editor: Editor, target: Locator, item: string): Promise<void> {
  await chooseFromMenu(editor, async () => await target.click({ button: 'right', timeout: 5_000 }), item);
}
