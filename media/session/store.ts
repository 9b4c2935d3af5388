import type { HostMessage, PageMessage, Patch } from '../../src/protocol/messages.ts';
import { MAX_WINDOW_ROWS } from '../../src/protocol/messages.ts';
import type { PageStrings } from '../../src/protocol/strings.ts';
import type { Clock } from '../../src/util/clock.ts';
import type { Disposable } from '../../src/util/disposable.ts';
import { Emitter } from '../../src/util/emitter.ts';
import { applyPatch, type Replica } from './applyPatch.ts';
import {
  clipped,
  isSameSpan,
  merged,
  missingPart,
  rowAt,
  sliceEnd,
  type Span,
  spanAround,
  spanOf,
  wantedSpan,
} from './rowWindow.ts';
import { WindowMirror } from './windowMirror.ts';

/** A question that got no answer in this time is asked again. */
export const RE_ASK_MS = 4_000;

export interface StoreOptions {
  readonly post: (message: PageMessage) => void;
  readonly clock: Clock;
  /** Ids of row requests; shared with whoever else asks the host. */
  readonly nextId: () => number;
  /** The row around which the window should begin; undefined for the end. */
  readonly anchor?: () => string | undefined;
}

type Open = Extract<HostMessage, { type: 'open' }>;
type Batch = Extract<HostMessage, { type: 'patches' }>;
type RowsAnswer = Extract<HostMessage, { type: 'rows' }>;

/** What does not change between two `open`s. */
export interface OpenFacts {
  readonly strings: PageStrings;
  readonly draft: string;
  readonly locale: string;
}

interface RowRequest {
  readonly id: number;
  readonly wanted: Span;
  /** The answer reaches the end, wherever that is by then. */
  readonly isToEnd: boolean;
  readonly timer: Disposable;
}

/** Rows kept behind a reader who is not at the end; the rest of the tail is let go. */
const TAIL_ROWS = 50;

/**
 * The page's replica of a window on the session. Invariants: patches are applied in order and once; no row is
 * held that the host does not count to the page's window, so no change to it can be missed.
 */
export class PageStore {
  private readonly options: StoreOptions;
  private readonly changed = new Emitter<void>();
  private readonly patched = new Emitter<{ readonly patch: Patch; readonly before: Replica }>();
  private readonly opened = new Emitter<void>();
  private readonly mirror: WindowMirror;
  private seq = 0;
  private waiting: Disposable | undefined;
  private request: RowRequest | undefined;
  /** True while the held rows are only a picture of where the reader was: the answer replaces them. */
  private stale = false;
  private reader: Span | undefined;
  private isAtEnd = false;
  /** What was asked for without any gain; not asked again before something changes. */
  private fruitless: Span | undefined;

  replica: Replica | undefined;
  facts: OpenFacts | undefined;

  readonly onDidChange = this.changed.event;
  readonly onDidOpen = this.opened.event;
  /** Each patch as it was applied, with what was there before: for announcements. */
  readonly onDidPatch = this.patched.event;

  constructor(options: StoreOptions) {
    this.options = options;
    this.mirror = new WindowMirror(MAX_WINDOW_ROWS, (span) => {
      options.post({ type: 'window', from: span.from, end: span.end });
    });
  }

  /** Asks the host for the whole, again and again until it answers. */
  start(): void {
    this.waiting?.dispose();
    const anchor = this.options.anchor?.();
    this.options.post({ type: 'ready', ...(anchor !== undefined && { anchor }) });
    this.waiting = this.options.clock.after(RE_ASK_MS, () => this.start());
  }

  /**
   * The rows the reader sees. Moves the window when the reader nears its edge.
   * @param isAtEnd the reader follows the end, and moves with it.
   */
  setReader(reader: Span, isAtEnd = false): void {
    this.reader = reader;
    this.isAtEnd = isAtEnd;
    this.follow();
  }

  /** Where the reader is now. Rows can come much faster than they are drawn. */
  private get place(): Span | undefined {
    const { reader, replica } = this;
    if (reader === undefined || replica === undefined || !this.isAtEnd) {
      return reader;
    }
    const { first, end } = replica.range;
    return { from: Math.max(first, end - (reader.end - reader.from)), end };
  }

  open(message: Open): void {
    this.waiting?.dispose();
    this.waiting = undefined;
    this.dropRequest();
    this.seq = message.seq;
    this.fruitless = undefined;
    this.stale = false;
    const { header, feed, banner, range, from, rows } = message;
    this.replica = { header, feed, banner, range, held: { from, rows } };
    this.mirror.replaced(spanOf(this.replica.held));
    const { strings, draft, locale } = message;
    this.facts = { strings, draft, locale };
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
    if (!fresh.every((patch) => this.apply(patch))) {
      this.start();
      return;
    }
    this.options.post({ type: 'ack', seq: this.seq });
    if (fresh.length > 0) {
      this.mirror.batchDone();
      this.trim();
      this.follow();
      this.changed.fire();
    }
  }

  private apply(patch: Patch): boolean {
    const before = this.replica;
    const after = before && applyPatch(before, patch);
    if (before === undefined || after === undefined) {
      return false;
    }
    this.seq += 1;
    this.replica = after;
    if (patch.op === 'append') {
      this.mirror.appended(patch.at, patch.rows.length);
    } else if (patch.op === 'window') {
      this.mirror.replaced(spanOf(after.held));
      this.keepPicture(before);
    }
    if (after.range !== before.range) {
      this.fruitless = undefined;
    }
    this.patched.fire({ patch, before });
    return true;
  }

  /** A new window somewhere else than the reader: what is on the screen stays until its rows come again. */
  private keepPicture(before: Replica): void {
    const { replica, place: reader } = this;
    this.stale = false;
    if (replica === undefined || reader === undefined) {
      return;
    }
    const held = spanOf(replica.held);
    const isElsewhere = reader.end <= held.from || reader.from >= held.end;
    if (isElsewhere && reader.from < replica.range.end && reader.end > replica.range.first) {
      const range = { from: replica.range.first, end: replica.range.end };
      this.replica = { ...replica, held: clipped(before.held, range) };
      this.stale = true;
      this.ask(spanAround(range, reader, MAX_WINDOW_ROWS));
    }
  }

  rows(answer: RowsAnswer): void {
    if (this.replica === undefined || answer.id !== this.request?.id) {
      return;
    }
    const { wanted } = this.request;
    this.dropRequest();
    const got = { from: answer.from, rows: answer.rows };
    const old = this.replica.held;
    this.mirror.read(spanOf(got));
    const joined = this.stale ? got : merged(old, got);
    const range = { from: answer.range.first, end: answer.range.end };
    const held = clipped(joined, range);
    this.fruitless = !this.stale && isSameSpan(spanOf(held), spanOf(old)) ? wanted : undefined;
    this.stale = false;
    this.replica = { ...this.replica, range: answer.range, held };
    this.trim();
    this.follow();
    this.changed.fire();
  }

  /** Holds no more than the host counts, and no long tail that the reader does not see grow. */
  private trim(): void {
    if (this.replica === undefined || this.stale || this.request !== undefined) {
      return;
    }
    let held = clipped(this.replica.held, this.mirror.span);
    const { place: reader } = this;
    const end = sliceEnd(held);
    if (end === this.replica.range.end && reader !== undefined && reader.end < end - TAIL_ROWS) {
      const isFull = held.rows.length > MAX_WINDOW_ROWS / 2;
      held = isFull ? clipped(held, { from: held.from, end: reader.end + TAIL_ROWS }) : held;
    }
    if (held.rows.length > MAX_WINDOW_ROWS) {
      held = clipped(held, spanAround(spanOf(held), reader ?? spanOf(held), MAX_WINDOW_ROWS));
    }
    this.replica = { ...this.replica, held };
    this.mirror.narrow(spanOf(held));
  }

  private follow(): void {
    const { replica, place: reader, request } = this;
    if (replica === undefined || reader === undefined || this.waiting !== undefined) {
      return;
    }
    const whole = { from: replica.range.first, end: replica.range.end };
    const reachesEnd = sliceEnd(replica.held) === whole.end;
    if (this.isAtEnd && request !== undefined && (request.isToEnd || reachesEnd)) {
      return; // to ask anew with every row that comes would never be done
    }
    const planned = request?.wanted ?? spanOf(replica.held);
    // Who has lost the end while rows pour in asks for fewer than an answer can hold: it has room for the latest.
    const size = this.isAtEnd && !reachesEnd ? MAX_WINDOW_ROWS / 2 : MAX_WINDOW_ROWS;
    const wanted = wantedSpan(whole, planned, reader, size);
    if (wanted !== undefined && !isSameSpan(wanted, this.fruitless) && !isSameSpan(wanted, planned)) {
      this.ask(wanted);
    }
  }

  /** Lets go of what is not wanted first: the answer then makes the window exactly the wanted one. */
  private ask(wanted: Span): void {
    if (this.replica === undefined) {
      return;
    }
    const isUnanswered = this.request !== undefined;
    this.dropRequest();
    const { held } = this.replica;
    const kept = clipped(held, wanted);
    this.stale ||= kept.rows.length === 0;
    if (!this.stale) {
      this.replica = { ...this.replica, held: kept };
    }
    const left = this.stale ? { from: wanted.from, end: wanted.from } : spanOf(kept);
    if (isUnanswered || !this.stale) {
      // The host may have answered what was asked before, and then counts more to the window than is held.
      this.mirror.narrow(left, isUnanswered);
    }
    const missing = missingPart(left, wanted);
    const id = this.options.nextId();
    const timer = this.options.clock.after(RE_ASK_MS, () => this.ask(wanted));
    const isToEnd = this.isAtEnd && missing.end === this.replica.range.end;
    this.request = { id, wanted, isToEnd, timer };
    const count = isToEnd ? MAX_WINDOW_ROWS : missing.end - missing.from;
    this.options.post({ type: 'rows', id, from: missing.from, count });
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
