import assert from 'node:assert/strict';
import {
  MAX_TIMELINE_WIDTH,
  MIN_TIMELINE_MS,
  type TimelinePageMessage,
} from '../../../src/protocol/timelineMessages.ts';
import { readPageMessage } from '../../../src/protocol/readPageMessage.ts';

const view = { type: 'timelineView', view: 1, window: { at: 'all' }, width: 900, margin: 0.5 } as const;

const messages: readonly TimelinePageMessage[] = [
  view,
  { ...view, window: { at: 'end', length: MIN_TIMELINE_MS }, width: MAX_TIMELINE_WIDTH, margin: 1 },
  { ...view, window: { at: 'range', from: -8.64e15, to: 8.64e15 }, width: 1, margin: 0 },
  { ...view, window: { at: 'range', from: 1.5, to: 0.5 } },
  { type: 'timelineAck', seq: 0 },
  { type: 'timelineHide' },
];

describe('the messages of the timeline', () => {
  it('are taken in their exact form', () => {
    for (const message of messages) {
      assert.deepEqual(readPageMessage(message), message);
    }
  });

  it('are refused with a field too many, too few, or out of bounds', () => {
    for (const message of messages) {
      assert.equal(readPageMessage({ ...message, extra: 1 }), undefined);
      for (const name of Object.keys(message)) {
        const rest = Object.entries(message).filter(([each]) => each !== name);
        assert.equal(readPageMessage(Object.fromEntries(rest)), undefined, `${message.type} without ${name}`);
      }
    }
    const wrong: readonly Record<string, unknown>[] = [
      { ...view, view: -1 },
      { ...view, width: 0 },
      { ...view, width: MAX_TIMELINE_WIDTH + 1 },
      { ...view, width: 10.5 },
      { ...view, margin: -0.1 },
      { ...view, margin: 2 },
      { ...view, window: 'all' },
      { ...view, window: { at: 'start' } },
      { ...view, window: { at: 'all', from: 1 } },
      { ...view, window: { at: 'end', length: 0 } },
      { ...view, window: { at: 'end', length: Number.POSITIVE_INFINITY } },
      { ...view, window: { at: 'range', from: Number.NaN, to: 1 } },
      { ...view, window: { at: 'range', from: 0, to: 1e16 } },
      { ...view, window: { at: 'range', from: '0', to: 1 } },
      { type: 'timelineAck', seq: 1.5 },
    ];
    for (const message of wrong) {
      assert.equal(readPageMessage(message), undefined, JSON.stringify(message));
    }
  });
});
