/** The smoke checks in the Testing view. */
import { type Sandbox, startSandbox } from '../../src/sandbox/server.ts';
import { setKey, useConnection } from './support/connections.ts';
import { type Editor, openWorkbench } from './support/editor.ts';
import { clearNotifications } from './support/messages.ts';
import { runCommand } from './support/quickInput.ts';
import { showManagedAgents, treeRow } from './support/tree.ts';

describe('the Testing view', () => {
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

  it('lists the checks of a connection, and runs them and a single one again', async () => {
    await runCommand(editor, 'Testing: Focus on Test Explorer View');
    const tests = editor.page.locator('.test-explorer');
    const connection = tests.getByRole('treeitem', { name: /Team server/ });
    await connection.click();
    await connection.press('ArrowRight');
    await tests.getByRole('treeitem', { name: /Health/ }).waitFor();
    await connection.hover();
    await connection.getByRole('button', { name: 'Run Test' }).first().click();
    await tests.getByRole('treeitem', { name: /Health.*Passed/ }).waitFor();
    await tests.getByRole('treeitem', { name: /List environments.*Passed/ }).waitFor();
    await tests.getByRole('treeitem', { name: /Send a message.*Skipped/ }).waitFor();
    await editor.screenshot('testing-passed');

    await server.close();
    const health = tests.getByRole('treeitem', { name: /Health/ });
    await health.hover();
    await health.getByRole('button', { name: 'Run Test' }).first().click();
    await tests.getByRole('treeitem', { name: /Health.*Failed/ }).waitFor();
    await editor.screenshot('testing-failed');
  });
});
