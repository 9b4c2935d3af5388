import assert from 'node:assert/strict';
import type { FrameLocator } from 'playwright-core';
import { type Editor, openWorkbench } from './support/editor.ts';
import { chooseFromMenuOf } from './support/messages.ts';
import { editorTab } from './support/panel.ts';
import { runCommand } from './support/quickInput.ts';
import { activity, composer, openSession, row, send } from './support/sessionPanel.ts';
import { showManagedAgents } from './support/tree.ts';

describe('the event log', () => {
  let editor: Editor;
  let page: FrameLocator;

  const list = () => page.getByRole('listbox', { name: 'Event log' });
  const line = (text: string | RegExp) => page.getByRole('option').filter({ hasText: text });
  const tab = (name: string | RegExp) => page.getByRole('tab', { name });

  before(async () => {
    editor = await openWorkbench({ seedSessions: 3 });
    await showManagedAgents(editor);
    page = await openSession(editor, /^Session Upgrade the HTTP client/);
    await send(page, '/tool');
    await row(page, 'Two notes are open').waitFor();
    await activity(page, 'Idle').waitFor();
  });

  after(async () => {
    await editor.close();
  });

  it('comes and goes with a key, and follows what happens', async () => {
    await composer(page).press('Control+Shift+L');
    await list().waitFor();
    await line('session.status_idle').last().waitFor();
    assert.equal(await tab(/^Events/).getAttribute('aria-selected'), 'true');
    await send(page, 'And one more thing.');
    await line('And one more thing.').waitFor();
    await line('What I found').waitFor();
    await line('session.status_idle').last().waitFor();
    await editor.screenshot('event-log');
  });

  it('shows an event whole, and its row in the conversation', async () => {
    await page.getByRole('button', { name: /^Tools/ }).click();
    await line('session.status_idle').first().waitFor({ state: 'detached' });
    await line('agent.tool_use').last().click();
    await page.locator('.log-json').filter({ hasText: '"agent.tool_use"' }).waitFor();
    await editor.screenshot('event-log-detail');
    await page.getByRole('button', { name: 'Show in conversation' }).click();
    await page.locator('article.row-tool:focus').waitFor();
  });

  it('is reached from a row of the conversation', async () => {
    await row(page, 'And one more thing.').focus();
    await runCommand(editor, 'Managed Agents: Show in Event Log');
    await page
      .locator('[role="option"][aria-selected="true"]')
      .filter({ hasText: 'And one more thing.' })
      .waitFor();
    await page.locator('.log-json').filter({ hasText: 'And one more thing.' }).waitFor();
    assert.equal(await page.getByRole('button', { name: 'All' }).getAttribute('aria-pressed'), 'true');
  });

  it('is reached from the menu of a row', async () => {
    await tab('Conversation').click();
    await chooseFromMenuOf(editor, row(page, 'Two notes are open'), 'Show in Event Log');
    await page.locator('.log-json').filter({ hasText: 'Two notes are open' }).waitFor();
  });

  it('is still there when the panel comes back', async () => {
    await runCommand(editor, 'File: New Untitled Text File');
    await editor.page.locator('iframe.webview:visible').waitFor({ state: 'detached' });
    await editorTab(editor, /Upgrade the HTTP client/).click();
    await list().waitFor();
    await runCommand(editor, 'Managed Agents: Toggle Event Log');
    await row(page, 'Two notes are open').waitFor();
  });
});
