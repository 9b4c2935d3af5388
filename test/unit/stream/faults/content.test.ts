import assert from 'node:assert/strict';
import type { PreviewChange } from '../../../../src/stream/previews.ts';
import type { JsonObject } from '../../../../src/util/json.ts';
import { eventually } from '../../../support/eventually.ts';
import { type FeedUnderTest, followSession } from '../../../support/feedUnderTest.ts';
import { frameOf, SESSION_ID, SessionServer } from '../../../support/sessionServer.ts';
import { at, contents } from '../../../support/storeEvents.ts';

const STREAM = `GET /sessions/${SESSION_ID}/events/stream`;
const message = (n: number, text = 'hello'): JsonObject => ({
  type: 'agent.message',
  id: `e${n}`,
  processed_at: at(n),
  content: [{ type: 'text', text }],
});

describe('session feed: what streams bring', () => {
  let server: SessionServer;
  let follow: FeedUnderTest;

  beforeEach(async () => {
    server = await SessionServer.start();
    follow = followSession(server);
    follow.feed.start();
    await follow.reach('live');
  });

  afterEach(async () => {
    follow.dispose();
    await server.close();
  });

  it('R18 shows an event of 1 MB', async () => {
    server.emit(message(1, 'x'.repeat(1_000_000)));
    await follow.hasHistory(server);
    assert.equal(server.count(STREAM), 1);
  });

  it('R18 refuses an event of 20 MB with a notice, and goes on', async () => {
    server.send(message(1, 'x'.repeat(20_000_000)));
    await follow.reach('reconnecting');
    const { state } = follow.feed.status;
    assert.ok(state.kind === 'reconnecting' && state.reason === 'responseTooLarge');
    server.emit(message(2));
    await follow.hasHistory(server, 500);
    await follow.reach('live', 500);
  });

  it('R19 bounds what it holds of a line that never ends', async () => {
    follow.dispose();
    follow = followSession(server, { maxEventBytes: 100_000 });
    follow.feed.start();
    await follow.reach('live');
    let written = 0;
    await eventually(() => {
      server.stream?.write(`data: ${'x'.repeat(10_000)}`);
      written += 10_000;
      return follow.feed.status.state.kind !== 'live';
    });
    assert.ok(written < 5_000_000, `${written} bytes were taken`);
    server.record(message(1));
    await follow.hasHistory(server, 500);
  });

  it('R20 shows the good events around a bad one, and keeps the bad one for inspection', async () => {
    server.emit(message(1));
    server.stream?.write('event: agent.message\ndata: {"type":"agent.mess\n\n');
    server.stream?.write('data: "a text"\n\n');
    server.emit(message(2));
    await follow.hasHistory(server);
    assert.equal(follow.feed.status.unreadableFrames, 2);
    assert.deepEqual(follow.feed.unreadable, ['{"type":"agent.mess', '"a text"']);
    assert.equal(server.count(STREAM), 1);
  });

  it('R21 knows an event by its JSON where the frame has no name', async () => {
    server.record(message(1));
    server.stream?.write(`data: ${JSON.stringify(message(1))}\n\n`);
    await follow.hasHistory(server);
  });

  it('R22 keeps an event of an unknown type as it came', async () => {
    const unknown = {
      type: 'future.thing',
      id: 'f',
      processed_at: at(1),
      nested: { deep: [1, { x: null }] },
    };
    server.emit(unknown);
    await follow.hasHistory(server);
    assert.deepEqual(contents(follow.feed.store), [unknown]);
  });

  it('R23 tells what an error frame says, and connects again by its kind', async () => {
    const error = {
      type: 'error',
      error: { type: 'overloaded_error', message: 'busy' },
      request_id: 'req_1',
    };
    server.stream?.write(`event: error\ndata: ${JSON.stringify(error)}\n\n`);
    await follow.reach('reconnecting');
    const { state } = follow.feed.status;
    assert.ok(state.kind === 'reconnecting' && state.reason === 'overloaded');
    await follow.reach('live', 500);
    const refused = { type: 'error', error: { type: 'authentication_error', message: 'expired' } };
    server.stream?.write(`event: error\ndata: ${JSON.stringify(refused)}\n\n`);
    await follow.reach('ended');
    assert.deepEqual(follow.feed.status.state, { kind: 'ended', why: 'unauthorized' });
  });

  it('takes pings, empty data and the end marker for signs of life', async () => {
    server.stream?.write('event: ping\ndata: {}\n\ndata:\n\ndata: [DONE]\n\ndata: {"type":"ping"}\n\n');
    server.emit(message(1));
    await follow.hasHistory(server);
    assert.equal(follow.feed.status.unreadableFrames, 0);
  });

  it('R27 throws away what was previewed before a drop, and shows the final text once', async () => {
    const changes: PreviewChange[] = [];
    follow.feed.onDidChangePreview((change) => changes.push(change));
    server.send({ type: 'event_start', event: { type: 'agent.message', id: 'e1' } });
    server.send({
      type: 'event_delta',
      event_id: 'e1',
      delta: { type: 'content_delta', content: { type: 'text', text: 'Hel' } },
    });
    await eventually(() => follow.feed.previews.current[0]?.blocks[0] === 'Hel');
    server.stream?.reset();
    await follow.reach('reconnecting');
    assert.deepEqual(follow.feed.previews.current, []);
    server.record(message(1, 'Hello'));
    await follow.hasHistory(server, 500);
    assert.deepEqual(changes.at(-1), { kind: 'dropped', eventId: 'e1' });
  });

  it('lets the final message replace its preview, and drops previews that come to nothing', async () => {
    for (const id of ['e1', 'e2']) {
      server.send({ type: 'event_start', event: { type: 'agent.message', id } });
      server.send({ type: 'event_delta', event_id: id, delta: { content: { type: 'text', text: 'other' } } });
    }
    await eventually(() => follow.feed.previews.current.length === 2);
    server.emit(message(1));
    await eventually(() => follow.feed.previews.current.length === 1);
    server.emit({ type: 'span.model_request_end', id: 's', processed_at: at(2) });
    await eventually(() => follow.feed.previews.current.length === 0);
    await follow.hasHistory(server);
  });

  it('R37 stays attached through an idle that waits for somebody', async () => {
    server.emit({
      type: 'session.status_idle',
      id: 'i',
      processed_at: at(1),
      stop_reason: { type: 'requires_action', event_ids: ['x'] },
    });
    server.emit(message(2));
    await follow.hasHistory(server);
    assert.equal(follow.feed.status.state.kind, 'live');
    assert.equal(server.count(STREAM), 1);
  });

  it('sees the end of a turn that no status event tells', async () => {
    server.session = { ...server.session, status: 'running' };
    server.emit({ type: 'user.message', id: 'u', processed_at: at(1), content: 'go' });
    await follow.hasHistory(server);
    server.session = { ...server.session, status: 'idle' };
    await eventually(() => {
      follow.clock.advance(5_000);
      return follow.feed.session?.status === 'idle';
    });
  });

  it('takes events however their bytes are cut', async () => {
    const bytes = Buffer.from([message(1, 'zwölf Boxkämpfer 🥊'), message(2)].map(frameOf).join(''));
    server.history.push(message(1, 'zwölf Boxkämpfer 🥊'), message(2));
    for (const byte of bytes) {
      server.stream?.write(Uint8Array.of(byte));
    }
    await follow.hasHistory(server);
  });
});
