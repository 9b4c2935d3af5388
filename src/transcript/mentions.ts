import type { SessionEvent } from '../api/resources/event.ts';
import type { StoredEvent } from '../stream/eventStore.ts';
import { asText, field } from '../util/json.ts';
import { Answers } from './answers.ts';
import { isToolUse } from './eventFacts.ts';

/**
 * What some events say of threads and workflow runs that the rows of others need: the name of a thread's
 * agent, what the thread does, the name and the phases of a run. The last that was said counts.
 */
export class Mentions {
  private readonly told = new Answers();
  /** Keys of the events whose rows read what is told of a subject. */
  private readonly readers = new Map<string, Set<string>>();

  get(subject: string): SessionEvent | undefined {
    return this.told.get(subject)?.event;
  }

  /** @returns the keys of the rows that may read differently now. */
  entered(stored: StoredEvent): readonly string[] {
    const touched: string[] = [];
    for (const subject of subjectsTold(stored.event)) {
      this.told.add(subject, stored);
      touched.push(...(this.readers.get(subject) ?? []));
    }
    for (const subject of subjectsRead(stored.event)) {
      this.readers.set(subject, (this.readers.get(subject) ?? new Set()).add(stored.key));
    }
    return touched;
  }

  /** Takes back what an event said while it was `before`. */
  left(stored: StoredEvent, before: SessionEvent): readonly string[] {
    const touched: string[] = [];
    for (const subject of subjectsTold(before)) {
      this.told.remove(subject, stored);
      touched.push(...(this.readers.get(subject) ?? []));
    }
    for (const subject of subjectsRead(before)) {
      const readers = this.readers.get(subject);
      readers?.delete(stored.key);
      if (readers?.size === 0) {
        this.readers.delete(subject);
      }
    }
    return touched;
  }
}

/** The name of a thread's agent. */
export function threadName(id: string): string {
  return `name of ${id}`;
}

/** What a thread does: an event `session.thread_status_…`. */
export function threadState(id: string): string {
  return `state of ${id}`;
}

/** How a workflow run was created: its name and its phases. */
export function workflowRun(id: string): string {
  return `run ${id}`;
}

function subjectsTold(event: SessionEvent): readonly string[] {
  const { type, body } = event;
  if (type.startsWith('session.thread_')) {
    const id = asText(field(body, 'session_thread_id'));
    if (id === undefined) {
      return [];
    }
    const names = asText(field(body, 'agent_name')) === undefined ? [] : [threadName(id)];
    return type.startsWith('session.thread_status_') ? [...names, threadState(id)] : names;
  }
  const run = type === 'workflow_run.created' ? asText(field(body, 'workflow_run_id')) : undefined;
  return run === undefined ? [] : [workflowRun(run)];
}

function subjectsRead(event: SessionEvent): readonly string[] {
  const { type, body } = event;
  const id = (name: string) => asText(field(body, name));
  const some = (subject: (id: string) => string, of: string | undefined) =>
    of === undefined ? [] : [subject(of)];
  if (isToolUse(event)) {
    return some(threadName, id('session_thread_id'));
  }
  switch (type) {
    case 'session.thread_created':
      return some(threadState, id('session_thread_id'));
    case 'agent.thread_message_sent':
      return some(threadName, id('to_session_thread_id'));
    case 'agent.thread_message_received':
      return some(threadName, id('from_session_thread_id'));
    default:
      return type.startsWith('workflow_run.') ? some(workflowRun, id('workflow_run_id')) : [];
  }
}
