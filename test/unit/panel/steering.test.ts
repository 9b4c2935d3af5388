import assert from 'node:assert/strict';
import { plainL10n } from '../../../src/l10n.ts';
import type { Outcome } from '../../../src/protocol/messages.ts';
import { asArray, asObject, field, type JsonObject } from '../../../src/util/json.ts';
import { Steering, type SteeringOptions } from '../../../src/vscode/panel/steering.ts';
import { eventually } from '../../support/eventually.ts';
import { type FeedUnderTest, followSession } from '../../support/feedUnderTest.ts';
import { answer, SESSION_ID, SessionServer } from '../../support/sessionServer.ts';

const POST = `POST /sessions/${SESSION_ID}/events`;

describe('steering', () => {
  let server: SessionServer;
  let session: FeedUnderTest;
  let steering: Steering;
  let bodies: JsonObject[][];

  beforeEach(async () => {
    server = await SessionServer.start();
    bodies = [];
    session = followSession(server);
    const shell = {
      l10n: plainL10n,
      redactor: { redact: (text: string) => text },
      sessions: { refresh: () => undefined },
    };
    const connection = { id: 'test', name: 'Test', origin: server.origin };
    steering = new Steering({ shell, connection, feed: session.feed } as unknown as SteeringOptions);
    session.feed.start();
    await session.reach('live');
  });

  afterEach(async () => {
    session.dispose();
    await server.close();
  });

  /** Notes what is posted, and answers as the server does or with what is given. */
  function listen(status?: number, body?: JsonObject): void {
    server.intercept = ({ method, body: text }, response) => {
      if (method !== 'POST') {
        return false;
      }
      bodies.push(asArray(field(asObject(JSON.parse(text)), 'events')).map((item) => asObject(item) ?? {}));
      if (status !== undefined) {
        answer(response, body ?? {}, status);
      }
      return status !== undefined;
    };
  }

  const image: JsonObject = {
    type: 'image',
    source: { type: 'base64', media_type: 'image/png', data: 'AAAA' },
  };

  it('sends the text first, then what is attached, as it is', async () => {
    listen();
    const attached = { type: 'text', text: 'Attached file: a\n```\nx\n```' };
    assert.deepEqual(await steering.message('Look:  \n', [attached, image]), { ok: true });
    assert.deepEqual(bodies, [
      [{ type: 'user.message', content: [{ type: 'text', text: 'Look:  \n' }, attached, image] }],
    ]);
  });

  it('sends attachments alone, and nothing at all not', async () => {
    listen();
    assert.deepEqual(await steering.message(' \n', [image]), { ok: true });
    assert.deepEqual(bodies, [[{ type: 'user.message', content: [image] }]]);
    const outcome = await steering.message(' \n');
    assert.ok(!outcome.ok && outcome.code === 'empty');
    assert.equal(server.count(POST), 1);
  });

  it('interrupts and sends in one request', async () => {
    listen();
    assert.deepEqual(await steering.message('Stop, do this', [], true), { ok: true });
    assert.deepEqual(bodies, [
      [
        { type: 'user.interrupt' },
        { type: 'user.message', content: [{ type: 'text', text: 'Stop, do this' }] },
      ],
    ]);
    await eventually(() => session.feed.outbox.current.length === 0);
  });

  it('says plainly that a server does not take both, and keeps nothing back', async () => {
    listen(422, {
      detail: [{ loc: ['body', 'events', 0, 'type'], msg: 'unexpected value', type: 'value_error' }],
    });
    const outcome: Outcome = await steering.message('Stop', [], true);
    assert.ok(!outcome.ok);
    assert.match(
      outcome.message,
      /Neither the message nor the interrupt took effect\. You can queue the message/,
    );
    assert.equal(session.feed.outbox.current.length, 0);
    const plain = await steering.message('Stop');
    assert.ok(!plain.ok);
    assert.doesNotMatch(plain.message, /interrupt/);
    assert.equal(server.count(POST), 2);
  });

  it('says where it is not known whether a message arrived', async () => {
    // The answer to the POST is lost, and history cannot be read either.
    server.intercept = ({ method, path }, response) => {
      if (method === 'POST') {
        response.socket?.destroy();
        return true;
      }
      if (path.endsWith('/events')) {
        answer(response, { detail: 'later' }, 503);
        return true;
      }
      return false;
    };
    let outcome: Outcome | undefined;
    void steering.message('Hello').then((result) => {
      outcome = result;
    });
    await eventually(() => session.feed.outbox.current.some(({ state }) => state === 'checking'));
    await eventually(
      () => {
        session.clock.advance(20_000);
        return outcome !== undefined;
      },
      { timeoutMs: 20_000 },
    );
    assert.ok(outcome?.ok === false);
    assert.match(outcome.message, /It may have arrived all the same/);
    assert.equal(server.count(POST), 1);
  }).timeout(30_000);

  it('says nothing of the kind where history shows that it did not arrive', async () => {
    server.intercept = ({ method }, response) => {
      if (method === 'POST') {
        response.socket?.destroy();
      }
      return method === 'POST';
    };
    let outcome: Outcome | undefined;
    void steering.message('Hello').then((result) => {
      outcome = result;
    });
    await eventually(() => session.feed.outbox.current.some(({ state }) => state === 'checking'));
    await eventually(() => {
      session.clock.advance(5_000);
      return outcome !== undefined;
    });
    assert.ok(outcome?.ok === false);
    assert.doesNotMatch(outcome.message, /may have arrived/);
    assert.equal(server.count(POST), 1);
  });
});
