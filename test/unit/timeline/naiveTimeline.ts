import assert from 'node:assert/strict';
import type { SessionEvent } from '../../../src/api/resources/event.ts';
import type { EventStore } from '../../../src/stream/eventStore.ts';
import { asObject, asText, field } from '../../../src/util/json.ts';

/** A segment as a look at every event finds it. */
export interface NaiveSegment {
  readonly lane: string;
  readonly key: string;
  readonly from: number;
  readonly to: number | null;
  readonly isFailed: boolean;
  readonly isCut: boolean;
  readonly counts: boolean;
  readonly input: number;
}

interface Held {
  readonly key: string;
  readonly event: SessionEvent;
}

const STATUSES = ['running', 'rescheduled', 'idle', 'terminated'].map((name) => `session.status_${name}`);

function heldBy(store: EventStore): Held[] {
  return Array.from({ length: store.size }, (_, index) => {
    const stored = store.at(store.first + index);
    assert.ok(stored !== undefined);
    return stored;
  });
}

function reason(event: SessionEvent): string | undefined {
  return asText(field(asObject(field(event.body, 'stop_reason')), 'type'));
}

function laneOf(event: SessionEvent): string {
  if (event.type === 'session.status_running' || event.type === 'session.status_rescheduled') {
    return 'turns';
  }
  return reason(event) === 'requires_action' ? 'you' : 'idle';
}

/**
 * All segments of a session, from its events and nothing else.
 * @param created threads that were known to be created so far; those that are held now come in.
 */
export function naiveSegments(store: EventStore, created: Set<string>): NaiveSegment[] {
  const all = heldBy(store);
  const found: NaiveSegment[] = [];
  const turnEnd = (index: number) =>
    all
      .slice(index + 1)
      .find(
        ({ event }) =>
          event.processedAt !== undefined &&
          ((event.type === 'session.status_idle' && reason(event) !== 'requires_action') ||
            event.type === 'session.status_terminated'),
      )?.event.processedAt;
  const add = (
    lane: string,
    index: number,
    begin: number | undefined,
    end: SessionEvent | undefined,
    more: { isFailed?: boolean; counts?: boolean; input?: number } = {},
  ) => {
    const from = begin ?? end?.processedAt;
    const held = all[index];
    if (from !== undefined && held !== undefined) {
      const limit = end === undefined ? turnEnd(index) : (end.processedAt ?? from);
      found.push({
        lane,
        key: held.key,
        from,
        to: limit === undefined ? null : Math.max(from, limit),
        isFailed: more.isFailed ?? false,
        isCut: end === undefined && limit !== undefined,
        counts: more.counts ?? true,
        input: more.input ?? 0,
      });
    }
  };
  const lastNaming = (type: string, name: string, key: string) =>
    all.findLast(({ event }) => event.type === type && asText(field(event.body, name)) === key)?.event;
  for (const { event } of all) {
    const id = asText(field(event.body, 'session_thread_id'));
    if (event.type === 'session.thread_created' && id !== undefined) {
      created.add(id);
    }
  }
  all.forEach(({ key, event }, index) => {
    const { type } = event;
    if (type === 'agent.tool_use') {
      const result = lastNaming('agent.tool_result', 'tool_use_id', key);
      const confirmation = lastNaming('user.tool_confirmation', 'tool_use_id', key);
      const status = all
        .slice(index + 1)
        .find((each) => STATUSES.includes(each.event.type) && each.event.processedAt !== undefined)?.event;
      const awaited = field(asObject(field(status?.body, 'stop_reason')), 'event_ids');
      const isAsked =
        field(event.body, 'evaluated_permission') === 'ask' ||
        (Array.isArray(awaited) && awaited.includes(key));
      if (isAsked && result === undefined && confirmation === undefined) {
        return;
      }
      const begin = confirmation?.processedAt ?? (isAsked ? result?.processedAt : event.processedAt);
      const isDenied = confirmation !== undefined && field(confirmation.body, 'result') !== 'allow';
      const isFailed = result !== undefined && field(result.body, 'is_error') === true && !isDenied;
      add('tools', index, begin, result, { isFailed });
    } else if (type === 'span.model_request_start') {
      const end = lastNaming('span.model_request_end', 'model_request_start_id', key);
      const input = field(asObject(field(end?.body, 'model_usage')), 'input_tokens');
      add('model', index, event.processedAt, end, {
        isFailed: field(end?.body, 'is_error') === true,
        input: typeof input === 'number' ? input : 0,
      });
    } else if (STATUSES.includes(type) && event.processedAt !== undefined) {
      const timed = all.filter(
        (each) => STATUSES.includes(each.event.type) && each.event.processedAt !== undefined,
      );
      const at = timed.findIndex((each) => each.key === key);
      const next = timed[at + 1]?.event;
      const before = timed[at - 1]?.event;
      const lane = laneOf(event);
      if (next?.processedAt !== undefined || lane !== 'idle') {
        found.push({
          lane,
          key,
          from: event.processedAt,
          to: next?.processedAt === undefined ? null : Math.max(event.processedAt, next.processedAt),
          isFailed: lane === 'turns' && next !== undefined && reason(next) === 'retries_exhausted',
          isCut: false,
          counts: before === undefined || laneOf(before) !== lane,
          input: 0,
        });
      }
    } else if (/thread_(created|status)/.test(type) && event.processedAt !== undefined) {
      const id = asText(field(event.body, 'session_thread_id')) ?? '';
      const mine = all.filter(
        (each) =>
          /thread_(created|status)/.test(each.event.type) &&
          each.event.processedAt !== undefined &&
          field(each.event.body, 'session_thread_id') === id,
      );
      const at = mine.findIndex((each) => each.key === key);
      const isOn = (each: SessionEvent | undefined) => /created|running/.test(each?.type ?? '');
      if (created.has(id) && isOn(event)) {
        add('threads', index, event.processedAt, mine[at + 1]?.event, { counts: !isOn(mine[at - 1]?.event) });
      }
    }
  });
  return found;
}

export function untimedIn(store: EventStore): number {
  return heldBy(store).filter(({ event }) => event.processedAt === undefined && !event.queued).length;
}
