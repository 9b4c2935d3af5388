import assert from 'node:assert/strict';
import type { FrameLocator } from 'playwright-core';
import { eventually } from '../support/eventually.ts';
import { type Editor, openWorkbench } from './support/editor.ts';
import { editorTab } from './support/panel.ts';
import { runCommand } from './support/quickInput.ts';
import { activity, openSession, row, send } from './support/sessionPanel.ts';
import { showManagedAgents } from './support/tree.ts';

describe('reading a session', () => {
  const panelTab = /^Every kind of event/;
  let editor: Editor;
  let page: FrameLocator;

  before(async () => {
    editor = await openWorkbench({ seedSessions: 4 });
    await showManagedAgents(editor);
    page = await openSession(editor, /^Session Every kind of event/);
  });

  after(async () => {
    await editor.close();
  });

  /** Goes to the first row of the conversation. */
  async function goToBeginning(): Promise<void> {
    await page.locator('article').last().focus();
    await editor.page.keyboard.press('Home');
    await row(page, 'Show me every kind of event, please.').waitFor();
  }

  async function goToEnd(): Promise<void> {
    await page.locator('article').last().focus();
    await editor.page.keyboard.press('End');
  }

  /** Only the rows near the view are there: pages down until this one is. */
  async function goDownTo(text: string): Promise<void> {
    await eventually(async () => {
      if ((await page.locator('article').filter({ hasText: text }).count()) > 0) {
        return true;
      }
      await editor.page.keyboard.press('PageDown');
      return false;
    });
  }

  /** The text that the editor in front shows, as far as it is on the screen. */
  async function shownText(): Promise<string> {
    const lines = editor.page.locator('.editor-instance .view-lines:visible').last();
    await lines.waitFor();
    return (await lines.innerText()).replaceAll('\u00a0', ' ');
  }

  async function closeEditor(): Promise<void> {
    await runCommand(editor, 'View: Close Editor');
    await editorTab(editor, panelTab).click();
  }

  it("opens an edit in the editor's own diff, whose tab says what it is", async () => {
    await goToBeginning();
    await editor.screenshot('reading-beginning');
    const card = row(page, /retry\.ts\+4 −1/);
    await card.getByRole('button', { name: 'Open diff' }).click();
    await editorTab(editor, /^retry\.ts: diff of the edit in “Every kind of event”/).waitFor();
    const diff = editor.page.locator('.monaco-diff-editor');
    await diff.locator('.line-insert').first().waitFor();
    await diff.getByText('clearTimeout').first().waitFor();
    await editor.screenshot('reading-diff');
    await closeEditor();
  });

  it('opens the whole of a result, and the document of another', async () => {
    await goToBeginning();
    const card = row(page, 'rg -n "scheduleRetry" src/billing');
    const more = card.getByRole('button', { name: '25 more lines' });
    if ((await more.count()) > 0) {
      await more.click();
    }
    await card.locator('.is-result').getByRole('button', { name: 'Open in editor' }).click();
    await editorTab(editor, 'result of bash').waitFor();
    assert.match(await shownText(), /src\/billing\/retry\.ts:40: {2}scheduleRetry\(job\)/);
    await closeEditor();
    await goToBeginning();
    await goDownTo('web_fetch');
    await row(page, 'web_fetch').getByRole('button', { name: 'Open document' }).click();
    await editorTab(editor, 'backoff.txt').waitFor();
    assert.match(await shownText(), /Wait a random time between zero and the cap\./);
    await closeEditor();
  });

  it('opens the whole of a message of a megabyte', async () => {
    await goToEnd();
    await send(page, '/text large');
    const message = row(page, 'Part 1');
    const showAll = message.getByRole('button', { name: /^Show all 1,04\d,\d{3} characters$/ });
    await showAll.waitFor();
    await activity(page, 'Idle').waitFor();
    await editor.screenshot('reading-large');
    await showAll.click();
    await editorTab(editor, 'message').waitFor();
    assert.match(await shownText(), /## Part 1/);
    await closeEditor();
  });

  it('plays every kind of event live', async () => {
    await goToEnd();
    await send(page, '/all');
    await row(page, 'That was all of it.').waitFor();
    await row(page, /Turn interrupted after/).waitFor();
    await activity(page, 'Idle').waitFor();
    await editor.screenshot('reading-every-kind');
  });
});
