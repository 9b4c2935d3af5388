import { decodeEvent, type SessionEvent } from '../../../src/api/resources/event.ts';
import type { LogSource } from '../../../src/eventLog/eventLog.ts';
import { LogPort } from '../../../src/eventLog/logPort.ts';
import type { LogHostMessage, LogPageMessage } from '../../../src/protocol/logMessages.ts';
import type { StoredEvent, StoreObserver } from '../../../src/stream/eventStore.ts';
import { systemClock } from '../../../src/util/clock.ts';
import { toDisposable } from '../../../src/util/disposable.ts';
import type { JsonObject } from '../../../src/util/json.ts';
import { PositionedList } from '../../../src/util/positionedList.ts';
import type { TimelineHostMessage, TimelinePageMessage } from '../../../src/protocol/timelineMessages.ts';
import { TimelinePort } from '../../../src/timeline/timelinePort.ts';
import { busyEvents } from './busyEvents.ts';
import { syntheticEvent, tourEvents } from './logEvents.ts';

interface Entry extends StoredEvent {
  event: SessionEvent;
  position: number;
}

/** The host's side of the event log and of the timeline as they are, over a store that knows no rules: the real one needs Node. */
export class FakeLog {
  private readonly list = new PositionedList<Entry>();
  private readonly byKey = new Map<string, Entry>();
  private readonly observers = new Set<StoreObserver>();
  readonly port: LogPort;
  readonly timeline: TimelinePort;

  constructor(post: (message: LogHostMessage | TimelineHostMessage) => void) {
    const store = this.source();
    this.port = new LogPort({ store, clock: systemClock, post, cutKeys: (text) => text });
    this.timeline = new TimelinePort({
      store,
      clock: systemClock,
      post,
      nameOf: (key) => this.port.nameOf(key),
      clean: (text) => text.slice(0, 40),
    });
  }

  /** @returns false for a message that is for somebody else. */
  receive(message: { readonly type: string }): boolean {
    if (isLogQuestion(message)) {
      this.port.receive(message);
    } else if (isTimelineQuestion(message)) {
      this.timeline.receive(message);
    } else {
      return false;
    }
    return true;
  }

  /** An agent at work, in as many events. */
  seedBusy(count: number): void {
    this.add(busyEvents(count));
  }

  add(events: readonly JsonObject[]): void {
    events.forEach((json) => this.put(json));
    this.changed();
  }

  private changed(): void {
    this.port.changed();
    this.timeline.changed();
  }

  /** A tour of all kinds, or as many synthetic events. */
  seed(count: number): void {
    const events =
      count === 0 ? tourEvents : Array.from({ length: count }, (_, index) => syntheticEvent(index));
    this.add(events);
  }

  append(count: number): void {
    for (let index = 0; index < count; index++) {
      this.put(syntheticEvent(this.list.end));
    }
    this.changed();
  }

  prepend(count: number): void {
    const fresh = Array.from({ length: count }, (_, index) =>
      this.entry(syntheticEvent(this.list.first - count + index)),
    );
    this.list.prepend(fresh);
    this.tell((observer) => observer.prepended(count));
  }

  /** Puts an event in before another one. */
  insert(position: number, json: JsonObject): void {
    this.list.insert(position, [this.entry(json)]);
    this.tell((observer) => observer.inserted(position, 1));
  }

  change(position: number, json: JsonObject): void {
    const entry = this.list.at(position);
    const event = decodeEvent(json);
    if (entry !== undefined && event !== undefined) {
      const before = entry.event;
      entry.event = event;
      this.tell((observer) => observer.updated(entry, before));
    }
  }

  trim(count: number): void {
    const gone = this.list.shift(count);
    gone.forEach(({ key }) => this.byKey.delete(key));
    this.tell((observer) => observer.trimmed(gone));
  }

  private put(json: JsonObject): void {
    const at = this.list.end;
    this.list.append(this.entry(json));
    for (const observer of this.observers) {
      observer.inserted(at, 1);
    }
  }

  private entry(json: JsonObject): Entry {
    const event = decodeEvent(json);
    if (event === undefined) {
      throw new Error('not an event');
    }
    const key = event.id ?? `~${this.byKey.size}`;
    const entry = { key, event, position: Number.NaN, weight: JSON.stringify(json).length };
    this.byKey.set(key, entry);
    return entry;
  }

  private tell(call: (observer: StoreObserver) => void): void {
    this.observers.forEach(call);
    this.changed();
  }

  private source(): LogSource {
    const { list, byKey, observers } = this;
    return {
      get first() {
        return list.first;
      },
      get end() {
        return list.end;
      },
      get size() {
        return list.size;
      },
      at: (position) => list.at(position),
      get: (key) => byKey.get(key),
      observe: (observer) => {
        observers.add(observer);
        return toDisposable(() => observers.delete(observer));
      },
    };
  }
}

type LogQuestion = Extract<LogPageMessage, { type: 'logView' | 'logAck' | 'logHide' | 'logDetail' }>;

function isLogQuestion(message: { readonly type: string }): message is LogQuestion {
  return ['logView', 'logAck', 'logHide', 'logDetail'].includes(message.type);
}

function isTimelineQuestion(message: { readonly type: string }): message is TimelinePageMessage {
  return ['timelineView', 'timelineAck', 'timelineHide'].includes(message.type);
}
