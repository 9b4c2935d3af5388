import { type LogHostMessage, type LogPlace, MAX_LOG_ROWS } from '../../../src/protocol/logMessages.ts';
import { colourJson } from './jsonColours.ts';
import type { LogPorts } from './logPorts.ts';
import type { LogFilterState } from './logFilter.ts';
import { LogQuestions } from './logQuestions.ts';
import { LogScroll, type LogSpan } from './logScroll.ts';
import type { LogStore } from './logStore.ts';

/** Rows that are drawn beyond each edge of the view. */
const MARGIN_ROWS = 8;
/** Most rows that are drawn, however large the view is. */
const MAX_DRAWN_ROWS = 120;
const LEAST_ROW_PX = 24;
/** Height of a row in the size of its text. */
const ROW_EM = 1.9;

/** The part of the log on the screen: which rows are drawn and where, and what the host is asked for them. */
export class LogViewport {
  readonly scroll = new LogScroll();
  private readonly ports: LogPorts;
  private readonly store: LogStore;
  private readonly filter: LogFilterState;
  private readonly questions: LogQuestions;
  private readonly sizes: ResizeObserver;
  private isShown = false;
  private isFocusWanted = false;
  private seenEnd: number | undefined;
  private selected: string | undefined;
  private coloured: { readonly element: Element; readonly json: string | undefined } | undefined;
  /** The rows that are drawn. */
  span: LogSpan = { from: 0, end: 0 };

  constructor(ports: LogPorts, store: LogStore, filter: LogFilterState) {
    this.ports = ports;
    this.store = store;
    this.filter = filter;
    this.questions = new LogQuestions(ports.clock, ports.post, ports.changed);
    this.sizes = new ResizeObserver(() => ports.changed());
  }

  show(): void {
    if (!this.isShown) {
      this.isShown = true;
      this.questions.forget();
    }
    this.ports.changed();
  }

  /** @returns false where it was not shown. */
  hide(): boolean {
    const wasShown = this.isShown;
    this.isShown = false;
    this.questions.forget();
    this.sizes.disconnect();
    return wasShown;
  }

  /** What was asked before counts no more. */
  forget(): void {
    this.questions.forget();
  }

  /** Other events pass the filter from now on; where the reader is, is kept by name. */
  filterChanged(): void {
    this.scroll.keepName(this.nameAt);
    this.store.forget(this.questions.next);
    this.questions.forget();
    this.seenEnd = undefined;
  }

  /** @returns false where the rows belong to another filter. */
  apply(message: Extract<LogHostMessage, { type: 'logRows' }>): boolean {
    const { place } = this.questions;
    const isLatest = this.questions.answered(message.view);
    if (!this.store.apply(message)) {
      return false;
    }
    const isMine = isLatest && place?.at === 'event' && place.name === this.scroll.anchor?.name;
    this.scroll.relocate((name) => this.store.positionOf(name), isMine ? message.anchor : null);
    this.scroll.keepName(this.nameAt);
    this.seenEnd ??= message.range.end;
    return true;
  }

  /** Before drawing: which rows are drawn, and whether the host has to be asked. */
  prepare(selected: string | undefined): void {
    const { slice } = this.store;
    const { scroll } = this;
    const size = Number.parseFloat(getComputedStyle(document.body).fontSize);
    scroll.rowHeight = Math.max(LEAST_ROW_PX, Math.round((Number.isFinite(size) ? size : 13) * ROW_EM));
    scroll.height = this.box()?.clientHeight ?? (scroll.height || this.ports.root.clientHeight);
    if (slice !== undefined) {
      const visible = scroll.visible(slice.range);
      const heldEnd = slice.from + slice.rows.length;
      const end = Math.min(heldEnd, visible.end + MARGIN_ROWS);
      const from = Math.min(Math.max(slice.from, visible.from - MARGIN_ROWS), Math.max(slice.from, end));
      this.span = { from, end: Math.max(from, Math.min(end, from + MAX_DRAWN_ROWS)) };
      if (scroll.following) {
        this.seenEnd = slice.range.end;
      }
    }
    if (this.isShown && this.questions.mayAsk && (selected !== this.selected || this.isNeeded())) {
      this.ask(selected);
    }
  }

  /** After drawing: puts the rows where they belong. */
  settle(json: string | undefined): void {
    const box = this.box();
    if (box === undefined) {
      return;
    }
    this.sizes.observe(box);
    this.colour(json);
    if (this.isFocusWanted) {
      this.isFocusWanted = false;
      box.focus({ preventScroll: true });
    }
    const range = this.store.slice?.range;
    if (range === undefined) {
      return;
    }
    const { scroll } = this;
    scroll.height = box.clientHeight;
    box.style.setProperty('--log-row', `${scroll.rowHeight}px`);
    setStyle(box.parentElement, '--log-scrollbar', `${box.offsetWidth - box.clientWidth}px`);
    setStyle(box.querySelector('.log-sizer'), 'height', `${(range.end - range.first) * scroll.rowHeight}px`);
    const above = this.span.from - range.first;
    setStyle(box.querySelector('.log-rows'), 'top', `${above * scroll.rowHeight}px`);
    const top = scroll.top(range);
    if (Math.abs(box.scrollTop - top) >= 0.5) {
      box.scrollTop = top;
    }
    scroll.moved(box.scrollTop);
  }

  /** Puts the keyboard on the list, once it is drawn. */
  focus(): void {
    this.isFocusWanted = true;
    this.ports.changed();
  }

  /** The scroll position is another one. True where the reader did that. */
  onScroll(): boolean {
    const box = this.box();
    const range = this.store.slice?.range;
    return (
      box !== undefined && range !== undefined && this.scroll.onScroll(box.scrollTop, range, this.nameAt)
    );
  }

  /** Brings a row into view, in the room that the list has now. */
  reveal(position: number, where: 'nearest' | 'middle'): void {
    const range = this.store.slice?.range;
    if (range !== undefined) {
      this.scroll.height = this.box()?.clientHeight ?? this.scroll.height;
      this.scroll.reveal(position, range, where);
      this.scroll.keepName(this.nameAt);
      this.ports.changed();
    }
  }

  /** Events that came behind what the reader has seen. */
  get newRows(): number {
    const end = this.store.slice?.range.end ?? 0;
    return this.scroll.following ? 0 : Math.max(0, end - (this.seenEnd ?? end));
  }

  private readonly nameAt = (position: number): string | undefined => this.store.rowAt(position)?.name;

  private colour(json: string | undefined): void {
    const element = this.ports.root.querySelector('.log-json');
    if (element !== null && (json !== this.coloured?.json || element !== this.coloured?.element)) {
      this.coloured = { element, json };
      colourJson(element);
    }
  }

  // ---- questions ----

  private isNeeded(): boolean {
    const { scroll } = this;
    const { slice } = this.store;
    const { place } = this.questions;
    if (slice === undefined || place === undefined) {
      return true;
    }
    if (scroll.following || place.at === 'end') {
      return scroll.following !== (place.at === 'end');
    }
    const visible = scroll.visible(slice.range);
    const margin = Math.ceil(scroll.perView / 3);
    const from = Math.max(slice.range.first, visible.from - margin);
    const end = Math.min(slice.range.end, visible.end + margin);
    const isHeld = from >= slice.from && end <= slice.from + slice.rows.length;
    // The same question again would get the same answer.
    return !isHeld && JSON.stringify(place) !== JSON.stringify(this.place());
  }

  private ask(selected: string | undefined): void {
    this.selected = selected;
    // The rows on the screen, and a screen more on each side.
    const count = Math.min(MAX_LOG_ROWS, (this.scroll.perView + 2) * 3);
    const { kinds, text } = this.filter;
    this.questions.ask({ kinds, text, place: this.place(), count, selected: selected ?? null });
  }

  private place(): LogPlace {
    const { following, anchor, perView } = this.scroll;
    if (following || anchor === undefined) {
      return { at: 'end' };
    }
    const before = Math.min(perView, MAX_LOG_ROWS);
    return anchor.name === undefined
      ? { at: 'position', position: (anchor.position ?? 0) - before }
      : { at: 'event', name: anchor.name, before };
  }

  private box(): HTMLElement | undefined {
    return this.ports.root.querySelector<HTMLElement>('.log-scroller') ?? undefined;
  }
}

function setStyle(element: Element | null, name: string, value: string): void {
  if (element instanceof HTMLElement) {
    element.style.setProperty(name, value);
  }
}
