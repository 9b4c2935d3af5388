import assert from 'node:assert/strict';
import { eventually } from '../../support/eventually.ts';
import { type FaultAnswer, jsonAnswer, pageAnswer, streamAnswer } from '../../support/faultServer.ts';
import { failureOf, useServers } from './apiSetup.ts';

const { signal } = new AbortController();
const NOT_FOUND = jsonAnswer({ detail: 'Not Found' }, 404);

/** What a server answers at each of the three paths. */
interface Answers {
  readonly events?: FaultAnswer;
  readonly stream?: FaultAnswer;
  readonly session?: FaultAnswer;
  /** At either stream, where previews are asked for. */
  readonly deltas?: FaultAnswer;
}

describe('StreamPaths', () => {
  const servers = useServers();
  const start = async (answers: Answers | ((sessionId: string) => Answers)) => {
    const server = await servers.start(({ path, query }) => {
      const [, id = ''] = /^\/v1\/sessions\/([^/]+)/.exec(path) ?? [];
      const { events, stream, session, deltas } = typeof answers === 'function' ? answers(id) : answers;
      if (deltas !== undefined && query.has('event_deltas[]')) {
        return deltas;
      }
      if (path.endsWith('/events/stream')) {
        return events ?? NOT_FOUND;
      }
      return (path.endsWith('/stream') ? stream : session) ?? NOT_FOUND;
    });
    let seen = 0;
    return {
      ...servers.api(server),
      server,
      /** The requests since the last time this was asked. */
      asked: () => {
        const fresh = server.requests.slice(seen).map(({ path, query }) => {
          const short = path.replace('/v1/sessions/', '');
          return query.has('event_deltas[]') ? `${short} with previews` : short;
        });
        seen = server.requests.length;
        return fresh;
      },
    };
  };

  it('opens /events/stream, and closes it', async () => {
    const headers = { 'content-type': 'text/event-stream', 'request-id': 'req_1' };
    const { client, server, asked } = await start({
      events: { headers, body: ['data: {}\n\n'], ending: 'stayOpen' },
    });
    const stream = await client.openStream('s', signal);
    assert.equal(stream.path, '/sessions/s/events/stream');
    assert.equal(stream.requestId, 'req_1');
    assert.equal(stream.deltas, false);
    const chunks = stream.chunks[Symbol.asyncIterator]();
    const first = await chunks.next();
    assert.equal(Buffer.from(first.done === true ? [] : first.value).toString(), 'data: {}\n\n');
    stream.close();
    await eventually(() => server.open === 0);
    assert.deepEqual(asked(), ['s/events/stream']);
  });

  for (const status of [404, 405, 410, 501]) {
    it(`falls back to /stream after a ${status} where the session exists, and remembers that`, async () => {
      const { client, asked } = await start({
        events: jsonAnswer({ detail: 'no' }, status),
        stream: streamAnswer(''),
        session: jsonAnswer({ id: 's' }),
      });
      const stream = await client.openStream('s', signal);
      assert.equal(stream.path, '/sessions/s/stream');
      assert.deepEqual(asked(), ['s/events/stream', 's', 's/stream']);
      (await client.openStream('t', signal)).close();
      assert.deepEqual(asked(), ['t/stream']);
      stream.close();
    });
  }

  it('remembers for its own server only', async () => {
    const older = await start({ stream: streamAnswer(''), session: jsonAnswer({ id: 's' }) });
    (await older.client.openStream('s', signal)).close();
    const observed = older.client.observed(() => undefined);
    older.asked();
    (await observed.openStream('s', signal)).close();
    assert.deepEqual(older.asked(), ['s/events/stream', 's', 's/stream']);
  });

  it('goes back to /events/stream where the remembered path has gone', async () => {
    let isOld = true;
    const { client, asked } = await start(() =>
      isOld
        ? { stream: streamAnswer(''), session: jsonAnswer({ id: 's' }) }
        : { events: streamAnswer(''), session: jsonAnswer({ id: 's' }) },
    );
    (await client.openStream('s', signal)).close();
    isOld = false;
    asked();
    (await client.openStream('s', signal)).close();
    assert.deepEqual(asked(), ['s/stream', 's', 's/events/stream']);
    (await client.openStream('s', signal)).close();
    assert.deepEqual(asked(), ['s/events/stream']);
  });

  it('says that a session is gone, and leaves the other path alone', async () => {
    const { client, asked } = await start({});
    const error = await failureOf(client.openStream('s', signal), 'notFound');
    assert.equal(error.details.path, '/sessions/s');
    assert.deepEqual(asked(), ['s/events/stream', 's']);
  });

  it('says that a session is gone also where another one was streamed', async () => {
    const { client, asked } = await start((id) =>
      id === 's' ? { events: streamAnswer(''), session: jsonAnswer({ id }) } : {},
    );
    (await client.openStream('s', signal)).close();
    asked();
    await failureOf(client.openStream('t', signal), 'notFound');
    assert.deepEqual(asked(), ['t/events/stream', 't']);
    (await client.openStream('s', signal)).close();
    assert.deepEqual(asked(), ['s/events/stream']);
  });

  it("passes on what the session's own answer says", async () => {
    const { client } = await start({ session: jsonAnswer({ detail: 'no' }, 403) });
    await failureOf(client.openStream('s', signal), 'forbidden');
  });

  it('says that the server has no stream where the session exists and neither path does', async () => {
    const { client, asked } = await start({ session: jsonAnswer({ id: 's' }) });
    const error = await failureOf(client.openStream('s', signal), 'notOffered');
    assert.equal(error.details.path, '/sessions/s/stream');
    assert.equal(error.details.status, 404);
    assert.deepEqual(asked(), ['s/events/stream', 's', 's/stream']);
  });

  it('passes on why the other path failed where it is there', async () => {
    const { client } = await start({ session: jsonAnswer({ id: 's' }), stream: jsonAnswer({}, 503) });
    await failureOf(client.openStream('s', signal), 'overloaded');
  });

  for (const [status, reason] of [
    [400, 'invalid'],
    [401, 'unauthorized'],
    [403, 'forbidden'],
    [429, 'rateLimited'],
    [500, 'server'],
  ] as const) {
    it(`does not look elsewhere after a ${status}`, async () => {
      const { client, asked } = await start({ events: jsonAnswer({}, status), stream: streamAnswer('') });
      await failureOf(client.openStream('s', signal), reason);
      assert.deepEqual(asked(), ['s/events/stream']);
    });
  }

  describe('previews', () => {
    it('are asked for by their types', async () => {
      const { client, server } = await start({ events: streamAnswer('') });
      const stream = await client.openStream('s', signal, true);
      stream.close();
      assert.equal(stream.deltas, true);
      assert.deepEqual(server.requests[0]?.query.getAll('event_deltas[]'), [
        'agent.message',
        'agent.thinking',
      ]);
    });

    for (const status of [400, 422]) {
      it(`are not asked for again after a ${status}`, async () => {
        const { client, asked } = await start({
          events: streamAnswer(''),
          deltas: jsonAnswer({ detail: 'unknown parameter' }, status),
        });
        const stream = await client.openStream('s', signal, true);
        stream.close();
        assert.equal(stream.deltas, false);
        assert.deepEqual(asked(), ['s/events/stream with previews', 's/events/stream']);
        (await client.openStream('s', signal, true)).close();
        assert.deepEqual(asked(), ['s/events/stream']);
      });
    }

    it('are asked for again where the refusal had another cause', async () => {
      const refusal = jsonAnswer({ detail: 'The session is archived' }, 400);
      const { client, asked } = await start((id) =>
        id === 'archived' ? { events: refusal } : { events: streamAnswer('') },
      );
      await failureOf(client.openStream('archived', signal, true), 'invalid');
      asked();
      const stream = await client.openStream('s', signal, true);
      stream.close();
      assert.equal(stream.deltas, true);
      assert.deepEqual(asked(), ['s/events/stream with previews']);
    });

    it('are asked for on the other path too', async () => {
      const { client, asked } = await start({ stream: streamAnswer(''), session: jsonAnswer({ id: 's' }) });
      const stream = await client.openStream('s', signal, true);
      stream.close();
      assert.equal(stream.deltas, true);
      assert.deepEqual(asked(), ['s/events/stream with previews', 's', 's/stream with previews']);
    });
  });

  describe('content types', () => {
    const typed = (type: string | undefined, body = ': x\n\n'): FaultAnswer => ({
      headers: type === undefined ? {} : { 'content-type': type },
      body,
    });

    for (const type of [
      'text/event-stream',
      'text/event-stream;charset=utf-8',
      'text/event-stream; charset=UTF-8',
      'TEXT/EVENT-STREAM',
      'Text/Event-Stream ; charset=utf-8',
    ]) {
      it(`takes ${type}`, async () => {
        const { client } = await start({ events: typed(type) });
        (await client.openStream('s', signal)).close();
      });
    }

    for (const type of [
      'text/event-streamx',
      'text/event-stream-v2',
      'xtext/event-stream',
      'application/json',
      'text/html',
      'text/plain, text/event-stream',
      '',
      undefined,
    ]) {
      it(`refuses ${type === undefined ? 'none' : `"${type}"`}, and looks nowhere else`, async () => {
        const { client, asked } = await start({ events: typed(type), stream: streamAnswer('') });
        const error = await failureOf(client.openStream('s', signal), 'notEventStream');
        assert.equal(error.details.contentType, type ?? '');
        assert.equal(error.details.status, 200);
        assert.equal(error.details.sent, true);
        assert.deepEqual(asked(), ['s/events/stream']);
      });
    }

    it('says what a page or an error in a 200 has to say', async () => {
      const page = await start({ events: pageAnswer('Sign in') });
      const first = await failureOf(page.client.openStream('s', signal), 'notEventStream');
      assert.equal(first.details.serverMessage, 'Sign in Sign in');
      const json = await start({
        events: jsonAnswer({ error: { message: 'No worker' }, request_id: 'req_7' }),
      });
      const second = await failureOf(json.client.openStream('s', signal), 'notEventStream');
      assert.deepEqual([second.details.serverMessage, second.details.requestId], ['No worker', 'req_7']);
    });

    it('refuses a 204, which promises nothing', async () => {
      const { client, asked } = await start({ events: { status: 204 } });
      const error = await failureOf(client.openStream('s', signal), 'refusedByServer');
      assert.deepEqual(error.details, {
        method: 'GET',
        path: '/sessions/s/events/stream',
        status: 204,
        sent: true,
      });
      assert.deepEqual(asked(), ['s/events/stream']);
    });
  });
});
