import assert from 'node:assert/strict';
import { execFile } from 'node:child_process';
import { promisify } from 'node:util';
import { jsonAnswer, streamAnswer } from '../../../support/faultServer.ts';
import { useServers } from '../apiSetup.ts';

/**
 * undici's index puts its own agent into the process-wide slots through which the `fetch` of every other
 * extension goes. A process of its own, since the tests' own `fetch` fills these slots too.
 */
describe("the process-wide slots of Node's fetch", () => {
  const servers = useServers();
  const run = async (code: string): Promise<unknown> => {
    const { stdout } = await promisify(execFile)(process.execPath, ['--input-type=module', '--eval', code]);
    return JSON.parse(stdout);
  };
  const slots = `[1, 2].map((n) => Symbol.for('undici.globalDispatcher.' + n) in globalThis)`;

  it('are untouched by requests, a stream, and the end of them', async function () {
    this.timeout(20_000);
    const server = await servers.start(({ path }) =>
      path === '/stream' ? streamAnswer(': x\n\n') : jsonAnswer([1]),
    );
    const module = new URL('../../../../src/api/http/undiciTransport.ts', import.meta.url).href;
    const seen = await run(`
      const before = Object.getOwnPropertySymbols(globalThis).length;
      const { createUndiciTransport } = await import(${JSON.stringify(module)});
      const transport = createUndiciTransport();
      const signal = new AbortController().signal;
      const ask = (path) => transport.request({
        method: 'GET', url: new URL(path, ${JSON.stringify(server.url)}), headers: {}, signal, headersTimeoutMs: 5000,
      });
      const statuses = [];
      for (const path of ['/', '/stream', '/']) {
        const answer = await ask(path);
        statuses.push(answer.status);
        for await (const chunk of answer.body) {
          if (chunk.length > 0) break;
        }
      }
      transport.dispose();
      const fresh = Object.getOwnPropertySymbols(globalThis).length - before;
      console.log(JSON.stringify({ statuses, fresh, slots: ${slots} }));
    `);
    assert.deepEqual(seen, { statuses: [200, 200, 200], fresh: 0, slots: [false, false] });
    assert.equal(server.requests.length, 3);
  });

  it('would be seen here if they were touched', async function () {
    this.timeout(20_000);
    assert.deepEqual(await run(`await import('undici'); console.log(JSON.stringify(${slots}))`), [
      true,
      true,
    ]);
  });
});
