import assert from 'node:assert/strict';
import { spawn } from 'node:child_process';
import { mkdtemp, readFile, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import type { Connection } from '../../../src/api/connection.ts';
import { HttpCaller } from '../../../src/api/http/caller.ts';
import { createUndiciTransport } from '../../../src/api/http/undiciTransport.ts';
import { checkContract } from '../../../src/contract/checkContract.ts';
import type { ContractReport, Presence } from '../../../src/contract/contractReport.ts';
import { type Sandbox, startSandbox } from '../../../src/sandbox/server.ts';
import { systemClock } from '../../../src/util/clock.ts';
import {
  type FaultScript,
  type FaultServer,
  jsonAnswer,
  startFaultServer,
  unusedPort,
} from '../../support/faultServer.ts';

const KEY = 'contract-test-key-0123456789';
const PREFIX = '/api/managed-agents/anthropic/v1';

async function contractAt(
  origin: string,
  more: { prefix?: string; auth?: Connection['auth']; allowWrites?: boolean; key?: string } = {},
): Promise<ContractReport> {
  const connection: Connection = {
    id: 'test',
    name: 'Test server',
    origin,
    prefix: more.prefix ?? PREFIX,
    auth: more.auth ?? 'bearer',
    version: '2023-06-01',
    betas: ['managed-agents-2026-04-01'],
  };
  const transport = createUndiciTransport();
  const prober = new HttpCaller({
    connection,
    transport,
    key: () => Promise.resolve(more.key ?? KEY),
    clock: systemClock,
    random: () => 0.5,
  });
  try {
    return await checkContract({
      connection,
      prober,
      allowWrites: more.allowWrites === true,
      signal: new AbortController().signal,
      clock: systemClock,
      random: Math.random,
      redact: (text) => text,
    });
  } finally {
    transport.dispose();
  }
}

function statusOf(report: ContractReport, operation: string): Presence | undefined {
  return report.operations.find(({ method, path }) => `${method} ${path}` === operation)?.status;
}

/** A router as FastAPI has one: routes it knows, one 404 for what it does not, another for what it cannot find. */
function framework(known: readonly string[]): FaultScript {
  return ({ method, path }) => {
    const template = path
      .slice(PREFIX.length)
      .replace(/\/(agents|sessions|environments|threads)\/[^/]+/g, '/$1/{id}');
    if (!known.includes(`${method} ${template}`)) {
      const isOtherMethod = known.some((route) => route.split(' ')[1] === template);
      return isOtherMethod
        ? jsonAnswer({ detail: 'Method Not Allowed' }, 405)
        : jsonAnswer({ detail: 'Not Found' }, 404);
    }
    return template.includes('{id}')
      ? jsonAnswer({ detail: `Object ${path.split('/').pop() ?? ''} not found` }, 404)
      : jsonAnswer({ data: [] });
  };
}

describe('the contract of a server', function () {
  this.timeout(60_000);
  let sandbox: Sandbox;
  const servers: FaultServer[] = [];

  before(async () => {
    sandbox = await startSandbox({ seedSessions: 2, key: KEY });
  });
  after(async () => {
    await sandbox.close();
  });
  afterEach(async () => {
    await Promise.all(servers.splice(0).map((server) => server.close()));
  });

  async function serve(script: FaultScript): Promise<FaultServer> {
    const server = await startFaultServer(script);
    servers.push(server);
    return server;
  }

  it("finds Synth's 20 of 24 in its dialect", async () => {
    const report = await contractAt(sandbox.url);
    assert.deepEqual([report.pinned, report.proxied, report.unproxied], [24, 20, 4]);
    for (const { contract, status, method, path } of report.operations) {
      if (contract !== 'beyond') {
        assert.equal(status, contract === 'proxied' ? 'present' : 'absent', `${method} ${path}`);
      }
    }
  });

  it("finds what Anthropic's dialect has, and that it has no health", async () => {
    const report = await contractAt(sandbox.url, { prefix: '/v1', auth: 'x-api-key' });
    assert.equal(statusOf(report, 'GET /health'), 'absent');
    assert.equal(statusOf(report, 'GET /agents/{agent_id}/versions'), 'present');
    assert.equal(statusOf(report, 'GET /sessions/{session_id}/threads'), 'present');
    assert.equal(statusOf(report, 'POST /sessions'), 'present');
  });

  it('posts to no collection, deletes nothing and changes nothing that exists without leave', async () => {
    const server = await serve(({ path, method }) =>
      method === 'GET' && /\/(agents|sessions|environments)$/.test(path)
        ? jsonAnswer({ data: [{ id: 'real_1' }] })
        : jsonAnswer({ id: 'real_1' }),
    );
    await contractAt(server.url);
    const changes = server.requests.filter(({ method }) => method !== 'GET' && method !== 'OPTIONS');
    assert.ok(changes.length > 0, 'updates and archives are asked with an id that nothing has');
    for (const { method, path } of changes) {
      assert.equal(method, 'POST', path);
      assert.doesNotMatch(path, /\/(agents|sessions|environments|events|resources)$/);
      assert.match(path, /\/none_[a-z0-9]{16}/);
      assert.doesNotMatch(path, /real_1/);
    }
  });

  it('archives what it created where it may write', async () => {
    const server = await serve(({ path, method }) =>
      method === 'POST' && path.endsWith('/agents') ? jsonAnswer({ id: 'made_1' }) : jsonAnswer({ data: [] }),
    );
    const report = await contractAt(server.url, { allowWrites: true });
    assert.equal(statusOf(report, 'POST /agents'), 'present');
    const last = server.requests.at(-1);
    assert.equal(`${last?.method ?? ''} ${last?.path ?? ''}`, `POST ${PREFIX}/agents/made_1/archive`);
    assert.deepEqual(report.leftBehind, []);
  });

  it('says what it could not archive again', async () => {
    const server = await serve(({ path, method }) =>
      method !== 'POST'
        ? jsonAnswer({ data: [] })
        : path.endsWith('/archive')
          ? jsonAnswer({ detail: 'no' }, 500)
          : jsonAnswer({ id: 'made_1' }),
    );
    const report = await contractAt(server.url, { allowWrites: true });
    assert.ok(report.leftBehind.includes('made_1'));
  });

  it('tells a missing route from a missing object by what a framework says', async () => {
    const server = await serve(
      framework(['GET /agents', 'GET /agents/{id}', 'POST /agents/{id}', 'GET /sessions']),
    );
    const report = await contractAt(server.url);
    assert.equal(statusOf(report, 'GET /agents/{agent_id}'), 'present');
    assert.equal(statusOf(report, 'POST /agents/{agent_id}'), 'present');
    assert.equal(statusOf(report, 'POST /agents/{agent_id}/archive'), 'absent');
    assert.equal(statusOf(report, 'GET /environments'), 'absent');
    assert.equal(statusOf(report, 'GET /sessions/{session_id}/events'), 'absent');
    assert.equal(statusOf(report, 'POST /sessions'), 'unknown');
  });

  it('says refused where the key is, unknown where a server is broken or away, absent where it is retired', async () => {
    const wrong = await contractAt(sandbox.url, { key: 'another-key-0123456789' });
    assert.equal(wrong.counts.refused, wrong.operations.length);
    const broken = await serve(() => jsonAnswer({ detail: 'x' }, 503));
    const unwell = await contractAt(broken.url);
    assert.equal(unwell.counts.unknown, unwell.operations.length);
    const retired = await serve(() => jsonAnswer({ detail: 'Not Found' }, 404));
    const gone = await contractAt(retired.url);
    assert.equal(statusOf(gone, 'GET /sessions'), 'absent');
    assert.equal(statusOf(gone, 'GET /sessions/{session_id}/events'), 'absent');
    assert.equal(gone.counts.present, 0);
    const away = await contractAt(`http://127.0.0.1:${String(await unusedPort())}`);
    assert.ok(away.operations.every(({ http, status }) => http === null && status === 'unknown'));
  });
});

describe('npm run contract', function () {
  this.timeout(60_000);
  const script = fileURLToPath(new URL('../../../src/cli/contract.ts', import.meta.url));
  let sandbox: Sandbox;
  let folder: string;
  before(async () => {
    sandbox = await startSandbox({ seedSessions: 1, key: KEY });
    folder = await mkdtemp(join(tmpdir(), 'contract-'));
  });
  after(async () => {
    await sandbox.close();
    await rm(folder, { recursive: true });
  });

  async function contract(args: readonly string[], input = '') {
    const child = spawn(process.execPath, [script, ...args], {
      env: { NODE_NO_WARNINGS: '1' },
      stdio: ['pipe', 'pipe', 'pipe'],
    });
    let out = '';
    child.stdout.setEncoding('utf8').on('data', (text: string) => (out += text));
    child.stderr.setEncoding('utf8').on('data', (text: string) => (out += text));
    child.stdin.on('error', () => undefined).end(input);
    return await new Promise<{ readonly code: number | null; readonly out: string }>((resolve, reject) => {
      child.once('error', reject);
      child.once('close', (code) => resolve({ code, out }));
    });
  }

  it('writes the report where it is told, the key read from standard input', async () => {
    const file = join(folder, 'report.json');
    const { code, out } = await contract(
      ['--base-url', sandbox.url, '--api-key', '-', '--report-path', file],
      `${KEY}\n`,
    );
    assert.equal(code, 0, out);
    assert.match(out, /20 of 24 operations of the contract are there/);
    const text = await readFile(file, 'utf8');
    const report = JSON.parse(text) as ContractReport;
    assert.equal(report.operations.filter(({ contract: kind }) => kind !== 'beyond').length, 24);
    assert.ok(!`${text}${out}`.includes(KEY));
  });

  it('ends with 1 where the key is refused, with 2 for arguments that it does not know', async () => {
    const refused = await contract(['--base-url', sandbox.url, '--api-key', 'another-key-0123456789']);
    assert.equal(refused.code, 1);
    const wrong = await contract(['--base-url', sandbox.url, '--api-key', KEY, '--session-id', 'x']);
    assert.equal(wrong.code, 2);
    assert.ok(!wrong.out.includes(KEY));
  });
});
