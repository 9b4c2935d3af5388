import assert from 'node:assert/strict';
import { spawn } from 'node:child_process';
import { mkdtemp, readFile, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { type Sandbox, startSandbox } from '../../../src/sandbox/server.ts';
import { parseSmokeArguments } from '../../../src/cli/smokeArguments.ts';
import { smokeChecks } from '../../../src/smoke/checks.ts';
import { createPaint } from '../../../src/cli/smokeOutput.ts';
import { eventually } from '../../support/eventually.ts';
import { jsonAnswer, unusedPort } from '../../support/faultServer.ts';
import { KEY, startFakeApi } from './smokeSetup.ts';

const script = fileURLToPath(new URL('../../../src/cli/smoke.ts', import.meta.url));

interface Ended {
  readonly code: number | null;
  readonly out: string;
  readonly err: string;
}

function start(args: readonly string[], environment: Readonly<Record<string, string>> = {}) {
  const child = spawn(process.execPath, [script, ...args], {
    env: { ...environment, NODE_NO_WARNINGS: '1' },
    stdio: ['ignore', 'pipe', 'pipe'],
  });
  let out = '';
  let err = '';
  child.stdout.setEncoding('utf8').on('data', (text: string) => (out += text));
  child.stderr.setEncoding('utf8').on('data', (text: string) => (err += text));
  const ended = new Promise<Ended>((resolve, reject) => {
    child.once('error', reject);
    child.once('close', (code) => resolve({ code, out, err }));
  });
  return { child, ended };
}

async function smoke(args: readonly string[], environment: Readonly<Record<string, string>> = {}) {
  return await start(args, environment).ended;
}

describe('npm run smoke', function () {
  // Each test starts a process or two, and the machine may be busy.
  this.timeout(60_000);
  let sandbox: Sandbox;
  before(async () => {
    sandbox = await startSandbox({ seedSessions: 1, key: KEY });
  });
  after(async () => {
    await sandbox.close();
  });

  it('ends with 0 where nothing failed, a line for each check and the verdict', async () => {
    const { code, out, err } = await smoke(['--base-url', sandbox.url, '--api-key', KEY]);
    assert.equal(code, 0, err);
    assert.equal(out.match(/^✓ passed /gm)?.length, smokeChecks.length);
    assert.match(out, /Everything that was checked works/);
    assert.doesNotMatch(out, /\u001b/);
    assert.ok(!(out + err).includes(KEY));
  });

  it('ends with 1 where a check failed, with cause and next step', async () => {
    const { code, out, err } = await smoke(['--base-url', sandbox.url, '--api-key', 'wrong-key-0123456789']);
    assert.equal(code, 1);
    assert.match(out, /✗ failed .*Authentication.*HTTP 401/);
    assert.match(out, /Likely cause: Proxy 401\/403: backend edge auth failed \(SYNTH_API_KEY\)\./);
    assert.match(out, /What to do: /);
    assert.ok(!(out + err).includes('wrong-key-0123456789'));
  });

  it('ends with 1 where nothing listens', async () => {
    const url = `http://127.0.0.1:${await unusedPort()}`;
    const { code, out } = await smoke(['--base-url', url, '--api-key', KEY]);
    assert.equal(code, 1);
    assert.match(out, /Nothing listens at/);
  });

  it('writes the report as JSON and nothing else', async () => {
    const { code, out } = await smoke([
      '--base-url',
      `${sandbox.url}/v1`,
      '--auth',
      'x-api-key',
      '--api-key',
      KEY,
      '--json',
    ]);
    assert.equal(code, 0);
    const report = JSON.parse(out) as { outcome: string; checks: { id: string; status: string }[] };
    assert.equal(report.outcome, 'passed');
    assert.deepEqual(report.checks[0]?.status, 'skipped');
    assert.ok(!out.includes(KEY));
  });

  it('takes the key from the environment, and says so', async () => {
    const { code, err } = await smoke(['--base-url', sandbox.url, '--json'], { SYNTH_API_KEY: KEY });
    assert.equal(code, 0);
    assert.match(err, /environment variable SYNTH_API_KEY/);
    assert.ok(!err.includes(KEY));
  });

  it('never writes the key that a server echoes', async () => {
    const key = 'cn9"Q\\/+%=Zy-7Wd8#Lm2&xPq4';
    const forms = [
      key,
      encodeURIComponent(key),
      JSON.stringify(key).slice(1, -1),
      Buffer.from(key).toString('base64'),
      Buffer.from(key).toString('hex'),
    ];
    const api = await startFakeApi({
      '*': jsonAnswer({ detail: forms.join(' ') }, 403, { 'request-id': key }),
    });
    try {
      for (const json of [[], ['--json']]) {
        const { code, out, err } = await smoke(['--base-url', api.server.url, `--api-key=${key}`, ...json]);
        assert.equal(code, 1);
        assert.match(out, /•••/);
        for (const form of forms) {
          assert.ok(!(out + err).includes(form), form);
        }
      }
    } finally {
      await api.server.close();
    }
  });

  it('ends with 2 for wrong arguments, with the usage, before anything is sent', async () => {
    const api = await startFakeApi();
    const good = ['--base-url', api.server.url, '--api-key', KEY];
    try {
      for (const args of [[], [...good, '--unknown-option']]) {
        const { code, out, err } = await smoke(args);
        assert.equal(code, 2, args.join(' '));
        assert.equal(out, '');
        assert.match(err, /^smoke: .+\n\nUsage: npm run smoke/);
        assert.ok(!err.includes(KEY));
      }
      assert.equal(api.server.requests.length, 0);
    } finally {
      await api.server.close();
    }
  });

  it('archives its session when it is interrupted', async () => {
    const api = await startFakeApi({ 'GET /sessions/session_1/events': { ending: 'silent' } });
    try {
      const { child, ended } = start(['--base-url', api.server.url, '--api-key', KEY]);
      await eventually(() => api.server.requests.some(({ path }) => path.endsWith('/events')));
      child.kill('SIGINT');
      assert.equal((await ended).code, 130);
      assert.deepEqual([...api.archived], ['session_1']);
    } finally {
      await api.server.close();
    }
  });

  it('sends the betas and the session that it is given', async () => {
    const api = await startFakeApi();
    try {
      const args = ['--session-id', 'mine', '--anthropic-beta', 'one, two'];
      const { code } = await smoke(['--base-url', api.server.url, '--api-key', KEY, ...args]);
      assert.equal(code, 0);
      assert.ok(api.server.requests.every(({ headers }) => headers['anthropic-beta'] === 'one,two'));
      assert.ok(api.server.requests.some(({ path }) => path.endsWith('/sessions/mine/events/stream')));
      assert.equal(api.sessions.size, 0);
      assert.deepEqual([...api.messaged], ['mine']);
      assert.equal(api.archived.size, 0);
    } finally {
      await api.server.close();
    }
  });
});

describe('a quick run of npm run smoke', () => {
  it('reads the session that it is given, changes nothing, and writes a JUnit file', async () => {
    const api = await startFakeApi();
    const folder = await mkdtemp(join(tmpdir(), 'smoke-'));
    try {
      const file = join(folder, 'smoke.xml');
      const args = ['--session-id', 'mine', '--level', 'quick', '--junit', file];
      const { code, out } = await smoke(['--base-url', api.server.url, '--api-key', KEY, ...args]);
      assert.equal(code, 0, out);
      assert.ok(api.server.requests.every(({ method }) => method === 'GET'));
      assert.ok(api.server.requests.some(({ path }) => path.endsWith('/sessions/mine/stream')));
      const xml = await readFile(file, 'utf8');
      assert.equal(xml.match(/<testcase /g)?.length, smokeChecks.length);
      assert.match(xml, / failures="0" /);
      assert.ok(!xml.includes(KEY));
    } finally {
      await api.server.close();
      await rm(folder, { recursive: true });
    }
  });
});

describe('the arguments of the smoke checks', () => {
  function connectionOf(...args: string[]) {
    const parsed = parseSmokeArguments([...args, '--api-key', KEY], {});
    return parsed.kind === 'run' ? parsed.run.connection : assert.fail(parsed.kind);
  }

  it('give an origin alone the path and the manner of signing in of its API', () => {
    const synth = connectionOf('--base-url', 'https://api-dev.usesynth.ai');
    assert.deepEqual(
      [synth.name, synth.prefix, synth.auth],
      ['Synth dev', '/api/managed-agents/anthropic/v1', 'bearer'],
    );
    const anthropic = connectionOf('--base-url', 'https://api.anthropic.com');
    assert.deepEqual([anthropic.name, anthropic.prefix, anthropic.auth], ['Anthropic', '/v1', 'x-api-key']);
    const other = connectionOf('--base-url', 'https://example.com/anthropic/v1', '--auth', 'x-api-key');
    assert.deepEqual([other.name, other.prefix, other.auth], ['example.com', '/anthropic/v1', 'x-api-key']);
    assert.deepEqual(connectionOf('--base-url', 'https://example.com', '--anthropic-beta', '').betas, []);
  });

  it('are refused where they are wrong, without a word of the key', () => {
    const good = ['--base-url', 'https://example.com', '--api-key', KEY];
    for (const args of [
      [],
      ['--base-url', 'https://example.com'],
      ['--base-url', 'http://example.com', '--api-key', KEY],
      ['--base-url', 'nonsense', '--api-key', KEY],
      ['--base-url', 'https://example.com', '--api-key', 'short'],
      ['--base-url', 'https://example.com', '--api-key', `${KEY} with spaces`],
      [...good, '--auth', 'basic'],
      [...good, '--session-id', '../agents'],
      [...good, '--anthropic-beta', 'a\nb'],
      [...good, '--unknown-option'],
      [...good, KEY],
    ]) {
      const parsed = parseSmokeArguments(args, {});
      assert.equal(parsed.kind, 'bad', args.join(' '));
      assert.ok(!JSON.stringify(parsed).includes(KEY));
    }
    assert.equal(parseSmokeArguments(good, {}).kind, 'run');
    assert.equal(parseSmokeArguments(['--help'], {}).kind, 'help');
  });

  it('look for the key under the name of its host', () => {
    const environment = { SYNTH_API_KEY: 'synth-key-0123', ANTHROPIC_API_KEY: 'anthropic-key-0123' };
    for (const [url, key] of [
      ['https://api.usesynth.ai', 'synth-key-0123'],
      ['https://api.anthropic.com', 'anthropic-key-0123'],
    ] as const) {
      const parsed = parseSmokeArguments(['--base-url', url], environment);
      assert.equal(parsed.kind === 'run' && parsed.run.key, key);
    }
  });
});

describe('colours', () => {
  it('are used only where they are wanted', () => {
    assert.equal(createPaint(false)('failed', 'x'), 'x');
    assert.equal(createPaint(true)('failed', 'x'), '\u001b[31mx\u001b[0m');
  });
});
