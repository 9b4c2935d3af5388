import assert from 'node:assert/strict';
import { EventStore } from '../../../src/stream/eventStore.ts';
import { Outbox } from '../../../src/stream/outbox.ts';
import { Previews } from '../../../src/stream/previews.ts';
import type { Row, RowSlot, ToolRow } from '../../../src/transcript/row.ts';
import { Transcript } from '../../../src/transcript/transcript.ts';
import type { JsonObject } from '../../../src/util/json.ts';
import { event } from '../../support/storeEvents.ts';

/** Later than anything that a test lets arrive, so that history has the last word. */
const LATER = 1e12;

/** A session's data as a feed holds it, without the network, and a transcript that follows it. */
export class TestSession {
  readonly store: EventStore;
  readonly previews = new Previews(() => undefined);
  readonly outbox: Outbox;
  readonly transcript: Transcript;

  constructor(store = new EventStore()) {
    this.store = store;
    this.outbox = new Outbox(store, () => undefined);
    this.transcript = new Transcript(this);
  }

  /** Events come over the stream, as a feed takes them. */
  arrive(...events: readonly JsonObject[]): void {
    for (const json of events) {
      const decoded = event(json);
      if (Previews.isPreview(decoded)) {
        this.previews.take(decoded);
      } else {
        this.previews.settle(decoded);
        this.store.arrive(decoded, 0);
      }
    }
  }

  /** A page of older events is read. */
  older(...events: readonly JsonObject[]): void {
    this.store.merge({ events: events.map(event), start: 'front', reachesEnd: false, askedAt: LATER });
  }

  rows(): Row[] {
    return slotsOf(this.transcript).map((slot) => slot.row());
  }

  row(key: string): Row {
    const found = this.rows().find((row) => row.key === key);
    assert.ok(found !== undefined, `no row ${key}`);
    return found;
  }

  tool(key: string): ToolRow {
    const row = this.row(key);
    assert.ok(row.kind === 'tool', `${key} is no tool call`);
    return row;
  }

  /** Keys of the rows with the state of those that have one: `a:done`. */
  states(): string[] {
    return this.rows().map((row) =>
      row.kind === 'tool'
        ? `${row.key}:${row.status}`
        : row.kind === 'userMessage'
          ? `${row.key}:${row.state}`
          : row.key,
    );
  }
}

/** All slots, first to last; there are no holes between them. */
export function slotsOf(transcript: Transcript): RowSlot[] {
  const slots: RowSlot[] = [];
  for (let position = transcript.first; position < transcript.end; position++) {
    const slot = transcript.at(position);
    assert.ok(slot !== undefined, `a hole at ${position}`);
    slots.push(slot);
  }
  assert.equal(transcript.at(transcript.first - 1), undefined);
  assert.equal(transcript.at(transcript.end), undefined);
  return slots;
}

// ---- events, as short as tests want them ----

export const running = (id: string): JsonObject => ({ type: 'session.status_running', id });
export const idle = (id: string, reason = 'end_turn'): JsonObject => ({
  type: 'session.status_idle',
  id,
  stop_reason: { type: reason },
});
export const asking = (id: string, ...ids: string[]): JsonObject => ({
  type: 'session.status_idle',
  id,
  stop_reason: { type: 'requires_action', event_ids: ids },
});
export const use = (id: string, more: JsonObject = {}): JsonObject => ({
  type: 'agent.tool_use',
  id,
  name: 'bash',
  input: { command: `echo ${id}` },
  ...more,
});
export const result = (id: string, call: string, more: JsonObject = {}): JsonObject => ({
  type: 'agent.tool_result',
  id,
  tool_use_id: call,
  content: [{ type: 'text', text: `result ${id}` }],
  ...more,
});
export const decision = (id: string, call: string, what = 'allow'): JsonObject => ({
  type: 'user.tool_confirmation',
  id,
  tool_use_id: call,
  result: what,
});
export const says = (id: string, text = id): JsonObject => ({
  type: 'agent.message',
  id,
  content: [{ type: 'text', text }],
});
export const asks = (id: string, more: JsonObject = {}): JsonObject => ({
  type: 'user.message',
  id,
  content: [{ type: 'text', text: id }],
  ...more,
});
