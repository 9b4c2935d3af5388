import assert from 'node:assert/strict';
import type { FrameLocator, Locator } from 'playwright-core';
import { eventually } from '../support/eventually.ts';
import { type Editor, openWorkbench } from './support/editor.ts';
import { editorTab, panelFrame } from './support/panel.ts';
import { atQuestion, enterText, pick, quickInput, runCommand } from './support/quickInput.ts';
import { openSession, row, send } from './support/sessionPanel.ts';
import { pressRowAction, showManagedAgents, treeRow } from './support/tree.ts';

const waits = /Release web-shop 2\.4\.0/;
const calm = /Upgrade the HTTP client/;

describe('steering an agent', () => {
  let editor: Editor;
  let page: FrameLocator;

  before(async () => {
    editor = await openWorkbench({ seedSessions: 3 });
    await showManagedAgents(editor);
    page = await openSession(editor, calm);
  });

  after(async () => {
    await editor.close();
  });

  const bar = (): Locator => page.locator('.waiting');
  const card = (text: string): Locator => page.locator('.ask').filter({ hasText: text });
  const focusIsOn = async (selector: string, text: string) => {
    await eventually(
      async () => (await page.locator(`${selector}:focus`).filter({ hasText: text }).count()) === 1,
    );
  };
  const untilQuiet = async () => {
    await bar().waitFor({ state: 'detached' });
    await page.locator('.ask').first().waitFor({ state: 'detached' });
  };

  it('allows two calls that were read with one press', async () => {
    await send(page, '/approve 2');
    await card('npm publish').getByText('1 of 2 waiting').waitFor();
    await bar().getByText('2 calls wait for you').waitFor();
    await editor.screenshot('steering-two-wait');
    await bar().getByRole('button', { name: 'Allow 2' }).click();
    await row(page, 'git push --force origin main was allowed and has run').waitFor();
    await row(page, 'npm publish --access public was allowed and has run').waitFor();
    await untilQuiet();
  });

  it('sends the result of a tool of one’s own as JSON, once it is some', async () => {
    await send(page, '/custom');
    const form = card('lookup_order');
    await form.getByRole('button', { name: 'JSON' }).click();
    await form.getByRole('textbox', { name: 'Result' }).fill('{ "status": "shipped", }');
    await form.getByRole('button', { name: 'Send result' }).click();
    await form.getByRole('alert').filter({ hasText: 'Line 1, column 24' }).waitFor();
    await editor.screenshot('steering-json');
    await form.getByRole('textbox', { name: 'Result' }).fill('{ "status": "shipped" }');
    await form.getByRole('button', { name: 'Send result' }).click();
    await row(page, 'Your tool answered: {"status":"shipped"}').waitFor();
  });

  it('keeps what is written in a form while the panel is hidden', async () => {
    await send(page, '/custom');
    await card('lookup_order').getByRole('textbox', { name: 'Result' }).fill('half an answer');
    await runCommand(editor, 'File: New Untitled Text File');
    await editor.page.locator('iframe.webview:visible').waitFor({ state: 'detached' });
    await editorTab(editor, calm).click();
    const field = card('lookup_order').getByRole('textbox', { name: 'Result' });
    await field.waitFor();
    await eventually(async () => (await field.inputValue()) === 'half an answer');
    await card('lookup_order').getByRole('checkbox', { name: 'This is an error' }).check();
    await field.press('Control+Enter');
    await row(page, 'Your tool reported an error: half an answer').waitFor();
  });

  it('allows a call too long for the card after it was opened whole and read to its end', async () => {
    await send(page, '/approve long');
    const long = card('step 1 of 1500');
    await long.getByText('Only the beginning is shown here').waitFor();
    const allow = long.getByRole('button', { name: 'Allow' });
    await long.locator('.ask-input').focus();
    await editor.page.keyboard.press('End');
    await long.getByText('Open the whole input to allow it').waitFor();
    assert.ok(await allow.isDisabled());
    await long.getByRole('button', { name: 'Open the whole input' }).click();
    await editorTab(editor, /^input/).waitFor();
    await long.getByText('The whole input is open in an editor.').waitFor();
    await allow.click();
    await long.getByText('Scroll to the end of the input in the editor first').waitFor();
    await editor.screenshot('steering-long');
    await editorTab(editor, /^input/).click();
    await editor.page.locator('.editor-instance .monaco-editor.focused').waitFor();
    await editor.page.keyboard.press('Control+End');
    await editor.page.locator('.view-lines').filter({ hasText: 'rm -rf build' }).waitFor();
    // The extension hears a moment later than the screen changes; a press before that is refused.
    await eventually(
      async () => {
        if (await allow.isVisible()) {
          await allow.click({ timeout: 2_000 });
        }
        await row(page, 'rm -rf build was allowed and has run').waitFor({ timeout: 2_000 });
      },
      { timeoutMs: 20_000 },
    );
    await editorTab(editor, /^input/).click();
    await runCommand(editor, 'View: Close Editor');
  });

  it('is interrupted while it waits, and says so until that is over', async () => {
    await send(page, '/approve');
    await card('npm publish').waitFor();
    const interrupt = page.locator('.interrupt');
    assert.match(
      (await interrupt.getAttribute('aria-description')) ?? '',
      /Calls that wait for you are refused/,
    );
    await interrupt.click();
    await untilQuiet();
    await row(page, 'The user interrupted the turn')
      .or(row(page, /interrupted/i))
      .first()
      .waitFor();
    await editor.screenshot('steering-interrupted');
  });

  it('works towards an outcome with a rubric that is written in an editor', async () => {
    await editorTab(editor, calm).click();
    await runCommand(editor, 'Managed Agents: Define Outcome…');
    await atQuestion(editor, 'Define Outcome (1/3)');
    await enterText(editor, 'A summary for newcomers');
    await atQuestion(editor, 'Define Outcome (2/3)');
    await editor.screenshot('steering-outcome-rubric');
    await pick(editor, 'Write it in an editor');
    const text = editor.page.locator('.editor-instance .monaco-editor.focused');
    await text.waitFor();
    await editor.page.keyboard.press('Control+End');
    await editor.page.keyboard.type('It names every change');
    await editor.screenshot('steering-outcome-editor');
    await editor.page.keyboard.press('Control+Enter');
    await atQuestion(editor, 'Define Outcome (3/3)');
    await enterText(editor, '2');
    await quickInput(editor).waitFor({ state: 'hidden' });
    page = panelFrame(editor);
    await row(page, 'Attempt 2 at the outcome: A summary for newcomers').waitFor();
    await editorTab(editor, /The result is good when/).waitFor({ state: 'detached' });
    await editor.screenshot('steering-outcome-done');
  });

  it('is reviewed from the tree, at exactly the call that waits', async () => {
    page = await openSession(editor, waits);
    await page.locator('.ask').waitFor();
    await editorTab(editor, calm).click();
    await treeRow(editor, /Release web-shop.*needs you/).waitFor();
    await pressRowAction(editor, treeRow(editor, /Release web-shop/), 'Review Waiting Call');
    page = panelFrame(editor);
    await focusIsOn('article', 'The agent asks to use bash');
    await editor.screenshot('steering-review');
  });

  it('is found by the palette where its panel is closed', async () => {
    await runCommand(editor, 'View: Close Editor');
    await editorTab(editor, calm).click();
    await runCommand(editor, 'Managed Agents: Review Waiting Call');
    await atQuestion(editor, 'Review');
    await editor.screenshot('steering-review-pick');
    await pick(editor, 'Release web-shop 2.4.0');
    await editorTab(editor, waits).waitFor();
    page = panelFrame(editor);
    await focusIsOn('article', 'The agent asks to use bash');
  });
});
