import assert from 'node:assert/strict';
import { request } from 'node:http';
import type { Sandbox } from '../../../src/sandbox/server.ts';
import { asObject, type JsonObject } from '../../../src/util/json.ts';
import { maxBodyBytes } from '../../../src/sandbox/requestBody.ts';
import { prefixes, Sandboxes, Wire } from './wire.ts';

/** A request with every header under the test's control, Host and Origin included. */
function raw(
  sandbox: Sandbox,
  path: string,
  headers: Record<string, string>,
  method = 'GET',
): Promise<{ status: number; body: JsonObject }> {
  return new Promise((resolve, reject) => {
    const outgoing = request({ host: '127.0.0.1', port: sandbox.port, path, method, headers }, (response) => {
      let text = '';
      response.setEncoding('utf8');
      response.on('data', (chunk: string) => (text += chunk));
      response.on('end', () => {
        resolve({ status: response.statusCode ?? 0, body: asObject(JSON.parse(text)) ?? {} });
      });
    });
    outgoing.on('error', reject);
    outgoing.end();
  });
}

describe('sandbox: who may talk to it', () => {
  const sandboxes = new Sandboxes();
  let sandbox: Sandbox;
  let synth: Wire;
  let anthropic: Wire;

  beforeEach(async () => {
    sandbox = await sandboxes.start();
    synth = new Wire(sandbox, 'synth');
    anthropic = new Wire(sandbox, 'anthropic');
  });
  afterEach(() => sandboxes.closeAll());

  it('answers to its own loopback names only', async () => {
    const path = `${prefixes.synth}/health`;
    const authorization = `Bearer ${sandbox.key}`;
    for (const host of [
      `127.0.0.1:${sandbox.port}`,
      `localhost:${sandbox.port}`,
      `LOCALHOST:${sandbox.port}`,
    ]) {
      assert.equal((await raw(sandbox, path, { host, authorization })).status, 200, host);
    }
    for (const host of ['127.0.0.1', 'localhost', `evil.example:${sandbox.port}`, '127.0.0.1:1']) {
      assert.equal((await raw(sandbox, path, { host, authorization })).status, 421, host);
    }
  });

  it('refuses every web page, its own origin included', async () => {
    for (const origin of ['https://evil.example', 'null', sandbox.url, 'vscode-webview://abc']) {
      for (const wire of [synth, anthropic]) {
        const { status } = await wire.send('/agents', { headers: { ...wire.headers(), origin } });
        assert.equal(status, 403, origin);
      }
    }
  });

  it('wants its key, in the header of the dialect', async () => {
    for (const authorization of ['', 'Bearer', 'Bearer wrong', `Basic ${sandbox.key}`, sandbox.key]) {
      const reply = await synth.send('/health', { headers: { authorization } });
      assert.equal(reply.status, 401, authorization);
      assert.deepEqual(reply.body, { detail: 'Invalid API key' });
    }
    // Synth's edge knows the Bearer header only.
    assert.equal((await synth.send('/health', { headers: { 'x-api-key': sandbox.key } })).status, 401);

    const withKey: Record<string, string> = { ...anthropic.headers(), 'x-api-key': sandbox.key };
    delete withKey['authorization'];
    assert.equal((await anthropic.send('/agents', { headers: withKey })).status, 200);
    const refused = await anthropic.send('/agents', { headers: { ...withKey, 'x-api-key': 'wrong' } });
    assert.equal(refused.status, 401);
    assert.equal(asObject(refused.body['error'])?.['type'], 'authentication_error');
  });

  it('draws another key at every start', async () => {
    const other = await sandboxes.start();
    assert.notEqual(other.key, sandbox.key);
    assert.equal((await sandboxes.start({ key: 'chosen' })).key, 'chosen');
  });

  it('wants the compatibility headers in the Anthropic dialect', async () => {
    const all = anthropic.headers();
    const cases: Record<string, string>[] = [
      { 'anthropic-version': '' },
      { 'anthropic-version': '1999-01-01' },
      { 'anthropic-beta': '' },
      { 'anthropic-beta': 'files-api-2025-04-14' },
      { 'anthropic-beta': 'managed-agents-2026-04-01,unheard-of' },
    ];
    for (const change of cases) {
      const { status, body } = await anthropic.send('/agents', { headers: { ...all, ...change } });
      assert.equal(status, 400, JSON.stringify(change));
      assert.equal(asObject(body['error'])?.['type'], 'invalid_request_error');
    }
    const several = { ...all, 'anthropic-beta': 'files-api-2025-04-14, managed-agents-2026-04-01' };
    assert.equal((await anthropic.send('/agents', { headers: several })).status, 200);
  });

  it('names every answer with a request id, also in the error envelope', async () => {
    const good = await synth.send('/health');
    const bad = await anthropic.send('/agents/agent_none');
    assert.match(good.headers.get('request-id') ?? '', /^req_/);
    assert.equal(bad.body['request_id'], bad.headers.get('request-id'));
    assert.notEqual(good.headers.get('request-id'), bad.headers.get('request-id'));
  });

  it('refuses a body beyond its limit and goes on serving', async () => {
    const huge = Buffer.alloc(maxBodyBytes + 1, ' ');
    // The server may close the connection while the body is still on its way.
    const outcome = await synth.send('/agents', { method: 'POST', body: huge }).then(
      (reply) => reply.status,
      () => 'closed',
    );
    assert.ok(outcome === 413 || outcome === 'closed', String(outcome));
    assert.equal((await synth.send('/health')).status, 200);
  });

  it('says what is wrong with a body that is no JSON object', async () => {
    for (const text of ['{', '[]', '"text"', 'null']) {
      const reply = await synth.send('/agents', { method: 'POST', body: text });
      assert.equal(reply.status, 422, text);
      assert.ok(Array.isArray(reply.body['detail']));
      const other = await anthropic.send('/agents', {
        method: 'POST',
        headers: anthropic.headers(),
        body: text,
      });
      assert.equal(other.status, 400, text);
    }
  });

  it('knows nothing outside its prefixes', async () => {
    const headers = { authorization: `Bearer ${sandbox.key}` };
    for (const path of ['/', '/v2/agents', '/v1', '//v1/agents', '/v1/../etc/passwd', '/v1/agents/%zz']) {
      const { status } = await raw(sandbox, path, { host: `127.0.0.1:${sandbox.port}`, ...headers });
      assert.equal(status, 404, path);
    }
    assert.equal((await synth.send('/agents', { method: 'DELETE' })).status, 405);
    assert.equal((await anthropic.send('/agents', { method: 'PUT' })).status, 405);
  });
});
