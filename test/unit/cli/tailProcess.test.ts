import assert from 'node:assert/strict';
import { type ChildProcess, spawn } from 'node:child_process';
import { once } from 'node:events';
import { mkdtemp, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { fileURLToPath } from 'node:url';
import { Redactor } from '../../../src/api/http/redact.ts';
import { createUndiciTransport } from '../../../src/api/http/undiciTransport.ts';
import { JsonLines } from '../../../src/cli/tail/jsonLines.ts';
import { type Sandbox, startSandbox } from '../../../src/sandbox/server.ts';
import type { JsonObject } from '../../../src/util/json.ts';
import { eventually } from '../../support/eventually.ts';
import { unusedPort } from '../../support/faultServer.ts';
import { answer, frameOf, SESSION_ID, SessionServer } from '../../support/sessionServer.ts';
import { at, event as decoded } from '../../support/storeEvents.ts';
import { startTlsServer } from '../../support/tlsServer.ts';
import { certificateAuthority } from '../api/selfSigned.ts';
import { clientOf, KEY, type Line, message, replay } from './tailSetup.ts';

const script = fileURLToPath(new URL('../../../src/cli/tail.ts', import.meta.url));
const running = new Set<ChildProcess>();

/** Starts the command; `out` and `err` are what it has written so far. */
function start(args: readonly string[], environment: Readonly<Record<string, string>> = {}) {
  const child = spawn(process.execPath, [script, ...args], {
    env: { ...environment, NODE_NO_WARNINGS: '1' },
    stdio: ['ignore', 'pipe', 'pipe'],
  });
  running.add(child);
  const result = { child, out: '', err: '', ended: once(child, 'close') };
  child.once('close', () => running.delete(child));
  child.stdout.setEncoding('utf8').on('data', (text: string) => (result.out += text));
  child.stderr.setEncoding('utf8').on('data', (text: string) => (result.err += text));
  return result;
}

async function tail(args: readonly string[], environment: Readonly<Record<string, string>> = {}) {
  const { child, ...rest } = await finished(start(args, environment));
  return { code: child.exitCode, ...rest };
}

async function finished<T extends { readonly ended: Promise<unknown> }>(started: T): Promise<T> {
  await started.ended;
  return started;
}

function linesOf(out: string): Line[] {
  return out
    .trimEnd()
    .split('\n')
    .map((line) => JSON.parse(line) as Line);
}

describe('npm run tail', function () {
  // Each test starts a process, and the machine may be busy.
  this.timeout(60_000);
  let sandbox: Sandbox;
  let server: SessionServer;
  const transport = createUndiciTransport();
  const to = (origin: string, sessionId = SESSION_ID, key = KEY) => [
    '--base-url',
    `${origin}/v1`,
    `--api-key=${key}`,
    '--session-id',
    sessionId,
  ];
  const event = (n: number, type = 'agent.message', more: JsonObject = {}): JsonObject => ({
    type,
    id: `e${n}`,
    processed_at: at(n),
    ...more,
  });
  const idle = (n: number) => event(n, 'session.status_idle', { stop_reason: { type: 'end_turn' } });

  before(async () => {
    sandbox = await startSandbox({ seedSessions: 3, key: KEY, pace: { pieceMs: 0, stepMs: 0, secondMs: 0 } });
  });
  beforeEach(async () => {
    server = await SessionServer.start();
  });
  afterEach(async () => {
    running.forEach((child) => child.kill('SIGKILL'));
    await server.close();
  });
  after(async () => {
    transport.dispose();
    await sandbox.close();
  });

  async function newSession(text: string): Promise<string> {
    const client = clientOf(`${sandbox.url}/v1`, transport, KEY);
    const [first] = (await client.listSessions()).items;
    const session = await client.createSession({
      agent: first?.agent.id ?? '',
      environment_id: first?.environmentId ?? '',
      initial_events: [message(text)],
    });
    return session.id;
  }

  it('ends with 0 at an idle, events on one stream and states on the other', async () => {
    const { code, out, err } = await tail([...to(sandbox.url, await newSession('hello')), '--until-idle']);
    assert.equal(code, 0, err);
    assert.match(out, /^\d{4}-\d\d-\d\dT\d\d:\d\d:\d\dZ {2}user\.message +hello$/m);
    assert.match(out, /session\.status_idle +end_turn\n.*session\.thread_status_idle .*\n$/);
    assert.match(err, /^-- connecting\n[^]*^-- end: idle, events: \d+\n$/m);
    assert.ok(!(out + err).includes(KEY));
  });

  it('ends with 1 where the session failed', async () => {
    const sessionId = await newSession('/error exhausted');
    const { code, out, err } = await tail([...to(sandbox.url, sessionId), '--until-idle', '--json']);
    assert.equal(code, 1, err);
    const lines = linesOf(out);
    assert.deepEqual(lines.at(-1), { op: 'end', count: replay(lines).length, reason: 'failed' });
    assert.equal(err, '');
  });

  it('follows to the end of the session without --until-idle', async () => {
    const { code, out } = await tail([...to(sandbox.url, await newSession('/error terminal')), '--json']);
    assert.equal(code, 1);
    assert.equal(replay(linesOf(out)).at(-1)?.['type'], 'session.status_terminated');
  });

  it('says what is there after a drop, once and in order', async () => {
    const going = start([...to(server.origin), '--json', '--until-idle']);
    await eventually(() => server.stream !== undefined, { timeoutMs: 20_000 });
    server.emit(event(1, 'session.status_running'));
    server.stream?.reset();
    server.record(event(2));
    server.record(idle(3));
    const { child, out } = await finished(going);
    assert.equal(child.exitCode, 0);
    assert.deepEqual(replay(linesOf(out)), server.history);
    assert.match(out, /"state":"reconnecting","detail":\{"attempt":1,/);
  });

  it('R13 says an event once and whole of which half came before TLS was cut off', async () => {
    const authority = certificateAuthority();
    const folder = await mkdtemp(path.join(tmpdir(), 'tail-'));
    const file = path.join(folder, 'authority.pem');
    await writeFile(file, authority.cert);
    const front = await startTlsServer(authority.issue(), Number(new URL(server.origin).port));
    try {
      const args = [...to(`https://127.0.0.1:${front.port}`), '--json', '--until-idle'];
      const going = start(args, { NODE_EXTRA_CA_CERTS: file });
      await eventually(() => server.stream !== undefined, { timeoutMs: 20_000 });
      server.emit(event(1, 'session.status_running'));
      server.record(event(2));
      server.stream?.write(frameOf(event(2)).slice(0, 40));
      await eventually(() => going.out.includes('"live"'), { timeoutMs: 20_000 });
      // The front destroys its side as soon as the server's is gone: no goodbye of TLS, no end of the body.
      server.stream?.reset();
      server.record(idle(3));
      const { child, out } = await finished(going);
      assert.equal(child.exitCode, 0);
      assert.deepEqual(replay(linesOf(out)), server.history);
      assert.match(out, /"state":"reconnecting"/);
    } finally {
      await front.close();
      await rm(folder, { recursive: true });
    }
  });

  for (const signal of ['SIGINT', 'SIGTERM'] as const) {
    it(`ends at ${signal} with 0 and the end line`, async () => {
      server.record(event(1));
      const going = start([...to(server.origin), '--json']);
      await eventually(() => going.out.includes('"live"'), { timeoutMs: 20_000 });
      going.child.kill(signal);
      const { child, out } = await finished(going);
      assert.equal(child.exitCode, 0);
      assert.deepEqual(linesOf(out).at(-1), { op: 'end', count: 1, reason: 'interrupted' });
    });
  }

  it('ends quietly where nobody reads any more', async () => {
    const going = start([...to(server.origin), '--json']);
    await eventually(() => going.out.includes('"live"'), { timeoutMs: 20_000 });
    going.child.stdout.destroy();
    await eventually(
      () => {
        server.emit(event(server.history.length + 1));
        return going.child.exitCode !== null;
      },
      { timeoutMs: 20_000, intervalMs: 50 },
    );
    const { child, err } = await finished(going);
    assert.equal(child.exitCode, 0);
    assert.equal(err, '');
  });

  it('asks for no more than a slow reader takes', async () => {
    await server.close();
    server = await SessionServer.start({ pageSize: 50 });
    const text = 'x'.repeat(20_000);
    for (let n = 0; n < 1_000; n++) {
      server.record(event(n, 'agent.message', { content: [{ type: 'text', text }] }));
    }
    server.record(idle(1_000));
    const going = start([...to(server.origin), '--json', '--until-idle']);
    going.child.stdout.pause();
    const list = `GET /sessions/${SESSION_ID}/events`;
    await eventually(() => server.count(list) > 0, { timeoutMs: 20_000 });
    let seen = -1;
    await eventually(
      () => {
        const before = seen;
        seen = server.count(list);
        return seen === before;
      },
      { intervalMs: 1_000, timeoutMs: 20_000 },
    );
    assert.ok(seen < 10, `${seen} pages of 21`);
    going.child.stdout.resume();
    const { child, out } = await finished(going);
    assert.equal(child.exitCode, 0);
    assert.equal(replay(linesOf(out)).length, 1_001);
  });

  it('ends with 2 where it cannot follow, and says why and what to do', async () => {
    const refused = `http://127.0.0.1:${await unusedPort()}`;
    const cases: readonly (readonly [args: readonly string[], reason: string, words: RegExp])[] = [
      [to(sandbox.url, 'session_1', 'wrong-key-0123456789'), 'unauthorized', /rejected the API key/],
      [to(sandbox.url, 'session_1'), 'notFound', /does not have this/],
      [to(refused), 'unreachable', /Nothing listens at/],
    ];
    for (const [args, reason, words] of cases) {
      const { code, out, err } = await tail([...args, '--json']);
      assert.equal(code, 2, reason);
      assert.deepEqual(linesOf(out).at(-1), { op: 'end', count: 0, reason });
      assert.match(err, /^tail: /);
      assert.match(err, words);
    }
  });

  it('ends with 2 for wrong arguments, with the usage, before anything is sent', async () => {
    const good = to(server.origin);
    for (const args of [
      [],
      good.slice(0, 3),
      [...good, '--no-such'],
      [...good, KEY],
      [...good, '--auth', 'basic'],
    ]) {
      const { code, out, err } = await tail(args);
      assert.equal(code, 2, args.join(' '));
      assert.equal(out, '');
      assert.match(err, /^tail: .+\n\nUsage: npm run tail/);
      assert.ok(!err.includes(KEY));
    }
    assert.equal(server.requests.length, 0);
    assert.equal((await tail(['--help'])).code, 0);
  });

  it('takes the key from the environment, and says so', async () => {
    const sessionId = await newSession('hello');
    const args = ['--base-url', sandbox.url, '--session-id', sessionId, '--until-idle', '--json'];
    const { code, err } = await tail(args, { SYNTH_API_KEY: KEY });
    assert.equal(code, 0, err);
    assert.match(err, /environment variable SYNTH_API_KEY/);
    assert.ok(!err.includes(KEY));
  });

  it('never writes the key that a server echoes, and leaves lines of JSON whole', async () => {
    const key = 'n9"Q\\/+%=Zy-7Wd8#Lm2&xPq4';
    const forms = [
      key,
      encodeURIComponent(key),
      JSON.stringify(key).slice(1, -1),
      Buffer.from(key).toString('base64'),
      Buffer.from(key).toString('hex'),
    ];
    const text = forms.join(' ');
    server.record(event(1, 'agent.message', { content: [{ type: 'text', text }], [key]: [text] }));
    server.record(event(2, 'agent.message', { content: `\n${key}`, said: 'Bearer "quoted"' }));
    server.record(event(3, key, { odd: { [text]: key } }));
    server.record(idle(4));
    const echo = (status: number) => {
      server.intercept = (_, response) => {
        answer(response, { detail: text }, status, { 'request-id': key });
        return true;
      };
    };
    for (const json of [[], ['--json']]) {
      server.intercept = () => false;
      const read = await tail([...to(server.origin, SESSION_ID, key), '--until-idle', ...json]);
      assert.equal(read.code, 0);
      assert.match(read.out, /•••/);
      echo(403);
      const refused = await tail([...to(server.origin, SESSION_ID, key), ...json]);
      assert.equal(refused.code, 2);
      if (json.length > 0) {
        const second = replay(linesOf(read.out))[1];
        assert.equal(second?.['said'], 'Bearer "quoted"');
        assert.equal(second['content'], '\n•••');
      }
      for (const form of forms) {
        assert.ok(!(read.out + read.err + refused.out + refused.err).includes(form), form);
      }
    }
  });

  it('lets nothing from the wire act on the terminal', async () => {
    const text = 'a\u001b[31mred\u0007\u009b2J\u202ereversed\u200b\nsecond\r\u001b]0;title\u0007';
    server.record(event(1, 'agent.message\u001b[2J', { content: [{ type: 'text', text }] }));
    server.record(event(2, 'agent.message', { content: [{ type: 'text', text }] }));
    server.record(idle(3));
    const { out, err } = await tail([...to(server.origin), '--until-idle']);
    assert.doesNotMatch(out + err, /[\u0000-\u0009\u000b-\u001f\u007f-\u009f\u202e\u200b]/);
    assert.match(out, /a␛\[31mred␇⟨9B⟩2J⟨202E⟩reversed⟨200B⟩ second ␛\]0;title␇$/m);
    assert.equal(out.split('\n').length, 4);
  });
});

describe('what cuts keys out of data', () => {
  it('never cuts into an escape of JSON', () => {
    const redactor = new Redactor();
    redactor.learn('abcdefghijk\\');
    const written: string[] = [];
    const lines = new JsonLines({
      write: (line) => written.push(line),
      cutKeys: (text) => redactor.cutKeys(text),
    });
    const raw = { type: 'x', content: 'abcdefghijk"quoted', echoed: 'my abcdefghijk\\' };
    lines.upsert({ key: 'k', event: decoded(raw), position: 0, weight: 0 }, 0);
    assert.deepEqual(JSON.parse(written[0] ?? ''), {
      op: 'upsert',
      key: 'k',
      index: 0,
      event: { ...raw, echoed: 'my •••' },
    });
  });

  it('touches nothing that only looks like a key', () => {
    const redactor = new Redactor();
    redactor.learn(KEY);
    assert.equal(redactor.cutKeys(`Bearer abc, x-api-key: ${KEY}`), 'Bearer abc, x-api-key: •••');
    assert.notEqual(redactor.redact('Bearer abc'), 'Bearer abc');
  });
});
