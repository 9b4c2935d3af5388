import type { JsonObject } from '../util/json.ts';
import { type SessionRecord, threadId } from './records.ts';
import type { Store } from './store.ts';
import { usageShape } from './usage.ts';

// Status changes of a session. Each is an event and, for its one thread, a second event beside it;
// the record is changed first, so that a reader who reacts to the event finds the new status.

export type StopReason =
  | { readonly type: 'end_turn' }
  | { readonly type: 'retries_exhausted' }
  | { readonly type: 'requires_action'; readonly event_ids: string[] };

export function startRunning(store: Store, session: SessionRecord): void {
  const now = store.now();
  session.status = 'running';
  session.runningSince ??= now;
  session.updatedAt = now;
  store.emit(session, 'session.status_running');
  emitThread(store, session, 'running');
}

export function reschedule(store: Store, session: SessionRecord): void {
  stopCounting(store, session);
  session.status = 'rescheduling';
  store.emit(session, 'session.status_rescheduled');
  emitThread(store, session, 'rescheduled');
}

/** Usage first, then idle: the order of the real service. */
export function goIdle(store: Store, session: SessionRecord, stopReason: StopReason): void {
  stopCounting(store, session);
  session.status = 'idle';
  store.emit(session, 'session.usage', { usage: usageShape(session), budget: session.budget });
  const fields: JsonObject = { stop_reason: { ...stopReason }, stop_details: null };
  store.emit(session, 'session.status_idle', fields);
  emitThread(store, session, 'idle', fields);
}

/** Ends the session for good: its last events go out, and then its streams end. */
export function terminate(store: Store, session: SessionRecord): void {
  stopCounting(store, session);
  session.status = 'terminated';
  session.pending.clear();
  session.work.length = 0;
  emitThread(store, session, 'terminated');
  store.emit(session, 'session.status_terminated');
  session.feed.fire({ kind: 'end' });
}

function stopCounting(store: Store, session: SessionRecord): void {
  const now = store.now();
  if (session.runningSince !== undefined) {
    session.activeMs += now - session.runningSince;
    session.runningSince = undefined;
  }
  session.updatedAt = now;
}

function emitThread(store: Store, session: SessionRecord, status: string, fields: JsonObject = {}): void {
  store.emit(session, `session.thread_status_${status}`, {
    session_thread_id: threadId(session),
    agent_name: session.agent.name,
    ...fields,
  });
}
