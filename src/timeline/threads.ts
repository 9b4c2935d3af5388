import type { SessionEvent } from '../api/resources/event.ts';
import type { StoredEvent } from '../stream/eventStore.ts';
import { isToolUse } from '../transcript/eventFacts.ts';
import { asText, field } from '../util/json.ts';
import { StatusList } from './statusList.ts';

/**
 * What the threads of a session do. Every session has a first thread that does what the session does; it says
 * nothing new and is left out: only a thread that was created, or that others speak with, is one of its own.
 */
export class Threads {
  private readonly lists = new Map<string, StatusList>();
  private readonly own = new Set<string>();
  private readonly byName = new Map<string, string>();
  private readonly threadOf = new Map<StoredEvent, string>();

  /** Takes what an event says. @returns the events whose time reads differently now. */
  entered(stored: StoredEvent): readonly StoredEvent[] {
    const { event } = stored;
    const touched: StoredEvent[] = [];
    const mentioned = mentionedThread(event);
    if (mentioned !== undefined && !this.own.has(mentioned)) {
      this.own.add(mentioned);
      touched.push(...(this.lists.get(mentioned) ?? []));
    }
    if (!isThreadStatus(event) || event.processedAt === undefined) {
      return touched;
    }
    const name = asText(field(event.body, 'agent_name'));
    const id = asText(field(event.body, 'session_thread_id')) ?? this.byName.get(name ?? '') ?? name;
    if (id === undefined) {
      return touched;
    }
    if (name !== undefined) {
      this.byName.set(name, id);
    }
    const list = this.lists.get(id) ?? new StatusList();
    this.lists.set(id, list);
    this.threadOf.set(stored, id);
    list.add(stored);
    return [...touched, ...neighbours(list, stored), stored];
  }

  /** Takes it back. */
  left(stored: StoredEvent): readonly StoredEvent[] {
    const list = this.listOf(stored);
    if (list === undefined) {
      return [];
    }
    const touched = neighbours(list, stored);
    list.remove(stored);
    this.threadOf.delete(stored);
    return [...touched, stored];
  }

  /** The statuses of the thread of one of them, where it is a thread of its own. */
  ofOwn(stored: StoredEvent): StatusList | undefined {
    const id = this.threadOf.get(stored);
    return id !== undefined && this.own.has(id) ? this.lists.get(id) : undefined;
  }

  private listOf(stored: StoredEvent): StatusList | undefined {
    const id = this.threadOf.get(stored);
    return id === undefined ? undefined : this.lists.get(id);
  }
}

/** The events before and behind one in a list. */
export function neighbours(list: StatusList, stored: StoredEvent): StoredEvent[] {
  return [list.before(stored), list.after(stored)].filter((each) => each !== undefined);
}

/** Whether an event says what a thread does. */
export function isThreadStatus({ type }: SessionEvent): boolean {
  return type === 'session.thread_created' || type.startsWith('session.thread_status_');
}

/** Whether a thread works from an event on. */
export function isThreadAtWork({ type }: SessionEvent): boolean {
  return (
    type === 'session.thread_created' ||
    type === 'session.thread_status_running' ||
    type === 'session.thread_status_rescheduled'
  );
}

/** A thread that an event shows to be one of its own. */
function mentionedThread(event: SessionEvent): string | undefined {
  const { type, body } = event;
  if (type === 'session.thread_created' || isToolUse(event)) {
    return asText(field(body, 'session_thread_id'));
  }
  if (type === 'agent.thread_message_sent') {
    return asText(field(body, 'to_session_thread_id'));
  }
  return type === 'agent.thread_message_received' ? asText(field(body, 'from_session_thread_id')) : undefined;
}
