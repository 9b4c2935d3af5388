import type { Clock } from '../../src/util/clock.ts';
import type { Replica } from './applyPatch.ts';
import { type KeptPlace, PlaceKeeper } from './keptPlace.ts';
import { Pour } from './pour.ts';
import { RowNavigator } from './rowNavigator.ts';
import { drawnSpan, firstSpan, pouredSpan, showsEdge, type Span, spanOf } from './rowWindow.ts';
import { ScrollKeeper } from './scrollKeeper.ts';
import type { PageStore } from './store.ts';
import type { ConversationState } from './view/conversation.ts';

export interface ReaderPorts {
  readonly root: HTMLElement;
  readonly clock: Clock;
  readonly store: PageStore;
  /** Where the reader was before a reload. */
  readonly kept: KeptPlace | undefined;
  readonly showConversation: () => void;
  readonly focusComposer: () => void;
  readonly changed: () => void;
  /** The place is worth keeping. */
  readonly keep: () => void;
}

/** The reader of the conversation: where they are in it, which rows are drawn for that, and what they have seen. */
export class ConversationReader {
  readonly scroll: ScrollKeeper;
  readonly rows: RowNavigator;
  readonly place: PlaceKeeper;
  private readonly ports: ReaderPorts;
  private readonly pour: Pour;
  private readonly sizes = new ResizeObserver(() => this.keepPlace());
  private seenEnd = 0;
  private isSelecting = false;
  private isDrawnAtEnd = true;
  private isPouring = false;
  /** More is to be drawn as soon as this is on the screen. */
  private isBeginning = false;

  /** The rows that are in the page. */
  drawn: Span = { from: 0, end: 0 };

  constructor(ports: ReaderPorts) {
    this.ports = ports;
    this.scroll = new ScrollKeeper(ports.root);
    this.pour = new Pour(ports.clock, ports.changed);
    this.place = new PlaceKeeper(this.scroll, ports.kept);
    this.rows = new RowNavigator({
      root: ports.root,
      scroll: this.scroll,
      replica: () => ports.store.replica,
      drawn: () => this.drawn,
      focusComposer: ports.focusComposer,
      changed: ports.changed,
    });
  }

  start(): void {
    this.place.watch(this.ports.root);
    document.addEventListener('selectionchange', () => this.onSelection());
  }

  /** The first rows are here: back to where the reader was. */
  restore(replica: Replica): void {
    this.seenEnd = replica.range.end;
    this.place.restore(replica.held);
  }

  // ---- drawing ----

  /** Before drawing: which rows. With `isWithoutRows` none, since the first drawing of all is too much for one task. */
  prepare(replica: Replica, isWithoutRows: boolean): void {
    const { store } = this.ports;
    const visible = this.scroll.visible(this.drawn, replica.held, wholeOf(replica));
    store.setReader(visible, this.scroll.following);
    this.isPouring = this.pour.note(replica.range.end, this.scroll.following);
    this.drawn = isWithoutRows
      ? { from: visible.from, end: visible.from }
      : this.drawnNow(spanOf((store.replica ?? replica).held), visible);
    this.isDrawnAtEnd = this.scroll.following;
  }

  private drawnNow(held: Span, visible: Span): Span {
    if (this.isPouring) {
      return pouredSpan(held, visible);
    }
    const first = firstSpan(held, visible, this.drawn);
    this.isBeginning = first !== undefined;
    return first ?? drawnSpan(held, visible, this.drawn);
  }

  state(replica: Replica, now: number): ConversationState {
    const { drawn, seenEnd, isPouring } = this;
    const current = this.rows.current ?? replica.range.end - 1;
    const isDrawn = current >= drawn.from && current < drawn.end;
    return {
      replica,
      drawn,
      current: isDrawn ? current : drawn.end - 1,
      atEnd: this.isDrawnAtEnd,
      isPouring,
      newRows: Math.max(0, replica.range.end - seenEnd),
      now,
    };
  }

  /** After drawing. `hadFocus`: the keyboard was in a row before it. */
  settle(replica: Replica, hadFocus: boolean): void {
    this.keepPlace();
    this.noteSeen(wholeOf(replica));
    for (const element of this.ports.root.querySelectorAll('.scroller, .feed-rows')) {
      this.sizes.observe(element);
    }
    this.rows.restoreFocus(hadFocus);
    if (this.isBeginning) {
      this.isBeginning = false;
      this.ports.changed();
    }
  }

  // ---- where to ----

  goToEnd(): void {
    this.place.moved();
    this.scroll.toEnd();
  }

  /** Shows a row and puts the keyboard on it, at once or as soon as it is drawn. False where there are no rows. */
  goTo(at: number, key?: string): boolean {
    this.ports.showConversation();
    this.place.moved();
    return this.rows.moveTo(at, key);
  }

  /** The same for a row that is held. False where it is not. */
  goToKey(key: string): boolean {
    const at = this.rows.positionOfKey(key);
    return at !== undefined && this.goTo(at, key);
  }

  goToLast(): void {
    this.goTo((this.ports.store.replica?.range.end ?? 0) - 1);
  }

  /** Something else, such as a search, has brought the reader to a row. */
  broughtTo(at: number): void {
    this.place.moved();
    this.rows.current = at;
  }

  /** A row is about to change its height because of the reader, who goes on seeing it where it is. */
  hold(key: string, bringIn = false): void {
    const at = this.rows.positionOfKey(key);
    const held = this.ports.store.replica?.held;
    if (held !== undefined && at !== undefined) {
      this.scroll.hold(at, this.drawn, held, bringIn);
    }
  }

  elementOf(key: string): HTMLElement | undefined {
    const at = this.rows.positionOfKey(key);
    return at === undefined ? undefined : this.scroll.element(at, this.drawn);
  }

  // ---- what the reader does ----

  readonly events = {
    onScroll: () => this.onScroll(),
    onKey: (event: KeyboardEvent) => {
      this.place.moved();
      this.rows.onKey(event);
    },
    onFocus: (event: FocusEvent) => this.rows.onFocus(event),
    onToEnd: (event: MouseEvent) => {
      if (event.detail === 0) {
        // By keyboard: the button goes away, so the keyboard goes along.
        this.rows.moveTo((this.ports.store.replica?.range.end ?? 0) - 1);
      }
      this.goToEnd();
      this.ports.changed();
    },
  };

  private onScroll(): void {
    const { store, changed, keep } = this.ports;
    const { replica } = store;
    if (replica !== undefined && this.scroll.onScroll(this.drawn, replica.held, wholeOf(replica))) {
      this.rows.stopSeeking();
      changed();
      keep();
    }
  }

  /** While the reader selects a text, and as long as it stays selected, the view does not run away from it. */
  private onSelection(): void {
    const { root, store, changed } = this.ports;
    const { replica } = store;
    const selection = document.getSelection();
    const rows = root.querySelector('.feed-rows');
    const isSelected = selection?.isCollapsed === false && rows?.contains(selection.anchorNode) === true;
    if (replica !== undefined && isSelected !== this.isSelecting) {
      this.isSelecting = isSelected;
      this.scroll.stay(isSelected, this.drawn, replica.held, wholeOf(replica));
      changed();
    }
  }

  private keepPlace(): void {
    const { store, changed } = this.ports;
    if (store.replica !== undefined) {
      this.scroll.settle(this.drawn, wholeOf(store.replica));
      if (this.scroll.following !== this.isDrawnAtEnd) {
        changed();
      }
    }
  }

  /** What of the new rows the reader has seen: those whose lower edge was on the screen. */
  private noteSeen(range: Span): void {
    if (this.scroll.following) {
      this.seenEnd = range.end;
      return;
    }
    const onScreen = this.scroll.measure(this.drawn);
    const seen = (onScreen?.end ?? range.from) - 1;
    const held = this.ports.store.replica?.held;
    if (onScreen !== undefined && held !== undefined && showsEdge(spanOf(held), onScreen, this.drawn)) {
      // Rows above turned out lower than was thought: nobody scrolled, and yet there is a gap.
      this.ports.changed();
    }
    const seenEnd = Math.min(range.end, Math.max(this.seenEnd, seen));
    if (seenEnd !== this.seenEnd) {
      this.seenEnd = seenEnd;
      this.ports.changed();
    }
  }
}

function wholeOf(replica: Replica): Span {
  return { from: replica.range.first, end: replica.range.end };
}
