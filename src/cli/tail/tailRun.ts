import type { Session } from '../../api/resources/session.ts';
import type { FeedEnd, FeedStatus } from '../../stream/feedState.ts';
import type { SessionFeed } from '../../stream/sessionFeed.ts';
import type { Clock } from '../../util/clock.ts';
import { type Disposable, DisposableStore } from '../../util/disposable.ts';
import type { FollowedSource } from './followedSource.ts';
import { RowReporter } from './rowReporter.ts';
import type { TailEnd } from './tailEnd.ts';
import type { TailLines } from './tailLines.ts';
import { hasFailed } from './turnFailure.ts';
import { TurnWatch } from './turnWatch.ts';

export interface TailOptions {
  /** A feed of {@link source} that reads from the beginning and has not been started. */
  readonly feed: SessionFeed;
  readonly source: FollowedSource;
  readonly sessionId: string;
  readonly lines: TailLines;
  readonly clock: Clock;
  /** Ends at an idle that waits for nobody, not only with the session. */
  readonly untilIdle: boolean;
}

/** Failures to connect after which a server that never answered is given up. */
const TRIES = 3;
/** Where events do not say whether the agent works, the session is asked for after this much quiet. */
const QUIET_MS = 1_000;

/** Follows a feed, tells its rows and its states, and knows when there is no more to wait for. */
export class TailRun implements Disposable {
  private readonly options: TailOptions;
  private readonly rows: RowReporter;
  private readonly turn: TurnWatch;
  private readonly owned = new DisposableStore();
  private readonly outcome = Promise.withResolvers<TailEnd>();
  private readonly asking = new AbortController();
  private question: Disposable | undefined;
  private isDeciding = false;
  private isOver = false;

  constructor(options: TailOptions) {
    const { feed, lines } = options;
    this.options = options;
    this.turn = this.owned.add(new TurnWatch(feed.store));
    this.rows = this.owned.add(new RowReporter(feed.store, lines));
    this.owned.add(feed.onDidChange(() => this.changed()));
    this.owned.add(feed.onDidChangeStatus((status) => this.statusChanged(status)));
  }

  /** Follows until the end, which is told as the last line. */
  async run(): Promise<TailEnd> {
    this.options.feed.start();
    return await this.outcome.promise;
  }

  /** Ends now, with what has come so far. */
  end(reason: TailEnd): void {
    if (this.isOver) {
      return;
    }
    const { feed, lines } = this.options;
    this.isOver = true;
    this.dispose();
    this.rows.reach(feed.store.end);
    lines.end(this.rows.count, reason);
    feed.stop();
    this.outcome.resolve(reason);
  }

  dispose(): void {
    this.asking.abort();
    this.question?.dispose();
    this.owned.dispose();
  }

  private changed(): void {
    this.tellRows(this.options.feed.status);
    this.consider();
  }

  private statusChanged(status: FeedStatus): void {
    this.tellRows(status);
    const end = this.endOf(status);
    if (end !== 'unreachable') {
      this.options.lines.status(status); // else it would speak of a next try
    }
    if (end !== undefined) {
      this.end(end);
    } else {
      this.consider();
    }
  }

  /** While history is read, what the stream has brought already waits for what was before it. */
  private tellRows({ state }: FeedStatus): void {
    const { feed } = this.options;
    if (state.kind === 'live' || state.kind === 'polling' || state.kind === 'ended') {
      this.rows.reach(feed.store.end);
    } else if (feed.readUpTo !== undefined) {
      this.rows.reach(feed.readUpTo.position + 1);
    }
  }

  private endOf({ state, history }: FeedStatus): TailEnd | undefined {
    switch (state.kind) {
      case 'ended':
        return this.endOfFeed(state.why, history.kind === 'complete');
      case 'offline':
      case 'reconnecting':
        return state.attempt >= TRIES && !this.options.source.wasReached ? 'unreachable' : undefined;
      case 'polling': {
        const isNothing =
          history.kind === 'incomplete' && ['notOffered', 'notFound'].includes(history.reason);
        return isNothing ? 'notOffered' : undefined;
      }
      default:
        return undefined;
    }
  }

  private endOfFeed(why: FeedEnd, isComplete: boolean): TailEnd {
    switch (why) {
      case 'sessionTerminated':
      case 'sessionDeleted':
      case 'sessionArchived':
        return this.ending(why);
      case 'serverClosed':
        return this.options.untilIdle && isComplete && this.turn.verdict === 'idle'
          ? this.ending('idle')
          : why;
      default:
        return why;
    }
  }

  private ending(reason: TailEnd, description?: Session): TailEnd {
    return hasFailed(this.options.feed.store, description) ? 'failed' : reason;
  }

  /** Looks whether this may be the end. */
  private consider(): void {
    const { feed, untilIdle } = this.options;
    const { state, history } = feed.status;
    this.question?.dispose();
    const isRunning = state.kind !== 'ended' && state.kind !== 'stopped';
    if (this.isOver || this.isDeciding || history.kind !== 'complete' || !isRunning) {
      return;
    }
    const { verdict } = this.turn;
    if (verdict === 'ended' || (untilIdle && verdict === 'idle')) {
      void this.decide();
    } else if (untilIdle && verdict === 'unclear') {
      this.question = this.options.clock.after(QUIET_MS, () => void this.ask());
    }
  }

  /** Believes in an end only after history has been read once more: the stream may have missed the rest. */
  private async decide(description?: Session): Promise<void> {
    const { verdict, version } = this.turn;
    this.isDeciding = true;
    const isCaughtUp = await this.options.feed.catchUpNow();
    this.isDeciding = false;
    if (this.isOver || !isCaughtUp) {
      return; // the feed reads again by itself, and tells
    }
    if (this.turn.version !== version) {
      this.consider();
    } else {
      const reason = verdict === 'ended' ? this.endedBy() : 'idle';
      this.end(this.ending(reason, description));
    }
  }

  private endedBy(): TailEnd {
    return this.turn.isDeleted ? 'sessionDeleted' : 'sessionTerminated';
  }

  /** Asks for the session's description, where its events do not say whether it is at work. */
  private async ask(): Promise<void> {
    const { source, sessionId } = this.options;
    const { version } = this.turn;
    const session = await source.getSession(sessionId, this.asking.signal).catch(() => undefined);
    if (this.isOver || this.turn.version !== version) {
      return; // the change has put the question anew
    }
    if (session !== undefined && this.turn.isOverBy(session)) {
      await this.decide(session);
    } else {
      this.consider();
    }
  }
}
