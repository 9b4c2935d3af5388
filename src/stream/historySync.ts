import { ApiError } from '../api/errors.ts';
import { type Cursor, CursorGuard } from '../api/pagination.ts';
import type { SessionEvent } from '../api/resources/event.ts';
import { type Clock, sleep } from '../util/clock.ts';
import type { EventStore, Merged, Segment, StoredEvent } from './eventStore.ts';
import type { HistoryState } from './feedState.ts';
import { CursorLoopError, type HistoryReader, type Tail } from './historyReader.ts';

/** How gently older events are read behind the newest, in milliseconds. */
export interface BackfillPace {
  /** Before the first page: whoever opens a session wants to see its end first. */
  readonly afterMs: number;
  /** Between two pages, so that everybody else gets a turn. */
  readonly betweenMs: number;
}

export interface HistorySyncOptions {
  readonly reader: HistoryReader;
  readonly store: EventStore;
  readonly clock: Clock;
  readonly maxEvents: number;
  /** Most that the events may weigh together, in UTF-16 units of JSON. */
  readonly maxWeight: number;
  /** The store changed, or may have. */
  readonly onChange: () => void;
  readonly onState: (state: HistoryState) => void;
  /** At once and without pauses where not given. */
  readonly backfillPace?: BackfillPace | undefined;
  /** Reading older events in the background failed; the next reading goes on with it. */
  readonly onBackfillFailed: (error: unknown) => void;
}

/** How a reading of history went. */
export type SyncResult =
  /** `inDoubt`: some events were too young to tell; history should be read once more in a moment. */
  | { readonly kind: 'done'; readonly inDoubt: boolean }
  | { readonly kind: 'stopped' }
  | { readonly kind: 'failed'; readonly error: unknown };

/**
 * Brings a store in line with the server's history. Each reading goes back to the newest event that an
 * earlier one has confirmed, so that nothing between the two can have been missed by the stream.
 */
export class HistorySync {
  private readonly options: HistorySyncOptions;
  private present: HistoryState = { kind: 'loading' };
  private confirmed: StoredEvent | undefined;
  /** Where a server that pages oldest first is read on from, and behind what that page stands. */
  private lastPage: { readonly cursor: Cursor | undefined; readonly start: Segment['start'] } | undefined;
  private lastRead: StoredEvent | undefined;
  private older: Cursor | undefined;
  /** The oldest event that was read on the way back: what is read next goes before it. */
  private oldest: StoredEvent | undefined;
  private followed = new CursorGuard();
  /** The server leads in a circle: what is older cannot be had. */
  private isCircular = false;
  private reading: Promise<SyncResult> | undefined;
  private isAskedAgain = false;
  private isInDoubt = false;
  private isBackfilling = false;

  constructor(options: HistorySyncOptions) {
    this.options = options;
  }

  get state(): HistoryState {
    return this.present;
  }

  /** Where history is read from the beginning: the last entry that was read so far, before which none is missing. */
  get readUpTo(): StoredEvent | undefined {
    return this.lastRead;
  }

  get isReading(): boolean {
    return this.reading !== undefined;
  }

  /**
   * Reads what history has and the store lacks. One reading at a time: whoever asks meanwhile waits for one
   * that began after they asked.
   */
  async synchronise(signal: AbortSignal): Promise<SyncResult> {
    while (this.reading !== undefined) {
      this.isAskedAgain = true;
      const result = await this.reading;
      // A reading that was stopped was somebody else's: ours is still to be done.
      if (result.kind !== 'stopped' || signal.aborted) {
        return result;
      }
    }
    const reading = this.readUntilSettled(signal).finally(() => {
      this.reading = undefined;
    });
    this.reading = reading;
    return await reading;
  }

  private async readUntilSettled(signal: AbortSignal): Promise<SyncResult> {
    do {
      this.isAskedAgain = false;
      this.isInDoubt = false;
      try {
        await this.readOnce(signal);
      } catch (error) {
        return this.failed(error, signal);
      }
    } while (this.isAskedAgain && !signal.aborted);
    void this.backfill(signal);
    return signal.aborted ? { kind: 'stopped' } : { kind: 'done', inDoubt: this.isInDoubt };
  }

  private failed(error: unknown, signal: AbortSignal): SyncResult {
    if (signal.aborted) {
      return { kind: 'stopped' };
    }
    this.setState({ kind: 'incomplete', reason: reasonOf(error) });
    return { kind: 'failed', error };
  }

  private async readOnce(signal: AbortSignal): Promise<void> {
    const { reader, store, clock } = this.options;
    const askedAt = clock.now();
    const tail = await reader.readTail(this.goal(), signal);
    if (signal.aborted) {
      return;
    }
    if (tail === undefined) {
      await this.readForward(signal);
    } else {
      const { events, start } = this.sinceConfirmed(tail);
      this.confirm(events, store.merge({ events, start, reachesEnd: true, askedAt }));
      if (!tail.reached) {
        this.followed = new CursorGuard();
        this.setOlder(tail.older);
        this.oldest = this.options.store.get(tail.events[0]?.id ?? '');
      }
    }
    this.noteProgress();
  }

  /** How far back to read: one page at first, then to what was confirmed, or to the beginning if nothing was. */
  private goal(): ((event: SessionEvent) => boolean) | undefined {
    const { confirmed } = this;
    if (confirmed !== undefined) {
      return (event) => event.id === confirmed.key;
    }
    return this.present.kind === 'complete' ? () => false : undefined;
  }

  /** Reads a server that pages oldest first: on from the last page that was seen, or from the beginning. */
  private async readForward(signal: AbortSignal): Promise<void> {
    const { reader, store, clock } = this.options;
    const askedAt = clock.now();
    const resume = this.lastPage;
    let start: Segment['start'] = resume?.start ?? 'front';
    // A cursor that names an event which will move, or a place that is in doubt, is not come back to.
    let isFirm = true;
    const take = (events: readonly SessionEvent[], cursor: Cursor | undefined, isLast: boolean) => {
      if (signal.aborted) {
        return;
      }
      const merged = store.merge({ events, start, reachesEnd: isLast, askedAt });
      if (merged.first !== undefined && merged.last !== undefined) {
        isFirm &&= merged.doubt === undefined || merged.doubt.position > merged.first.position;
        this.lastPage = isFirm ? { cursor, start } : this.lastPage;
        start = { behind: merged.last };
        this.lastRead = merged.last;
      }
      isFirm &&= merged.doubt === undefined && !events.some((event) => event.queued);
      this.isInDoubt ||= merged.doubt !== undefined;
      this.options.onChange();
    };
    try {
      await reader.readForward(resume?.cursor, take, signal);
    } catch (error) {
      if (resume === undefined || signal.aborted || !ApiError.is(error, 'invalid', 'notFound')) {
        throw error;
      }
      // The server does not take an old cursor again: from the beginning, then.
      this.lastPage = undefined;
      await this.readForward(signal);
    }
  }

  /** The part of a tail that is not confirmed yet, and where it goes. */
  private sinceConfirmed({ events, reached }: Tail): Pick<Segment, 'events' | 'start'> {
    const { confirmed } = this;
    if (!reached || confirmed === undefined) {
      return { events, start: 'front' };
    }
    const index = events.findIndex((event) => event.id === confirmed.key);
    return { events: events.slice(index), start: { at: confirmed } };
  }

  /**
   * Remembers how far history and store agree: up to the last event of a reading that has an identity, was
   * processed when history was asked, and stands before anything in doubt.
   */
  private confirm(events: readonly SessionEvent[], { doubt }: Merged): void {
    this.isInDoubt ||= doubt !== undefined;
    for (let index = events.length - 1; index >= 0; index--) {
      const event = events[index];
      const entry = event?.id === undefined || event.queued ? undefined : this.options.store.get(event.id);
      if (entry !== undefined && (doubt === undefined || entry.position < doubt.position)) {
        this.confirmed = entry;
        return;
      }
    }
  }

  /** Reads older events until the beginning, in the background, one page at a time. */
  private async backfill(signal: AbortSignal): Promise<void> {
    if (this.isBackfilling) {
      return;
    }
    const { reader, store, clock, maxEvents, maxWeight, backfillPace } = this.options;
    const hasRoom = () => store.size < maxEvents && store.weight < maxWeight;
    let pause = backfillPace?.afterMs ?? 0;
    this.isBackfilling = true;
    try {
      while (this.older !== undefined && !signal.aborted && hasRoom()) {
        if (pause > 0) {
          await sleep(clock, pause, signal);
          pause = 0;
          continue; // another reading may have gone on with it meanwhile
        }
        pause = backfillPace?.betweenMs ?? 0;
        const askedAt = clock.now();
        const page = await reader.readOlder(this.older, signal);
        if (!signal.aborted) {
          const before = this.oldest;
          store.merge({ events: page.events, start: 'front', before, reachesEnd: false, askedAt });
          this.oldest = store.get(page.events[0]?.id ?? '') ?? before;
          this.setOlder(page.older);
          this.noteProgress();
        }
      }
    } catch (error) {
      if (this.failed(error, signal).kind === 'failed') {
        this.options.onBackfillFailed(error);
      }
    } finally {
      this.isBackfilling = false;
    }
  }

  private setOlder(cursor: Cursor | undefined): void {
    this.isCircular = cursor !== undefined && !this.followed.admit(cursor);
    this.older = this.isCircular ? undefined : cursor;
  }

  private noteProgress(): void {
    if (this.isCircular) {
      this.setState({ kind: 'incomplete', reason: 'cursorLoop' });
    } else {
      this.setState(this.older === undefined ? { kind: 'complete' } : { kind: 'partial' });
    }
    this.options.onChange();
  }

  private setState(state: HistoryState): void {
    const isNew = state.kind !== this.present.kind || reasonIn(state) !== reasonIn(this.present);
    this.present = state;
    if (isNew) {
      this.options.onState(state);
    }
  }
}

function reasonIn(state: HistoryState): string | undefined {
  return state.kind === 'incomplete' ? state.reason : undefined;
}

function reasonOf(error: unknown): Extract<HistoryState, { kind: 'incomplete' }>['reason'] {
  if (error instanceof CursorLoopError) {
    return 'cursorLoop';
  }
  return ApiError.is(error) ? error.reason : 'network';
}
