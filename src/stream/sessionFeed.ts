import { ApiError } from '../api/errors.ts';
import type { EventStream } from '../api/eventStream.ts';
import type { Cursor } from '../api/pagination.ts';
import { decodeEvent, type SessionEvent } from '../api/resources/event.ts';
import type { Session } from '../api/resources/session.ts';
import { type Clock, sleep } from '../util/clock.ts';
import type { Disposable } from '../util/disposable.ts';
import { Emitter } from '../util/emitter.ts';
import type { JsonObject } from '../util/json.ts';
import { Backoff } from './backoff.ts';
import { EventStore, type StoredEvent } from './eventStore.ts';
import type { FeedEnd, FeedState, FeedStatus, HistoryState } from './feedState.ts';
import { Heartbeat } from './heartbeat.ts';
import { CursorLoopError, HistoryReader } from './historyReader.ts';
import { Outbox, type SendOutcome } from './outbox.ts';
import { type PreviewChange, Previews } from './previews.ts';
import type { SessionSource } from './sessionSource.ts';
import { decodeEventStream, MAX_EVENT_BYTES } from './sse.ts';
import { afterFailure, endOf, isSettledBy } from './verdicts.ts';

export interface FeedOptions {
  readonly source: SessionSource;
  readonly sessionId: string;
  readonly clock: Clock;
  /** From 0 (inclusive) to 1 (exclusive), for the jitter of pauses. */
  readonly random: () => number;
  /** Most events that are held; older ones are let go and read again on demand. */
  readonly maxEvents?: number;
  readonly maxEventBytes?: number;
  /** A word for the log about what the feed does and why. Holds no event content. */
  readonly onNote?: (note: string) => void;
}

const MAX_EVENTS = 250_000;
/** A proxy may answer 200 before its own subscription stands; history is read again after this. */
const AFTER_CONNECT_MS = 2_000;
/** History is read again this often while the agent works. */
const WHILE_RUNNING_MS = 20_000;
/** A stream that is this quiet while the agent works may belong to a server that sends no status events. */
const QUIET_TURN_MS = 10_000;
const POLL_RUNNING_MS = 3_000;
const POLL_IDLE_MS = 15_000;
/** A timer that fires this late has slept: the machine was suspended. */
const SLEPT_MS = 30_000;
/** Looks at history before an unclear POST is taken as not arrived. */
const CHECKS = 3;
const UNREADABLE_KEPT = 20;

/**
 * One session's events, live and without loss: the only writer of its store.
 *
 * Order of work on each connection: the stream is opened first, then history is read, since a stream brings
 * only what happens after it was opened. Everything is merged by identity, so it does not matter which of
 * the two brings an event, or how often. History is read again shortly after connecting, whenever a turn
 * ends, while the agent works, and after the machine has slept; each time back to the last event that
 * history itself has confirmed. Whatever happens on a connection that has been given up is ignored.
 */
export class SessionFeed implements Disposable {
  readonly store = new EventStore();
  readonly outbox: Outbox;
  readonly previews: Previews;
  private readonly changes = new Emitter<void>();
  private readonly statusChanges = new Emitter<FeedStatus>();
  private readonly previewChanges = new Emitter<PreviewChange>();
  /** Fires after the store, the previews or the outbox have changed; many changes, one call. */
  readonly onDidChange = this.changes.event;
  readonly onDidChangeStatus = this.statusChanges.event;
  readonly onDidChangePreview = this.previewChanges.event;

  private readonly options: FeedOptions;
  private readonly clock: Clock;
  private readonly backoff: Backoff;
  private readonly history: HistoryReader;
  private heartbeat: Heartbeat | undefined;
  /** Present while the feed is meant to run; aborted to stop everything under way. */
  private run: AbortController | undefined;
  /** Aborted to give up the present connection and no more. */
  private connection: AbortController | undefined;
  private wake: (() => void) | undefined;
  private timer: Disposable | undefined;
  private state: FeedState = { kind: 'stopped' };
  private historyState: HistoryState = { kind: 'loading' };
  private latestSession: Session | undefined;
  private unreadableData: string[] = [];
  private unreadableCount = 0;

  /** The newest event that history has confirmed: the next reading goes back to here. */
  private confirmed: StoredEvent | undefined;
  /** Where a server that pages oldest first is read on from, and the first event of that page. */
  private lastPage:
    { readonly cursor: Cursor | undefined; readonly start: StoredEvent | undefined } | undefined;
  private older: Cursor | undefined;
  private synchronising: Promise<void> | undefined;
  private syncAgain = false;
  private backfilling = false;
  private resyncAt = Number.POSITIVE_INFINITY;
  private quietCheckedAt = 0;

  constructor(options: FeedOptions) {
    this.options = options;
    this.clock = options.clock;
    this.backoff = new Backoff(options.random);
    this.history = new HistoryReader(options.source, options.sessionId);
    this.previews = new Previews((change) => this.previewChanges.fire(change));
    this.outbox = new Outbox(this.store, () => this.changes.fire());
  }

  get status(): FeedStatus {
    return {
      state: this.state,
      history: this.historyState,
      lastByteAt: this.heartbeat?.lastByteAt,
      unreadableFrames: this.unreadableCount,
    };
  }

  /** The session as the server last described it. */
  get session(): Session | undefined {
    return this.latestSession;
  }

  /** The first frames that held no event, cut, for inspection. */
  get unreadable(): readonly string[] {
    return this.unreadableData;
  }

  /** Begins, or begins again after {@link stop} or an end; does nothing while running. */
  start(): void {
    if (this.run !== undefined) {
      return;
    }
    const run = new AbortController();
    this.run = run;
    this.backoff.reset();
    this.setState({ kind: 'connecting' });
    void this.keepConnected(run.signal).catch((error: unknown) => {
      if (!run.signal.aborted) {
        this.note(`stopped by an unexpected error: ${String(error)}`);
        this.finish('serverClosed');
      }
    });
    void this.refreshSession(run.signal);
  }

  /** Lets go of the network and keeps what is held; {@link start} catches up. */
  stop(): void {
    this.halt();
    this.setState({ kind: 'stopped' });
  }

  dispose(): void {
    this.halt();
    this.changes.dispose();
    this.statusChanges.dispose();
    this.previewChanges.dispose();
  }

  /** Tries now instead of waiting; on a live stream, reads history again. */
  poke(): void {
    if (this.run === undefined) {
      return;
    }
    this.backoff.reset();
    if (this.wake === undefined) {
      this.resync();
    } else {
      this.wake();
    }
  }

  /** Reads the newest history again, soon. */
  resync(): void {
    const signal = this.run?.signal;
    if (signal !== undefined) {
      void this.synchronise(signal);
    }
  }

  /**
   * Posts events, once. Resolves when it is known whether the server has them: at once where it answered,
   * after reading history where the connection broke after the request was sent. A failed message stays in
   * the outbox with its error until it is discarded.
   */
  async send(events: readonly JsonObject[]): Promise<SendOutcome> {
    const keys = events.map((event) => this.outbox.add(event, this.clock.now()));
    const signal = this.run?.signal;
    try {
      const echoes = await this.options.source.sendEvents(this.options.sessionId, events);
      for (const key of keys) {
        this.outbox.mark(key, 'sent');
      }
      for (const echo of echoes.filter(({ id }) => id !== undefined)) {
        this.store.arrive(echo, this.clock.now());
      }
      this.afterChange();
      if (this.outbox.current.some(({ key }) => keys.includes(key)) || this.state.kind === 'polling') {
        this.resync();
      }
      return { kind: 'sent' };
    } catch (error) {
      const known = ApiError.is(error) ? error : new ApiError('network', { cause: error });
      if (isSettledBy(known) || signal === undefined || signal.aborted) {
        return this.failed(keys, known);
      }
      return await this.settleUnclear(keys, known, signal);
    }
  }

  /** Forgets a message that could not be sent. */
  discard(key: string): void {
    this.outbox.remove(key);
  }

  private failed(keys: readonly string[], error: ApiError): SendOutcome {
    for (const key of keys) {
      this.outbox.mark(key, 'failed', error);
    }
    return { kind: 'failed', error };
  }

  /** The request was sent and no answer came: only history can tell, and it may lag a little. */
  private async settleUnclear(
    keys: readonly string[],
    error: ApiError,
    signal: AbortSignal,
  ): Promise<SendOutcome> {
    const isOpen = () => this.outbox.current.some(({ key }) => keys.includes(key));
    for (const key of keys) {
      this.outbox.mark(key, 'checking', error);
    }
    let looks = 0;
    while (isOpen() && looks < CHECKS && !signal.aborted) {
      await sleep(this.clock, 1_000 * 2 ** looks, signal).catch(() => undefined);
      if (await this.synchronise(signal)) {
        looks++;
      }
    }
    return isOpen() ? this.failed(keys, error) : { kind: 'sent' };
  }

  // ---- the connection ----

  private async keepConnected(run: AbortSignal): Promise<void> {
    let asPolling = 0;
    while (!run.aborted) {
      const connection = new AbortController();
      this.connection = connection;
      const signal = AbortSignal.any([run, connection.signal]);
      const openedAt = this.clock.now();
      let lived = 0;
      let failure: ApiError | 'closed' | 'silent';
      try {
        const stream = await this.options.source.openStream(this.options.sessionId, signal, true);
        asPolling = 0;
        failure = await this.follow(stream, signal, connection);
        lived = this.clock.now() - openedAt;
      } catch (error) {
        failure = ApiError.is(error) ? error : new ApiError('network', { cause: error });
        connection.abort();
      }
      if (run.aborted) {
        return;
      }
      this.heartbeat = undefined;
      this.previews.clear();
      this.changes.fire();
      const verdict = afterFailure(failure, ++asPolling);
      if (verdict.kind === 'end') {
        if (verdict.why === 'notFound' || verdict.why === 'serverClosed') {
          await this.synchronise(run);
        }
        this.finish(verdict.why);
        return;
      }
      const asked = ApiError.is(failure) ? failure.details.retryAfterMs : undefined;
      const pause = this.backoff.next(lived, asked);
      if (verdict.kind === 'poll') {
        await this.poll(run, verdict.tryStreamAgainMs);
        continue;
      }
      await this.waitToReconnect(failure, pause, run);
    }
  }

  private async waitToReconnect(
    failure: ApiError | 'closed' | 'silent',
    pause: number,
    run: AbortSignal,
  ): Promise<void> {
    const attempt = this.backoff.attempt;
    const nextTryAt = this.clock.now() + pause;
    if (ApiError.is(failure, 'dns', 'refused', 'unreachable', 'connectTimeout')) {
      this.setState({ kind: 'offline', attempt, nextTryAt, reason: failure.reason });
    } else {
      this.setState({
        kind: 'reconnecting',
        attempt,
        nextTryAt,
        reason: ApiError.is(failure) ? failure.reason : failure,
      });
    }
    this.note(
      `connection lost (${ApiError.is(failure) ? failure.reason : failure}), next try in ${pause} ms`,
    );
    await this.pause(pause, run);
  }

  /** Follows one open stream until it ends; answers with why. */
  private async follow(
    stream: EventStream,
    signal: AbortSignal,
    connection: AbortController,
  ): Promise<'closed' | 'silent'> {
    const heartbeat = new Heartbeat(this.clock.now());
    this.heartbeat = heartbeat;
    let sawFrame = false;
    const tap = async function* (clock: Clock): AsyncGenerator<Uint8Array> {
      for await (const chunk of stream.chunks) {
        sawFrame = false;
        yield chunk;
        // Control comes back here once every frame of the chunk has been taken.
        heartbeat.bytes(clock.now(), !sawFrame);
      }
    };
    this.setState({ kind: 'catchingUp' });
    this.resyncAt = this.clock.now() + AFTER_CONNECT_MS;
    this.schedule();
    void this.synchronise(signal).then(() => {
      if (!signal.aborted && this.state.kind === 'catchingUp') {
        this.setState({ kind: 'live' });
        this.endIfOver();
      }
    });
    try {
      const frames = decodeEventStream(tap(this.clock), {
        maxEventBytes: this.options.maxEventBytes ?? MAX_EVENT_BYTES,
        onRetry: (ms) => this.backoff.serverAsks(ms),
      });
      for await (const frame of frames) {
        if (signal.aborted) {
          break;
        }
        sawFrame = true;
        if (frame.type === 'error') {
          this.takeErrorFrame(frame.data);
        } else {
          this.takeFrame(frame.type, frame.data);
        }
      }
    } catch (error) {
      if (!connection.signal.aborted) {
        throw error;
      }
    } finally {
      connection.abort();
      stream.close();
    }
    return connection.signal.reason === 'silent' ? 'silent' : 'closed';
  }

  private takeFrame(name: string, data: string): void {
    if (data === '' || name === 'ping' || data === '[DONE]') {
      return;
    }
    let event: SessionEvent | undefined;
    try {
      event = decodeEvent(JSON.parse(data));
    } catch {
      event = undefined;
    }
    if (event === undefined) {
      this.keepUnreadable(data);
      return;
    }
    if (event.type === 'ping') {
      return;
    }
    if (Previews.isPreview(event)) {
      this.previews.take(event);
      return;
    }
    this.previews.settle(event);
    this.store.arrive(event, this.clock.now());
    this.afterChange();
    if (event.type === 'session.status_idle') {
      this.resync();
    } else if (event.type === 'session.status_running') {
      this.resyncAt = Math.min(this.resyncAt, this.clock.now() + WHILE_RUNNING_MS);
      this.schedule();
    }
    this.endIfOver();
  }

  /** An `error` frame carries the usual error body, and servers end the stream behind it. */
  private takeErrorFrame(data: string): void {
    this.keepUnreadable(data);
    this.note('the server sent an error on the stream');
  }

  private keepUnreadable(data: string): void {
    this.unreadableCount++;
    if (this.unreadableData.length < UNREADABLE_KEPT) {
      this.unreadableData.push(data.slice(0, 2_000));
    }
    this.statusChanges.fire(this.status);
  }

  // ---- history ----

  /** Reads what history has that we lack. Joins a reading under way, and then makes sure of one more. */
  private async synchronise(signal: AbortSignal): Promise<boolean> {
    if (this.synchronising !== undefined) {
      this.syncAgain = true;
      await this.synchronising;
      return !signal.aborted && this.historyState.kind !== 'incomplete';
    }
    const work = this.readUntilSettled(signal);
    this.synchronising = work;
    try {
      await work;
    } finally {
      this.synchronising = undefined;
    }
    return !signal.aborted && this.historyState.kind !== 'incomplete';
  }

  private async readUntilSettled(signal: AbortSignal): Promise<void> {
    do {
      this.syncAgain = false;
      try {
        await this.readHistory(signal);
      } catch (error) {
        if (signal.aborted) {
          return;
        }
        if (this.endsFeed(error)) {
          return;
        }
        const reason =
          error instanceof CursorLoopError ? 'cursorLoop' : ApiError.is(error) ? error.reason : 'network';
        this.setHistory({ kind: 'incomplete', reason });
        // The stream lives on; history is asked for again in a while.
        this.resyncAt =
          this.clock.now() +
          Math.max(this.historyPause(), ApiError.is(error) ? (error.details.retryAfterMs ?? 0) : 0);
        this.schedule();
        return;
      }
      this.historyFailures = 0;
    } while (this.syncAgain && !signal.aborted);
    void this.backfill(signal);
  }

  private historyFailures = 0;

  private historyPause(): number {
    return Math.min(30_000, 1_000 * 2 ** this.historyFailures++);
  }

  private async readHistory(signal: AbortSignal): Promise<void> {
    const askedAt = this.clock.now();
    const confirmed = this.confirmed;
    const known = confirmed === undefined ? undefined : (event: SessionEvent) => event.id === confirmed.key;
    const tail = await this.history.readTail(known, signal);
    if (signal.aborted) {
      return;
    }
    if (tail === undefined) {
      await this.readForward(signal);
    } else {
      const start = confirmed === undefined || !tail.reached ? 'front' : this.startOf(tail.events);
      const last = this.store.merge({ events: tail.events, start, askedAt });
      this.confirm(last);
      if (confirmed === undefined || !tail.reached) {
        this.older = tail.older;
      }
    }
    this.setHistory(this.older === undefined ? { kind: 'complete' } : { kind: 'partial' });
    this.afterChange();
  }

  /** Reads a server that pages oldest first: on from the last page that was seen, or from the beginning. */
  private async readForward(signal: AbortSignal): Promise<void> {
    const resume = this.lastPage?.start === undefined ? undefined : this.lastPage;
    let behind: StoredEvent | undefined;
    let isFirst = true;
    try {
      await this.history.readForward(
        resume?.cursor,
        (events, cursor) => {
          if (signal.aborted) {
            return;
          }
          const start = isFirst
            ? resume?.start === undefined
              ? 'front'
              : { at: resume.start }
            : behind === undefined
              ? 'front'
              : { behind };
          const before = behind;
          behind = this.store.merge({ events, start, askedAt: this.clock.now() }) ?? behind;
          const first = events[0] === undefined ? undefined : this.startEntry(start, before);
          this.lastPage = { cursor, start: first };
          this.confirm(behind);
          isFirst = false;
          this.afterChange();
        },
        signal,
      );
    } catch (error) {
      if (
        resume === undefined ||
        signal.aborted ||
        error instanceof CursorLoopError ||
        !ApiError.is(error, 'invalid', 'notFound')
      ) {
        throw error;
      }
      // The server does not take an old cursor again: from the beginning, then.
      this.lastPage = undefined;
      await this.readForward(signal);
    }
  }

  /** The entry with which a page that was just merged begins. */
  private startEntry(
    start: 'front' | { at: StoredEvent } | { behind: StoredEvent },
    before: StoredEvent | undefined,
  ): StoredEvent | undefined {
    if (start === 'front') {
      return this.store.at(this.store.first);
    }
    return 'at' in start ? start.at : before === undefined ? undefined : this.store.at(before.position + 1);
  }

  /** Where a tail that overlaps with what is held begins: at its first event that is held. */
  private startOf(events: readonly SessionEvent[]): { readonly at: StoredEvent } | 'front' {
    for (const event of events) {
      const held = event.id === undefined ? undefined : this.store.get(event.id);
      if (held !== undefined) {
        return { at: held };
      }
    }
    return 'front';
  }

  private confirm(last: StoredEvent | undefined): void {
    if (last === undefined || last.event.id === undefined) {
      return;
    }
    // A queued event will move; what stands before it is firm.
    let entry: StoredEvent | undefined = last;
    while (entry !== undefined && (entry.event.queued || entry.event.id === undefined)) {
      entry = this.store.at(entry.position - 1);
    }
    this.confirmed = entry ?? this.confirmed;
  }

  /** Reads older events until the beginning, in the background, one page at a time. */
  private async backfill(signal: AbortSignal): Promise<void> {
    if (this.backfilling) {
      return;
    }
    this.backfilling = true;
    try {
      while (this.older !== undefined && !signal.aborted && this.store.size < this.maxEvents) {
        const askedAt = this.clock.now();
        const page = await this.history.readOlder(this.older, signal);
        if (signal.aborted) {
          return;
        }
        this.store.merge({ events: page.events, start: 'front', askedAt });
        this.older = page.older;
        this.setHistory(this.older === undefined ? { kind: 'complete' } : { kind: 'partial' });
        this.afterChange();
      }
    } catch (error) {
      if (!signal.aborted) {
        this.setHistory({ kind: 'incomplete', reason: ApiError.is(error) ? error.reason : 'cursorLoop' });
        this.resyncAt = Math.min(this.resyncAt, this.clock.now() + this.historyPause());
        this.schedule();
      }
    } finally {
      this.backfilling = false;
    }
  }

  private get maxEvents(): number {
    return this.options.maxEvents ?? MAX_EVENTS;
  }

  // ---- without a stream ----

  private async poll(run: AbortSignal, tryStreamAgainMs: number): Promise<void> {
    const until = this.clock.now() + tryStreamAgainMs;
    while (!run.aborted && this.clock.now() < until) {
      await Promise.all([this.synchronise(run), this.refreshSession(run)]);
      this.endIfOver();
      if (run.aborted) {
        return;
      }
      const everyMs = this.latestSession?.status === 'idle' ? POLL_IDLE_MS : POLL_RUNNING_MS;
      this.setState({ kind: 'polling', everyMs });
      await this.pause(everyMs, run);
    }
  }

  // ---- time ----

  /** One timer for everything that is due, so that an idle session hardly ever wakes the editor. */
  private schedule(): void {
    this.timer?.dispose();
    const now = this.clock.now();
    const silenceAt =
      this.heartbeat === undefined
        ? Number.POSITIVE_INFINITY
        : this.heartbeat.lastByteAt + this.heartbeat.limitMs;
    const due = Math.max(now + 50, Math.min(this.resyncAt, silenceAt, now + 60_000));
    this.timer = this.clock.after(due - now, () => this.onTimer(due));
  }

  private onTimer(due: number): void {
    const now = this.clock.now();
    const run = this.run?.signal;
    if (run === undefined) {
      return;
    }
    if (now - due > SLEPT_MS) {
      this.note('the machine was asleep');
      this.reconnect('silent');
      return;
    }
    if (now >= this.resyncAt) {
      this.resyncAt = this.isRunning ? now + WHILE_RUNNING_MS : Number.POSITIVE_INFINITY;
      this.resync();
    }
    const verdict = this.heartbeat?.judge(now) ?? 'fine';
    if (verdict === 'dead') {
      this.reconnect('silent');
    } else if (verdict === 'ask') {
      void this.askWhetherAlive(run);
    } else if (
      this.isRunning &&
      this.isQuietSince(now - QUIET_TURN_MS) &&
      this.quietCheckedAt < now - QUIET_TURN_MS
    ) {
      this.quietCheckedAt = now;
      void this.refreshSession(run);
    }
    this.schedule();
  }

  private isQuietSince(time: number): boolean {
    return this.heartbeat !== undefined && this.heartbeat.lastByteAt < time;
  }

  /** A quiet stream whose history holds what it never brought is dead. */
  private async askWhetherAlive(run: AbortSignal): Promise<void> {
    const connection = this.connection;
    const before = this.store.end;
    const heartbeat = this.heartbeat;
    const bytesAt = heartbeat?.lastByteAt;
    const isAnswered = await this.synchronise(run);
    if (
      isAnswered &&
      connection === this.connection &&
      heartbeat?.lastByteAt === bytesAt &&
      this.store.end > before
    ) {
      this.reconnect('silent');
    }
  }

  private reconnect(reason: 'silent'): void {
    this.connection?.abort(reason);
    this.wake?.();
  }

  /** Waits, unless somebody asks to go on at once. */
  private async pause(ms: number, run: AbortSignal): Promise<void> {
    const early = new AbortController();
    this.wake = () => early.abort();
    try {
      await sleep(this.clock, ms, AbortSignal.any([run, early.signal]));
    } catch {
      // Woken or stopped; the caller looks which.
    } finally {
      this.wake = undefined;
    }
  }

  // ---- state ----

  private get isRunning(): boolean {
    for (
      let position = this.store.end - 1;
      position >= Math.max(this.store.first, this.store.end - 200);
      position--
    ) {
      const type = this.store.at(position)?.event.type ?? '';
      if (type === 'session.status_running' || type === 'session.status_rescheduled') {
        return true;
      }
      if (
        type === 'session.status_idle' ||
        type === 'session.status_terminated' ||
        type === 'session.turn_released'
      ) {
        return false;
      }
    }
    return this.store.size > 0 && this.latestSession?.status !== 'idle';
  }

  private async refreshSession(signal: AbortSignal): Promise<void> {
    try {
      const session = await this.options.source.getSession(this.options.sessionId, signal);
      if (!signal.aborted) {
        this.latestSession = session;
        this.changes.fire();
      }
    } catch (error) {
      if (!signal.aborted) {
        this.endsFeed(error);
      }
    }
  }

  /** Ends the feed where an answer means that there is nothing more to follow. */
  private endsFeed(error: unknown): boolean {
    if (!ApiError.is(error, 'unauthorized', 'forbidden', 'noKey', 'badKey')) {
      return false;
    }
    this.finish(endOf(error) ?? 'unauthorized');
    return true;
  }

  /** A session that has ended, and whose end is all there, needs no connection. */
  private endIfOver(): void {
    const last = this.store.at(this.store.end - 1)?.event.type;
    if (last === 'session.deleted') {
      this.finish('sessionDeleted');
    } else if (this.historyState.kind === 'complete' && this.synchronising === undefined) {
      if (last === 'session.status_terminated') {
        this.finish('sessionTerminated');
      } else if (this.latestSession?.archivedAt !== undefined) {
        this.finish('sessionArchived');
      } else if (this.latestSession?.status === 'terminated') {
        this.finish('sessionTerminated');
      }
    }
  }

  private afterChange(): void {
    this.store.trim(this.maxEvents);
    this.outbox.settle();
    this.changes.fire();
  }

  private setState(state: FeedState): void {
    this.state = state;
    this.statusChanges.fire(this.status);
  }

  private setHistory(history: HistoryState): void {
    if (JSON.stringify(history) !== JSON.stringify(this.historyState)) {
      this.historyState = history;
      this.statusChanges.fire(this.status);
    }
  }

  private finish(why: FeedEnd): void {
    if (this.run !== undefined) {
      this.halt();
      this.setState({ kind: 'ended', why });
    }
  }

  private halt(): void {
    this.run?.abort();
    this.run = undefined;
    this.connection?.abort();
    this.connection = undefined;
    this.heartbeat = undefined;
    this.timer?.dispose();
    this.timer = undefined;
    this.wake = undefined;
    this.resyncAt = Number.POSITIVE_INFINITY;
    this.previews.clear();
  }

  private note(text: string): void {
    this.options.onNote?.(`feed ${this.options.sessionId}: ${text}`);
  }
}
