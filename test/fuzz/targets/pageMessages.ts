import { isHostMessage } from '../../../src/protocol/hostMessageFields.ts';
import { readPageMessage } from '../../../src/protocol/readPageMessage.ts';
import { RateLimit } from '../../../src/vscode/panel/rateLimit.ts';
import { RefusedMessages } from '../../../src/vscode/panel/refusedMessages.ts';
import { visibleLink } from '../../../src/vscode/panel/visibleLink.ts';
import type { JsonValue } from '../../../src/util/json.ts';
import { ManualClock } from '../../support/manualClock.ts';
import { pageMessageShapes } from '../pageMessageShapes.ts';
import { anything, mutate, pick, type Random } from '../mutate.ts';
import { assertWarranted, type FuzzTarget, type Work } from '../target.ts';

const PER_ROUND = 200;

/** What the page of a panel posts when it was taken over. */
export const pageMessages: FuzzTarget = { name: 'page messages', perRound: PER_ROUND, share: 15, round };

function round(random: Random): Work {
  const limit = new RateLimit(new ManualClock());
  const lines: string[] = [];
  const refused = new RefusedMessages((line) => lines.push(line));
  let size = 0;
  let taken = 0;
  for (let left = PER_ROUND; left > 0; left--) {
    const value = hostileMessage(random);
    const length = JSON.stringify(value).length;
    size += length;
    isHostMessage(value);
    const message = readPageMessage(value);
    if (message === undefined || !limit.admit()) {
      refused.add();
      continue;
    }
    taken += 1;
    assertWarranted('a message that was taken', JSON.stringify(message).length, length, 1, 0);
    if (message.type === 'openLink') {
      const link = visibleLink(message.url);
      if (link !== undefined && !/^(?:https:|http:\/\/(?:localhost|127\.|\[::1\]))/.test(link.href)) {
        throw new Error(`A link that nobody may open: ${link.href}`);
      }
    }
  }
  assertWarranted('lines about refused messages', lines.length, 0, 0, 4);
  return { inputs: PER_ROUND, size, made: taken };
}

function hostileMessage(random: Random): JsonValue {
  const dice = random();
  if (dice < 0.1) {
    return anything(random);
  }
  if (dice < 0.12) {
    return JSON.parse(`${'['.repeat(3_000)}${']'.repeat(3_000)}`) as JsonValue;
  }
  return mutate(random, pick(random, pageMessageShapes) as unknown as JsonValue);
}
