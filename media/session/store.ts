import type { HostMessage, PageMessage, Patch } from '../../src/protocol/messages.ts';
import { MAX_WINDOW_ROWS } from '../../src/protocol/messages.ts';
import type { PageStrings } from '../../src/protocol/strings.ts';
import type { Clock } from '../../src/util/clock.ts';
import type { Disposable } from '../../src/util/disposable.ts';
import { Emitter } from '../../src/util/emitter.ts';
import { applyPatch, type Replica } from './applyPatch.ts';
import {
  clipped,
  merged,
  missingPart,
  rowAt,
  sliceEnd,
  type Span,
  spanAround,
  wantedSpan,
} from './rowWindow.ts';

/** A question that got no answer in this time is asked again. */
export const RE_ASK_MS = 4_000;

export interface StoreOptions {
  readonly post: (message: PageMessage) => void;
  readonly clock: Clock;
  /** Ids of row requests; shared with whoever else asks the host. */
  readonly nextId: () => number;
}

type Open = Extract<HostMessage, { type: 'open' }>;
type Batch = Extract<HostMessage, { type: 'patches' }>;
type RowsAnswer = Extract<HostMessage, { type: 'rows' }>;

/** What does not change between two `open`s. */
export interface OpenFacts {
  readonly strings: PageStrings;
  readonly draft: string;
  readonly enterSends: boolean;
  readonly locale: string;
}

interface RowRequest {
  readonly id: number;
  readonly wanted: Span;
  readonly timer: Disposable;
}

/**
 * The page's replica of a window on the session. Invariants: patches are applied in order and once; every row
 * that is held lies in the window last announced to the host, so no change to it can be missed.
 */
export class PageStore {
  private readonly options: StoreOptions;
  private readonly changed = new Emitter<void>();
  private readonly patched = new Emitter<{ readonly patch: Patch; readonly before: Replica }>();
  private readonly opened = new Emitter<void>();
  private seq = 0;
  private waiting: Disposable | undefined;
  private request: RowRequest | undefined;
  /** True while the held rows are only a picture of where the reader was: the answer replaces them. */
  private stale = false;
  private announced: Span | undefined;
  private reader: Span | undefined;
  private fruitless: string | undefined;

  replica: Replica | undefined;
  facts: OpenFacts | undefined;

  readonly onDidChange = this.changed.event;
  readonly onDidOpen = this.opened.event;
  /** Each patch as it was applied, with what was there before: for announcements. */
  readonly onDidPatch = this.patched.event;

  constructor(options: StoreOptions) {
    this.options = options;
  }

  /** Asks the host for the whole, again and again until it answers. */
  start(): void {
    this.waiting?.dispose();
    this.options.post({ type: 'ready' });
    this.waiting = this.options.clock.after(RE_ASK_MS, () => this.start());
  }

  /** The rows the reader sees. Moves the window when the reader nears its edge. */
  setReader(reader: Span): void {
    this.reader = reader;
    this.follow();
  }

  open(message: Open): void {
    this.waiting?.dispose();
    this.waiting = undefined;
    this.dropRequest();
    this.seq = message.seq;
    this.fruitless = undefined;
    this.announced = undefined;
    const { header, feed, banner, range, from, rows } = message;
    this.replica = { header, feed, banner, range, held: { from, rows } };
    const { strings, draft, enterSends, locale } = message;
    this.facts = { strings, draft, enterSends, locale };
    this.trim();
    this.announce();
    this.opened.fire();
    this.changed.fire();
  }

  patches(batch: Batch): void {
    if (this.replica === undefined || this.waiting !== undefined) {
      return;
    }
    if (batch.seq > this.seq + 1) {
      this.start();
      return;
    }
    const fresh = batch.patches.slice(this.seq + 1 - batch.seq);
    for (const patch of fresh) {
      const before: Replica = this.replica;
      const after = applyPatch(before, patch);
      if (after === undefined) {
        this.start();
        return;
      }
      this.seq += 1;
      this.replica = after;
      this.patched.fire({ patch, before });
      this.fruitless = after.range === before.range ? this.fruitless : undefined;
    }
    this.options.post({ type: 'ack', seq: this.seq });
    if (fresh.length > 0) {
      this.trim();
      this.announce();
      this.follow();
      this.changed.fire();
    }
  }

  rows(answer: RowsAnswer): void {
    if (this.replica === undefined || answer.id !== this.request?.id) {
      return;
    }
    const { wanted } = this.request;
    this.dropRequest();
    const { range } = answer;
    const old = this.replica.held;
    const got = { from: answer.from, rows: answer.rows };
    const joined = this.stale && got.rows.length > 0 ? got : merged(old, got);
    const held = clipped(joined, { from: range.first, end: range.end });
    this.stale = false;
    this.fruitless =
      held.from === old.from && held.rows.length === old.rows.length ? spanKey(wanted) : undefined;
    this.replica = { ...this.replica, range, held };
    this.trim();
    this.announce();
    this.follow();
    this.changed.fire();
  }

  /** Keeps the window within its size, at the reader's side. */
  private trim(): void {
    if (this.replica === undefined || this.replica.held.rows.length <= MAX_WINDOW_ROWS) {
      return;
    }
    const { held, range } = this.replica;
    const whole = { from: held.from, end: sliceEnd(held) };
    const reader = this.reader ?? { from: range.end, end: range.end };
    this.replica = { ...this.replica, held: clipped(held, spanAround(whole, reader, MAX_WINDOW_ROWS)) };
  }

  private announce(): void {
    // While an answer is under way the announced window is the one that was asked for.
    if (this.replica === undefined || this.request !== undefined) {
      return;
    }
    const { held } = this.replica;
    this.announceSpan({ from: held.from, end: sliceEnd(held) });
  }

  private announceSpan(span: Span): void {
    if (this.announced?.from !== span.from || this.announced.end !== span.end) {
      this.announced = span;
      this.options.post({ type: 'window', from: span.from, end: span.end });
    }
  }

  private follow(): void {
    const { replica, reader } = this;
    if (replica === undefined || reader === undefined || this.waiting !== undefined) {
      return;
    }
    const whole = { from: replica.range.first, end: replica.range.end };
    const held = { from: replica.held.from, end: sliceEnd(replica.held) };
    const planned = this.request === undefined ? held : this.request.wanted;
    const wanted = wantedSpan(whole, planned, reader, MAX_WINDOW_ROWS);
    if (wanted === undefined || spanKey(wanted) === this.fruitless || sameSpan(wanted, planned)) {
      return;
    }
    this.ask(wanted);
  }

  /**
   * The window is announced before the rows are asked for, so that a change between the answer and its arrival
   * is sent as well.
   */
  private ask(wanted: Span): void {
    if (this.replica === undefined) {
      return;
    }
    this.dropRequest();
    const { held } = this.replica;
    const kept = clipped(held, wanted);
    const missing = missingPart(this.stale ? wanted : { from: kept.from, end: sliceEnd(kept) }, wanted);
    if (kept.rows.length > 0 && !this.stale) {
      this.replica = { ...this.replica, held: kept };
    } else {
      this.stale = true;
    }
    const span = this.stale ? wanted : missing;
    const id = this.options.nextId();
    const timer = this.options.clock.after(RE_ASK_MS, () => this.ask(wanted));
    this.request = { id, wanted, timer };
    this.announceSpan(wanted);
    this.options.post({ type: 'rows', id, from: span.from, count: span.end - span.from });
  }

  private dropRequest(): void {
    this.request?.timer.dispose();
    this.request = undefined;
  }

  /** The row at a position, where the page holds it. */
  rowAt(at: number) {
    return this.replica === undefined ? undefined : rowAt(this.replica.held, at);
  }

  dispose(): void {
    this.waiting?.dispose();
    this.dropRequest();
    this.changed.dispose();
    this.opened.dispose();
    this.patched.dispose();
  }
}

function spanKey(span: Span): string {
  return `${span.from}-${span.end}`;
}

function sameSpan(one: Span, other: Span): boolean {
  return one.from === other.from && one.end === other.end;
}
