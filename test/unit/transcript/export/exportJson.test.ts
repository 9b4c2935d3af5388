import assert from 'node:assert/strict';
import { jsonDocument, jsonLines } from '../../../../src/transcript/export/exportJson.ts';
import type { JsonObject } from '../../../../src/util/json.ts';
import { event } from '../../../support/storeEvents.ts';
import { head } from './exportSetup.ts';

const strange: readonly JsonObject[] = [
  {
    id: 'a',
    type: 'user.message',
    content: [{ type: 'text', text: 'line\nline\u2028 "quoted" \ud83d\ude00' }],
  },
  { id: '__proto__', type: 'agent.telepathy', nested: { deep: [1, null, true, { x: 'y'.repeat(100_000) }] } },
  { type: 'no.id', processed_at: null },
  { id: 'z', type: 'x', payload: { text: 'nested' } },
];
const events = strange.map(event);

const facts = {
  format: 'managed-agents-session',
  version: 1,
  exported_at: '2026-01-02T03:04:05.000Z',
  connection: { name: 'Test', origin: 'https://test.example' },
  complete: true,
  left_out: [],
  redacted: ['keys'],
};

describe('a JSON export', () => {
  it('holds every event exactly as it arrived, one per line, behind a line about the session', () => {
    const [first, ...lines] = [...jsonLines(head, events)].join('').split('\n');
    assert.equal(lines.pop(), '');
    assert.deepEqual(JSON.parse(first ?? ''), { ...facts, session: { id: 'sesn_1', title: 'Fix it' } });
    assert.deepEqual(
      lines.map((line) => JSON.parse(line) as unknown),
      strange,
    );
  });

  it('is one document with the session and its events', () => {
    const pieces = [...jsonDocument(head, events)];
    assert.equal(pieces.length, events.length + 1);
    assert.deepEqual(JSON.parse(pieces.join('')), {
      ...facts,
      session: { id: 'sesn_1', title: 'Fix it' },
      events: strange,
    });
  });

  it('is a document without events, and without a description, as well', () => {
    const text = [...jsonDocument({ ...head, session: undefined, complete: false }, [])].join('');
    const read = JSON.parse(text) as JsonObject;
    assert.deepEqual(read['events'], []);
    assert.deepEqual(read['session'], { id: 'sesn_1', title: 'Fix it' });
    assert.equal(read['complete'], false);
  });

  it('goes on where one event is nested too deep to be written', () => {
    let deep: JsonObject = {};
    for (let level = 0; level < 200_000; level++) {
      deep = { deep };
    }
    const deepEvents = [event({ id: 'a', type: 'x', deep }), event({ id: 'b', type: 'y' })];
    const [, ...lines] = [...jsonLines(head, deepEvents)];
    const [first, second] = lines.map((line) => JSON.parse(line) as JsonObject);
    assert.equal(first?.['id'], 'a');
    assert.equal(first['truncated'], 'nested too deep to be written');
    assert.deepEqual(second, { id: 'b', type: 'y' });
  });
});
