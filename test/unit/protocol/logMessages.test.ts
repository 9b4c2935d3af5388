import assert from 'node:assert/strict';
import {
  logKinds,
  type LogPageMessage,
  logParts,
  MAX_LOG_FILTER,
  MAX_LOG_NAME,
  MAX_LOG_ROWS,
} from '../../../src/protocol/logMessages.ts';
import { readPageMessage } from '../../../src/protocol/readPageMessage.ts';

const view = {
  type: 'logView',
  view: 1,
  kinds: [],
  text: '',
  place: { at: 'end' },
  count: 60,
  selected: null,
} as const;

const messages: readonly LogPageMessage[] = [
  view,
  { ...view, kinds: [...logKinds], text: 'x'.repeat(MAX_LOG_FILTER), count: MAX_LOG_ROWS, selected: 'e1' },
  { ...view, place: { at: 'position', position: -5 } },
  { ...view, place: { at: 'event', name: '__proto__', before: 0 } },
  { type: 'logAck', seq: 0 },
  { type: 'logHide' },
  { type: 'logDetail', id: 1, name: 'n'.repeat(MAX_LOG_NAME) },
  ...logParts.map((part): LogPageMessage => ({ type: 'logCopy', name: 'e1', part })),
  { type: 'logOpenJson', name: 'e1' },
  { type: 'logReveal', id: 1, name: 'e1' },
];

describe('the messages of the event log', () => {
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
      { ...view, kinds: ['everything'] },
      { ...view, kinds: [...logKinds, 'other'] },
      { ...view, text: 'x'.repeat(MAX_LOG_FILTER + 1) },
      { ...view, count: MAX_LOG_ROWS + 1 },
      { ...view, count: -1 },
      { ...view, place: { at: 'position', position: 0.5 } },
      { ...view, place: { at: 'event', name: '', before: 0 } },
      { ...view, place: { at: 'end', position: 0 } },
      { ...view, place: 'end' },
      { type: 'logDetail', id: 1, name: 'n'.repeat(MAX_LOG_NAME + 1) },
      { type: 'logCopy', name: 'e1', part: 'key' },
    ];
    for (const message of wrong) {
      assert.equal(readPageMessage(message), undefined, JSON.stringify(message));
    }
  });
});
