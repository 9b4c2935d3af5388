import assert from 'node:assert/strict';
import { writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { askForKey, setKey, useConnection } from '../e2e/support/connections.ts';
import { dialog, forgetMessages, listedMessage } from '../e2e/support/messages.ts';
import {
  cancelInput,
  enterText,
  inputMessage,
  quickInput,
  runCommand,
  typeText,
} from '../e2e/support/quickInput.ts';
import { panelFrame } from '../e2e/support/panel.ts';
import { row } from '../e2e/support/sessionPanel.ts';
import { showManagedAgents, sideBar, treeRow } from '../e2e/support/tree.ts';
import { eventually } from '../support/eventually.ts';
import { startTlsServer } from '../support/tlsServer.ts';
import { certificateAuthority, selfSigned } from '../unit/api/selfSigned.ts';
import { Arena, KEY } from './support/arena.ts';
import { attack } from './support/attackList.ts';
import { agentMessage, HostileServer } from './support/hostileServer.ts';

const NEW_KEY = 'another/key+that=replaces&the<first>0123456789';
const NAME = 'Hostile server';

describe('what a user may be made to configure', () => {
  const authority = certificateAuthority();
  let arena: Arena;

  before(async () => {
    const trusted = path.join(tmpdir(), `managed-agents-authority-${process.pid}.pem`);
    await writeFile(trusted, authority.cert);
    // What this machine trusts, so that a refusal is about the certificate and not about who signed it.
    arena = await Arena.open({ env: { NODE_EXTRA_CA_CERTS: trusted } });
    await showManagedAgents(arena.editor);
  });

  after(async () => {
    await arena.close();
  });

  it(attack('D2'), async () => {
    await offers(
      { 'http://agents.example.com': undefined, 'http://127.0.0.2:4100': 'http://127.0.0.2:4100' },
      'The key would travel unprotected: use https.',
    );
  });

  it(attack('D3'), async () => {
    await offers({
      'https://api.usesynth.ai@evil.example': undefined,
      'https://me:secret@agents.example.com': undefined,
      'https://@agents.example.com': undefined,
      'http://localhost.:4100': undefined,
      'http://[::ffff:127.0.0.1]:4100': undefined,
      'http://0.0.0.0:4100': undefined,
      'https:/agents.example.com': undefined,
      'https:///agents.example.com': undefined,
      'https:\\\\agents.example.com': undefined,
      'https://agents.exa\tmple.com': undefined,
      'https://agents.example.com/a/../b': undefined,
      'https://agents.example.com/%2e%2e/b': undefined,
      'https://agents.example.com/v1?x=1': undefined,
      'https://agents.example.com/v1#x': undefined,
      'ftp://agents.example.com': undefined,
      'javascript:alert(1)': undefined,
      // These are this machine, and are shown as what they are.
      'http://2130706433:4100': 'http://127.0.0.1:4100',
      'http://0x7f.1:4101': 'http://127.0.0.1:4101',
      'https://\u0430pple.com': 'https://xn--pple-43d.com',
    });
  });

  it(attack('D5'), async () => {
    const { editor, hostile } = arena;
    await useConnection(editor, { name: NAME, baseUrl: hostile.url });
    await askForKey(editor);
    for (const [key, why] of [
      ['', 'Paste or type the API key.'],
      ['   ', 'Paste or type the API key.'],
      ['undefined', 'Paste or type the API key.'],
      ['null', 'Paste or type the API key.'],
      ['two words-0123456789', 'A key has no spaces, line breaks or special letters'],
      ['costs-€-0123456789', 'A key has no spaces, line breaks or special letters'],
      ['nul-\u0000-0123456789', 'A key has no spaces, line breaks or special letters'],
      ['k'.repeat(10_240), 'A key has between 8 and 512 characters'],
    ] as const) {
      await enterText(editor, key);
      await inputMessage(editor).getByText(why).waitFor();
      const said = (await inputMessage(editor).textContent()) ?? '';
      assert.ok(key.trim() === '' || /^(?:undefined|null)$/.test(key) || !said.includes(key.slice(0, 12)));
    }
    assert.equal(hostile.requests.length, 0);
    // A line break at the end of what is pasted is no part of the key; quotes may be.
    await typeText(editor, KEY);
    await editor.page.keyboard.press('Enter');
    await treeRow(editor, /^Session A healthy session/).waitFor();
    assert.ok(hostile.requests.every(({ headers }) => headers['authorization'] === `Bearer ${KEY}`));
  });

  it(attack('D4'), async () => {
    const { editor, hostile } = arena;
    const elsewhere = await HostileServer.start();
    await editor.changeSettings({
      'managedAgents.connections': [{ name: NAME, baseUrl: elsewhere.url }],
    });
    await sideBar(editor).getByText('an API key is needed').waitFor();
    await editor.execute('managedAgents.refresh');
    await sideBar(editor).getByText('an API key is needed').waitFor();
    assert.deepEqual(elsewhere.requests, []);
    assert.ok(!arena.witness.connections.includes(`127.0.0.1:${elsewhere.port}`));
    // The address that the key was given for has it still.
    await editor.changeSettings({ 'managedAgents.connections': [{ name: NAME, baseUrl: hostile.url }] });
    await treeRow(editor, /^Session A healthy session/).waitFor();
    await elsewhere.close();
  });

  it(attack('D7'), async () => {
    // Replaced in the same window: this editor keeps secrets in the browser and tells no other window of a change.
    // What happens when one is told: keyStore.test.ts, with the store's own event, which ends in the same change.
    const { editor, hostile } = arena;
    const session = hostile.addSession({ id: 'd7', title: 'A long session' });
    session.events.push(agentMessage('d7_0', 'Go on.'));
    await arena.openSession('d7');
    await row(panelFrame(editor), 'Go on.').waitFor();
    await eventually(() => session.streams.size === 1, { timeoutMs: 20_000 });
    const old = new Set(session.streams);
    await setKey(editor, NEW_KEY);
    const since = hostile.requests.length;
    await eventually(
      () => session.streams.size === 1 && [...session.streams].every((each) => !old.has(each)),
      { timeoutMs: 30_000 },
    );
    await editor.execute('managedAgents.refresh');
    await eventually(() => hostile.requests.length > since, { timeoutMs: 20_000 });
    const keys = hostile.requests.slice(since).map(({ headers }) => headers['authorization']);
    assert.deepEqual([...new Set(keys)], [`Bearer ${NEW_KEY}`]);
    const streams = hostile.about(session, ({ path: asked }) => asked.endsWith('stream'));
    assert.equal(streams.at(-1)?.headers['authorization'], `Bearer ${NEW_KEY}`);
    hostile.emit(session, agentMessage('d7_1', 'Gone on.'));
    await row(panelFrame(editor), 'Gone on.').waitFor();
  });

  it(attack('A20'), async () => {
    // The editor's own way out, proxies and http.proxyStrictSSL with it: networkCertificates.test.ts, in the host.
    const { editor } = arena;
    const plain = await HostileServer.start();
    plain.addSession({ id: 'secure', title: 'A secure session' });
    await editor.changeSettings({ 'http.proxyStrictSSL': false });
    for (const identity of [
      selfSigned(),
      authority.issue({ host: 'elsewhere.test' }),
      authority.issue({ expired: true }),
    ]) {
      const server = await startTlsServer(identity, plain.port);
      await useConnection(editor, { name: 'Secure', baseUrl: `https://127.0.0.1:${server.port}` });
      await askForKey(editor);
      await enterText(editor, KEY);
      await dialog(editor).getByText('No secure connection to').waitFor();
      const buttons = await dialog(editor).getByRole('button').allTextContents();
      assert.deepEqual(
        buttons.filter((text) => /ignore|proceed|unsafe|accept|trust/i.test(text)),
        [],
      );
      await editor.page.keyboard.press('Escape');
      await dialog(editor).waitFor({ state: 'hidden' });
      assert.ok(server.connections > 0);
      await server.close();
    }
    assert.deepEqual(plain.requests, []);

    const good = await startTlsServer(authority.issue(), plain.port);
    await useConnection(editor, { name: 'Secure', baseUrl: `https://127.0.0.1:${good.port}` });
    await setKey(editor, KEY);
    await treeRow(editor, /^Session A secure session/).waitFor();
    // From https to http of the same host (A2): named, and not followed.
    const weaker = `http://127.0.0.1:${arena.attacker.port}`;
    plain.attack = () => ({ status: 307, headers: { location: `${weaker}/` } });
    await editor.execute('managedAgents.refresh');
    await treeRow(editor, `redirect to ${weaker}`).waitFor();
    assert.deepEqual(arena.attacker.knocks, []);
    await editor.changeSettings({ 'http.proxyStrictSSL': undefined });
    await good.close();
    await plain.close();
  });

  it(attack('D6'), async () => {
    // A store that throws, never answers, or loses what it took: keyStore.test.ts, on the same KeyStore.
    const { editor, hostile } = arena;
    await useConnection(editor, { name: NAME, baseUrl: hostile.url });
    await treeRow(editor, /^Session A healthy session/).waitFor();
    await editor.page.evaluate(() => localStorage.removeItem('secrets.provider'));
    const before = hostile.requests.length;
    await editor.page.reload();
    await showManagedAgents(editor);
    await sideBar(editor).getByText('an API key is needed').waitFor({ timeout: 40_000 });
    assert.equal(hostile.requests.length, before);
    // Nothing stood by as a second place for the key.
    assert.deepEqual(await arena.whereTheKeyIs(), []);
  });

  /** Puts addresses into the settings, and compares which of them can be chosen, and how each is shown. */
  async function offers(expected: Readonly<Record<string, string | undefined>>, why?: string): Promise<void> {
    const { editor } = arena;
    const connections = Object.keys(expected).map((baseUrl, index) => ({ name: `Entry ${index}.`, baseUrl }));
    await editor.changeSettings({ 'managedAgents.connections': connections });
    if (why !== undefined) {
      await listedMessage(editor, why);
    }
    await forgetMessages(editor);
    await runCommand(editor, 'Managed Agents: Choose Connection…');
    await quickInput(editor).getByText('Synth', { exact: true }).first().waitFor();
    for (const [index, [, origin]] of Object.entries(expected).entries()) {
      await typeText(editor, `Entry ${index}.`);
      const entry = quickInput(editor)
        .locator('.monaco-list-row')
        .filter({ has: editor.page.locator('.label-name').getByText(`Entry ${index}.`, { exact: true }) });
      if (origin === undefined) {
        await eventually(async () => (await entry.count()) === 0);
      } else {
        await entry.filter({ hasText: new URL(origin).host }).waitFor();
      }
    }
    await cancelInput(editor);
    assert.deepEqual(arena.witness.connections, []);
  }
});
