import assert from 'node:assert/strict';
import { readFile } from 'node:fs/promises';
import path from 'node:path';
import { type Sandbox, startSandbox } from '../../src/sandbox/server.ts';
import { eventually } from '../support/eventually.ts';
import { setKey, useConnection } from './support/connections.ts';
import { type Editor, openWorkbench } from './support/editor.ts';
import { chooseFromMenuOf, listedMessage, notification } from './support/messages.ts';
import { enterPlace, pick, quickPickRow, runCommand } from './support/quickInput.ts';
import { openSession, row, send } from './support/sessionPanel.ts';
import { setTheme } from './support/theme.ts';
import { showManagedAgents, treeRow } from './support/tree.ts';

describe('what sessions leave behind', () => {
  let sandbox: Sandbox;
  let editor: Editor;

  before(async () => {
    sandbox = await startSandbox({ seedSessions: 12 });
    editor = await openWorkbench();
    await showManagedAgents(editor);
    await useConnection(editor, { name: 'Files', baseUrl: `${sandbox.url}/v1` });
    await setKey(editor, sandbox.key);
    const page = await openSession(editor, /^Session Upgrade the HTTP client/);
    await send(page, '/files');
    await row(page, 'The report is in').waitFor();
  });

  after(async () => {
    await editor.close();
    await sandbox.close();
  });

  it('lists the files of a session and shows one as text', async () => {
    await runCommand(editor, 'Managed Agents: Files of Session…');
    await quickPickRow(editor, 'report.md').waitFor();
    await quickPickRow(editor, 'chart.png').waitFor();
    await editor.screenshot('outputs-list');
    await pick(editor, 'report.md');
    await pick(editor, 'Open as Text');
    await editor.page.locator('.view-line').filter({ hasText: 'Load test' }).first().waitFor();
    await editor.screenshot('outputs-text');
  });

  it('says what is no text, and downloads it to the place that is chosen', async () => {
    await editor.page
      .locator('.tab')
      .filter({ hasText: /Upgrade the HTTP/ })
      .click();
    await runCommand(editor, 'Managed Agents: Files of Session…');
    await pick(editor, 'chart.png');
    await pick(editor, 'Open as Text');
    const message = notification(editor, '“chart.png” is not text');
    await message.getByRole('button', { name: 'Download…' }).click();
    const target = path.join(editor.folder, 'picture.png');
    await enterPlace(editor, target, 'chart.png');
    await listedMessage(editor, '“chart.png” is downloaded.');
    await runCommand(editor, 'Notifications: Hide Notifications');
    const bytes = await eventually(async () => await readFile(target));
    assert.equal(bytes.subarray(1, 4).toString(), 'PNG');
  });

  it('compares two sessions that are selected', async () => {
    const rows = [
      treeRow(editor, /^Session Write the getting-started/),
      treeRow(editor, /^Session Review the/),
    ];
    await rows[0]?.click();
    await rows[1]?.click({ modifiers: ['ControlOrMeta'] });
    await chooseFromMenuOf(editor, treeRow(editor, /^Session Review the/), 'Compare Sessions…');
    await editor.page
      .locator('.monaco-diff-editor .view-line')
      .filter({ hasText: 'sandbox' })
      .first()
      .waitFor();
    await editor.screenshot('compare-dark');
    await setTheme(editor, 'hc-light');
    await editor.screenshot('compare-hc-light');
  });
});
