import assert from 'node:assert/strict';
import { get, type IncomingMessage } from 'node:http';
import { type Clock, systemClock } from '../../../src/util/clock.ts';
import { toDisposable } from '../../../src/util/disposable.ts';
import { asObject } from '../../../src/util/json.ts';
import { eventually } from '../../support/eventually.ts';
import { noPause, prefixes, saidIn, Sandboxes, textIn, typesOf, type OpenStream } from './wire.ts';

const seen = (stream: OpenStream, type: string) => stream.frames.filter((frame) => frame.event === type);
const untilIdle = (stream: OpenStream) => eventually(() => seen(stream, 'session.status_idle').length > 0);

describe('sandbox: live streams', () => {
  const sandboxes = new Sandboxes();
  afterEach(() => sandboxes.closeAll());

  for (const dialect of ['synth', 'anthropic'] as const) {
    for (const path of ['/events/stream', '/stream']) {
      it(`${dialect} ${path}: carries what the history then holds, and nothing older`, async () => {
        const wire = await sandboxes.wire(dialect);
        const session = await wire.newSession();
        await wire.say(session, 'before');
        await wire.idle(session);
        const old = (await wire.events(session)).length;
        const stream = await wire.stream(session, '', path);
        await wire.say(session, 'after');
        await untilIdle(stream);
        const events = (await wire.idle(session, 2)).slice(old);
        await eventually(() => stream.frames.length === events.length + 1);
        await stream.close();
        // The message comes first as queued; everything else is the history, byte for byte.
        const [queued, ...rest] = stream.frames;
        assert.equal(queued?.data['processed_at'], null);
        assert.deepEqual(
          rest.map((frame) => frame.data),
          events,
        );
        assert.ok(stream.frames.every((frame) => frame.event === frame.data['type']));
      });
    }
  }

  it('previews messages piece by piece; joined, they are the final text', async () => {
    const wire = await sandboxes.wire('synth');
    const session = await wire.newSession();
    const stream = await wire.stream(session, '?event_deltas[]=agent.message&event_deltas[]=agent.thinking');
    await wire.say(session, '/long 5');
    await wire.say(session, 'täglich 👩‍💻 grüßen');
    await eventually(() => seen(stream, 'session.status_idle').length === 2);
    await stream.close();
    const messages = seen(stream, 'agent.message');
    assert.equal(messages.length, 3);
    for (const { data } of messages) {
      const deltas = seen(stream, 'event_delta').filter((frame) => frame.data['event_id'] === data['id']);
      assert.ok(deltas.length > 1);
      const texts = deltas.map((frame) =>
        textIn(asObject(asObject(frame.data['delta'])?.['content']), 'text'),
      );
      assert.equal(texts.join(''), saidIn(data));
      const at = (event: string, id: unknown) =>
        stream.frames.findIndex(
          (frame) =>
            frame.event === event &&
            (asObject(frame.data['event'])?.['id'] ?? frame.data['event_id'] ?? frame.data['id']) === id,
        );
      assert.ok(at('event_start', data['id']) < at('event_delta', data['id']));
      assert.ok(at('event_delta', data['id']) < at('agent.message', data['id']));
    }
    const starts = seen(stream, 'event_start').map((frame) => asObject(frame.data['event'])?.['type']);
    assert.equal(starts.filter((type) => type === 'agent.thinking').length, 1);
    assert.ok(!typesOf(await wire.events(session)).some((type) => type.startsWith('event_')));
  });

  it('previews only what was asked for', async () => {
    const wire = await sandboxes.wire('anthropic');
    const session = await wire.newSession();
    const none = await wire.stream(session);
    const thinking = await wire.stream(session, '?event_deltas[]=agent.thinking');
    await wire.say(session, 'Hello');
    await Promise.all([untilIdle(none), untilIdle(thinking)]);
    await Promise.all([none.close(), thinking.close()]);
    assert.equal(seen(none, 'event_start').length + seen(none, 'event_delta').length, 0);
    assert.equal(seen(thinking, 'event_delta').length, 0);
    assert.equal(seen(thinking, 'event_start').length, 1);
    for (const value of ['agent.tool_use', '', 'all']) {
      const { status } = await wire.send(`/sessions/${session}/events/stream?event_deltas[]=${value}`);
      assert.equal(status, 400, value);
    }
  });

  it('sends no deltas of a message that began before the stream was opened', async () => {
    // Holds the message after its first piece until the second reader is there.
    const pieceMs = 1_234;
    const held: (() => void)[] = [];
    let holding = true;
    const clock: Clock = {
      now: () => systemClock.now(),
      after: (ms, callback) => {
        if (ms !== pieceMs) {
          return systemClock.after(ms, callback);
        }
        if (!holding) {
          return systemClock.after(0, callback);
        }
        held.push(callback);
        return toDisposable(() => undefined);
      },
    };
    const wire = await sandboxes.wire('anthropic', { clock, pace: { ...noPause, pieceMs } });
    const session = await wire.newSession();
    const early = await wire.stream(session, '?event_deltas[]=agent.message');
    await wire.say(session, '/think');
    await eventually(() => seen(early, 'event_delta').length === 1);
    const late = await wire.stream(session, '?event_deltas[]=agent.message');
    holding = false;
    held.forEach((release) => release());
    await untilIdle(early);
    await untilIdle(late);
    await Promise.all([early.close(), late.close()]);
    assert.ok(seen(early, 'event_delta').length > 1);
    assert.equal(seen(late, 'event_delta').length, 0);
    assert.equal(seen(late, 'agent.message').length, 1);
  });

  it('keeps quiet streams alive with comments', async () => {
    const wire = await sandboxes.wire('synth', { keepAliveMs: 5 });
    const stream = await wire.stream(await wire.newSession());
    await eventually(() => stream.comments.length >= 3);
    await stream.close();
    assert.deepEqual(new Set(stream.comments), new Set([': keep-alive']));
    assert.deepEqual(stream.frames, []);
  });

  it('stays open over idle, and ends after the session has ended', async () => {
    const wire = await sandboxes.wire('synth');
    const session = await wire.newSession();
    const stream = await wire.stream(session);
    await wire.say(session, '/think');
    await untilIdle(stream);
    assert.equal(stream.ended, false);
    await wire.say(session, '/error terminal');
    await eventually(() => stream.ended);
    assert.equal(stream.frames.at(-1)?.event, 'session.status_terminated');
    const afterwards = await wire.stream(session);
    await eventually(() => afterwards.ended);
    assert.deepEqual(afterwards.frames, []);
  });

  it('drops a reader that does not read, and serves the others', async () => {
    const wire = await sandboxes.wire('synth', { maxBufferedBytes: 64 * 1024 });
    const session = await wire.newSession();
    const path = `${prefixes.synth}/sessions/${session}/events/stream`;
    const slow = await new Promise<IncomingMessage>((resolve, reject) => {
      get({ host: '127.0.0.1', port: wire.sandbox.port, path, headers: wire.headers() }, resolve).on(
        'error',
        reject,
      );
    });
    slow.pause();
    // More than the kernel's own buffers of a loopback connection hold.
    await wire.say(session, '/burst 100000');
    await eventually(idleSeen, { timeoutMs: 20_000 });
    let text = '';
    slow.setEncoding('utf8');
    slow.on('data', (chunk: string) => (text += chunk));
    const outcome = new Promise<string>((resolve) => {
      slow.on('end', () => resolve('ended'));
      slow.on('error', () => resolve('dropped'));
    });
    slow.resume();
    assert.equal(await outcome, 'dropped');
    assert.ok(!text.includes('session.status_idle'));
    assert.equal((await wire.get('/health'))['status'], 'ok');

    async function idleSeen(): Promise<boolean> {
      const body = await wire.get(`/sessions/${session}/events?types[]=session.status_idle`);
      return Array.isArray(body['events']) && body['events'].length > 0;
    }
  }).timeout(30_000);
});
