import type { SessionEvent } from '../api/resources/event.ts';
import { EventStore } from '../stream/eventStore.ts';
import { CursorLoopError, HistoryReader } from '../stream/historyReader.ts';
import { Outbox } from '../stream/outbox.ts';
import { Previews } from '../stream/previews.ts';
import type { SessionSource } from '../stream/sessionSource.ts';
import { Transcript } from '../transcript/transcript.ts';
import type { Clock } from '../util/clock.ts';

/** As much of a session as is held at once, as in a panel. */
export interface HistoryLimits {
  readonly maxEvents: number;
  /** UTF-16 units of JSON. */
  readonly maxWeight: number;
}

export const standardLimits: HistoryLimits = { maxEvents: 250_000, maxWeight: 128 * 1024 * 1024 };

/** Why a history was not read to its end. */
export type Shortfall = 'tooLong' | 'cursorLoop';

export interface ReadHistory {
  readonly store: EventStore;
  readonly transcript: Transcript;
  readonly shortfall: Shortfall | undefined;
}

/** Reads a session's history once, from its beginning, without its stream. Throws an ApiError. */
export async function readHistory(
  source: Pick<SessionSource, 'listEvents'>,
  sessionId: string,
  { clock, limits, signal }: { clock: Clock; limits: HistoryLimits; signal: AbortSignal },
): Promise<ReadHistory> {
  const store = new EventStore();
  const enough = new AbortController();
  let shortfall: Shortfall | undefined;
  const take = (events: readonly SessionEvent[], isLast: boolean) => {
    const last = store.at(store.end - 1);
    store.merge({
      events,
      start: last === undefined ? 'front' : { behind: last },
      reachesEnd: isLast,
      askedAt: clock.now(),
    });
    if (!isLast && (store.size >= limits.maxEvents || store.weight >= limits.maxWeight)) {
      shortfall = 'tooLong';
      enough.abort();
    }
  };
  try {
    const either = AbortSignal.any([signal, enough.signal]);
    const reader = new HistoryReader(source, sessionId, 'beginning');
    await reader.readForward(undefined, (events, _, isLast) => take(events, isLast), either);
  } catch (error) {
    if (error instanceof CursorLoopError) {
      shortfall = 'cursorLoop';
    } else if (signal.aborted || shortfall === undefined) {
      throw error;
    }
  }
  const transcript = new Transcript({
    store,
    previews: new Previews(() => undefined),
    outbox: new Outbox(store, () => undefined),
  });
  return { store, transcript, shortfall };
}
