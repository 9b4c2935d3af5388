import assert from 'node:assert/strict';
import { mkdtemp, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import path from 'node:path';
import type { FrameLocator } from 'playwright-core';
import { eventually } from '../support/eventually.ts';
import { type Editor, openWorkbench } from './support/editor.ts';
import { editorTab } from './support/panel.ts';
import { answerDialog, dialog } from './support/messages.ts';
import { atQuestion, cancelInput, pick, quickInput, runCommand } from './support/quickInput.ts';
import { activity, composer, openSession, row, send } from './support/sessionPanel.ts';
import { pressRowAction, showManagedAgents, treeRow } from './support/tree.ts';

const lines = ['const one = 1;', 'const two = 2; // ```', 'const three = 3;', 'const four = 4;', ''];
/** What is sent of lines 2 and 3, to the letter. */
const sentSelection = [
  'Attached selection: numbers.ts, lines 2-3',
  '````typescript',
  'const two = 2; // ```',
  'const three = 3;',
  '````',
].join('\n');

describe('writing to an agent', () => {
  const title = /^Session Upgrade the HTTP client/;
  let folder: string;
  let editor: Editor;
  let page: FrameLocator;

  before(async () => {
    folder = await mkdtemp(path.join(tmpdir(), 'composer-'));
    await writeFile(path.join(folder, 'numbers.ts'), lines.join('\n'));
    editor = await openWorkbench({ seedSessions: 3, folder });
    await showManagedAgents(editor);
    page = await openSession(editor, title);
  });

  after(async () => {
    await editor.close();
    await rm(folder, { recursive: true, force: true });
  });

  const attachment = (text: string | RegExp) => page.locator('.attachment').filter({ hasText: text });

  async function openFile(name: string): Promise<void> {
    await runCommand(editor, 'Go to File...');
    await quickInput(editor)
      .getByRole('combobox')
      .or(quickInput(editor).getByRole('textbox'))
      .first()
      .fill(name);
    await pick(editor, name);
    await editorTab(editor, name).waitFor();
  }

  /** Selects whole lines of the active editor, counted from 1. */
  async function selectLines(from: number, to: number): Promise<void> {
    const { keyboard } = editor.page;
    await editor.page.locator('.monaco-editor.focused').waitFor();
    await keyboard.press('Control+Home');
    for (let line = 1; line < from; line += 1) {
      await keyboard.press('ArrowDown');
    }
    for (let line = from; line <= to; line += 1) {
      await keyboard.press('Shift+ArrowDown');
    }
    await editor.page
      .locator('.statusbar')
      .getByText(/selected\)/)
      .waitFor();
  }

  it('attaches what is selected in an editor, and shows exactly what will be sent', async () => {
    await openFile('numbers.ts');
    await selectLines(2, 3);
    await runCommand(editor, 'Managed Agents: Attach Selection to Session');
    await attachment(/numbers\.ts\s*2 lines/).waitFor();
    await editor.screenshot('composer-selection');
    await attachment('numbers.ts')
      .getByRole('button', { name: /see exactly/ })
      .click();
    const preview = editor.page.locator('.editor-group-container').last().locator('.view-lines');
    await eventually(
      async () => {
        // The editor draws blanks as no-break spaces, its lines in any order, and long ones on several.
        const drawn = await preview
          .locator('.view-line')
          .evaluateAll((all) =>
            all
              .toSorted((one, other) => one.getBoundingClientRect().top - other.getBoundingClientRect().top)
              .map((line) => line.textContent.replaceAll('\u00a0', ' ')),
          );
        assert.equal(drawn.join(''), sentSelection.replaceAll('\n', ''));
      },
      { timeoutMs: 15_000 },
    );
    await editor.screenshot('composer-preview');
    await runCommand(editor, 'View: Close Editor');
  });

  it('sends it with the message, and shows it folded away in the conversation', async () => {
    await composer(page).fill('Please read these lines.');
    await page.getByRole('button', { name: 'Send', exact: true }).click();
    await attachment('numbers.ts').waitFor({ state: 'detached' });
    // The scripted agent quotes what reached it.
    await row(page, 'Attached selection: numbers.ts, lines 2-3')
      .filter({ hasText: 'What I found' })
      .waitFor();
    await activity(page, 'Idle').waitFor();
    await editor.screenshot('composer-sent');
    const sent = page.locator('.user').filter({ hasText: 'Please read these lines.' }).locator('.attached');
    await sent.locator('summary').filter({ hasText: 'numbers.ts, lines 2 to 3' }).click();
    assert.equal(await sent.locator('pre').textContent(), 'const two = 2; // ```\nconst three = 3;');
    await editor.screenshot('composer-attached');
  });

  it('attaches a file that is dragged from the explorer with Shift, after asking', async () => {
    await runCommand(editor, 'Explorer: Focus on Folders View');
    const file = editor.page.locator('.explorer-folders-view').getByRole('treeitem', { name: 'numbers.ts' });
    await file.waitFor();
    const field = await composer(page).boundingBox();
    assert.ok(field !== null);
    const { mouse, keyboard } = editor.page;
    await file.hover();
    await mouse.down();
    await mouse.move(field.x + 40, field.y - 60, { steps: 4 });
    // The editor lets a drag into a page only while Shift is held.
    await keyboard.down('Shift');
    await mouse.move(field.x + 60, field.y + 6, { steps: 4 });
    await page.getByText('Drop to attach').waitFor();
    await editor.screenshot('composer-drag');
    await mouse.up();
    await keyboard.up('Shift');
    await dialog(editor).getByText('Attach this file to the message?').waitFor();
    await dialog(editor).getByText('numbers.ts', { exact: true }).waitFor();
    await editor.screenshot('composer-drop-question');
    await answerDialog(editor, 'Attach');
    await attachment('numbers.ts').waitFor();
    await attachment('numbers.ts').getByRole('button', { name: 'Remove' }).click();
    await attachment('numbers.ts').waitFor({ state: 'detached' });
    await showManagedAgents(editor);
  });

  it('offers the editor’s file in its menu', async () => {
    await page.getByRole('button', { name: 'Attach to the message' }).click();
    await page
      .getByRole('menuitem', { name: 'Open editor’s file' })
      .filter({ hasText: 'numbers.ts' })
      .waitFor();
    await editor.screenshot('composer-menu');
    await page.getByRole('menuitem', { name: 'Open editor’s file' }).click();
    await attachment(/numbers\.ts\s*4 lines/).waitFor();
  });

  it('attaches a picture from the clipboard, and refuses what only calls itself one', async () => {
    await paste(
      'iVBORw0KGgoAAAANSUhEUgAAAAEAAAABCAIAAACQd1PeAAAADElEQVR4nGP4z8AAAAMBAQDJ/pLvAAAAAElFTkSuQmCC',
    );
    await attachment('Pasted picture')
      .getByRole('button', { name: /see exactly/ })
      .click();
    await page.getByRole('img', { name: 'The picture that is sent: Pasted picture' }).waitFor();
    await editor.screenshot('composer-picture');
    await page.getByRole('button', { name: 'Remove Pasted picture' }).click();
    await attachment('Pasted picture').waitFor({ state: 'detached' });
    await paste(Buffer.from('<svg xmlns="http://www.w3.org/2000/svg"/>').toString('base64'));
    await page
      .getByRole('alert')
      .filter({ hasText: 'Pasted picture was not attached: it is no picture' })
      .waitFor();
    await page.getByRole('button', { name: 'Dismiss' }).click();
    await page.getByRole('alert').waitFor({ state: 'detached' });
  });

  /** Pastes a file that calls itself a picture. */
  async function paste(base64: string): Promise<void> {
    await composer(page).evaluate((field, data) => {
      const bytes = Uint8Array.from(atob(data), (unit) => unit.charCodeAt(0));
      const clipboardData = new DataTransfer();
      clipboardData.items.add(new File([bytes], 'image.png', { type: 'image/png' }));
      field.dispatchEvent(new ClipboardEvent('paste', { clipboardData, bubbles: true, cancelable: true }));
    }, base64);
  }

  it('brings attachments back with the draft when the panel is opened again', async () => {
    await composer(page).fill('With a file');
    await runCommand(editor, 'View: Close Editor');
    await editor.page.locator('iframe.webview:visible').waitFor({ state: 'detached' });
    page = await openSession(editor, title);
    await attachment(/numbers\.ts\s*4 lines/).waitFor();
    assert.equal(await composer(page).inputValue(), 'With a file');
    await page.getByRole('button', { name: 'Remove numbers.ts' }).click();
    await attachment('numbers.ts').waitFor({ state: 'detached' });
    await composer(page).fill('');
  });

  it('queues a message, or interrupts for it', async () => {
    await send(page, '/slow 600');
    await activity(page, 'Running for').waitFor();
    await row(page, 'Second 1 of 600.').waitFor();
    await composer(page).fill('Wait for your turn.');
    await page.getByRole('button', { name: 'Queue' }).click();
    await row(page, 'Wait for your turn.').getByText('Queued').waitFor();
    await composer(page).fill('/tool');
    await editor.screenshot('composer-running');
    await page.getByRole('button', { name: 'Interrupt and send' }).click();
    await row(page, 'Two notes are open').waitFor();
    await activity(page, 'Idle').waitFor();
    assert.equal(await composer(page).inputValue(), '');
  });

  it('brings earlier messages back with the arrow up', async () => {
    const value = async (text: string) => {
      await eventually(async () => (await composer(page).inputValue()) === text);
    };
    await composer(page).fill('A draft');
    await composer(page).press('Home');
    await composer(page).press('ArrowUp');
    await value('/tool');
    await composer(page).press('ArrowUp');
    await value('Wait for your turn.');
    await composer(page).press('ArrowUp');
    await value('/slow 600');
    await composer(page).press('ArrowUp');
    await value('Please read these lines.');
    for (const text of ['/slow 600', 'Wait for your turn.', '/tool', 'A draft']) {
      await composer(page).press('ArrowDown');
      await value(text);
    }
  });

  it('takes the setting for the Enter key at once', async () => {
    await editor.changeSettings({ 'managedAgents.composer.enterSends': false });
    await page.getByText('Ctrl+Enter sends').waitFor();
    await composer(page).press('End');
    await composer(page).press('Enter');
    assert.equal(await composer(page).inputValue(), 'A draft\n');
    await composer(page).press('Control+Enter');
    await row(page, 'A draft').waitFor();
    await eventually(async () => (await composer(page).inputValue()) === '');
    await activity(page, 'Idle').waitFor();
  });

  it('keeps what was not sent when the session ends, and offers a new one with its agent', async () => {
    await composer(page).fill('Too late');
    await pressRowAction(editor, treeRow(editor, title), 'Archive Session…');
    await answerDialog(editor, 'Archive');
    await page.getByText('This session takes no more messages.').waitFor();
    const left = page.getByRole('textbox', { name: 'Text that was not sent' });
    assert.equal(await left.inputValue(), 'Too late');
    assert.equal(await left.isEditable(), false);
    await editor.screenshot('composer-ended');
    await page.getByRole('button', { name: 'New session with this agent' }).click();
    await atQuestion(editor, 'Create Session (2/4)');
    await cancelInput(editor);
  });
});
