import type { SessionEvent } from '../api/resources/event.ts';
import { type TimelineLane, timelineLanes, type TimelineTokens } from '../protocol/timelineMessages.ts';
import type { EventStore, StoredEvent, StoreObserver } from '../stream/eventStore.ts';
import { CallAnswers } from '../transcript/callAnswers.ts';
import { awaitedIds, endsTurn, isStatus, isToolUse, stopReason } from '../transcript/eventFacts.ts';
import { callOf, resultFields } from '../transcript/toolCall.ts';
import type { Disposable } from '../util/disposable.ts';
import { asNumber, asObject, asText, field } from '../util/json.ts';
import { LaneIndex } from './laneIndex.ts';
import { OPEN, type Segment } from './segment.ts';
import { SpanEnds } from './spanEnds.ts';
import { StatusList } from './statusList.ts';
import { isThreadAtWork, isThreadStatus, neighbours, Threads } from './threads.ts';

/** The parts of a store that the timeline follows. */
export type TimelineSource = Pick<EventStore, 'first' | 'end' | 'size' | 'at' | 'get' | 'observe'>;

/** A segment before it is known where it belongs. */
type Draft = Omit<Segment, 'order' | 'key'>;

/** Where among the events something changes. At the front it says nothing about those that stay. */
type Where = 'front' | 'middle' | 'end';

/**
 * The events of a session as spans of time, lane by lane. Follows the store change by change: what an event
 * says touches the few segments that it begins, ends or limits, and each of those is made anew and put into
 * its place.
 *
 * Invariants: every segment is what `draft` makes of its first event now; `untimed` and `disordered` count
 * what is held.
 */
export class Timeline implements StoreObserver, Disposable {
  readonly lanes: ReadonlyMap<TimelineLane, LaneIndex> = new Map(
    timelineLanes.map((lane) => [lane, new LaneIndex()]),
  );
  private readonly source: TimelineSource;
  private readonly clean: (text: string) => string;
  private readonly subscription: Disposable;
  private readonly answers: CallAnswers;
  private readonly ends: SpanEnds;
  private readonly statuses = new StatusList();
  private readonly turnEnds = new StatusList();
  private readonly threads = new Threads();
  private readonly segments = new Map<string, Segment>();
  /** Beginnings whose end nothing has told, and those of them that no end of a turn limits yet. */
  private readonly endless = new Set<string>();
  private readonly unlimited = new Set<string>();
  private readonly touched = new Set<string>();
  /** The end of a turn has come, or one came or went between others. */
  private limits = false;
  private limitsAnew = false;
  private orders = 0;
  private changes = 0;
  /** Events without a time that are not queued. */
  untimed = 0;
  /** Segments whose end was told to be before their beginning. */
  disordered = 0;

  /** @param clean makes a server's name fit for a label: cut, on one line, without keys. */
  constructor(source: TimelineSource, clean: (text: string) => string) {
    this.source = source;
    this.clean = clean;
    this.answers = new CallAnswers(source);
    this.ends = new SpanEnds(source);
    this.subscription = source.observe(this);
    this.inserted(source.first, source.size);
  }

  dispose(): void {
    this.subscription.dispose();
  }

  /** Another one after every change. */
  get version(): number {
    return this.changes;
  }

  // ---- the store tells ----

  inserted(at: number, count: number): void {
    const where = at + count === this.source.end ? 'end' : 'middle';
    for (let position = at; position < at + count; position++) {
      this.enter(this.source.at(position), where);
    }
    this.flush();
  }

  prepended(count: number): void {
    const { first } = this.source;
    // From the newest on, so that each goes in front of what is there.
    for (let position = first + count - 1; position >= first; position--) {
      this.enter(this.source.at(position), 'front');
    }
    this.flush();
  }

  updated(stored: StoredEvent, before: SessionEvent): void {
    this.leave(stored, before, 'middle');
    this.enter(stored, 'middle');
    this.flush();
  }

  removed(stored: StoredEvent): void {
    this.leave(stored, stored.event, 'middle');
    this.flush();
  }

  trimmed(entries: readonly StoredEvent[]): void {
    for (const stored of entries.toReversed()) {
      this.leave(stored, stored.event, 'front');
    }
    this.flush();
  }

  // ---- what an event touches ----

  private enter(stored: StoredEvent | undefined, where: Where): void {
    if (stored === undefined) {
      return;
    }
    const { event, key } = stored;
    this.untimed += isUntimed(event) ? 1 : 0;
    if (begins(event)) {
      this.touched.add(key);
    }
    this.touchAll(this.answers.entered(stored).map((id) => this.answers.keyOf(id)));
    this.touchAll([this.ends.entered(stored)]);
    this.touchAll(this.threads.entered(stored).map((each) => each.key));
    if (isStatus(event) && event.processedAt !== undefined) {
      this.statuses.add(stored);
      this.touchAround(stored);
      if (endsTurn(event)) {
        this.turnEnds.add(stored);
        this.limits ||= where !== 'front';
        this.limitsAnew ||= where === 'middle';
      }
    }
  }

  private leave(stored: StoredEvent, event: SessionEvent, where: Where): void {
    this.untimed -= isUntimed(event) ? 1 : 0;
    if (begins(event)) {
      this.touched.add(stored.key);
    }
    this.touchAll(this.answers.left(stored, event).map((id) => this.answers.keyOf(id)));
    this.touchAll([this.ends.left(stored)]);
    this.touchAll(this.threads.left(stored).map((each) => each.key));
    if (isStatus(event) && event.processedAt !== undefined) {
      this.touchAround(stored);
      this.touchAll(awaitedIds(event).map((id) => this.answers.keyOf(id)));
      this.statuses.remove(stored);
      if (endsTurn(event)) {
        this.turnEnds.remove(stored);
        this.limitsAnew ||= where === 'middle';
      }
    }
  }

  /** The statuses beside one, and the calls that it or the next one asks about. */
  private touchAround(stored: StoredEvent): void {
    this.touchAll(neighbours(this.statuses, stored).map((each) => each.key));
    for (const status of [stored, this.statuses.after(stored)]) {
      if (status !== undefined) {
        this.touchAll(awaitedIds(status.event).map((id) => this.answers.keyOf(id)));
      }
    }
  }

  private touchAll(keys: Iterable<string | undefined>): void {
    for (const key of keys) {
      if (key !== undefined) {
        this.touched.add(key);
      }
    }
  }

  /** Makes anew what was touched. */
  private flush(): void {
    this.changes++;
    if (this.limits || this.limitsAnew) {
      this.touchAll(this.limitsAnew ? this.endless : this.unlimited);
      this.limits = false;
      this.limitsAnew = false;
    }
    for (const key of this.touched) {
      const stored = this.source.get(key);
      this.place(key, stored && this.draft(stored));
      this.noteEnd(stored, key);
    }
    this.touched.clear();
  }

  private place(key: string, draft: Draft | undefined): void {
    const before = this.segments.get(key);
    const after = draft && { ...draft, key, order: before?.order ?? ++this.orders };
    this.disordered += (after?.isDisordered === true ? 1 : 0) - (before?.isDisordered === true ? 1 : 0);
    if (after === undefined) {
      this.segments.delete(key);
    } else {
      this.segments.set(key, after);
    }
    if (before !== undefined && after?.lane === before.lane) {
      this.lanes.get(before.lane)?.replace(before, after);
      return;
    }
    if (before !== undefined) {
      this.lanes.get(before.lane)?.remove(before);
    }
    if (after !== undefined) {
      this.lanes.get(after.lane)?.add(after);
    }
  }

  private noteEnd(stored: StoredEvent | undefined, key: string): void {
    const segment = this.segments.get(key);
    const isLimited = stored !== undefined && !isStatus(stored.event);
    mark(this.endless, key, isLimited && segment !== undefined && (segment.isCut || segment.end === OPEN));
    mark(this.unlimited, key, isLimited && segment?.end === OPEN);
  }

  // ---- what a segment is ----

  private draft(stored: StoredEvent): Draft | undefined {
    const { event } = stored;
    if (isToolUse(event)) {
      return this.toolCall(stored);
    }
    switch (event.type) {
      case 'span.model_request_start':
        return this.span(stored, 'model');
      case 'span.outcome_evaluation_start':
        return this.span(stored, 'outcomes');
      default:
        break;
    }
    if (isThreadStatus(event)) {
      return this.thread(stored);
    }
    return isStatus(event) ? this.status(stored) : undefined;
  }

  /** From when the tool could run: where it was asked about, from the answer on. */
  private toolCall(stored: StoredEvent): Draft | undefined {
    const { event, key } = stored;
    const result = this.answers.result(key)?.event;
    const confirmation = this.answers.confirmation(key)?.event;
    const isAsked = field(event.body, 'evaluated_permission') === 'ask' || this.isAskedAbout(stored);
    if (isAsked && result === undefined && confirmation === undefined) {
      return undefined;
    }
    const { name, server } = callOf(event);
    const isDenied = confirmation !== undefined && field(confirmation.body, 'result') !== 'allow';
    return this.between(stored, {
      lane: 'tools',
      start: confirmation?.processedAt ?? (isAsked ? result?.processedAt : event.processedAt),
      end: result,
      label: [server, name].filter((part) => part !== undefined).join('/'),
      isFailed: result !== undefined && resultFields(result.body).isError && !isDenied,
      tokens: null,
    });
  }

  /** Not every server says of a call that it has to be allowed; that the session stops for it is said by all. */
  private isAskedAbout({ key, position }: StoredEvent): boolean {
    const next = this.statuses.firstBehind(position)?.event;
    return next !== undefined && awaitedIds(next).some((id) => this.answers.keyOf(id) === key);
  }

  private span(stored: StoredEvent, lane: 'model' | 'outcomes'): Draft | undefined {
    const end = this.ends.of(stored.key)?.event;
    const body = end?.body;
    const usage = asObject(field(body, 'model_usage')) ?? asObject(field(body, 'usage'));
    return this.between(stored, {
      lane,
      start: stored.event.processedAt,
      end,
      label: '',
      isFailed: field(body, 'is_error') === true || field(body, 'result') === 'failed',
      tokens: usage === undefined ? null : tokensIn(usage),
    });
  }

  private thread(stored: StoredEvent): Draft | undefined {
    const list = this.threads.ofOwn(stored);
    if (list === undefined || !isThreadAtWork(stored.event)) {
      return undefined;
    }
    const before = list.before(stored);
    const draft = this.between(stored, {
      lane: 'threads',
      start: stored.event.processedAt,
      end: list.after(stored)?.event,
      label: asText(field(stored.event.body, 'agent_name')) ?? '',
      isFailed: false,
      tokens: null,
    });
    return draft && { ...draft, counts: before === undefined || !isThreadAtWork(before.event) };
  }

  /** What the session does from an event on. That it is idle at its end is no span: there is nothing behind it. */
  private status(stored: StoredEvent): Draft | undefined {
    const lane = laneOf(stored.event);
    const start = stored.event.processedAt;
    const next = this.statuses.after(stored)?.event;
    if (start === undefined || (next === undefined && lane === 'idle')) {
      return undefined;
    }
    const before = this.statuses.before(stored);
    return {
      lane,
      ...timed(start, next === undefined ? OPEN : next.processedAt),
      label: '',
      isFailed: lane === 'turns' && next !== undefined && stopReason(next) === 'retries_exhausted',
      isCut: false,
      counts: before === undefined || laneOf(before.event) !== lane,
      tokens: null,
    };
  }

  private between(
    stored: StoredEvent,
    facts: {
      readonly lane: TimelineLane;
      readonly start: number | undefined;
      readonly end: SessionEvent | undefined;
      readonly label: string;
      readonly isFailed: boolean;
      readonly tokens: TimelineTokens | null;
    },
  ): Draft | undefined {
    const { lane, label, isFailed, tokens } = facts;
    const start = facts.start ?? facts.end?.processedAt;
    if (start === undefined) {
      return undefined;
    }
    const limit =
      facts.end === undefined
        ? this.turnEnds.firstBehind(stored.position)?.event.processedAt
        : (facts.end.processedAt ?? start);
    return {
      lane,
      ...timed(start, limit ?? OPEN),
      label: label === '' ? '' : this.clean(label),
      isFailed,
      isCut: facts.end === undefined && limit !== undefined,
      counts: true,
      tokens,
    };
  }
}

function mark(set: Set<string>, key: string, isIn: boolean): void {
  if (isIn) {
    set.add(key);
  } else {
    set.delete(key);
  }
}

/** A span never ends before it begins, whatever the clocks say. */
function timed(start: number, end = start): Pick<Segment, 'start' | 'end' | 'isDisordered'> {
  return { start, end: Math.max(start, end), isDisordered: end < start };
}

function isUntimed({ processedAt, queued }: SessionEvent): boolean {
  return processedAt === undefined && !queued;
}

/** Whether a segment can begin with an event. */
function begins(event: SessionEvent): boolean {
  return (
    isToolUse(event) ||
    isStatus(event) ||
    event.type === 'span.model_request_start' ||
    event.type === 'span.outcome_evaluation_start'
  );
}

/** The lane of what a session does from a status on. */
function laneOf(event: SessionEvent): 'turns' | 'you' | 'idle' {
  if (event.type === 'session.status_running' || event.type === 'session.status_rescheduled') {
    return 'turns';
  }
  const waits = awaitedIds(event).length > 0 || stopReason(event) === 'requires_action';
  return waits ? 'you' : 'idle';
}

/** What a request used; what was written to the cache comes as one number or by how long it is kept. */
function tokensIn(usage: NonNullable<ReturnType<typeof asObject>>): TimelineTokens {
  const count = (name: string) => Math.max(0, asNumber(field(usage, name)) ?? 0);
  const parts = Object.values(asObject(field(usage, 'cache_creation')) ?? {}).reduce<number>(
    (sum, part) => sum + Math.max(0, asNumber(part) ?? 0),
    0,
  );
  return {
    input: count('input_tokens'),
    output: count('output_tokens'),
    cacheRead: count('cache_read_input_tokens'),
    cacheWrite: Math.max(count('cache_creation_input_tokens'), parts),
  };
}
