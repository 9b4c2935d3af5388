import { ApiError } from '../api/errors.ts';
import type { SessionEvent } from '../api/resources/event.ts';
import { type Clock, sleep } from '../util/clock.ts';
import type { Disposable } from '../util/disposable.ts';
import type { JsonObject } from '../util/json.ts';
import type { EventStore } from './eventStore.ts';
import type { Outbox, SendOutcome } from './outbox.ts';
import type { SessionSource } from './sessionSource.ts';
import { isSettledBy } from './verdicts.ts';

export interface SenderOptions {
  readonly source: SessionSource;
  readonly sessionId: string;
  readonly store: EventStore;
  readonly outbox: Outbox;
  readonly clock: Clock;
  /** Reads history; true where it was really read. Undefined while the feed does not run. */
  readonly readHistory: () => Promise<boolean> | undefined;
  readonly onChange: () => void;
}

/** Looks at history before an unclear POST is taken as not arrived. */
const LOOKS = 3;
const FIRST_PAUSE_MS = 1_000;
/** Failed looks that are borne: history may be out of reach for the same reason as the answer was. */
const MAX_TRIES = 12;

/**
 * Posts events, each once. There is no idempotency key in this API, so a POST whose answer was lost is not
 * repeated: history tells whether the server has it.
 */
export class Sender implements Disposable {
  private readonly options: SenderOptions;
  private readonly over = new AbortController();

  constructor(options: SenderOptions) {
    this.options = options;
  }

  /** Stops waiting for what is unclear. A request under way is let go its way: the user has sent it. */
  dispose(): void {
    this.over.abort();
  }

  /** Resolves when it is known whether the server has the events. */
  async send(events: readonly JsonObject[]): Promise<SendOutcome> {
    const { source, sessionId, store, outbox, clock, onChange, readHistory } = this.options;
    const keys = events.map((event) => outbox.add(event, clock.now()));
    try {
      const echoes = await source.sendEvents(sessionId, events);
      identify(outbox, keys, events, echoes);
      echoes.filter(({ id }) => id !== undefined).forEach((echo) => store.arrive(echo, clock.now()));
      // What has come back is settled now; only the rest is still shown as on its way.
      onChange();
      keys.forEach((key) => outbox.mark(key, 'sent'));
      if (keys.some((key) => outbox.has(key))) {
        // No echo in the answer: history has it.
        void readHistory();
      }
      return { kind: 'sent' };
    } catch (error) {
      const known = ApiError.is(error) ? error : new ApiError('network', { cause: error });
      return isSettledBy(known) ? this.failed(keys, known, false) : await this.settle(keys, known);
    }
  }

  private failed(keys: readonly string[], error: ApiError, isUnclear: boolean): SendOutcome {
    keys.forEach((key) => this.options.outbox.mark(key, 'failed', error));
    return { kind: 'failed', error, keys, isUnclear };
  }

  /** The request was sent and no answer came: looks for the events in history, which may lag a little. */
  private async settle(keys: readonly string[], error: ApiError): Promise<SendOutcome> {
    const { outbox, clock, readHistory } = this.options;
    const isOpen = () => keys.some((key) => outbox.has(key));
    keys.forEach((key) => outbox.mark(key, 'checking', error));
    let looks = 0;
    for (let tries = 0; isOpen() && looks < LOOKS && tries < MAX_TRIES; tries++) {
      await sleep(clock, FIRST_PAUSE_MS * 2 ** Math.min(tries, 4), this.over.signal).catch(() => undefined);
      const reading = readHistory();
      if (reading === undefined) {
        break;
      }
      looks += (await reading) ? 1 : 0;
    }
    return isOpen() ? this.failed(keys, error, looks < LOOKS) : { kind: 'sent' };
  }
}

/** Where the answer has an event for each that was sent, in the same order, it says what they are called. */
function identify(
  outbox: Outbox,
  keys: readonly string[],
  events: readonly JsonObject[],
  echoes: readonly SessionEvent[],
): void {
  if (echoes.length !== keys.length || !echoes.every(({ type }, index) => type === events[index]?.['type'])) {
    return;
  }
  echoes.forEach(({ id }, index) => {
    const key = keys[index];
    if (id !== undefined && key !== undefined) {
      outbox.identify(key, id);
    }
  });
}
