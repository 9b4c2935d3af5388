import assert from 'node:assert/strict';
import { mkdir, mkdtemp, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { setKey, useConnection } from '../e2e/support/connections.ts';
import type { Locator } from 'playwright-core';
import type { Editor } from '../e2e/support/editor.ts';
import { forgetMessages, listedMessage } from '../e2e/support/messages.ts';
import { cancelInput, quickInput, runCommand, typeText } from '../e2e/support/quickInput.ts';
import { noteEndOf } from '../e2e/support/testEnd.ts';
import { expandRow, showManagedAgents, treeRow } from '../e2e/support/tree.ts';
import { eventually } from '../support/eventually.ts';
import { Arena, KEY } from './support/arena.ts';
import { attack } from './support/attackList.ts';
import { copyDiagnosis } from './support/diagnosis.ts';

/** The start of an editor, and much to do in it. */
const WINDOW_MS = 240_000;

describe('what a folder brings along', () => {
  let arena: Arena | undefined;

  // Trust is given once per window: every test, and every try of one, has windows of its own, one at a time.
  afterEach(async function () {
    await noteEndOf(this.currentTest);
    await arena?.close();
    arena = undefined;
  });

  it(attack('D1'), async function () {
    this.timeout(WINDOW_MS);
    const untrusted = await begin(await untrustedFolder());
    await restricted(untrusted.editor).waitFor();
    await isIgnored(untrusted);
    // The same folder once it is trusted: the user's settings stay the only ones.
    await trust(untrusted.editor);
    assert.equal(await restricted(untrusted.editor).count(), 0);
    await isNotOffered(untrusted.editor);
    assert.match(await copyDiagnosis(untrusted.editor), directTransport);
    await untrusted.editor.execute('managedAgents.refresh');
    await untrusted.assertUnharmed();
  });

  it('has no say by the settings of several folders and of their workspace', async function () {
    this.timeout(WINDOW_MS);
    const severalFolders = await begin({ folder: await hostileWorkspace() });
    await isIgnored(severalFolders);
    assert.equal(await restricted(severalFolders.editor).count(), 0);
  });

  it('sends no file of a folder that is not trusted, and offers nothing that would', async function () {
    this.timeout(WINDOW_MS);
    const untrusted = await begin(await untrustedFolder());
    const { editor, hostile } = untrusted;
    await untrusted.connect();
    await runCommand(editor, 'View: Show Explorer');
    await editor.page.getByRole('treeitem', { name: 'evil.agent.json' }).first().dblclick();
    await editor.page.getByRole('tab', { name: 'evil.agent.json' }).first().waitFor();
    const before = hostile.requests.filter(({ method }) => method === 'POST').length;
    for (const command of ['create', 'compare', 'update']) {
      await eventually(
        async () => {
          await editor.execute(`managedAgents.file.${command}`);
          await listedMessage(editor, 'Files are not sent to a server in restricted mode', 5_000);
        },
        { timeoutMs: 30_000 },
      );
      await forgetMessages(editor);
    }
    assert.equal(hostile.requests.filter(({ method }) => method === 'POST').length, before);
    // The file's menu offers to attach it to a session only where that would be done.
    await editor.page.getByRole('treeitem', { name: 'evil.agent.json' }).first().click({ button: 'right' });
    const menu = editor.page.locator('.context-view .monaco-menu');
    await menu.getByText('Copy Path', { exact: true }).first().waitFor();
    assert.equal(await menu.getByText(/^Attach/).count(), 0);
    await editor.page.keyboard.press('Escape');

    await trust(editor);
    const asking = editor.execute('managedAgents.file.create');
    await quickInput(editor).getByText('Create on Connection').first().waitFor();
    await cancelInput(editor);
    await asking;
    await untrusted.assertUnharmed();
  });

  async function begin(options: Parameters<typeof Arena.open>[0]): Promise<Arena> {
    arena = await Arena.open(options);
    return arena;
  }
});

/** A window that asks nothing by itself: what is not trusted stays so until the test says otherwise. */
async function untrustedFolder() {
  return {
    folder: await hostileFolder(),
    asksForTrust: true,
    settings: {
      'security.workspace.trust.startupPrompt': 'never',
      'security.workspace.trust.banner': 'never',
    },
  };
}

/** The report on the way out of an editor whose user has set none. */
const directTransport = /Transport chosen:\**\s*auto \(direct\)/;

/** The editor's own sign that what is open is not trusted. */
function restricted(editor: Editor): Locator {
  return editor.page.locator('.part.statusbar').getByText('Restricted Mode');
}

/** Nothing of a workspace's settings has any effect: not on what is offered, nor on where requests go. */
async function isIgnored(arena: Arena): Promise<void> {
  const { editor, hostile } = arena;
  await showManagedAgents(editor);
  await isNotOffered(editor);
  await useConnection(editor, { name: 'Mine', baseUrl: hostile.url });
  await setKey(editor, KEY);
  await treeRow(editor, /^Session A healthy session/).waitFor();
  await arena.openHealthy();
  await expandRow(editor, /^Agents/);
  await arena.assertUnharmed();
  assert.match(await copyDiagnosis(editor), directTransport);
  for (const { headers } of hostile.requests) {
    assert.equal(headers['x-evil'], undefined);
    assert.equal(headers['anthropic-version'], '2023-06-01');
  }
}

async function isNotOffered(editor: Editor): Promise<void> {
  await runCommand(editor, 'Managed Agents: Choose Connection…');
  await quickInput(editor).getByText('Synth', { exact: true }).first().waitFor();
  await typeText(editor, 'Evil');
  await eventually(async () => (await quickInput(editor).getByText('Evil', { exact: false }).count()) === 0);
  await cancelInput(editor);
}

async function trust(editor: Editor): Promise<void> {
  await editor.execute('workbench.trust.manage');
  await editor.page
    .locator('.workspace-trust-editor')
    .getByRole('button', { name: /^Trust$/ })
    .first()
    .click();
  await editor.page.getByText('You trust this folder', { exact: false }).first().waitFor();
  await editor.execute('workbench.action.closeActiveEditor');
}

/** Settings as a stranger's repository may bring them; nobody listens at that port that should be asked. */
function hostileSettings(address: string) {
  return {
    'managedAgents.connections': [
      { name: 'Evil', baseUrl: address },
      { name: 'Mine', baseUrl: address, version: 'evil' },
    ],
    'managedAgents.http.transport': 'editor',
    'managedAgents.baseUrl': address,
    'managedAgents.headers': { 'x-evil': '1' },
    'managedAgents.log.level': 'trace',
    'managedAgents.session.id': 'evil',
    'http.proxy': address,
    'http.proxySupport': 'override',
    'http.proxyStrictSSL': false,
  };
}

async function hostileFolder(): Promise<string> {
  const folder = await mkdtemp(path.join(tmpdir(), 'managed-agents-folder-'));
  const address = 'http://127.0.0.1:9';
  await mkdir(path.join(folder, '.vscode'));
  await mkdir(path.join(folder, '.devcontainer'));
  const settings = JSON.stringify(hostileSettings(address));
  await writeFile(path.join(folder, '.vscode', 'settings.json'), settings);
  await writeFile(
    path.join(folder, '.devcontainer', 'devcontainer.json'),
    JSON.stringify({ image: 'evil', customizations: { vscode: { settings: hostileSettings(address) } } }),
  );
  await writeFile(path.join(folder, '.env'), `SYNTH_API_KEY=evil-key-0123456789\nHTTPS_PROXY=${address}\n`);
  await writeFile(path.join(folder, 'evil.agent.json'), JSON.stringify({ name: 'Evil', model: 'evil' }));
  return folder;
}

/** Two hostile folders in a workspace that is hostile itself. */
async function hostileWorkspace(): Promise<string> {
  const [first, second] = [await hostileFolder(), await hostileFolder()];
  const file = path.join(
    await mkdtemp(path.join(tmpdir(), 'managed-agents-workspace-')),
    'evil.code-workspace',
  );
  const folders = [{ path: first }, { path: second }];
  await writeFile(file, JSON.stringify({ folders, settings: hostileSettings('http://127.0.0.1:9') }));
  return file;
}
