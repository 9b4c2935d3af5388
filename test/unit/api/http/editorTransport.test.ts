import assert from 'node:assert/strict';
import { createEditorTransport } from '../../../../src/api/http/editorTransport.ts';
import { eventually } from '../../../support/eventually.ts';
import { jsonAnswer } from '../../../support/faultServer.ts';
import { failureOf, get, textOf, useServers } from '../apiSetup.ts';

describe('createEditorTransport', () => {
  const servers = useServers();
  const patch = (fetch: typeof globalThis.fetch) => {
    const before = globalThis.fetch;
    globalThis.fetch = fetch;
    servers.later(() => {
      globalThis.fetch = before;
    });
  };

  it('goes through the fetch that is there when a request is made', async () => {
    const server = await servers.start(() => jsonAnswer([1]));
    const transport = createEditorTransport();
    const seen: RequestInit[] = [];
    const { fetch } = globalThis;
    patch((input, init = {}) => {
      seen.push(init);
      return fetch(input, init);
    });
    const response = await transport.request(get(server.url, { method: 'POST', body: '{"a":1}' }));
    assert.equal(await textOf(response), '[1]');
    assert.equal(response.status, 200);
    assert.equal(response.header('content-type'), 'application/json');
    assert.equal(response.header('x-none'), undefined);
    assert.equal(server.requests[0]?.body, '{"a":1}');
    assert.deepEqual(
      seen.map(({ redirect, credentials }) => [redirect, credentials]),
      [['manual', 'omit']],
    );
  });

  it('hands out a redirect unfollowed', async () => {
    const target = await servers.start(() => jsonAnswer([]));
    const server = await servers.start(() => ({ status: 302, headers: { location: target.url } }));
    const response = await createEditorTransport().request(get(server.url));
    assert.equal(response.status, 302);
    response.discard();
    assert.equal(target.requests.length, 0);
    assert.equal(server.requests.length, 1);
  });

  it('knows a redirect that a fetch hides', async () => {
    patch(() => {
      const hidden = Response.error();
      Object.defineProperty(hidden, 'type', { value: 'opaqueredirect' });
      return Promise.resolve(hidden);
    });
    const error = await failureOf(
      createEditorTransport().request(get('https://agents.example/')),
      'redirected',
    );
    assert.equal(error.details.sent, true);
  });

  it('limits the time of the headers, and closes the connection', async () => {
    const server = await servers.start(() => ({ ending: 'silent' }));
    const request = get(server.url, { headersTimeoutMs: 30 });
    const error = await failureOf(createEditorTransport().request(request), 'headersTimeout');
    assert.deepEqual(error.details, { sent: true, origin: new URL(server.url).host });
    await eventually(() => server.open === 0);
  });

  it('does not limit the time of the body', async () => {
    const server = await servers.start(() => ({ body: ['a'], ending: 'stayOpen' }));
    const timers = () => process.getActiveResourcesInfo().filter((kind) => kind === 'Timeout').length;
    const before = timers();
    const response = await createEditorTransport().request(get(server.url, { headersTimeoutMs: 86_400_000 }));
    assert.equal(timers(), before);
    response.discard();
    await eventually(() => server.open === 0);
  });

  it('takes nothing from an answer that has no body', async () => {
    const server = await servers.start(() => ({ status: 204 }));
    const response = await createEditorTransport().request(get(server.url));
    assert.equal(await textOf(response), '');
    response.discard();
  });
});
