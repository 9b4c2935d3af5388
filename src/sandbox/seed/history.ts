import type { JsonObject } from '../../util/json.ts';
import { type SessionRecord, type StoredEvent, threadId } from '../records.ts';
import type { StopReason } from '../sessionStatus.ts';
import type { Store } from '../store.ts';
import { countRequest, modelUsageShape, usageShape } from '../usage.ts';

/** Writes a past into a session: the events of whole turns, each a little later than the one before. */
export class History {
  private readonly store: Store;
  private readonly session: SessionRecord;
  private readonly stepMs: number;
  private readonly maxEvents: number;
  private readonly withThreads: boolean;
  private time: number;

  constructor(
    store: Store,
    session: SessionRecord,
    rules: { stepMs: number; maxEvents?: number; withThreads?: boolean },
  ) {
    this.store = store;
    this.session = session;
    this.stepMs = rules.stepMs;
    this.maxEvents = rules.maxEvents ?? Number.POSITIVE_INFINITY;
    this.withThreads = rules.withThreads ?? true;
    this.time = session.createdAt;
  }

  get isFull(): boolean {
    return this.session.log.size >= this.maxEvents;
  }

  /**
   * Adds one event; the last one that fits is an idle event, so that the past ends in order.
   * @param slow how many steps it took.
   */
  add(type: string, fields: JsonObject = {}, slow = 1): StoredEvent | undefined {
    if (this.isFull) {
      return undefined;
    }
    const last = this.session.log.size === this.maxEvents - 1;
    this.time += this.stepMs * slow;
    this.session.updatedAt = this.time;
    return this.store.emit(
      this.session,
      last ? 'session.status_idle' : type,
      last ? { stop_reason: { type: 'end_turn' }, stop_details: null } : fields,
      { processedAt: this.time },
    );
  }

  ask(text: string): void {
    this.status('running');
    this.add('user.message', { content: [{ type: 'text', text }] });
  }

  /** One model request with what it brings forth; answers the last of it. */
  request(read: string, parts: readonly { type: string; fields: JsonObject }[]): StoredEvent | undefined {
    const start = this.add('span.model_request_start');
    let made: StoredEvent | undefined;
    for (const { type, fields } of parts) {
      made = this.add(type, fields);
    }
    const usage = countRequest(this.session, read.length, 120 * parts.length);
    this.session.activeMs += this.stepMs * (parts.length + 2);
    this.add('span.model_request_end', {
      model_request_start_id: start?.id ?? '',
      is_error: false,
      model_usage: modelUsageShape(usage),
    });
    return made;
  }

  idle(stopReason: StopReason): void {
    this.add('session.usage', { usage: usageShape(this.session), budget: null });
    this.status('idle', { stop_reason: { ...stopReason }, stop_details: null });
  }

  private status(name: 'running' | 'idle', fields: JsonObject = {}): void {
    this.add(`session.status_${name}`, fields);
    if (this.withThreads) {
      this.add(`session.thread_status_${name}`, {
        session_thread_id: threadId(this.session),
        agent_name: this.session.agent.name,
        ...fields,
      });
    }
  }
}

export function message(text: string): { type: string; fields: JsonObject } {
  return { type: 'agent.message', fields: { content: [{ type: 'text', text }] } };
}

export function toolUse(
  name: string,
  input: JsonObject,
  permission: 'allow' | 'ask' = 'allow',
): { type: string; fields: JsonObject } {
  return {
    type: 'agent.tool_use',
    fields: {
      name,
      input,
      evaluated_permission: permission,
      evaluation: { type: `always_${permission}` },
    },
  };
}

export function toolResult(use: StoredEvent | undefined, text: string, isError = false): JsonObject {
  return { tool_use_id: use?.id ?? '', content: [{ type: 'text', text }], is_error: isError };
}
