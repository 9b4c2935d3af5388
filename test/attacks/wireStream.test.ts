import assert from 'node:assert/strict';
import { setTimeout as delay } from 'node:timers/promises';
import { row } from '../e2e/support/sessionPanel.ts';
import { treeRow } from '../e2e/support/tree.ts';
import { eventually } from '../support/eventually.ts';
import { inArena } from './support/arena.ts';
import { attack } from './support/attackList.ts';
import { agentMessage } from './support/hostileServer.ts';

const MEBIBYTE = 1024 * 1024;
/** What sockets on both sides read ahead, in MiB, and more. */
const SLACK = 32;
/** The shortest pause before the next connection, in milliseconds, less what two clocks may differ. */
const FLOOR_MS = 950;

describe('streams of a hostile server', () => {
  const ground = inArena();
  const { it } = ground;

  it(attack('A4'), async () => {
    const { arena } = ground;
    const { hostile } = arena;
    hostile.addSession({ id: 'a4' }).events.push(agentMessage('a4_0', 'Before the flood.'));
    const taken: number[] = [];
    const mebibyte = Buffer.alloc(MEBIBYTE, 'x');
    async function* flood(index: number) {
      yield 'data: ';
      for (let count = 0; count < 2_048; count++) {
        taken[index] = count;
        yield mebibyte;
      }
    }
    hostile.attack = ({ session, path }) =>
      session === 'a4' && path.endsWith('stream')
        ? { headers: { 'content-type': 'text/event-stream' }, body: flood(taken.push(0) - 1) }
        : undefined;
    const page = await arena.openSession('a4');
    await row(page, 'Before the flood.').waitFor({ timeout: 30_000 });
    await eventually(() => taken.length >= 2, { timeoutMs: 60_000 });
    assert.ok((taken[0] ?? 0) < 16 + SLACK, `${taken[0] ?? 0} MiB of one event were taken`);
  });

  it(attack('A12'), async () => {
    const { arena } = ground;
    const { hostile, editor } = arena;
    const session = hostile.addSession({ id: 'a12' });
    const asks = ['retry: 0\n\n', 'retry: 1\n\n', 'retry: 0\ndata: [DONE]\n\n', 'retry: 100000000000\n\n'];
    const times: number[] = [];
    hostile.attack = ({ session: id, path }) => {
      if (id !== 'a12' || !path.endsWith('stream')) {
        return undefined;
      }
      const body = asks[times.push(performance.now()) - 1];
      return body === undefined ? undefined : { headers: { 'content-type': 'text/event-stream' }, body };
    };
    await arena.openSession('a12');
    await eventually(() => times.length === asks.length, { timeoutMs: 60_000 });
    // Load makes a pause longer and never shorter, so the least one can be asked for.
    const pauses = times.slice(1).map((time, index) => time - (times[index] ?? 0));
    assert.ok(
      pauses.every((pause) => pause >= FLOOR_MS),
      `paused ${pauses.map(Math.round).join(', ')} ms`,
    );
    // Three years are not waited for: the user can go on at any time.
    await eventually(
      async () => {
        await editor.execute('managedAgents.session.reconnect', { sessionId: 'a12' });
        return session.streams.size > 0;
      },
      { timeoutMs: 20_000, intervalMs: 500 },
    );
  });

  it(attack('A13'), async () => {
    const { arena } = ground;
    const { hostile } = arena;
    hostile.addSession({ id: 'a13' });
    const ids = [
      'a\r\nx-evil: 1',
      'b\rx-evil: 1',
      'c\u0000d',
      '€ \u{1f600}',
      'e'.repeat(8_192),
      '\u2028',
      ': ',
      '"',
    ];
    let streams = 0;
    hostile.attack = ({ session: id, path }) => {
      if (id !== 'a13' || !path.endsWith('stream')) {
        return undefined;
      }
      const index = streams++;
      const frames = ids.map(
        (each, at) => `id: ${each}\ndata: ${JSON.stringify(agentMessage(`a13_${at}`, `Odd id ${at}`))}\n\n`,
      );
      return index === 0 ? { headers: { 'content-type': 'text/event-stream' }, body: frames } : undefined;
    };
    const page = await arena.openSession('a13');
    for (const [at] of ids.entries()) {
      await row(page, `Odd id ${at}`).waitFor({ timeout: 20_000 });
    }
    await eventually(() => streams >= 2, { timeoutMs: 30_000 });
    for (const { headers } of hostile.requests) {
      assert.equal(headers['last-event-id'], undefined);
      assert.equal(headers['x-evil'], undefined);
    }
  });

  it(attack('A21'), async () => {
    const { arena } = ground;
    const { hostile, editor } = arena;
    const session = hostile.addSession({ id: 'a21' });
    session.events.push(agentMessage('a21_0', 'Never comes whole.'));
    async function* drip(beginning: string) {
      yield beginning;
      for (;;) {
        await delay(3_000);
        yield 'x';
      }
    }
    async function* halfABody() {
      yield '{"data":[';
      await new Promise<never>(() => undefined);
    }
    let lists = 0;
    hostile.attack = ({ session: id, path, query }) => {
      if (path === '/sessions' && query.has('limit')) {
        lists += 1;
        return { raw: drip('HTTP/1.1 200 OK\r\ncontent-type: application/json\r\nx-slow: ') };
      }
      return id === 'a21' && path.endsWith('/events')
        ? { headers: { 'content-type': 'application/json' }, body: halfABody() }
        : undefined;
    };
    const page = await arena.openSession('a21');
    await editor.execute('managedAgents.refresh');
    // Meanwhile everything else works, and asking again does not pile connections up.
    await arena.assertUnharmed();
    await editor.execute('managedAgents.refresh');
    await treeRow(editor, 'did not answer in time').waitFor({ timeout: 90_000 });
    assert.ok(lists <= 4, `${lists} lists were asked for`);
    await page
      .getByText(/did not answer in time/)
      .first()
      .waitFor({ timeout: 90_000 });
  });
});
