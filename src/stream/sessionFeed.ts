import { ApiError } from '../api/errors.ts';
import type { EventStream } from '../api/eventStream.ts';
import type { SessionEvent } from '../api/resources/event.ts';
import type { Session } from '../api/resources/session.ts';
import { type Clock, sleep } from '../util/clock.ts';
import type { Disposable } from '../util/disposable.ts';
import { Emitter } from '../util/emitter.ts';
import type { JsonObject } from '../util/json.ts';
import { Backoff } from './backoff.ts';
import { EventStore, type StoredEvent } from './eventStore.ts';
import type { FeedEnd, FeedState, FeedStatus } from './feedState.ts';
import { HistoryReader, type ReadFrom } from './historyReader.ts';
import { type BackfillPace, HistorySync, type SyncResult } from './historySync.ts';
import { Outbox, type SendOutcome } from './outbox.ts';
import { type PreviewChange, Previews } from './previews.ts';
import { readFrame } from './readFrame.ts';
import { Sender } from './sender.ts';
import type { SessionSource } from './sessionSource.ts';
import { decodeEventBatches, MAX_EVENT_BYTES, type StreamFrame } from './sse.ts';
import { isAtWork, latestStatus, overBy } from './turnState.ts';
import { afterFailure, type ConnectionEnd, endOf } from './verdicts.ts';
import { Vigil } from './vigil.ts';

export interface FeedOptions {
  readonly source: SessionSource;
  readonly sessionId: string;
  readonly clock: Clock;
  /** From 0 (inclusive) to 1 (exclusive), for the jitter of pauses. */
  readonly random: () => number;
  /** Most events that are held; older ones are let go. */
  readonly maxEvents?: number;
  readonly maxEventBytes?: number;
  /** Where history is read from; the newest events by default, if the server can do that. */
  readonly readFrom?: ReadFrom;
  /** How gently older events are read behind the newest; at once where not given. */
  readonly backfillPace?: BackfillPace;
  /** The source is a record: it is read once, and nothing is waited for. */
  readonly isRecording?: boolean;
  /** A word for the log about what the feed does and why. Holds no event content. */
  readonly onNote?: (note: string) => void;
}

const MAX_EVENTS = 250_000;
/** Most that they may weigh together, in UTF-16 units of JSON. */
const MAX_WEIGHT = 128 * 1024 * 1024;
/** A proxy may answer 200 before its own subscription stands: history is read again after this. */
const AFTER_CONNECT_MS = 2_000;
const POLL_RUNNING_MS = 3_000;
const POLL_IDLE_MS = 15_000;
const FIRST_HISTORY_PAUSE_MS = 1_000;
const LONGEST_HISTORY_PAUSE_MS = 30_000;
const UNREADABLE_KEPT = 20;

/**
 * One session's events, live and without loss: the only writer of its store.
 *
 * Order of work on each connection: the stream is opened first, then history is read, since a stream brings
 * only what happens after it was opened. Everything is merged by identity, so it does not matter which of
 * the two brings an event, or how often. History is read again shortly after connecting, whenever a turn
 * ends, while the agent works, and after the machine has slept. Whatever is still under way for a run that
 * was stopped, or a connection that was given up, ends with its abort signal and changes nothing more.
 */
export class SessionFeed implements Disposable {
  readonly store = new EventStore();
  readonly outbox: Outbox;
  readonly previews: Previews;
  private readonly changes = new Emitter<void>();
  private readonly statusChanges = new Emitter<FeedStatus>();
  private readonly previewChanges = new Emitter<PreviewChange>();
  /** Fires after the store, the outbox or the session's description have changed. */
  readonly onDidChange = this.changes.event;
  readonly onDidChangeStatus = this.statusChanges.event;
  readonly onDidChangePreview = this.previewChanges.event;

  private readonly options: FeedOptions;
  private readonly clock: Clock;
  private readonly backoff: Backoff;
  private readonly vigil: Vigil;
  private readonly history: HistorySync;
  private readonly sender: Sender;
  /** Present while the feed is meant to run; aborted to stop everything under way. */
  private run: AbortController | undefined;
  /** Aborted to give up the present connection and no more. */
  private connection: AbortController | undefined;
  /** Ends the pause before the next try. */
  private wake: (() => void) | undefined;
  private state: FeedState = { kind: 'stopped' };
  private description: Session | undefined;
  private unreadableFrames: string[] = [];
  private unreadableCount = 0;
  private historyFailures = 0;

  constructor(options: FeedOptions) {
    const { source, sessionId, clock } = options;
    this.options = options;
    this.clock = clock;
    this.backoff = new Backoff(options.random);
    this.vigil = new Vigil({
      clock,
      isAtWork: () => this.isAtWork,
      resync: () => this.resync(),
      ask: () => void this.askWhetherAlive(),
      describe: () => void this.describe(),
      giveUp: (why) => {
        this.note(why);
        this.connection?.abort();
      },
    });
    this.previews = new Previews((change) => this.previewChanges.fire(change));
    this.outbox = new Outbox(this.store, () => this.changes.fire());
    this.history = new HistorySync({
      reader: new HistoryReader(source, sessionId, options.readFrom),
      store: this.store,
      clock,
      maxEvents: this.maxEvents,
      maxWeight: MAX_WEIGHT,
      backfillPace: options.backfillPace,
      onChange: () => this.storeChanged(),
      onState: () => this.statusChanges.fire(this.status),
      onBackfillFailed: (error) => this.historyFailed(error),
    });
    this.sender = new Sender({
      source,
      sessionId,
      store: this.store,
      outbox: this.outbox,
      clock,
      readHistory: () => this.run && this.readHistory(this.run.signal).then(({ kind }) => kind === 'done'),
      onChange: () => this.storeChanged(),
    });
  }

  get status(): FeedStatus {
    return {
      state: this.state,
      history: this.history.state,
      lastByteAt: this.vigil.lastByteAt,
      unreadableFrames: this.unreadableCount,
    };
  }

  /** The session as the server last described it. */
  get session(): Session | undefined {
    return this.description;
  }

  /** Where history is read from the beginning: the last entry that was read so far, before which none is missing. */
  get readUpTo(): StoredEvent | undefined {
    return this.history.readUpTo;
  }

  /** The first frames that held no event, cut, for inspection. */
  get unreadable(): readonly string[] {
    return this.unreadableFrames;
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
    if (this.options.isRecording === true) {
      void this.readRecording(run.signal);
      return;
    }
    void this.keepConnected(run.signal);
    void this.describe();
  }

  /** Lets go of the network and keeps what is held; {@link start} catches up. */
  stop(): void {
    this.halt();
    this.setState({ kind: 'stopped' });
  }

  dispose(): void {
    this.halt();
    this.sender.dispose();
    this.changes.dispose();
    this.statusChanges.dispose();
    this.previewChanges.dispose();
  }

  /** Tries now instead of waiting; on a live stream, reads history again. */
  poke(): void {
    this.backoff.reset();
    if (this.wake !== undefined) {
      this.wake();
    } else {
      this.resync();
    }
  }

  /** Reads the newest history again. */
  resync(): void {
    if (this.run !== undefined) {
      void this.readHistory(this.run.signal);
    }
  }

  /** Reads history up to now; true where the store is then known to hold what the server has, and no more. */
  async catchUpNow(): Promise<boolean> {
    const result = this.run && (await this.readHistory(this.run.signal));
    return result?.kind === 'done' && !result.inDoubt;
  }

  /**
   * Posts events, once. Resolves when it is known whether the server has them: at once where it answered,
   * after reading history where the connection broke after the request was sent.
   */
  async send(events: readonly JsonObject[]): Promise<SendOutcome> {
    return await this.sender.send(events);
  }

  /** Forgets a message that could not be sent. */
  discard(key: string): void {
    this.outbox.remove(key);
  }

  private async readRecording(run: AbortSignal): Promise<void> {
    await this.describe();
    await this.readHistory(run);
    this.finish('recording');
  }

  // ---- the connection ----

  private async keepConnected(run: AbortSignal): Promise<void> {
    let failuresToOpen = 0;
    while (!run.aborted) {
      const startedAt = this.clock.now();
      const { end, opened } = await this.connectOnce(run);
      if (run.aborted) {
        return;
      }
      this.vigil.end();
      this.previews.clear();
      failuresToOpen = opened ? 0 : failuresToOpen + 1;
      const verdict = afterFailure(end, failuresToOpen);
      if (verdict.kind === 'end') {
        // What is on the server may still be readable, and says how it ended.
        await this.readHistory(run);
        this.finish(verdict.why);
      } else if (verdict.kind === 'poll') {
        await this.poll(run, verdict.tryStreamAgainMs);
      } else {
        const lived = opened ? this.clock.now() - startedAt : 0;
        await this.waitToReconnect(end, lived, run);
      }
    }
  }

  /** Makes one connection and follows it to its end. */
  private async connectOnce(
    run: AbortSignal,
  ): Promise<{ readonly end: ConnectionEnd; readonly opened: boolean }> {
    const connection = new AbortController();
    this.connection = connection;
    const signal = AbortSignal.any([run, connection.signal]);
    let opened = false;
    try {
      const stream = await this.options.source.openStream(this.options.sessionId, signal, true);
      opened = true;
      await this.follow(stream, signal, run);
      return { end: 'closed', opened };
    } catch (error) {
      if (connection.signal.aborted) {
        return { end: 'silent', opened };
      }
      return { end: ApiError.is(error) ? error : new ApiError('network', { cause: error }), opened };
    } finally {
      connection.abort();
    }
  }

  /** Follows one open stream until it ends. */
  private async follow(stream: EventStream, signal: AbortSignal, run: AbortSignal): Promise<void> {
    this.setState({ kind: 'catchingUp' });
    this.vigil.begin(AFTER_CONNECT_MS);
    void this.catchUp(signal, run);
    let sawFrame = false;
    const { vigil } = this;
    async function* listened(): AsyncGenerator<Uint8Array> {
      for await (const chunk of stream.chunks) {
        sawFrame = false;
        yield chunk;
        // Control comes back here once every frame of the chunk has been taken.
        vigil.bytes(!sawFrame);
      }
    }
    try {
      const batches = decodeEventBatches(listened(), {
        maxEventBytes: this.options.maxEventBytes ?? MAX_EVENT_BYTES,
        onRetry: (ms) => this.backoff.serverAsks(ms),
        clean: stream.clean,
      });
      for await (const batch of batches) {
        signal.throwIfAborted();
        sawFrame = true;
        try {
          for (const frame of batch) {
            this.takeFrame(frame);
            signal.throwIfAborted();
          }
        } finally {
          this.storeChanged();
        }
      }
      signal.throwIfAborted();
    } finally {
      stream.close();
    }
  }

  private takeFrame(frame: StreamFrame): void {
    const content = readFrame(frame);
    if (content.kind === 'event') {
      this.take(content.event, content.weight);
    } else if (content.kind === 'unreadable') {
      this.keepUnreadable(content.data);
    } else if (content.kind === 'error') {
      throw content.error;
    }
  }

  /** Reads on when the connection breaks: a stream may close at once, as that of an ended session does. */
  private async catchUp(signal: AbortSignal, run: AbortSignal): Promise<void> {
    await this.readHistory(run);
    if (!signal.aborted && this.state.kind === 'catchingUp') {
      this.setState({ kind: 'live' });
      this.finishIfOver();
    }
  }

  private take(event: SessionEvent, weight: number): void {
    if (Previews.isPreview(event)) {
      this.previews.take(event);
      return;
    }
    this.previews.settle(event);
    this.store.arrive(event, this.clock.now(), weight);
    if (event.type === 'session.status_idle') {
      this.resync();
    } else if (event.type === 'session.status_running') {
      this.vigil.working();
    } else if (overBy(event) !== undefined) {
      this.resync();
    } else if (event.type === 'session.updated') {
      void this.describe();
    }
  }

  private keepUnreadable(data: string): void {
    this.unreadableCount++;
    if (this.unreadableFrames.length < UNREADABLE_KEPT) {
      this.unreadableFrames.push(data.slice(0, 2_000));
    }
    this.statusChanges.fire(this.status);
  }

  private async waitToReconnect(end: ConnectionEnd, lived: number, run: AbortSignal): Promise<void> {
    const error = ApiError.is(end) ? end : undefined;
    const pause = this.backoff.next(lived, error?.details.retryAfterMs);
    const attempt = this.backoff.attempt;
    const nextTryAt = this.clock.now() + pause;
    const reason = error?.reason ?? (end === 'silent' ? 'silent' : 'closed');
    this.note(`connection lost (${reason}), next try in ${pause} ms`);
    this.setState(
      ApiError.is(end, 'dns', 'refused', 'unreachable', 'connectTimeout')
        ? { kind: 'offline', attempt, nextTryAt, reason: end.reason }
        : { kind: 'reconnecting', attempt, nextTryAt, reason },
    );
    await this.pause(pause, run);
  }

  /** Waits, unless somebody asks to go on at once. */
  private async pause(ms: number, run: AbortSignal): Promise<void> {
    const early = new AbortController();
    this.wake = () => early.abort();
    // Woken, stopped or over: the caller looks which.
    await sleep(this.clock, ms, AbortSignal.any([run, early.signal])).catch(() => undefined);
    if (!run.aborted) {
      this.wake = undefined;
    }
  }

  /** Follows a session whose server has no stream, by reading its history again and again. */
  private async poll(run: AbortSignal, tryStreamAgainMs: number): Promise<void> {
    const until = this.clock.now() + tryStreamAgainMs;
    while (!run.aborted && this.clock.now() < until) {
      await Promise.all([this.readHistory(run), this.describe()]);
      if (run.aborted) {
        return;
      }
      const everyMs = this.isAtWork ? POLL_RUNNING_MS : POLL_IDLE_MS;
      this.setState({ kind: 'polling', everyMs });
      this.finishIfOver();
      await this.pause(everyMs, run);
    }
  }

  // ---- history, and what is due when ----

  private async readHistory(signal: AbortSignal): Promise<SyncResult> {
    const result = await this.history.synchronise(signal);
    if (result.kind === 'failed') {
      this.historyFailed(result.error);
    } else if (result.kind === 'done') {
      this.historyFailures = 0;
      if (result.inDoubt) {
        this.vigil.resyncWithin(AFTER_CONNECT_MS);
      }
      this.finishIfOver();
    }
    return result;
  }

  /** The stream lives on; history is asked for again in a while, or the refusal ends the feed. */
  private historyFailed(error: unknown): void {
    const end = ApiError.is(error, 'unauthorized', 'forbidden', 'noKey', 'badKey') ? endOf(error) : undefined;
    if (end !== undefined) {
      this.finish(end);
      return;
    }
    const asked = ApiError.is(error) ? (error.details.retryAfterMs ?? 0) : 0;
    const pause = Math.min(LONGEST_HISTORY_PAUSE_MS, FIRST_HISTORY_PAUSE_MS * 2 ** this.historyFailures++);
    this.vigil.resyncAfter(Math.max(pause, asked));
  }

  /** A quiet stream is dead if history holds what it never brought. */
  private async askWhetherAlive(): Promise<void> {
    const { connection, run, store, vigil } = this;
    const bytesAt = vigil.lastByteAt;
    const end = store.end;
    const result = run === undefined ? undefined : await this.readHistory(run.signal);
    const isSameSilence = this.connection === connection && vigil.lastByteAt === bytesAt;
    if (result?.kind === 'done' && isSameSilence && store.end > end) {
      this.note('history holds what the stream never brought');
      connection?.abort();
    }
  }

  // ---- the session ----

  private get isAtWork(): boolean {
    return isAtWork(this.store, this.description);
  }

  private async describe(): Promise<void> {
    const signal = this.run?.signal;
    if (signal === undefined) {
      return;
    }
    this.vigil.described();
    try {
      const session = await this.options.source.getSession(this.options.sessionId, signal);
      if (!signal.aborted) {
        this.description = session;
        this.changes.fire();
        this.finishIfOver();
      }
    } catch (error) {
      if (!signal.aborted && ApiError.is(error, 'unauthorized', 'noKey', 'badKey')) {
        this.finish('unauthorized');
      }
    }
  }

  /** A session that has ended, and whose history is all here, needs no connection. */
  private finishIfOver(): void {
    const isRead = this.history.state.kind === 'complete' && !this.history.isReading;
    if (!isRead || this.options.isRecording === true) {
      return;
    }
    // Queued messages that nobody will take any more may stand behind the end.
    const status = latestStatus(this.store);
    const why = status === undefined ? undefined : overBy(status);
    if (why !== undefined) {
      this.finish(why);
    } else if (this.description?.archivedAt !== undefined) {
      this.finish('sessionArchived');
    } else if (this.description?.status === 'terminated') {
      this.finish('sessionTerminated');
    }
  }

  private storeChanged(): void {
    this.store.trim(this.maxEvents, MAX_WEIGHT);
    this.outbox.settle();
    this.changes.fire();
  }

  private get maxEvents(): number {
    return this.options.maxEvents ?? MAX_EVENTS;
  }

  private setState(state: FeedState): void {
    this.state = state;
    this.statusChanges.fire(this.status);
  }

  private finish(why: FeedEnd): void {
    if (this.run !== undefined) {
      this.halt();
      this.note(`ended (${why})`);
      this.setState({ kind: 'ended', why });
    }
  }

  private halt(): void {
    this.run?.abort();
    this.run = undefined;
    this.connection?.abort();
    this.connection = undefined;
    this.vigil.end();
    this.wake = undefined;
    this.previews.clear();
  }

  private note(text: string): void {
    this.options.onNote?.(`feed ${this.options.sessionId}: ${text}`);
  }
}
