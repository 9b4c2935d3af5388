import type { ManagedAgentsClient } from '../api/client.ts';
import { ApiError } from '../api/errors.ts';
import type { SessionEvent } from '../api/resources/event.ts';
import { CursorGuard, type Cursor } from '../api/pagination.ts';
import { readFrame } from '../stream/readFrame.ts';
import { decodeEventStream, type StreamFrame } from '../stream/sse.ts';
import { type Clock, sleep } from '../util/clock.ts';
import { errorText, identityOf, isReply, isTurnEnd } from './eventLine.ts';
import { SilentTurnError } from './silentTurn.ts';
import { StreamVisit } from './streamVisit.ts';

type TurnClient = Pick<ManagedAgentsClient, 'openStream' | 'listEvents' | 'sendEvents'>;

/** After this long without an event the history is asked what happened meanwhile, in milliseconds. */
const LOOK_MS = 5_000;
/** The stream gets this long to deliver what the history has already. */
const LATE_MS = 5_000;
const PAGE_SIZE = 100;
const MAX_PAGES = 20;

/** One message to a session and the turn that follows it, as the stream tells it. */
export class TurnVisit {
  private readonly client: TurnClient;
  private readonly sessionId: string;
  private readonly clock: Clock;
  private frames: AsyncIterator<StreamFrame, void, void> | undefined;
  private pending: Promise<IteratorResult<StreamFrame, void>> | undefined;
  /** Ids of the events before our message, and how many events there were: they are not ours. */
  private readonly before = new Set<string>();
  private beforeCount = 0;
  private readonly seen: SessionEvent[] = [];

  constructor(client: TurnClient, sessionId: string, clock: Clock) {
    this.client = client;
    this.sessionId = sessionId;
    this.clock = clock;
  }

  /** What the stream has delivered since the message. */
  get events(): readonly SessionEvent[] {
    return this.seen;
  }

  /** Posts the message. The stream must be open by then, so that nothing of the turn is missed. */
  async send(text: string, signal: AbortSignal): Promise<void> {
    const before = await this.history(signal);
    this.beforeCount = before.length;
    before.forEach(({ id }) => id !== undefined && this.before.add(id));
    await this.client.sendEvents(
      this.sessionId,
      [{ type: 'user.message', content: [{ type: 'text', text }] }],
      signal,
    );
  }

  /**
   * Reads the stream until the turn is over.
   * @throws SilentTurnError where the stream does not tell what it should, with the reason; ApiError of the stream.
   */
  async untilEnd(chunks: AsyncIterable<Uint8Array>, signal: AbortSignal): Promise<void> {
    this.frames = decodeEventStream(chunks)[Symbol.asyncIterator]();
    let error: string | undefined;
    for (;;) {
      const event = await this.next(signal);
      error ??= errorText(event);
      if (isTurnEnd(event) && this.seen.some(({ type }) => type === 'user.message')) {
        break;
      }
    }
    if (!this.seen.some(isReply)) {
      throw new SilentTurnError(error === undefined ? 'noReply' : 'turnFailed', error);
    }
  }

  /**
   * Follows the recipe after the stream was dropped: history, a new stream, and one copy of each event.
   * @returns how many events there are, and how many of the history are missing or doubled by then.
   */
  async reconnect(
    signal: AbortSignal,
  ): Promise<{ readonly count: number; readonly lost: number; readonly repeated: number }> {
    const held = new Set([...this.seen, ...(await this.history(signal))].map(identityOf));
    const visit = await StreamVisit.open(this.client, this.sessionId, signal);
    const history = await this.history(signal);
    await visit.close();
    const lost = history.filter((event) => !held.has(identityOf(event))).length;
    const ids = history.flatMap(({ id }) => id ?? []);
    return { count: history.length, lost, repeated: ids.length - new Set(ids).size };
  }

  /** The next event of the turn. */
  private async next(signal: AbortSignal): Promise<SessionEvent> {
    for (;;) {
      const frame = await this.frameWithin(LOOK_MS, signal);
      if (frame === 'quiet') {
        await this.explainSilence(signal);
      } else if (frame === undefined) {
        throw await this.ended(signal);
      } else {
        const event = this.take(frame);
        if (event !== undefined) {
          return event;
        }
      }
    }
  }

  private take(frame: StreamFrame): SessionEvent | undefined {
    const content = readFrame(frame);
    if (content.kind === 'error') {
      throw content.error;
    }
    if (content.kind !== 'event' || this.isOld(content.event)) {
      return undefined;
    }
    this.seen.push(content.event);
    return content.event;
  }

  private async frameWithin(ms: number, signal: AbortSignal): Promise<StreamFrame | 'quiet' | undefined> {
    this.pending ??= this.frames?.next();
    const waiting = new AbortController();
    const quiet = sleep(this.clock, ms, waiting.signal).then(
      () => 'quiet' as const,
      () => 'quiet' as const,
    );
    const result = await Promise.race([this.pending, quiet]);
    waiting.abort();
    if (signal.aborted) {
      throw new ApiError('cancelled');
    }
    if (result === 'quiet' || result === undefined) {
      return result;
    }
    this.pending = undefined;
    return result.done === true ? undefined : result.value;
  }

  /** The stream is silent: is there nothing to tell, or does it not arrive? Returns where waiting is right. */
  private async explainSilence(signal: AbortSignal): Promise<void> {
    const missing = await this.undelivered(signal);
    if (missing.length === 0) {
      return;
    }
    const frame = await this.frameWithin(LATE_MS, signal);
    if (frame === 'quiet') {
      throw new SilentTurnError(this.seen.length === 0 ? 'nothingArrives' : 'buffered');
    }
    if (frame === undefined) {
      throw await this.ended(signal);
    }
    this.take(frame);
  }

  /** The stream ended before the turn did. */
  private async ended(signal: AbortSignal): Promise<SilentTurnError> {
    const history = await this.fresh(signal);
    return new SilentTurnError(history.some(isTurnEnd) && this.seen.length === 0 ? 'buffered' : 'cutOff');
  }

  /** What the history has of this turn and the stream has not told. Throws where the message itself is missing. */
  private async undelivered(signal: AbortSignal): Promise<readonly SessionEvent[]> {
    const fresh = await this.fresh(signal);
    if (!fresh.some(({ type }) => type === 'user.message')) {
      throw new SilentTurnError('notPosted');
    }
    const told = new Set(this.seen.map(identityOf));
    return fresh.filter((event) => !told.has(identityOf(event)) && !event.queued);
  }

  private async fresh(signal: AbortSignal): Promise<readonly SessionEvent[]> {
    const history = await this.history(signal);
    return history.filter((event, at) =>
      event.id === undefined ? at >= this.beforeCount : !this.isOld(event),
    );
  }

  private isOld({ id }: SessionEvent): boolean {
    return id !== undefined && this.before.has(id);
  }

  private async history(signal: AbortSignal): Promise<readonly SessionEvent[]> {
    const events: SessionEvent[] = [];
    const guard = new CursorGuard();
    let cursor: Cursor | undefined;
    for (let pages = 0; pages < MAX_PAGES; pages++) {
      const page = await this.client.listEvents(this.sessionId, { limit: PAGE_SIZE, cursor, signal });
      events.push(...page.items);
      if (page.next === undefined || !guard.admit(page.next)) {
        break;
      }
      cursor = page.next;
    }
    return events;
  }
}
