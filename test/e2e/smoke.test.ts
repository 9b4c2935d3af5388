import { type FaultScript, type FaultServer, jsonAnswer, startFaultServer } from '../support/faultServer.ts';
import { type Sandbox, startSandbox } from '../../src/sandbox/server.ts';
import { chooseConnection, setKey, useConnection } from './support/connections.ts';
import { type Editor, openWorkbench } from './support/editor.ts';
import { clearNotifications, notification, pressInNotification } from './support/messages.ts';
import { panelFrame } from './support/panel.ts';
import { pick, runCommand } from './support/quickInput.ts';
import { showManagedAgents, treeRow } from './support/tree.ts';

describe('the smoke checks', () => {
  const key = 'right-key-0123456789';
  let server: Sandbox;
  let broken: FaultServer;
  let script: FaultScript = () => jsonAnswer({ data: [] });
  let editor: Editor;

  before(async () => {
    server = await startSandbox({ key, seedSessions: 3 });
    broken = await startFaultServer((request) => script(request));
    editor = await openWorkbench();
    await showManagedAgents(editor);
    await useConnection(
      editor,
      { name: 'Team server', baseUrl: server.url },
      { name: 'Broken server', baseUrl: broken.url },
    );
    await setKey(editor, key);
    await treeRow(editor, /^Session Upgrade the HTTP client/).waitFor();
    await clearNotifications(editor);
  });

  after(async () => {
    await editor.close();
    await server.close();
    await broken.close();
  });

  async function run(level: 'Full' | 'Quick'): Promise<void> {
    await runCommand(editor, 'Managed Agents: Run Smoke Checks');
    await pick(editor, level);
  }

  it('are green on a server that works, and leave a report', async () => {
    await runCommand(editor, 'Managed Agents: Run Smoke Checks');
    await editor.screenshot('smoke-levels');
    await pick(editor, 'Full');
    const report = panelFrame(editor);
    await report.getByRole('heading', { name: 'Smoke checks: Team server' }).waitFor();
    await report
      .getByText('Everything that was checked works (15 of 15 checks passed, none failed).')
      .waitFor();
    await report
      .getByRole('row', { name: /^Stream: connect ✓ passed .* 200 .*req_.* text\/event-stream/ })
      .waitFor();
    await editor.screenshot('smoke-green');
  });

  it('say that nothing listens when the server is down', async () => {
    await server.close();
    await run('Quick');
    await notification(editor, `“Health” failed. Nothing listens at Team server`).waitFor();
    await panelFrame(editor).getByText('the server has not been started, or has ended').first().waitFor();
    await editor.screenshot('smoke-down');
    await clearNotifications(editor);
  });

  it('name the key when it is wrong', async () => {
    server = await startSandbox({ port: server.port, key: 'another-key-0123456789', seedSessions: 1 });
    await run('Full');
    const message = /“.*” failed\. Proxy 401\/403: backend edge auth failed \(SYNTH_API_KEY\)\./;
    await notification(editor, message).getByRole('button', { name: 'Set API Key' }).waitFor();
    await panelFrame(editor).getByText('Check that the key belongs to').first().waitFor();
    await editor.screenshot('smoke-wrong-key');
    await clearNotifications(editor);
  });

  it('name the setting of the service that is missing', async () => {
    await chooseConnection(editor, 'Broken server');
    await setKey(editor, key);
    await clearNotifications(editor);
    script = () =>
      jsonAnswer({ detail: 'HORIZONS_PRIVATE_BASE_URL is not set' }, 502, { 'request-id': 'req_77' });
    await run('Full');
    await notification(editor, 'Proxy 5xx config error: missing backend HORIZONS_PRIVATE_* env.').waitFor();
    await panelFrame(editor).getByText('HORIZONS_PRIVATE_SERVICE_API_KEY').first().waitFor();
    await panelFrame(editor).getByText('req_77').first().waitFor();
    await editor.screenshot('smoke-service-config');
    await clearNotifications(editor);
  });

  it('stop when they are cancelled, and report what was done', async () => {
    script = ({ path }) => (path.endsWith('/health') ? jsonAnswer({ status: 'ok' }) : { ending: 'silent' });
    await run('Full');
    await notification(editor, /Smoke checks: Broken server.*Authentication/s).waitFor();
    await editor.screenshot('smoke-progress');
    await pressInNotification(editor, /Smoke checks: Broken server/, 'Cancel');
    await panelFrame(editor).getByText('The run was cancelled before every check had been made.').waitFor();
    await editor.screenshot('smoke-cancelled');
  });
});
