import assert from 'node:assert/strict';
import { Redactor } from '../../../src/api/http/redact.ts';
import { LogRows } from '../../../src/eventLog/logRow.ts';
import { MAX_LOG_NAME } from '../../../src/protocol/logMessages.ts';
import { EventStore, type StoredEvent } from '../../../src/stream/eventStore.ts';
import type { JsonObject } from '../../../src/util/json.ts';
import { event } from '../../support/storeEvents.ts';

const same = (text: string) => text;

function stored(json: JsonObject): StoredEvent {
  return new EventStore().arrive(event(json), 0);
}

function summary(json: JsonObject): string {
  return new LogRows(same).row(stored({ id: 'e', ...json })).summary;
}

const text = (value: string) => [{ type: 'text', text: value }];

describe('a line of the event log', () => {
  it('says what the event says, in one line', () => {
    const cases: readonly (readonly [json: JsonObject, line: string])[] = [
      [{ type: 'user.message', content: text('Fix it\n\n  now') }, 'Fix it now'],
      [{ type: 'agent.tool_use', name: 'bash', input: { command: 'rg -n "x"\nls' } }, 'bash rg -n "x" ls'],
      [{ type: 'agent.tool_use', name: 'read', input: { file_path: 'a/b.ts' } }, 'read a/b.ts'],
      [
        {
          type: 'agent.mcp_tool_use',
          name: 'get',
          mcp_server_name: 'tracker',
          input: { n: 4, deep: { a: [1] } },
        },
        'tracker/get n 4 · a [1]',
      ],
      [{ type: 'agent.tool_result', tool_use_id: 'x', content: text('done') }, 'done'],
      [{ type: 'agent.tool_result', tool_use_id: 'x', content: [{ type: 'image' }] }, 'image'],
      [
        { type: 'session.status_idle', stop_reason: { type: 'requires_action', event_ids: ['a', 'b'] } },
        'requires_action · 2',
      ],
      [{ type: 'session.status_idle', stop_reason: 'end_turn' }, 'end_turn'],
      [
        {
          type: 'session.error',
          error: { type: 'overloaded_error', message: 'Busy', retry_status: { type: 'retrying' } },
        },
        'overloaded_error · Busy · retrying',
      ],
      [
        {
          type: 'span.model_request_end',
          model_request_start_id: 'sevt_1',
          is_error: null,
          model_usage: { input_tokens: 12, output_tokens: 3 },
        },
        'input_tokens 12 · output_tokens 3 · model_request_start_id sevt_1',
      ],
      [{ type: 'user.tool_confirmation', tool_use_id: 'a', result: 'deny', deny_message: 'no' }, 'deny · no'],
      [{ type: 'agent.thread_message_sent', to_agent_name: 'Bob', content: text('Hi') }, 'Bob · Hi'],
      [{ type: 'future.kind', payload: { a: 1 }, list: [1, 2], nothing: null }, 'a 1 · list [2]'],
      [{ type: 'session.status_running' }, ''],
    ];
    for (const [json, line] of cases) {
      assert.equal(summary(json), line);
    }
  });

  it('is short, visible and free of line breaks, whatever the event holds', () => {
    const wild = `a\u202eb\u0000\u001b[31m${'x'.repeat(2_000_000)}`;
    const row = new LogRows(same).row(
      stored({ id: wild, type: wild, content: text(wild), processed_at: '2026-01-01T00:00:00Z' }),
    );
    assert.ok(row.summary.length <= 140 && row.type.length <= 60 && (row.id?.length ?? 0) <= 40);
    assert.ok(row.name.length <= MAX_LOG_NAME);
    assert.doesNotMatch(`${row.type}${row.summary}${row.id ?? ''}`, /[\u0000-\u001f\u202e]/);
    assert.ok(JSON.stringify(row).length < 500);
  });

  it('finds an event again by its name, also where its key is too long for one', () => {
    const rows = new LogRows(same);
    const short = stored({ id: 'short', type: 'x' });
    const long = stored({ id: 'l'.repeat(5_000), type: 'x' });
    assert.equal(rows.keyOf(rows.nameOf(short)), 'short');
    assert.equal(rows.keyOf(rows.nameOf(long)), long.key);
    assert.equal(rows.nameOf(long), rows.nameOf(long));
  });

  it('measures in bytes, with every script', () => {
    const rows = new LogRows(same);
    for (const words of ['plain', 'größer', 'привет', '日本語', '🙂🙂', 'mixed 日 ü 🙂']) {
      const json = { id: 'e', type: 'user.message', content: text(words), [words]: 1 };
      const measured = rows.row(stored(json)).size;
      assert.equal(measured, new TextEncoder().encode(JSON.stringify(json)).length, words);
    }
  });

  it('survives nesting that no stack could', () => {
    const deep = {
      id: 'e',
      type: 'x',
      input: JSON.parse('['.repeat(100_000) + ']'.repeat(100_000)) as JsonObject,
    };
    const rows = new LogRows(same);
    const entry = stored(deep);
    assert.ok(rows.row(entry).size > 0);
    assert.ok(rows.detail(entry).json.length > 0);
  });

  it('says that something failed or is queued', () => {
    const rows = new LogRows(same);
    const mark = (json: JsonObject) => rows.row(stored(json)).mark;
    assert.equal(mark({ type: 'agent.tool_result', tool_use_id: 'a', is_error: true }), 'failed');
    assert.equal(mark({ type: 'session.error' }), 'failed');
    assert.equal(mark({ type: 'user.message', processed_at: null }), 'queued');
    assert.equal(mark({ type: 'user.message' }), null);
  });

  describe('where a server echoes the key', () => {
    const key = `sk-${'Ab1+/ü'.repeat(20)}`.replaceAll('ü', '%');
    const redactor = new Redactor();
    redactor.learn(key);
    const rows = new LogRows((value) => redactor.cutKeys(value));

    it('cuts it out of lines, ids, types and JSON', () => {
      const entry = stored({
        id: key,
        type: `x.${key}`,
        content: text(`see ${key} there`),
        deep: { a: key },
      });
      const { json, id } = rows.detail(entry);
      const row = rows.row(entry);
      for (const shown of [row.summary, row.type, row.id, json, id]) {
        assert.ok(shown !== null && !shown.includes(key.slice(0, 12)), shown ?? '');
      }
    });

    it('shows no part of one that stands across a cut', () => {
      for (let lead = 3_900; lead < 4_300; lead += 7) {
        const spaces = ' '.repeat(lead); // blanks shrink to one, so that what stands behind them moves up
        const row = rows.row(stored({ id: 'e', type: 'user.message', content: text(`${spaces}${key}`) }));
        assert.ok(!row.summary.includes(key.slice(0, 8)), `${lead}: ${row.summary}`);
      }
    });
  });
});
