import assert from 'node:assert/strict';
import type { Locator } from 'playwright-core';
import { type Sandbox, startSandbox } from '../../src/sandbox/server.ts';
import { setKey, useConnection } from './support/connections.ts';
import { type Editor, openWorkbench } from './support/editor.ts';
import {
  answerDialog,
  chooseFromMenuOf,
  clearNotifications,
  dialog,
  notification,
} from './support/messages.ts';
import { editorTab, panelFrame } from './support/panel.ts';
import { atQuestion, enterText, pick, quickPickRow, runCommand } from './support/quickInput.ts';
import { banner, composer, openSession, row, send } from './support/sessionPanel.ts';
import { expandRow, pressRowAction, showManagedAgents, sideBar, treeRow } from './support/tree.ts';

describe('the walkthrough', () => {
  let editor: Editor;

  before(async () => {
    // Wide enough for the pictures beside the steps.
    editor = await openWorkbench();
    await editor.setSize({ width: 1_800, height: 900 });
  });

  after(async () => {
    await editor.close();
  });

  const step = (id: string): Locator => editor.page.locator(`[data-done-step-id$="#${id}"]`).first();
  const done = async () =>
    await Promise.all(
      ['connect', 'check', 'create', 'send'].map(async (id) =>
        (await step(id).getAttribute('class'))?.split(' ').includes('complete'),
      ),
    );
  const ticked = async (id: string) =>
    await editor.page.locator(`[data-done-step-id$="#${id}"].complete`).first().waitFor();

  it('begins with nothing done, and ticks the first step when the sandbox has answered', async () => {
    await runCommand(editor, 'Managed Agents: Get Started');
    await step('send').waitFor();
    assert.deepEqual(await done(), [false, false, false, false]);
    await editor.screenshot('walkthrough-begin');
    await editor.page.getByRole('button', { name: 'Use the Local Sandbox' }).click();
    await showManagedAgents(editor);
    await treeRow(editor, /^Session Upgrade the HTTP client/).waitFor();
    await ticked('connect');
    assert.deepEqual(await done(), [true, false, false, false]);
    await editor.screenshot('walkthrough-connected');
  });

  it('ticks the others when a check has passed, a session was made, and a message went out', async () => {
    await runCommand(editor, 'Managed Agents: Run Smoke Checks');
    await pick(editor, 'Quick');
    await panelFrame(editor).getByRole('heading', { name: 'Smoke checks: Local sandbox' }).waitFor();
    await runCommand(editor, 'Managed Agents: Get Started');
    await ticked('check');
    assert.deepEqual(await done(), [true, true, false, false]);

    await expandRow(editor, /^Agents/);
    await pressRowAction(editor, treeRow(editor, /^Agent Code reviewer/), 'Create Session…');
    await pick(editor, 'node-24');
    await atQuestion(editor, 'Create Session (3/4)');
    await enterText(editor, 'My first session');
    await pick(editor, 'Create');
    await editorTab(editor, /^My first session/).waitFor();
    const page = panelFrame(editor);
    await composer(page).waitFor();
    await runCommand(editor, 'Managed Agents: Get Started');
    await ticked('create');
    assert.deepEqual(await done(), [true, true, true, false]);

    await editorTab(editor, /^My first session/).click();
    await composer(panelFrame(editor)).waitFor();
    await send(panelFrame(editor), 'Hello');
    await row(panelFrame(editor), 'Hello').waitFor();
    await runCommand(editor, 'Managed Agents: Get Started');
    await ticked('send');
    assert.deepEqual(await done(), [true, true, true, true]);
    await editor.screenshot('walkthrough-done');
  });
});

describe('the connections of the user', () => {
  const key = 'right-key-0123456789';
  let server: Sandbox;
  let editor: Editor;

  before(async () => {
    server = await startSandbox({ key, seedSessions: 3 });
    editor = await openWorkbench();
    await showManagedAgents(editor);
    await useConnection(editor, { name: 'Team server', baseUrl: server.url });
    await setKey(editor, key);
    await treeRow(editor, /^Session Upgrade the HTTP client/).waitFor();
    await clearNotifications(editor);
  });

  after(async () => {
    await editor.close();
    await server.close();
  });

  it('becomes read-only and changes its name by quick input, and its open panel goes on under it', async () => {
    const page = await openSession(editor, /^Session Fix the flaky timeout test/);
    await page.getByText('Live').waitFor();
    await runCommand(editor, 'Managed Agents: Edit Connection…');
    await pick(editor, 'Team server');
    await pick(editor, 'Changes');
    await pick(editor, 'Read-only');
    await quickPickRow(editor, 'Save').waitFor();
    await editor.screenshot('connection-edit');
    await pick(editor, 'Save');
    await notification(editor, 'Team server is changed').waitFor();
    await clearNotifications(editor);
    await sideBar(editor).getByText('Read-only: nothing on').waitFor();
    await page.getByText('Team server is read-only here').waitFor();
    await editorTab(editor, /Team server \(read-only\)/).waitFor();
    await editor.screenshot('connection-read-only');
  });

  it('takes no message and no change while it is read-only, and says why', async () => {
    const page = panelFrame(editor);
    await composer(page).fill('Delete everything.');
    assert.equal(await page.getByRole('button', { name: 'Send', exact: true }).isDisabled(), true);
    await composer(page).press('Enter');
    assert.equal(await composer(page).inputValue(), 'Delete everything.');
    const rowActions = treeRow(editor, /^Session Upgrade the HTTP client/);
    await rowActions.hover();
    assert.equal(await rowActions.getByRole('button', { name: /Archive/ }).count(), 0);
    await runCommand(editor, 'Managed Agents: Archive Session…');
    await notification(editor, 'is read-only here').waitFor();
    await editor.screenshot('connection-refused');
    await clearNotifications(editor);
  });

  it('copies a request without the key', async () => {
    await chooseFromMenuOf(editor, treeRow(editor, /^Session Upgrade the HTTP client/), 'Copy as curl…');
    await quickPickRow(editor, 'Read a session').waitFor();
    await editor.screenshot('connection-curl');
    await pick(editor, 'Read a session');
    await editor.page.getByText('Copied as curl').first().waitFor();
  });

  it('is removed together with its key, and what is open of it stays', async () => {
    const page = panelFrame(editor);
    await runCommand(editor, 'Managed Agents: Remove Connection…');
    await pick(editor, 'Team server');
    await dialog(editor).getByText('its API key').waitFor();
    await editor.screenshot('connection-remove');
    await answerDialog(editor, 'Remove');
    await notification(editor, 'Team server is removed, and its API key is deleted.').waitFor();
    await banner(page, 'is not in your settings any more').waitFor();
    assert.ok((await page.locator('article').count()) > 0);
    await editor.screenshot('connection-removed');
  });
});
