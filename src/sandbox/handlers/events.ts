import { readEvents } from '../bodies/eventBody.ts';
import { decodeLogCursor, encodeLogCursor } from '../cursor.ts';
import { eventShape } from '../dialects/dialect.ts';
import { invalid, notFound } from '../errors.ts';
import { cursorScope, readLimit, readList, readOrder, readPreviews, readWindow } from '../query.ts';
import { type SessionRecord, type StoredEvent, threadId } from '../records.ts';
import { Checker } from '../validation.ts';
import { type Answer, type Call, type Handlers, json, pathId } from './call.ts';
import { answerPage } from './listing.ts';
import { sessionOf } from './sessions.ts';

const eventLimits = { standard: 1_000, max: 1_000 } as const;

export const eventHandlers: Handlers<
  'sendEvents' | 'listEvents' | 'streamEvents' | 'streamSession' | 'listSessionThreads' | 'listThreadEvents'
> = {
  sendEvents: (call) => {
    const session = sessionOf(call);
    if (session.status === 'terminated' || session.archivedAt !== null) {
      throw invalid('The session has ended and takes no more events');
    }
    const accepted = call.scriptedAgent.accept(session, readEvents(call.body, session));
    return json(call.dialect.echo(accepted.map(eventShape)));
  },

  listEvents: (call) => {
    const session = sessionOf(call);
    return answerEvents(call, session, `events of ${session.suffix}`, () => true);
  },

  streamEvents: openStream,
  streamSession: openStream,

  listSessionThreads: (call) =>
    answerPage(call, new Checker(), {
      name: 'threads',
      items: [sessionOf(call)],
      order: 'asc',
      limits: { standard: 1_000, max: 1_000 },
      shape: (session) => call.dialect.thread(session, call.store.now()),
    }),

  listThreadEvents: (call) => {
    const session = sessionOf(call);
    const id = pathId(call, 'agent_thread_id');
    if (id !== threadId(session)) {
      throw notFound('Thread', id);
    }
    return answerEvents(call, session, `events of ${id}`, isThreadEvent);
  },
};

function openStream(call: Call): Answer {
  return { kind: 'stream', session: sessionOf(call), previews: readPreviews(call.query) };
}

/** What belongs to the thread itself, not to the session around it. */
function isThreadEvent(event: StoredEvent): boolean {
  return !event.type.startsWith('session.') || /^session\.(thread_|error$)/.test(event.type);
}

function answerEvents(
  call: Call,
  session: SessionRecord,
  list: string,
  belongs: (event: StoredEvent) => boolean,
): Answer {
  const checker = new Checker();
  const order = readOrder(call.query, checker, 'asc');
  const window = readWindow(call.query, checker);
  const limit = readLimit(call.query, checker, eventLimits);
  const types = new Set(readList(call.query, 'types'));
  checker.finish();
  const scope = cursorScope(list, order, window);
  const cursor = call.query.get('page');
  const page = session.log.page({
    order,
    limit,
    from: cursor === null ? undefined : decodeLogCursor(scope, cursor),
    matches: (event) =>
      (types.size === 0 || types.has(event.type)) &&
      call.dialect.shows(event.type) &&
      belongs(event) &&
      // A queued event has no time yet, so no window can hold it.
      (window.isOpen || (event.processedAt !== null && window.includes(event.processedAt))),
  });
  const next = page.next === undefined ? undefined : encodeLogCursor(scope, page.next);
  return json(call.dialect.eventList(page.events.map(eventShape), { next }));
}
