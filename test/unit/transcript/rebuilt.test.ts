import assert from 'node:assert/strict';
import type { StoredEvent } from '../../../src/stream/eventStore.ts';
import { isToolUse } from '../../../src/transcript/eventFacts.ts';
import type { Row } from '../../../src/transcript/row.ts';
import { completes } from '../../../src/transcript/rowOf.ts';
import { callOf } from '../../../src/transcript/toolCall.ts';
import { Transcript } from '../../../src/transcript/transcript.ts';
import type { JsonObject } from '../../../src/util/json.ts';
import { between, seededRandom } from '../../support/random.ts';
import { at, event } from '../../support/storeEvents.ts';
import { running, says, slotsOf, TestSession } from './transcriptSetup.ts';

const STEPS = 90;
const SEEDS = 250;

describe('a transcript that follows its store', () => {
  it('reads at every step like one made anew', function () {
    this.timeout(60_000);
    for (let seed = 1; seed <= SEEDS; seed++) {
      const world = new World(seed);
      for (let step = 0; step < STEPS; step++) {
        world.act(step);
        world.check(`seed ${seed}, step ${step}`);
      }
    }
  });

  it('keeps the positions of its rows when older ones come', () => {
    const session = new TestSession();
    const ids = Array.from({ length: 20 }, (_, index) => `e${index}`);
    session.arrive(...ids.slice(10).map((id) => says(id)));
    const places = () => ids.map((id) => session.transcript.positionOf(id));
    const before = places().slice(10);
    session.older(...ids.slice(5, 10).map((id) => says(id)), says('e10'));
    assert.deepEqual(places().slice(10), before);
    session.older(...ids.slice(0, 5).map((id) => says(id)), says('e5'));
    assert.deepEqual(places().slice(10), before);
    assert.deepEqual(
      places(),
      Array.from({ length: 20 }, (_, index) => index - 10),
    );
  });

  it('keeps the positions of its rows when the oldest go', () => {
    const session = new TestSession();
    session.arrive(...['a', 'b', 'c', 'd'].map((id) => says(id)));
    session.store.trim(2);
    assert.deepEqual([session.transcript.first, session.transcript.end], [2, 4]);
    assert.equal(session.transcript.positionOf('c'), 2);
    assert.equal(session.transcript.positionOf('a'), undefined);
  });

  it('knows the latest status and usage, whichever is read first', () => {
    const session = new TestSession();
    const usage = (id: string) => ({ type: 'session.usage', id });
    session.arrive(usage('u2'), running('s2'), says('m'));
    session.older(running('s1'), usage('u1'), usage('u2'));
    assert.deepEqual([session.transcript.status?.key, session.transcript.usage?.key], ['s2', 'u2']);
    session.arrive(usage('u3'), running('s3'));
    assert.deepEqual([session.transcript.status?.key, session.transcript.usage?.key], ['s3', 'u3']);
    session.arrive(says('n'));
    session.store.trim(1);
    assert.deepEqual([session.transcript.status, session.transcript.usage], [undefined, undefined]);
  });

  it('lets go of the store', () => {
    const session = new TestSession();
    session.transcript.dispose();
    session.arrive(says('a'));
    assert.equal(session.transcript.end, session.transcript.first);
  });
});

/** A server, a stream that loses parts, readings of history, messages under way: everything a feed lives through. */
class World {
  private readonly random: () => number;
  private readonly session = new TestSession();
  /** What the server would list. */
  private readonly history: JsonObject[] = [];
  private readonly calls: string[] = [];
  private readonly trimmedCalls = new Set<string>();
  private readonly outgoing: string[] = [];
  private readonly seen = new Map<string, string>();
  private now = 0;
  private made = 0;

  constructor(seed: number) {
    this.random = seededRandom(seed);
    this.session.store.observe({
      inserted: () => undefined,
      prepended: () => undefined,
      updated: () => undefined,
      removed: () => undefined,
      trimmed: (entries: readonly StoredEvent[]) => {
        for (const { key, event: call } of entries.filter((entry) => isToolUse(entry.event))) {
          this.trimmedCalls.add(key).add(callOf(call).modelId ?? key);
        }
      },
    });
  }

  act(step: number): void {
    const { random, session } = this;
    const { store, previews, outbox } = session;
    this.now += 1_000;
    const dice = random();
    if (dice < 0.6) {
      const json = this.next(step);
      this.history.push(json);
      if (random() < 0.85) {
        this.stream(json);
      }
    } else if (dice < 0.66) {
      this.stream(this.pick(this.history) ?? {});
    } else if (dice < 0.72) {
      this.change();
    } else if (dice < 0.86) {
      this.read();
    } else if (dice < 0.9) {
      store.trim(between(random, 5, 60));
    } else if (dice < 0.95) {
      const id = `p${between(random, 0, step + 1)}`;
      session.arrive({
        type: 'event_start',
        event: { type: random() < 0.8 ? 'agent.message' : 'agent.thinking', id },
      });
      session.arrive({
        type: 'event_delta',
        event_id: id,
        delta: { index: between(random, 0, 3), content: { text: 'grow' } },
      });
      if (random() < 0.2) {
        previews.clear();
      }
    } else {
      const key = this.pick(this.outgoing);
      if (key === undefined || random() < 0.5) {
        const type = random() < 0.7 ? 'user.message' : 'user.interrupt';
        this.outgoing.push(outbox.add({ type, content: [{ type: 'text', text: `o${step}` }] }, this.now));
      } else if (random() < 0.5) {
        outbox.mark(key, this.pick(['sending', 'checking', 'sent', 'failed'] as const) ?? 'sent');
      } else {
        outbox.remove(key);
      }
    }
    outbox.settle();
  }

  check(where: string): void {
    const fresh = new Transcript(this.session);
    const { transcript } = this.session;
    const mine = slotsOf(transcript);
    assert.deepEqual(
      this.readable(mine.map((slot) => slot.row())),
      this.readable(slotsOf(fresh).map((slot) => slot.row())),
      where,
    );
    assert.equal(new Set(mine.map(({ key }) => key)).size, mine.length, `${where}: a key twice`);
    for (const [index, slot] of mine.entries()) {
      const row = slot.row();
      assert.equal(row.key, slot.key);
      assert.equal(transcript.positionOf(slot.key), transcript.first + index, where);
      const name = `${slot.key} ${slot.stamp}`;
      const text = JSON.stringify(row);
      assert.equal(this.seen.get(name) ?? text, text, `${where}: another row under the same stamp`);
      this.seen.set(name, text);
    }
    assert.deepEqual(transcript.pending, fresh.pending, where);
    assert.equal(transcript.status, fresh.status, where);
    assert.equal(transcript.usage, fresh.usage, where);
    fresh.dispose();
  }

  /** Answers to calls that were let go may lie there or not. */
  private readable(rows: readonly Row[]): readonly Row[] {
    return rows.filter(({ key }) => {
      const stored = this.session.store.get(key);
      const answered = stored === undefined ? undefined : completes(stored.event);
      return answered === undefined || !this.trimmedCalls.has(answered);
    });
  }

  private stream(json: JsonObject): void {
    this.session.previews.settle(event(json));
    this.session.store.arrive(event(json), this.now);
  }

  /** A part of history is read: its end, its middle or its whole. */
  private read(): void {
    const { random, history } = this;
    const { store } = this.session;
    const from = random() < 0.4 ? 0 : between(random, 0, history.length + 1);
    const end = random() < 0.5 ? history.length : between(random, from, history.length + 1);
    const events = history.slice(from, end).map(event);
    const held = events.flatMap(({ id }) => (id === undefined ? [] : (store.get(id) ?? [])))[0];
    const behind = store.at(between(random, store.first, store.end));
    const start =
      random() < 0.5 && held !== undefined ? { at: held } : random() < 0.2 && behind ? { behind } : 'front';
    const askedAt = this.now - (random() < 0.5 ? 0 : 5_000);
    store.merge({ events, start, reachesEnd: end === history.length, askedAt });
  }

  /** An event's later state: processed, or, from a server out of its mind, something else entirely. */
  private change(): void {
    const index = between(this.random, 0, this.history.length);
    const old = this.history[index];
    const id = old?.['id'];
    if (old === undefined || typeof id !== 'string') {
      return;
    }
    const other =
      this.random() < 0.5 ? { ...this.next(index), id } : { ...old, content: `changed ${this.made++}` };
    const changed = { ...other, processed_at: at(10_000 + this.made++) };
    this.history[index] = changed;
    if (this.random() < 0.8) {
      this.stream(changed);
    }
  }

  private next(step: number): JsonObject {
    const { random } = this;
    const id = random() < 0.05 ? this.newId('p', step) : this.newId('e', step);
    const call = this.pick(this.calls) ?? 'none';
    const thread = `t${between(random, 0, 3)}`;
    const asked = Array.from({ length: between(random, 0, 4) }, () => this.pick(this.calls) ?? 'none');
    const retry = this.pick(['retrying', 'exhausted', 'terminal'] as const) ?? 'retrying';
    const reason = this.pick(['end_turn', 'retries_exhausted', 'refusal'] as const) ?? 'end_turn';
    const make = this.pick<() => JsonObject>([
      () => ({ type: 'user.message', content: id, ...(random() < 0.4 && { processed_at: null }) }),
      () => ({ type: 'agent.message', content: id }),
      () => ({ type: 'agent.thinking' }),
      () => this.call(id, 'agent.tool_use'),
      () => this.call(id, 'agent.mcp_tool_use'),
      () => this.call(id, 'agent.custom_tool_use'),
      () => this.call(this.newId('late', step + 5), 'agent.tool_use'),
      () => this.call(id, 'agent.tool_use', { tool_use_id: `toolu_${between(random, 0, 8)}` }),
      () => this.call(id, 'agent.tool_use', { session_thread_id: thread }),
      () => ({ type: 'agent.tool_result', tool_use_id: `toolu_${between(random, 0, 8)}`, content: id }),
      () => ({
        type: 'user.tool_confirmation',
        tool_use_id: `toolu_${between(random, 0, 8)}`,
        result: 'allow',
      }),
      () => ({
        type: 'session.status_idle',
        stop_reason: { type: 'requires_action', event_ids: [`toolu_${between(random, 0, 8)}`, call] },
      }),
      () => ({ type: 'session.thread_created', session_thread_id: thread, agent_name: id }),
      () => ({ type: 'session.thread_status_running', session_thread_id: thread, agent_name: id }),
      () => ({ type: 'session.thread_status_idle', session_thread_id: thread }),
      () => ({ type: 'agent.thread_message_sent', to_session_thread_id: thread, content: id }),
      () => ({ type: 'workflow_run.created', workflow_run_id: thread, name: id }),
      () => ({ type: 'workflow_run.status_running', workflow_run_id: thread }),
      () => ({ type: 'agent.tool_result', tool_use_id: call, content: id, is_error: random() < 0.3 }),
      () => ({ type: 'agent.tool_result', tool_use_id: `late${step}`, content: id }),
      () => ({ type: 'agent.mcp_tool_result', mcp_tool_use_id: call, content: id }),
      () => ({ type: 'user.custom_tool_result', custom_tool_use_id: call, content: id }),
      () => ({ type: 'user.tool_result', tool_use_id: call, processed_at: random() < 0.5 ? null : at(step) }),
      () => ({
        type: 'user.tool_confirmation',
        tool_use_id: call,
        result: random() < 0.5 ? 'allow' : 'deny',
      }),
      () => ({ type: 'session.status_idle', stop_reason: { type: reason } }),
      () => ({ type: 'session.status_idle', stop_reason: { type: 'requires_action', event_ids: asked } }),
      () => ({ type: 'session.status_running' }),
      () => ({ type: 'session.status_rescheduled' }),
      () => ({ type: 'session.error', error: { type: 'x', retry_status: { type: retry } } }),
      () => ({ type: 'session.usage', usage: { input_tokens: step } }),
      () => ({ type: 'span.model_request_end', model_usage: { input_tokens: step, output_tokens: 1 } }),
      () => ({ type: 'future.thing', step }),
    ]);
    const body = make?.() ?? {};
    const isNameless = random() < 0.1;
    return { ...(isNameless ? {} : { id, processed_at: at(step) }), ...body };
  }

  private call(id: string, type: string, more: JsonObject = {}): JsonObject {
    this.calls.push(id);
    return { id, type, name: 'bash', input: { command: id }, ...more };
  }

  private newId(prefix: string, step: number): string {
    return prefix === 'e' ? `e${this.made++}` : `${prefix}${step}`;
  }

  private pick<T>(items: readonly T[]): T | undefined {
    return items[between(this.random, 0, items.length)];
  }
}
