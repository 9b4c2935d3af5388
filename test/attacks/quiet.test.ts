import assert from 'node:assert/strict';
import { mkdtemp, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import path from 'node:path';
import type { LogOutputChannel } from 'vscode';
import { sandboxConnection } from '../../src/api/connection.ts';
import { HttpCaller } from '../../src/api/http/caller.ts';
import { Redactor } from '../../src/api/http/redact.ts';
import { createUndiciTransport } from '../../src/api/http/undiciTransport.ts';
import { systemClock } from '../../src/util/clock.ts';
import { Log } from '../../src/vscode/services/log.ts';
import { row, send } from '../e2e/support/sessionPanel.ts';
import { eventually } from '../support/eventually.ts';
import { jsonAnswer } from '../support/faultServer.ts';
import { Arena, KEY } from './support/arena.ts';
import { attack } from './support/attackList.ts';
import { copyDiagnosis } from './support/diagnosis.ts';
import { agentMessage, type HostileServer } from './support/hostileServer.ts';
import { findKey, type Looked } from './support/keyScan.ts';
import { keySpellings } from './support/keySpellings.ts';

/** What the editor writes at its most talkative level when this extension asks for a secret. */
const SECRET_ASKED = '[mainThreadSecretState] Getting password for managed-agents.';

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
    const secrets = () => editor.consoleLines.filter((line) => line.includes(SECRET_ASKED));
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
    const copied = await copyDiagnosis(editor);
    assert.match(copied, /Diagnosis/);
    assert.deepEqual(findKey(KEY, [{ where: 'what was copied', bytes: copied }]), []);
    assert.deepEqual(await arena.whereTheKeyIs(), []);
    await arena.calm();
    await arena.assertUnharmed();
    // This editor has no writer for the files of log channels: what the extension logs stands in none of its places.
    // So the same log, with the same calls, and everything that it writes.
    assert.deepEqual(findKey(KEY, await loggedBelow(hostile)), []);
  });
});

/** What the extension's log writes, at its most talkative, of calls that fail with the key in what comes back. */
async function loggedBelow(hostile: HostileServer): Promise<readonly Looked[]> {
  const lines: Looked[] = [];
  const write = (line: string) => void lines.push({ where: `the log: ${line.slice(0, 40)}`, bytes: line });
  const channel = { trace: write, debug: write, info: write, warn: write, error: write };
  const redactor = new Redactor();
  redactor.learn(KEY);
  const log = new Log(() => channel as unknown as LogOutputChannel, redactor);
  const connection = sandboxConnection(hostile.url);
  const transport = createUndiciTransport();
  const caller = new HttpCaller({
    connection,
    transport,
    key: () => Promise.resolve(KEY),
    clock: systemClock,
    random: Math.random,
    onCall: (record) => log.call(connection.name, record),
  });
  // As a server may write it. Backwards, as it never would, is looked for all the same.
  const spelled = [...keySpellings(KEY)].filter(([name]) => name !== 'reversed').map(([, [first]]) => first);
  for (const form of spelled.map((bytes) => bytes?.toString('latin1') ?? '')) {
    hostile.attack = () => jsonAnswer({ detail: `no ${form} here` }, 500, { 'request-id': encodeURI(form) });
    const error: unknown = await caller
      .json({ method: 'POST', path: '/sessions', query: {}, body: {} })
      .catch((reason: unknown) => reason);
    assert.ok(error instanceof Error);
    log.error('Failed', error);
    log.trace(error.message);
  }
  transport.dispose();
  hostile.attack = () => undefined;
  assert.ok(lines.length >= 3 * spelled.length);
  return lines;
}
