import assert from 'node:assert/strict';
import { mkdtemp, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { inspect } from 'node:util';
import { HttpCaller } from '../../src/api/http/caller.ts';
import { createUndiciTransport } from '../../src/api/http/undiciTransport.ts';
import { sandboxConnection } from '../../src/api/connection.ts';
import { systemClock } from '../../src/util/clock.ts';
import { runCommand } from '../e2e/support/quickInput.ts';
import { row, send } from '../e2e/support/sessionPanel.ts';
import { showManagedAgents, treeRow } from '../e2e/support/tree.ts';
import { eventually } from '../support/eventually.ts';
import { jsonAnswer } from '../support/faultServer.ts';
import { Arena, KEY } from './support/arena.ts';
import { attack } from './support/attackList.ts';
import { agentMessage, HostileServer } from './support/hostileServer.ts';
import { findKey } from './support/keyScan.ts';
import { wrappersOf } from './support/pageSpy.ts';

/** What the editor writes at its most talkative level when an extension asks for a secret. */
const secretAsked = /\[secrets\] getting secret/i;

describe('an editor that tells everything', () => {
  let arena: Arena;

  before(async () => {
    const folder = await mkdtemp(path.join(tmpdir(), 'managed-agents-opened-'));
    await writeFile(path.join(folder, 'some.agent.json'), '{"name":"Some","model":"some"}');
    await writeFile(path.join(folder, 'README.md'), '# Some folder');
    arena = await Arena.open({ folder, logLevel: 'trace' });
  });

  after(async () => {
    await arena.close();
  });

  it(attack('E1'), async () => {
    const { editor, witness } = arena;
    // Nobody opens the view; the extension is installed, and everything that starts by itself has started.
    await editor.page.getByRole('treeitem', { name: 'some.agent.json' }).first().dblclick();
    await editor.page.getByRole('tab', { name: 'some.agent.json' }).first().waitFor();
    assert.deepEqual(witness.connections, []);
    assert.deepEqual(arena.foreignRequests, []);
    const secrets = () => editor.consoleLines.filter((line) => secretAsked.test(line));
    assert.deepEqual(secrets(), []);
    // The log would have told: as soon as somebody uses a key, it does.
    await editor.execute('workbench.action.closeAllEditors');
    await arena.connect();
    await eventually(() => secrets().length > 0, { timeoutMs: 10_000 });
  });

  it(attack('D10'), async () => {
    const { editor, hostile } = arena;
    const session = hostile.addSession({ id: 'd10', title: 'A talkative session' });
    session.events.push(agentMessage('d10_0', 'Go on.'));
    hostile.attack = ({ path: asked, headers, session: id, method }) =>
      asked === '/agents' || (id === 'd10' && method === 'POST')
        ? jsonAnswer({ detail: JSON.stringify(headers) }, 500, { 'request-id': KEY })
        : undefined;
    await editor.execute('managedAgents.refresh');
    const page = await arena.openSession('d10');
    await row(page, 'Go on.').waitFor();
    await send(page, 'What went wrong?');
    await page.getByRole('alert').filter({ hasText: 'has a problem of its own' }).waitFor();
    const copied: string[] = [];
    const keepCopy = async () => {
      copied.push(await editor.page.evaluate(async () => await navigator.clipboard.readText()));
    };
    await editor.execute('managedAgents.smoke.run', { level: 'quick' }).catch(() => undefined);
    await editor.execute('managedAgents.smoke.copyReport').catch(() => undefined);
    await keepCopy();
    await runCommand(editor, 'Managed Agents: Show Log');
    await editor.page.locator('.part.panel').getByText('/sessions').first().waitFor();
    await editor.page.keyboard.press('ControlOrMeta+a');
    await editor.page.keyboard.press('ControlOrMeta+c');
    await keepCopy();
    assert.deepEqual(findKey(KEY, [{ where: 'what was copied', bytes: copied.join('\n') }]), []);
    assert.deepEqual(await arena.whereTheKeyIs(), []);
    await editor.execute('workbench.action.closePanel');
    await arena.calm();
    await arena.assertUnharmed();
  });

  it(attack('D11'), async () => {
    // Errors as they are made, looked at with everything that they hold: nearer than any log.
    const server = await HostileServer.start();
    const transport = createUndiciTransport();
    const caller = new HttpCaller({
      connection: sandboxConnection(server.url),
      transport,
      key: () => Promise.resolve(KEY),
      clock: systemClock,
      random: Math.random,
      headersTimeoutMs: 300,
    });
    const call = { method: 'POST', path: '/sessions', query: {}, body: {} } as const;
    for (const answer of [
      { ending: 'drop' },
      { ending: 'silent' },
      { raw: 'not http at all\r\n\r\n' },
      { headers: { 'content-type': 'application/json' }, body: '{"half', ending: 'reset' },
      { headers: { 'content-encoding': 'gzip' }, body: 'no gzip' },
      { headers: { 'content-encoding': 'none of yours' }, body: 'x' },
    ] as const) {
      server.attack = () => answer;
      const error: unknown = await caller.json(call).then(
        () => undefined,
        (reason: unknown) => reason,
      );
      assert.ok(error instanceof Error);
      const seen = inspect(error, { depth: Number.POSITIVE_INFINITY, showHidden: true, getters: true });
      assert.deepEqual(findKey(KEY, [{ where: error.message, bytes: seen }]), []);
    }
    transport.dispose();
    await server.close();
  });

  it(attack('E6'), async () => {
    const { editor, hostile } = arena;
    hostile
      .addSession({ id: 'e6', title: 'An old session' })
      .events.push(agentMessage('e6_0', 'I was here.'));
    const page = await arena.openSession('e6');
    await row(page, 'I was here.').waitFor();
    // What a page of an older version, or one that was tampered with, had asked to be kept.
    const states = ['{"version":0,"sessionId":"../../x","scroll":"<script>"}', '[1,2,3]'];
    for (const [index, wrapper] of wrappersOf(editor.page).entries()) {
      await wrapper.evaluate((state) => {
        const post: unknown = Reflect.get(globalThis, '__vscode_post_message__');
        if (typeof post === 'function') {
          Reflect.apply(post, undefined, ['do-update-state', state]);
        }
      }, states[index] ?? 'null');
    }
    const second = await editor.page.context().newPage();
    await second.goto(editor.page.url());
    await second.locator('.monaco-workbench .part.statusbar').waitFor({ timeout: 60_000 });
    await second.close();
    const asked = hostile.requests.length;
    await editor.page.reload();
    await editor.page.locator('.monaco-workbench .part.statusbar').waitFor({ timeout: 60_000 });
    // Restored as what they are, or with a word about what cannot be known any more; never to another place.
    await eventually(() => wrappersOf(editor.page).length > 0, { timeoutMs: 40_000 });
    await showManagedAgents(editor);
    await treeRow(editor, /^Session A healthy session/).waitFor({ timeout: 40_000 });
    const paths = hostile.requests.slice(asked).map(({ path: each }) => each);
    assert.deepEqual(
      paths.filter(
        (each) => !/^\/(?:sessions(?:\/\w+(?:\/[\w/]+)?)?|agents|environments|health)$/.test(each),
      ),
      [],
    );
    arena.assertNothingGotOut();
  });
});
