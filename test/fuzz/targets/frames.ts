import { ApiError } from '../../../src/api/errors.ts';
import { readFrame } from '../../../src/stream/readFrame.ts';
import { decodeEventBatches } from '../../../src/stream/sse.ts';
import { between } from '../../support/random.ts';
import { hostileEvent } from '../eventShapes.ts';
import { mutateBytes, pick, type Random } from '../mutate.ts';
import { assertWarranted, type FuzzTarget, type Work } from '../target.ts';

const PER_ROUND = 50;
/** Small, so that inputs reach it. */
const MAX_EVENT = 8_192;

/** The bytes of a stream, damaged, cut anywhere: through the decoder to events. */
export const frames: FuzzTarget = { name: 'frames', perRound: PER_ROUND, share: 20, round };

async function round(random: Random): Promise<Work> {
  const chunks = Array.from({ length: PER_ROUND }, () => mutateBytes(random, frame(random)));
  const size = chunks.reduce((all, { length }) => all + length, 0);
  let count = 0;
  let data = 0;
  let signs = 0;
  try {
    const options = {
      maxEventBytes: MAX_EVENT,
      onRetry: () => void (signs += 1),
      onComment: () => void (signs += 1),
    };
    for await (const batch of decodeEventBatches(cutAnywhere(random, chunks), options)) {
      for (const each of batch) {
        count += 1;
        data += each.data.length;
        assertWarranted('an event of the stream', each.data.length, 0, 0, MAX_EVENT);
        readFrame(each);
      }
    }
  } catch (error) {
    if (!(error instanceof ApiError && error.reason === 'responseTooLarge')) {
      throw error;
    }
  }
  // The shortest frame is `data` and two line breaks.
  assertWarranted('frames', 6 * count, size, 1, 6);
  assertWarranted('text of frames', data, size, 1, 0);
  assertWarranted('signs of life', signs, size, 1, 0);
  return { inputs: PER_ROUND, size, made: count };
}

function frame(random: Random): Uint8Array {
  const line = pick(random, ['\n', '\n', '\n', '\r\n', '\r']);
  const parts = [`data: ${JSON.stringify(hostileEvent(random))}${line}`];
  if (random() < 0.4) {
    parts.unshift(`event: ${pick(random, ['message', 'error', 'ping', 'x'])}${line}`);
  }
  if (random() < 0.3) {
    parts.unshift(`id: ${between(random, 0, 1e9)}${line}`);
  }
  if (random() < 0.1) {
    parts.unshift(`retry: ${pick(random, ['0', '1', '100000000000', '-1', 'x'])}${line}`, `: hello${line}`);
  }
  return Buffer.from(`${parts.join('')}${line}`);
}

async function* cutAnywhere(random: Random, chunks: readonly Uint8Array[]): AsyncGenerator<Uint8Array> {
  for (const chunk of chunks) {
    for (let from = 0; from < chunk.length;) {
      const end = from + between(random, 1, pick(random, [4, 200, 10_000]));
      yield chunk.subarray(from, end);
      from = end;
    }
  }
}
