import assert from 'node:assert/strict';
import { homedir, hostname, userInfo } from 'node:os';
import { useConnection } from '../e2e/support/connections.ts';
import { dialog, forgetMessages, listedMessage } from '../e2e/support/messages.ts';
import { enterText, pick, quickInput, runCommand } from '../e2e/support/quickInput.ts';
import { row, send } from '../e2e/support/sessionPanel.ts';
import { showManagedAgents, treeRow } from '../e2e/support/tree.ts';
import { startTlsServer } from '../support/tlsServer.ts';
import { selfSigned } from '../unit/api/selfSigned.ts';
import { Arena, inArena, KEY } from './support/arena.ts';
import { attack } from './support/attackList.ts';
import { type Attacker, startAttacker } from './support/attacker.ts';
import { agentMessage, HostileServer } from './support/hostileServer.ts';

describe('a hostile environment', () => {
  let proxy: Attacker;
  let arena: Arena;

  before(async () => {
    proxy = await startAttacker();
    arena = await Arena.open({
      env: {
        SYNTH_API_KEY: 'environment-key-0123456789',
        ANTHROPIC_API_KEY: 'environment-key-0123456789',
        ANTHROPIC_BASE_URL: proxy.url,
        SYNTH_BASE_URL: proxy.url,
        HTTP_PROXY: proxy.url,
        HTTPS_PROXY: proxy.url,
        ALL_PROXY: proxy.url,
        NODE_TLS_REJECT_UNAUTHORIZED: '0',
      },
    });
  });

  after(async () => {
    await arena.close();
    await proxy.close();
  });

  it(attack('D9'), async () => {
    const { editor, hostile } = arena;
    await showManagedAgents(editor);
    // The key of the environment is offered by its name. Nothing is sent before somebody says yes.
    await listedMessage(editor, 'SYNTH_API_KEY is set in the environment.');
    assert.deepEqual(arena.witness.connections, []);
    await forgetMessages(editor);
    await useConnection(editor, { name: 'Hostile server', baseUrl: hostile.url });
    await typeKey();
    await treeRow(editor, /^Session A healthy session/).waitFor();
    assert.ok(hostile.requests.every(({ headers }) => headers['authorization'] === `Bearer ${KEY}`));
    arena.assertNothingGotOut();
    assert.deepEqual(proxy.knocks, []);

    const plain = await HostileServer.start();
    const server = await startTlsServer(selfSigned(), plain.port);
    await useConnection(
      editor,
      { name: 'Secure', baseUrl: `https://127.0.0.1:${server.port}` },
      { name: 'Hostile server', baseUrl: hostile.url },
    );
    await typeKey();
    await dialog(editor).getByText('No secure connection to').waitFor();
    await editor.page.keyboard.press('Escape');
    assert.ok(server.connections > 0);
    assert.deepEqual(plain.requests, []);
    await server.close();
    await plain.close();
  });

  /** The key of the environment is one of the ways; the user takes the other. */
  async function typeKey(): Promise<void> {
    await runCommand(arena.editor, 'Managed Agents: Set API Key…');
    await pick(arena.editor, 'Type or paste a key');
    await quickInput(arena.editor).locator('input[type="password"]').waitFor();
    await enterText(arena.editor, KEY);
  }
});

describe('what a server or a proxy gets to see', () => {
  const ground = inArena();
  const { it } = ground;

  it(attack('E7'), async () => {
    const { arena } = ground;
    const { hostile, editor } = arena;
    const session = hostile.addSession({ id: 'e7' });
    session.events.push(agentMessage('e7_0', 'Who are you?'));
    const page = await arena.openWorkingSession(session);
    await send(page, 'Nobody.');
    await row(page, 'Nobody.').waitFor();
    const names = new Set(hostile.requests.flatMap(({ headers }) => Object.keys(headers)));
    const expected = ['accept', 'accept-encoding', 'anthropic-beta', 'anthropic-version', 'authorization'];
    expected.push('cache-control', 'connection', 'content-length', 'content-type', 'host');
    assert.deepEqual(
      [...names].filter((name) => !expected.includes(name)),
      [],
    );
    const sent = hostile.requests.map(({ path, query, headers, body }) =>
      JSON.stringify([path, [...query], headers, body]),
    );
    const personal = [hostname(), homedir(), editor.folder, editor.runFolder, 'vscode', process.version];
    if (userInfo().username.length > 4) {
      personal.push(userInfo().username);
    }
    for (const word of personal.filter((each) => each.length > 3)) {
      assert.deepEqual(
        sent.filter((text) => text.toLowerCase().includes(word.toLowerCase())),
        [],
        word,
      );
    }
  });
});
