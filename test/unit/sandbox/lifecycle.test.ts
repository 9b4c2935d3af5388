import assert from 'node:assert/strict';
import { spawn } from 'node:child_process';
import { fileURLToPath } from 'node:url';
import { asObject } from '../../../src/util/json.ts';
import { eventually } from '../../support/eventually.ts';
import { Sandboxes, textIn } from './wire.ts';

const root = fileURLToPath(new URL('../../..', import.meta.url));

/** Runs Node on some arguments; answers once the process has ended, or was told to and then has. */
function run(args: string[], onOutput: (text: string, kill: () => void) => void = () => undefined) {
  return new Promise<{ code: number | null; stdout: string; stderr: string }>((resolve, reject) => {
    const child = spawn(process.execPath, args, { cwd: root, stdio: ['ignore', 'pipe', 'pipe'] });
    const output = { stdout: '', stderr: '' };
    for (const name of ['stdout', 'stderr'] as const) {
      child[name].setEncoding('utf8').on('data', (chunk: string) => {
        output[name] += chunk;
        if (name === 'stdout') {
          onOutput(output.stdout, () => child.kill('SIGTERM'));
        }
      });
    }
    child.on('error', reject);
    child.on('close', (code) => resolve({ code, ...output }));
  });
}

describe('sandbox: start and end', () => {
  const sandboxes = new Sandboxes();
  afterEach(() => sandboxes.closeAll());

  it('listens on loopback, on a free port or the one asked for', async () => {
    const first = await sandboxes.start();
    assert.equal(first.url, `http://127.0.0.1:${first.port}`);
    await assert.rejects(sandboxes.start({ port: first.port }), { code: 'EADDRINUSE' });
    await first.close();
    assert.equal((await sandboxes.start({ port: first.port })).port, first.port);
  });

  it('ends open streams when it closes, between two frames', async () => {
    const wire = await sandboxes.wire('anthropic');
    const session = await wire.newSession();
    const stream = await wire.stream(session);
    await wire.say(session, '/slow 100');
    await eventually(() => stream.frames.length > 0);
    await wire.sandbox.close();
    await eventually(() => stream.ended || stream.failed);
    assert.equal(stream.ended, true);
    await assert.rejects(fetch(wire.sandbox.url));
  });

  it('leaves nothing behind that keeps a process alive', async () => {
    const script = `
      import { startSandbox } from './src/sandbox/server.ts';
      const sandbox = await startSandbox({ seedSessions: 3 });
      const base = sandbox.url + '/api/managed-agents/anthropic/v1';
      const headers = { authorization: 'Bearer ' + sandbox.key };
      const { data } = await (await fetch(base + '/sessions', { headers })).json();
      for (const session of data) {
        const path = base + '/sessions/' + session.id;
        const body = JSON.stringify({ events: [{ type: 'user.message', content: [{ type: 'text', text: '/slow 3000' }] }] });
        await fetch(path + '/events', { method: 'POST', headers, body });
        const stream = await fetch(path + '/events/stream', { headers });
        stream.text().catch(() => undefined);
      }
      await sandbox.close();
      console.log('closed');
    `;
    const { code, stdout, stderr } = await run(['--input-type=module-typescript', '--eval', script]);
    assert.deepEqual([code, stdout], [0, 'closed\n'], stderr);
  }).timeout(20_000);

  it('serves from the command line until it is stopped', async () => {
    let reached: Promise<number> | undefined;
    const { code, stdout } = await run(
      ['src/cli/sandbox.ts', '--key', 'k-1', '--seed-sessions', '2'],
      (text, kill) => {
        if (text.endsWith('\n')) {
          const url = textIn(asObject(JSON.parse(text)), 'url');
          reached = fetch(`${url}/api/managed-agents/anthropic/v1/health`, {
            headers: { authorization: 'Bearer k-1' },
          })
            .then((response) => response.status)
            .finally(kill);
        }
      },
    );
    assert.equal(await reached, 200);
    assert.equal(code, 0);
    assert.match(stdout, /^\{"url":"http:\/\/127\.0\.0\.1:\d+","key":"k-1"\}\n$/);
  }).timeout(20_000);

  it('explains bad arguments', async () => {
    for (const args of [
      ['--port', 'x'],
      ['--port', '65536'],
      ['--seed-events', '-1'],
      ['--what'],
      ['stray'],
      ['--key', 'a b'],
    ]) {
      const { code, stdout, stderr } = await run(['src/cli/sandbox.ts', ...args]);
      assert.deepEqual([code, stdout], [2, ''], args.join(' '));
      assert.match(stderr, /Usage: npm run sandbox/);
    }
  }).timeout(30_000);
});
