import type { ListEventsOptions } from '../../src/api/client.ts';
import { ApiError, type ApiErrorReason } from '../../src/api/errors.ts';
import type { EventStream } from '../../src/api/eventStream.ts';
import type { Page } from '../../src/api/pagination.ts';
import { decodeEvent, type SessionEvent } from '../../src/api/resources/event.ts';
import { decodeSession, type Session } from '../../src/api/resources/session.ts';
import type { SessionSource } from '../../src/stream/sessionSource.ts';
import { type Clock, sleep } from '../../src/util/clock.ts';
import type { JsonObject } from '../../src/util/json.ts';
import { ByteQueue } from './byteQueue.ts';

/** How likely each fault is, from 0 to 1, at each occasion it has. */
export interface Faults {
  /** An event's frame is followed by a break of the connection, often in its middle. */
  readonly drop: number;
  /** A connection falls silent: open for its reader, and bringing nothing more. */
  readonly stall: number;
  /** A stream answers long before it is attached. */
  readonly lateAttach: number;
  /** Opening a stream is refused. */
  readonly refuseStream: number;
  /** Reading a page fails. */
  readonly failList: number;
  /** A frame comes twice, or an unreadable one beside it. */
  readonly noise: number;
}

const RTT_MS = 40;
const HEARTBEAT_MS = 15_000;

interface Subscriber {
  readonly queue: ByteQueue;
  attached: boolean;
  stalled: boolean;
}

/** One session on a server that exists in virtual time only, with the faults of a bad day. */
export class SimulatedServer implements SessionSource {
  /** The session's history: processed events in their order, queued ones behind. */
  readonly history: JsonObject[] = [];
  private readonly clock: Clock;
  private readonly random: () => number;
  private readonly pageSize: number;
  private readonly newestFirst: boolean;
  private faults: Faults;
  private readonly subscribers = new Set<Subscriber>();

  constructor(
    clock: Clock,
    random: () => number,
    faults: Faults,
    paging: { pageSize: number; newestFirst: boolean },
  ) {
    this.clock = clock;
    this.random = random;
    this.faults = faults;
    this.pageSize = paging.pageSize;
    this.newestFirst = paging.newestFirst;
  }

  /** From now on everything works. */
  heal(): void {
    this.faults = { drop: 0, stall: 0, lateAttach: 0, refuseStream: 0, failList: 0, noise: 0 };
  }

  emit(event: JsonObject): void {
    const id = event['id'];
    const held = id === undefined ? -1 : this.history.findIndex((each) => each['id'] === id);
    if (held !== -1) {
      this.history.splice(held, 1);
    }
    if (event['processed_at'] === null) {
      this.history.push(event);
    } else {
      const queued = this.history.findIndex((each) => each['processed_at'] === null);
      this.history.splice(queued === -1 ? this.history.length : queued, 0, event);
    }
    for (const subscriber of this.subscribers) {
      this.bring(subscriber, `event: x\ndata: ${JSON.stringify(event)}\n\n`);
    }
  }

  /** Sends each stream its heartbeat; called by the schedule. */
  beat(): void {
    for (const subscriber of this.subscribers) {
      if (!subscriber.stalled) {
        subscriber.queue.push(': keep-alive\n\n');
      }
    }
  }

  static readonly heartbeatMs = HEARTBEAT_MS;

  async openStream(_: string, signal: AbortSignal): Promise<EventStream> {
    await this.travel(signal);
    if (this.happens(this.faults.refuseStream)) {
      const reasons: readonly ApiErrorReason[] = ['overloaded', 'rateLimited', 'refused', 'headersTimeout'];
      throw new ApiError(reasons[Math.floor(this.random() * reasons.length)] ?? 'overloaded', {
        retryAfterMs: 1_000,
      });
    }
    const queue = new ByteQueue(signal);
    const subscriber: Subscriber = { queue, attached: true, stalled: false };
    if (this.happens(this.faults.lateAttach)) {
      subscriber.attached = false;
      this.clock.after(100 + this.random() * 1_400, () => {
        subscriber.attached = true;
      });
    }
    this.subscribers.add(subscriber);
    const close = () => {
      this.subscribers.delete(subscriber);
      queue.end();
    };
    signal.addEventListener('abort', close, { once: true });
    return { path: '/stream', requestId: undefined, deltas: false, chunks: queue, close };
  }

  async listEvents(_: string, options: ListEventsOptions): Promise<Page<SessionEvent>> {
    const signal = options.signal ?? new AbortController().signal;
    await this.travel(signal);
    if (this.happens(this.faults.failList)) {
      throw new ApiError('server', { status: 502 });
    }
    const isDescending = this.newestFirst && options.order === 'desc';
    const all = isDescending ? [...this.history].reverse() : [...this.history];
    const size = Math.min(options.limit ?? this.pageSize, this.pageSize);
    const from =
      options.cursor === undefined
        ? 0
        : all.findIndex((event) => cursorOf(event) === options.cursor?.value) + 1;
    const items = all.slice(from, from + size);
    const last = items.at(-1);
    const hasMore = from + size < all.length && last !== undefined;
    const page: Page<SessionEvent> = {
      items: items.flatMap((json) => decodeEvent(json) ?? []),
      next: hasMore ? { parameter: 'page', value: cursorOf(last) } : undefined,
      skipped: 0,
    };
    await this.travel(signal);
    return page;
  }

  async getSession(id: string, signal?: AbortSignal): Promise<Session> {
    await this.travel(signal ?? new AbortController().signal);
    const session = decodeSession({ id, status: 'active' });
    if (session === undefined) {
      throw new ApiError('malformed');
    }
    return session;
  }

  sendEvents(): Promise<readonly SessionEvent[]> {
    return Promise.reject(new ApiError('notOffered', { status: 501 }));
  }

  private bring(subscriber: Subscriber, frame: string): void {
    if (!subscriber.attached || subscriber.stalled) {
      return;
    }
    if (this.happens(this.faults.stall)) {
      subscriber.stalled = true;
      return;
    }
    if (this.happens(this.faults.drop)) {
      subscriber.queue.push(frame.slice(0, Math.floor(this.random() * frame.length)));
      this.subscribers.delete(subscriber);
      subscriber.queue.fail(new ApiError('reset', { sent: true }));
      return;
    }
    subscriber.queue.push(frame);
    if (this.happens(this.faults.noise)) {
      subscriber.queue.push(this.random() < 0.5 ? frame : 'data: {"type":"agent.mess\n\n');
    }
  }

  private happens(likelihood: number): boolean {
    return this.random() < likelihood;
  }

  /** One way over the network. */
  private async travel(signal: AbortSignal): Promise<void> {
    await sleep(this.clock, RTT_MS / 2, signal).catch(() => {
      throw new ApiError('cancelled');
    });
  }
}

/** Names an event behind which to go on; events without an id are told apart by a number that no client sees. */
const numbers = new WeakMap<JsonObject, number>();
let count = 0;

function cursorOf(event: JsonObject): string {
  const id = event['id'];
  if (typeof id === 'string') {
    return id;
  }
  let number = numbers.get(event);
  if (number === undefined) {
    number = count++;
    numbers.set(event, number);
  }
  return `#${number}`;
}
