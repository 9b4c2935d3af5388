import assert from 'node:assert/strict';
import { createUndiciTransport } from '../../../src/api/http/undiciTransport.ts';
import { exitCodeOf } from '../../../src/cli/tail/tailEnd.ts';
import { type Sandbox, startSandbox } from '../../../src/sandbox/server.ts';
import type { JsonObject } from '../../../src/util/json.ts';
import { eventually } from '../../support/eventually.ts';
import { unusedPort } from '../../support/faultServer.ts';
import { answer, SESSION_ID, SessionServer } from '../../support/sessionServer.ts';
import { at } from '../../support/storeEvents.ts';
import {
  clientOf,
  indexes,
  KEY,
  message,
  replay,
  tailOf,
  type TailSetup,
  type TailUnderTest,
} from './tailSetup.ts';

const noPause = { pieceMs: 0, stepMs: 0, secondMs: 0 };

describe('tail: a session of the sandbox', () => {
  let sandbox: Sandbox;
  let tail: TailUnderTest | undefined;
  const transport = createUndiciTransport();
  const client = () => clientOf(`${sandbox.url}/v1`, transport, KEY);

  before(async () => {
    sandbox = await startSandbox({ seedSessions: 3, key: KEY, pace: noPause });
  });
  afterEach(() => tail?.dispose());
  after(async () => {
    transport.dispose();
    await sandbox.close();
  });

  async function newSession(...texts: readonly string[]): Promise<string> {
    const { items } = await client().listSessions();
    const { agent, environmentId } = items[0] ?? assert.fail('the sandbox has no session');
    const session = await client().createSession({
      agent: agent.id ?? '',
      environment_id: environmentId ?? '',
      initial_events: texts.map(message),
    });
    return session.id;
  }

  async function history(sessionId: string): Promise<JsonObject[]> {
    const { items } = await client().listEvents(sessionId, { limit: 1_000 });
    return items.map(({ raw }) => raw);
  }

  function follow(sessionId: string, setup: TailSetup = {}): TailUnderTest {
    tail = tailOf(sandbox.url, { sessionId, ...setup });
    return tail;
  }

  it('prints what is there, in its order, and ends where nobody is waited for', async () => {
    const { items } = await client().listSessions();
    const sessionId = items[0]?.id ?? '';
    const { lines, end } = follow(sessionId);
    assert.equal(await end(), 'idle');
    const all = await history(sessionId);
    assert.deepEqual(replay(lines), all);
    assert.deepEqual(indexes(lines), [...all.keys()]);
    assert.deepEqual(lines.at(-1), { op: 'end', count: all.length, reason: 'idle' });
    assert.equal(exitCodeOf('idle'), 0);
  });

  it('waits for the answer to a message, also where the one before it is long answered', async () => {
    const sessionId = await newSession('one', 'two', 'three');
    const { lines, end } = follow(sessionId);
    assert.equal(await end(), 'idle');
    const all = await history(sessionId);
    assert.equal(all.filter(({ type }) => type === 'session.status_idle').length, 3);
    assert.deepEqual(replay(lines), all);
  });

  it('does not end where an approval is waited for; the decision lets it', async () => {
    const sessionId = await newSession('/approve 2');
    const { lines, end, clock } = follow(sessionId);
    const waiting = async (count: number) => {
      await eventually(() => idles(lines).filter((reason) => reason === 'requires_action').length === count);
      clock.advance(60_000);
      await new Promise((resolve) => setImmediate(resolve));
      assert.equal(tail?.ended, undefined);
    };
    await waiting(1);
    for (const [index, use] of (await history(sessionId))
      .filter(({ type }) => type === 'agent.tool_use')
      .entries()) {
      const decision = { type: 'user.tool_confirmation', tool_use_id: use['id'] ?? '', result: 'allow' };
      await client().sendEvents(sessionId, [decision]);
      if (index === 0) {
        await waiting(2);
      }
    }
    assert.equal(await end(), 'idle');
    assert.deepEqual(replay(lines), await history(sessionId));
  });

  for (const [text, expected, code] of [
    ['/error retrying', 'idle', 0],
    ['/error exhausted', 'failed', 1],
    ['/error terminal', 'failed', 1],
  ] as const) {
    it(`ends ${text} with ${code}`, async () => {
      const sessionId = await newSession(text);
      const { lines, end } = follow(sessionId);
      const reason = await end(500);
      assert.equal(reason, expected);
      assert.equal(exitCodeOf(reason), code);
      assert.deepEqual(replay(lines), await history(sessionId));
    });
  }

  it('is not kept by messages that were queued behind a failed turn, and judges the latest turn only', async () => {
    const sessionId = await newSession('/error exhausted', 'never worked on');
    const first = follow(sessionId);
    assert.equal(await first.end(), 'failed');
    assert.equal((await history(sessionId)).at(-1)?.['processed_at'], null);
    assert.deepEqual(replay(first.lines), await history(sessionId));
    first.dispose();
    await client().sendEvents(sessionId, [message('once more')]);
    await eventually(async () => (await history(sessionId)).filter(isIdle).length === 2);
    const second = follow(sessionId);
    assert.equal(await second.end(500), 'idle');
  });

  it('follows an idle session until it ends, where that is asked for', async () => {
    const sessionId = await newSession('hello');
    const { lines, end, reach } = follow(sessionId, { untilIdle: false });
    await reach('live');
    await eventually(() => idles(lines).length === 1);
    await client().sendEvents(sessionId, [message('and again')]);
    await eventually(() => idles(lines).length === 2);
    assert.equal(tail?.ended, undefined);
    await client().archiveSession(sessionId);
    const reason = await end();
    assert.match(reason, /^session(Terminated|Archived)$/);
    assert.equal(exitCodeOf(reason), 0);
    assert.deepEqual(replay(lines), await history(sessionId));
  });
});

describe('tail: faults', () => {
  let server: SessionServer;
  let tail: TailUnderTest;

  beforeEach(async () => {
    server = await SessionServer.start();
  });
  afterEach(async () => {
    tail.dispose();
    await server.close();
  });

  let made = 0;
  const happened = (type: string, more: JsonObject = {}): JsonObject => {
    made++;
    return { type, id: `e${made}`, processed_at: at(made), ...more };
  };
  const idle = (reason = 'end_turn') => happened('session.status_idle', { stop_reason: { type: reason } });

  function follow(setup: TailSetup = {}): TailUnderTest {
    tail = tailOf(server.origin, setup);
    return tail;
  }

  async function live(setup: TailSetup = {}): Promise<void> {
    await follow(setup).reach('live');
  }

  /** Lets the events of the loop that are under way happen. */
  const turnOfTheLoop = async () => await new Promise((resolve) => setImmediate(resolve));

  it('prints the server’s history across drops in the middle of a turn', async () => {
    const nameless = (): JsonObject => ({ type: 'user.interrupt', processed_at: at(++made) });
    const queued: JsonObject = { type: 'user.message', id: 'queued', processed_at: null };
    server.record(happened('user.message'));
    await live();
    server.emit(happened('session.status_running'));
    server.emit(queued);
    server.emit(nameless());
    await tail.prints(server.history, 500);
    server.stream?.reset();
    server.emit(happened('agent.message'));
    server.emit(nameless());
    await tail.reach('reconnecting');
    server.record({ ...queued, processed_at: at(++made) });
    server.record(happened('agent.tool_use'));
    await tail.prints(server.history, 500);
    await eventually(() => server.stream !== undefined);
    server.emit(happened('agent.message'));
    server.record(happened('agent.message')); // the stream never brings it
    server.emit(idle());
    assert.equal(await tail.end(500), 'idle');
    assert.deepEqual(replay(tail.lines), server.history);
    assert.deepEqual(tail.lines.at(-1), { op: 'end', count: server.history.length, reason: 'idle' });
  });

  for (const paging of ['newestFirst', 'oldestFirst', 'nextCursor', 'lastId', 'sequence', 'whole'] as const) {
    it(`prints a history of many pages in its order, as it comes (${paging})`, async () => {
      await server.close();
      server = await SessionServer.start({ paging, pageSize: 7 });
      for (let sequence = 1; sequence <= 60; sequence++) {
        server.record(happened('agent.message', { sequence }));
      }
      server.record({ ...idle(), sequence: 61 });
      assert.equal(await follow().end(), 'idle');
      assert.deepEqual(replay(tail.lines), server.history);
      assert.deepEqual(indexes(tail.lines), [...server.history.keys()]);
    });
  }

  it('keeps what the stream brings until what was before it is printed', async () => {
    server.record(happened('user.message'));
    const waiting: (() => void)[] = [];
    server.intercept = ({ path, query }, response) => {
      if (!path.endsWith('/events') || waiting.length > 0) {
        return false;
      }
      waiting.push(() => answer(response, server.page(query)));
      return true;
    };
    follow();
    await eventually(() => waiting.length > 0 && server.stream !== undefined);
    const late = happened('agent.message');
    server.send(late);
    await eventually(() => tail.held > 0);
    server.record(happened('agent.tool_use'));
    server.record(late);
    server.record(idle());
    waiting.forEach((release) => release());
    assert.equal(await tail.end(500), 'idle');
    assert.deepEqual(indexes(tail.lines), [0, 1, 2, 3]);
    assert.deepEqual(replay(tail.lines), server.history);
  });

  it('prints each page of history as it comes, and nothing of the stream before the last', async () => {
    await server.close();
    server = await SessionServer.start({ pageSize: 5 });
    for (let n = 0; n < 14; n++) {
      server.record(happened('agent.message'));
    }
    const list = `GET /sessions/${SESSION_ID}/events`;
    const waiting: (() => void)[] = [];
    server.intercept = ({ path, query }, response) => {
      const isThird = path.endsWith('/events') && server.count(list) === 3;
      if (isThird) {
        waiting.push(() => answer(response, server.page(query)));
      }
      return isThird;
    };
    follow();
    await eventually(() => waiting.length > 0 && server.stream !== undefined);
    server.emit(idle());
    await eventually(() => tail.held > 0);
    assert.deepEqual(indexes(tail.lines), [0, 1, 2, 3, 4, 5, 6, 7, 8, 9]);
    waiting.forEach((release) => release());
    assert.equal(await tail.end(500), 'idle');
    assert.deepEqual(indexes(tail.lines), [...server.history.keys()]);
    assert.deepEqual(replay(tail.lines), server.history);
  });

  it('reads history once more before it believes an idle', async () => {
    await live();
    server.record(happened('agent.message')); // lost by the stream
    server.emit(idle());
    assert.equal(await tail.end(), 'idle');
    assert.deepEqual(replay(tail.lines), server.history);
  });

  it('does not take an idle for the end while a message is queued or not yet worked on', async () => {
    server.record(idle());
    const queued: JsonObject = { type: 'user.message', id: 'q', processed_at: null };
    server.record(queued);
    await live();
    tail.clock.advance(30_000);
    await turnOfTheLoop();
    assert.equal(tail.ended, undefined);
    server.emit({ ...queued, processed_at: at(++made) });
    await tail.prints(server.history);
    tail.clock.advance(30_000);
    await turnOfTheLoop();
    assert.equal(tail.ended, undefined);
    server.emit(idle());
    assert.equal(await tail.end(500), 'idle');
  });

  it('asks for the session where its server sends no status events', async () => {
    server.session = { id: SESSION_ID, status: 'running' };
    server.record(happened('user.message'));
    await live();
    server.emit(happened('agent.message'));
    await eventually(() => {
      tail.clock.advance(500);
      return server.count(`GET /sessions/${SESSION_ID}`) > 3;
    });
    assert.equal(tail.ended, undefined);
    server.session = { id: SESSION_ID, status: 'idle' };
    assert.equal(await tail.end(500), 'idle');
    assert.deepEqual(replay(tail.lines), server.history);
  });

  it('waits for whoever must answer a call, also where only the session’s description says idle', async () => {
    server.session = { id: SESSION_ID, status: 'idle' };
    const call = happened('agent.custom_tool_use');
    server.record(call);
    await live();
    await eventually(() => {
      tail.clock.advance(500);
      return server.count(`GET /sessions/${SESSION_ID}`) > 3;
    });
    assert.equal(tail.ended, undefined);
    server.emit(happened('user.custom_tool_result', { custom_tool_use_id: call['id'] ?? '' }));
    assert.equal(await tail.end(500), 'idle');
  });

  for (const [name, events] of [
    [
      'an error that says nothing of retries',
      () => [happened('session.error', { payload: { error: { kind: 'x' } } })],
    ],
    ['an error, then a released turn', () => [happened('session.error'), happened('session.turn_released')]],
    ['a released turn with a failure', () => [happened('session.turn_released', { failure_type: 'x' })]],
    [
      'the stop reason retry_exhausted as text',
      () => [happened('session.status_idle', { stop_reason: 'retry_exhausted' })],
    ],
  ] as const) {
    it(`takes Horizons’ forms for a failure: ${name}`, async () => {
      server.record(happened('user.message'));
      events().forEach((event) => server.record(event));
      assert.equal(await follow().end(500), 'failed');
    });
  }

  it('ends well where a turn is released, and where an earlier turn failed', async () => {
    for (const type of [
      'user.message',
      'session.error',
      'user.message',
      'agent.message',
      'session.turn_released',
    ]) {
      server.record(happened(type));
    }
    assert.equal(await follow().end(500), 'idle');
  });

  it('ends with the session, also where something queued stands behind its last event', async () => {
    server.record(happened('session.status_running'));
    await live({ untilIdle: false });
    server.emit({ type: 'user.message', id: 'q', processed_at: null });
    server.emit(happened('session.status_terminated'));
    server.stream?.end();
    assert.equal(await tail.end(500), 'sessionTerminated');
    assert.deepEqual(replay(tail.lines), server.history);
  });

  it('prints what is there where every stream closes at once', async () => {
    server.record(happened('user.message'));
    server.record(idle());
    server.intercept = ({ path }, response) => {
      if (path.endsWith('/stream')) {
        response.writeHead(200, { 'content-type': 'text/event-stream' }).end();
      }
      return path.endsWith('/stream');
    };
    assert.equal(await follow().end(500), 'idle');
    assert.deepEqual(replay(tail.lines), server.history);
  });

  it('is interrupted with an end line and no more', async () => {
    await live();
    server.emit(happened('session.status_running'));
    await tail.prints(server.history);
    tail.run.end('interrupted');
    assert.equal(await tail.end(), 'interrupted');
    assert.deepEqual(tail.lines.at(-1), { op: 'end', count: 1, reason: 'interrupted' });
    await eventually(() => server.stream === undefined);
  });

  for (const [status, reason] of [
    [401, 'unauthorized'],
    [403, 'forbidden'],
    [404, 'notFound'],
    [405, 'notOffered'],
    [204, 'serverClosed'],
  ] as const) {
    it(`cannot follow where everything answers ${status}`, async () => {
      server.intercept = (_, response) => {
        answer(response, { detail: 'no' }, status);
        return true;
      };
      const end = await follow().end(500);
      assert.equal(end, reason);
      assert.equal(exitCodeOf(end), 2);
    });
  }

  it('gives a server up that cannot be reached three times', async () => {
    tail = tailOf(`http://127.0.0.1:${await unusedPort()}`);
    assert.equal(await tail.end(500), 'unreachable');
    assert.equal(exitCodeOf('unreachable'), 2);
    const attempts = tail.lines.flatMap((line) =>
      line.op === 'state' ? (line.detail['attempt'] ?? []) : [],
    );
    assert.deepEqual(attempts, [1, 2]);
  });

  it('does not give a server up that was there before', async () => {
    server.record(happened('session.status_running'));
    await live();
    server.intercept = (_, response) => {
      response.socket?.resetAndDestroy();
      return true;
    };
    server.stream?.reset();
    await eventually(() => {
      tail.clock.advance(5_000);
      return tail.lines.some((line) => line.op === 'state' && Number(line.detail['attempt']) > 4);
    });
    server.intercept = () => false;
    server.record(idle());
    assert.equal(await tail.end(1_000), 'idle');
    assert.deepEqual(replay(tail.lines), server.history);
  });
});

function isIdle({ type }: JsonObject): boolean {
  return type === 'session.status_idle';
}

/** The stop reasons of the idle events that were printed. */
function idles(lines: TailUnderTest['lines']): unknown[] {
  return replay(lines)
    .filter(isIdle)
    .map((event) => (event['stop_reason'] as JsonObject)['type']);
}
