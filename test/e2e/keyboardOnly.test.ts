import assert from 'node:assert/strict';
import type { FrameLocator, Locator } from 'playwright-core';
import { eventually } from '../support/eventually.ts';
import { type Editor, openWorkbench } from './support/editor.ts';
import { panelFrame } from './support/panel.ts';
import { quickInput } from './support/quickInput.ts';
import { activity, composer, row } from './support/sessionPanel.ts';
import { sideBar, treeRow } from './support/tree.ts';

/** From an empty window to an answered question and a message that was sent, without a pointer. */
describe('the keyboard alone', () => {
  const release = /^Session Release web-shop 2\.4\.0/;
  let editor: Editor;
  let page: FrameLocator;

  before(async () => {
    editor = await openWorkbench({ seedSessions: 3 });
    page = panelFrame(editor);
  });

  after(async () => {
    await editor.close();
  });

  const press = async (key: string) => await editor.page.keyboard.press(key);

  /** Presses a key until that has the focus, as a person does who looks where it is. */
  async function pressUntilFocused(key: string, target: Locator, most = 30): Promise<void> {
    await target.waitFor();
    for (let count = 0; count < most; count += 1) {
      if (await isFocused(target)) {
        return;
      }
      await press(key);
    }
    assert.ok(await isFocused(target), `${key} does not lead there in ${most} steps`);
  }

  const isFocused = async (target: Locator) =>
    await target.evaluate((element) => element === element.ownerDocument.activeElement);

  it('opens a session from the tree', async () => {
    await press('F1');
    await quickInput(editor).waitFor();
    await editor.page.keyboard.type('Focus on Managed Agents View');
    await quickInput(editor)
      .locator('.monaco-list-row.focused')
      .filter({ hasText: 'Focus on Managed Agents View' })
      .waitFor();
    await press('Enter');
    await treeRow(editor, release).waitFor();
    // A view that is shown for the first time takes the keyboard before its rows are there.
    await pressUntilFocused('Tab', sideBar(editor).getByRole('tree'));
    await press('Home');
    await eventually(
      async () => {
        const classes = await treeRow(editor, release).getAttribute('class');
        if (classes?.includes('focused') === true) {
          return true;
        }
        await press('ArrowDown');
        return false;
      },
      { intervalMs: 200, timeoutMs: 15_000 },
    );
    await press('Enter');
    await activity(page, 'Waiting for you').waitFor();
    await sideBar(editor).waitFor();
  });

  it('reads what is asked, and allows it', async () => {
    await eventually(async () => await isFocused(composer(page)));
    // From the field back into the conversation, to the newest row, and into what it offers.
    const article = page.locator('article[tabindex="0"]');
    await pressUntilFocused('Shift+Tab', article);
    await press('End');
    const allow = page.getByRole('button', { name: 'Allow' }).first();
    await pressUntilFocused('Tab', allow);
    await editor.screenshot('keyboard-allow');
    await press('Enter');
    await row(page, 'was allowed and has run').waitFor();
    await activity(page, 'Idle').waitFor();
  });

  it('comes back to the field with Escape, writes and sends', async () => {
    const article = page.locator('article[tabindex="0"]');
    await pressUntilFocused('Shift+Tab', article);
    await press('Escape');
    await eventually(async () => await isFocused(composer(page)));
    await editor.page.keyboard.type('Thank you.');
    await press('Enter');
    await row(page, 'Thank you.').waitFor();
    // This agent asks before it uses any tool, and so again for this message.
    await activity(page, 'Waiting for you').waitFor();
    await editor.screenshot('keyboard-sent');
  });
});
