import { assertNever } from '../../src/util/assertNever.ts';
import type { Replica } from './applyPatch.ts';
import { keyCommand, type KeyCommand } from './keyboard.ts';
import { rowAt, type Span } from './rowWindow.ts';
import type { ScrollKeeper } from './scrollKeeper.ts';

export interface NavigatorPorts {
  readonly root: HTMLElement;
  readonly scroll: ScrollKeeper;
  readonly replica: () => Replica | undefined;
  readonly drawn: () => Span;
  readonly focusComposer: () => void;
  readonly changed: () => void;
}

/** The keyboard's way through the rows: one of them is current, and only that one is reached by Tab. */
export class RowNavigator {
  private readonly ports: NavigatorPorts;
  /** Where the keyboard is to go as soon as that row is drawn. */
  private wanted: { readonly at: number; readonly selector?: string } | undefined;
  /** The reader asked for the first row while older ones were still on their way. */
  private isSeekingFirst = false;
  current: number | undefined;

  constructor(ports: NavigatorPorts) {
    this.ports = ports;
  }

  onFocus(event: FocusEvent): void {
    const at = this.positionOf(event.target);
    if (at !== undefined && at !== this.current) {
      this.current = at;
      this.ports.changed();
    }
  }

  onKey(event: KeyboardEvent): void {
    const { target } = event;
    if (!(target instanceof HTMLElement)) {
      return;
    }
    const isField = target.matches('textarea, input');
    const place = target.matches('article') ? 'row' : isField ? 'field' : 'control';
    const command = keyCommand(event, place);
    this.stopSeeking();
    if (command !== undefined && this.obey(command, target)) {
      event.preventDefault();
    }
  }

  /** True where the key was used. */
  private obey(command: KeyCommand, target: HTMLElement): boolean {
    const replica = this.ports.replica();
    const at = this.positionOf(target);
    if (replica === undefined || at === undefined) {
      return false;
    }
    switch (command) {
      case 'next':
        return this.moveTo(at + 1);
      case 'previous':
        return this.moveTo(at - 1);
      case 'pageDown':
        return this.moveTo(at + this.rowsPerView(replica));
      case 'pageUp':
        return this.moveTo(at - this.rowsPerView(replica));
      case 'first':
        this.isSeekingFirst = true;
        return this.moveTo(replica.range.first);
      case 'last':
        return this.moveTo(replica.range.end - 1);
      case 'composer':
        this.ports.focusComposer();
        return true;
      case 'activate': {
        const control = target.querySelector<HTMLElement>('[aria-expanded], summary');
        control?.click();
        return control !== null;
      }
      default:
        return assertNever(command);
    }
  }

  /** One row less than fits, so that a reader keeps the thread. */
  private rowsPerView({ held, range }: Replica): number {
    const whole = { from: range.first, end: range.end };
    const visible = this.ports.scroll.visible(this.ports.drawn(), held, whole);
    return Math.max(1, visible.end - visible.from - 1);
  }

  /** Puts the keyboard on a row and brings it into view, wherever it is. A key counts more than a position. */
  moveTo(at: number, key?: string): boolean {
    const replica = this.ports.replica();
    if (replica === undefined || replica.range.first >= replica.range.end) {
      return false;
    }
    const { scroll } = this.ports;
    const { range, held } = replica;
    const sought = (key === undefined ? undefined : this.positionOfKey(key)) ?? at;
    const target = Math.min(Math.max(sought, range.first), range.end - 1);
    this.current = target;
    const element = scroll.element(target, this.ports.drawn());
    this.wanted = element === undefined ? { at: target } : undefined;
    if (element === undefined) {
      scroll.jumpTo(target, rowAt(held, target)?.key);
    } else {
      scroll.following = false;
      element.scrollIntoView({ block: 'nearest' });
      element.focus({ preventScroll: true });
      this.showWhatIsAbove(target, replica);
      scroll.takeAnchor(this.ports.drawn(), held, { from: range.first, end: range.end });
    }
    if (target === range.end - 1 && (element === undefined || key === undefined)) {
      scroll.toEnd();
    }
    this.ports.changed();
    return true;
  }

  /** Above the first row it says whether it is the first, and offers older ones. */
  private showWhatIsAbove(at: number, replica: Replica | undefined): void {
    if (at === replica?.range.first && at < replica.range.end - 1) {
      const { range, held } = replica;
      this.ports.scroll.toTop(this.ports.drawn(), held, { from: range.first, end: range.end });
    }
  }

  /** Puts the keyboard on a control of a row, once it is drawn. */
  focusIn(key: string, selector: string): void {
    const at = this.positionOfKey(key);
    this.wanted = at === undefined ? undefined : { at, selector };
    this.ports.changed();
  }

  /** The reader goes somewhere by other means than these. */
  stopSeeking(): void {
    this.isSeekingFirst = false;
  }

  /** Goes on to the first row as older ones come in front of it, until there are no older ones. */
  private seekFirst(): void {
    const replica = this.ports.replica();
    if (!this.isSeekingFirst || replica === undefined || this.wanted !== undefined) {
      return;
    }
    const { range, feed } = replica;
    this.isSeekingFirst = feed.history.kind === 'loading' || feed.history.kind === 'partial';
    if (this.current !== range.first) {
      this.moveTo(range.first);
    }
  }

  /** After drawing. `hadFocus`: the keyboard was in the conversation before. */
  restoreFocus(hadFocus: boolean): void {
    const { wanted } = this;
    const row = wanted && this.ports.scroll.element(wanted.at, this.ports.drawn());
    if (wanted !== undefined && row !== undefined) {
      this.wanted = undefined;
      const inside = wanted.selector === undefined ? null : row.querySelector<HTMLElement>(wanted.selector);
      (inside ?? row).focus({ preventScroll: inside === null });
      this.showWhatIsAbove(wanted.at, this.ports.replica());
    } else if (hadFocus && document.activeElement === document.body) {
      // The row that had the keyboard went out of the document: stay in the conversation.
      this.ports.root.querySelector<HTMLElement>('article[tabindex="0"]')?.focus({ preventScroll: true });
    }
    this.seekFirst();
  }

  positionOfKey(key: string): number | undefined {
    const held = this.ports.replica()?.held;
    const index = held?.rows.findIndex((row) => row.key === key) ?? -1;
    return held === undefined || index < 0 ? undefined : held.from + index;
  }

  private positionOf(target: EventTarget | null): number | undefined {
    const article = target instanceof Element ? target.closest('article') : null;
    const index = article === null ? -1 : Array.from(article.parentElement?.children ?? []).indexOf(article);
    return index < 0 ? undefined : this.ports.drawn().from + index;
  }
}
