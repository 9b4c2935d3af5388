import assert from 'node:assert/strict';
import { readFile } from 'node:fs/promises';
import { ApiError } from '../../../src/api/errors.ts';
import { decodeEventStream, type StreamFrame } from '../../../src/stream/sse.ts';

interface Vector {
  readonly name: string;
  readonly rechunk: boolean;
  readonly chunks: readonly string[];
  readonly expected: {
    readonly events: readonly { type: string; data: string; lastEventId: string }[];
    readonly retry: number | null;
    readonly comments?: readonly string[];
  };
}

interface Decoded {
  readonly frames: readonly StreamFrame[];
  readonly retry: number | null;
  readonly comments: readonly string[];
}

const { cases } = JSON.parse(
  await readFile(new URL('../../support/sseVectors.json', import.meta.url), 'utf8'),
) as { cases: readonly Vector[] };

async function* source(chunks: readonly Uint8Array[]): AsyncGenerator<Uint8Array> {
  yield* chunks;
}

async function decode(chunks: readonly Uint8Array[]): Promise<Decoded> {
  const frames: StreamFrame[] = [];
  const comments: string[] = [];
  let retry: number | null = null;
  for await (const frame of decodeEventStream(source(chunks), {
    onRetry: (ms) => (retry = ms),
    onComment: (comment) => comments.push(comment),
  })) {
    frames.push(frame);
  }
  return { frames, retry, comments };
}

function check(vector: Vector, decoded: Decoded): void {
  const events = decoded.frames.map(({ type, data, lastEventId }) => ({ type, data, lastEventId }));
  assert.deepEqual(events, vector.expected.events);
  assert.equal(decoded.retry, vector.expected.retry);
  if (vector.expected.comments !== undefined) {
    assert.deepEqual(decoded.comments, vector.expected.comments);
  }
}

/** Every way of cutting the bytes in two; for long inputs as many as a test can afford, evenly spread. */
function* twoWaySplits(bytes: Uint8Array): Generator<readonly Uint8Array[]> {
  const step = Math.max(1, Math.ceil(bytes.length / 256));
  for (let at = 1; at < bytes.length; at += step) {
    yield [bytes.subarray(0, at), bytes.subarray(at)];
  }
}

describe('decodeEventStream', () => {
  it('has vectors to prove itself on', () => {
    assert.ok(cases.length >= 90);
  });

  for (const vector of cases) {
    it(`decodes ${vector.name}`, async () => {
      const chunks = vector.chunks.map((chunk) => new Uint8Array(Buffer.from(chunk, 'base64')));
      check(vector, await decode(chunks));
      if (!vector.rechunk) {
        return;
      }
      const whole = new Uint8Array(Buffer.concat(chunks));
      check(vector, await decode([whole]));
      for (const split of twoWaySplits(whole)) {
        check(vector, await decode(split));
      }
      if (whole.length <= 65_536) {
        check(vector, await decode([...whole].map((byte) => Uint8Array.of(byte))));
      }
    });
  }

  it('tells with each event the latest reconnection time so far', async () => {
    const text = 'data: a\n\nretry: 10\ndata: b\n\nretry: x\ndata: c\n\nretry: 20\n\ndata: d\n\n';
    const { frames } = await decode([new TextEncoder().encode(text)]);
    assert.deepEqual(
      frames.map((frame) => frame.retry),
      [undefined, 10, 10, 20],
    );
  });

  it('gives up on an event that outgrows the limit, after giving out the ones before it', async () => {
    const seen: string[] = [];
    const endless = async function* () {
      yield new TextEncoder().encode('data: good\n\ndata: ');
      for (;;) {
        yield new Uint8Array(1024).fill(0x61);
      }
    };
    await assert.rejects(
      async () => {
        for await (const frame of decodeEventStream(endless(), { maxEventBytes: 64 * 1024 })) {
          seen.push(frame.data);
        }
      },
      (error) => ApiError.is(error, 'responseTooLarge'),
    );
    assert.deepEqual(seen, ['good']);
  });

  for (const [what, piece] of [
    ['a line without an end that means nothing', 'x'.repeat(1024)],
    ['comments', ': still here\n'.repeat(80)],
    ['blank lines', '\n'.repeat(1024)],
  ] as const) {
    it(`gives up on ${what} once there is far more of it than an event may take`, async () => {
      let pieces = 0;
      const endless = async function* () {
        yield new TextEncoder().encode('data: good\n\n');
        for (;;) {
          pieces++;
          yield new TextEncoder().encode(piece);
        }
      };
      await assert.rejects(
        async () => {
          for await (const frame of decodeEventStream(endless(), { maxEventBytes: 64 * 1024 })) {
            assert.equal(frame.data, 'good');
          }
        },
        (error) => ApiError.is(error, 'responseTooLarge'),
      );
      assert.equal(pieces, Math.floor((4 * 64 * 1024) / piece.length) + 1);
    });
  }

  it('counts what comes without an event anew behind each event', async () => {
    const heartbeats = ': still here\n\n'.repeat(1_000);
    const chunks = async function* () {
      for (let count = 0; count < 100; count++) {
        yield new TextEncoder().encode(heartbeats);
        yield new TextEncoder().encode('data: x\n\n');
      }
    };
    let frames = 0;
    for await (const frame of decodeEventStream(chunks(), { maxEventBytes: 8 * 1024 })) {
      frames += frame.data.length;
    }
    assert.equal(frames, 100);
  });

  it('closes its source when the reader leaves early', async () => {
    let closed = false;
    const chunks = async function* () {
      try {
        for (;;) {
          yield new TextEncoder().encode('data: x\n\n');
        }
      } finally {
        closed = true;
      }
    };
    for await (const frame of decodeEventStream(chunks())) {
      assert.equal(frame.data, 'x');
      break;
    }
    assert.ok(closed);
  });

  it('passes on what its source throws', async () => {
    const failing = async function* (): AsyncGenerator<Uint8Array> {
      yield new TextEncoder().encode('data: x\n\n');
      throw new ApiError('reset');
    };
    await assert.rejects(
      async () => {
        for await (const frame of decodeEventStream(failing())) {
          assert.equal(frame.data, 'x');
        }
      },
      (error) => ApiError.is(error, 'reset'),
    );
  });
});
