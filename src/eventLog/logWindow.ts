import type { LogHostMessage, LogPageMessage, LogPlace } from '../protocol/logMessages.ts';
import type { SessionEvent } from '../api/resources/event.ts';
import type { StoredEvent } from '../stream/eventStore.ts';
import { assertNever } from '../util/assertNever.ts';
import { EventLog, type LogFilter, type LogSource, NO_FILTER } from './eventLog.ts';
import type { LogRows } from './logRow.ts';

/** What the page is told about the events that it looks at. */
export type LogNews = Omit<Extract<LogHostMessage, { type: 'logRows' }>, 'type' | 'seq'>;

type View = Extract<LogPageMessage, { type: 'logView' }>;

/** An event that is to stay where it is on the screen, and where it was last. */
interface Anchor {
  readonly stored: StoredEvent | undefined;
  readonly before: number;
  position: number;
}

/**
 * The part of the log that one page looks at. Follows the event at which the reader is, wherever that moves,
 * and remembers what the page has, so that a row crosses once.
 */
export class LogWindow {
  readonly log: EventLog;
  private readonly source: LogSource;
  private readonly rows: LogRows;
  private filter: LogFilter = NO_FILTER;
  private view = 0;
  /** Undefined: the end. */
  private anchor: Anchor | undefined;
  private count = 0;
  private selected: string | null = null;
  private sent = new Map<string, SessionEvent>();
  private told = -1;

  constructor(source: LogSource, rows: LogRows) {
    this.source = source;
    this.rows = rows;
    this.log = new EventLog(source);
  }

  /** The page is a new one that has nothing yet. */
  forget(): void {
    this.sent.clear();
  }

  /** The page looks elsewhere, or through another filter. */
  look(view: View): LogNews {
    if (view.text !== this.filter.text || view.kinds.join() !== this.filter.kinds.join()) {
      this.filter = { kinds: view.kinds, text: view.text };
      this.log.setFilter(this.filter);
    }
    this.view = view.view;
    this.count = view.count;
    this.selected = view.selected;
    this.anchor = this.anchorOf(view.place);
    return this.news();
  }

  /** What has changed since the page was last told, if anything. */
  changes(): LogNews | undefined {
    return this.told === this.log.version ? undefined : this.news();
  }

  private anchorOf(place: LogPlace): Anchor | undefined {
    switch (place.at) {
      case 'end':
        return undefined;
      case 'position': {
        const stored = this.log.at(place.position);
        return { stored, before: 0, position: place.position };
      }
      case 'event': {
        const stored = this.source.get(this.rows.keyOf(place.name));
        return { stored, before: place.before, position: this.log.range.first + place.before };
      }
      default:
        return assertNever(place);
    }
  }

  private news(): LogNews {
    const { log, rows } = this;
    const { range } = log;
    const from = this.start();
    const end = Math.min(range.end, from + this.count);
    const names: string[] = [];
    const fresh: StoredEvent[] = [];
    const sent = new Map<string, SessionEvent>();
    for (let position = from; position < end; position++) {
      const stored = log.at(position);
      if (stored !== undefined) {
        const name = rows.nameOf(stored);
        names.push(name);
        sent.set(name, stored.event);
        if (this.sent.get(name) !== stored.event) {
          fresh.push(stored);
        }
      }
    }
    this.sent = sent;
    this.told = log.version;
    return {
      view: this.view,
      range,
      from,
      names,
      rows: fresh.map((stored) => rows.row(stored)),
      anchor: this.anchor?.position ?? null,
      before: log.at(from - 1)?.event.processedAt ?? null,
      total: log.total,
      counts: [...log.counts],
      selected: this.whereSelected(),
    };
  }

  /** The position of the first row of the window. */
  private start(): number {
    const { first, end } = this.log.range;
    const last = Math.max(first, end - this.count);
    const { anchor } = this;
    if (anchor === undefined) {
      return last;
    }
    const { stored } = anchor;
    // An event that is held no more leaves the reader where it was.
    if (stored !== undefined && this.source.get(stored.key) === stored) {
      anchor.position = this.log.placeOf(stored);
    }
    return Math.min(Math.max(anchor.position - anchor.before, first), last);
  }

  private whereSelected(): LogNews['selected'] {
    if (this.selected === null) {
      return null;
    }
    const stored = this.source.get(this.rows.keyOf(this.selected));
    return stored === undefined ? 'gone' : (this.log.positionOf(stored) ?? 'filtered');
  }
}
