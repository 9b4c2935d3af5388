import {
  type FindHostMessage,
  type FindPageMessage,
  type FindResult,
  type FindTarget,
  type FindWish,
  MAX_FIND_TEXT,
} from '../../../src/protocol/findMessages.ts';
import type { PageStrings } from '../../../src/protocol/strings.ts';
import { Matcher } from '../../../src/transcript/searchMatcher.ts';
import { assertNever } from '../../../src/util/assertNever.ts';
import type { Clock } from '../../../src/util/clock.ts';
import type { Disposable } from '../../../src/util/disposable.ts';
import { fill } from '../fill.ts';
import { FindHighlights } from './findHighlights.ts';
import { findCommand, type FindCommand } from './findKeys.ts';
import { type JumpPorts, MatchJump } from './matchJump.ts';

export interface FindPorts extends Omit<JumpPorts, 'highlights' | 'missed'> {
  readonly clock: Clock;
  readonly post: (message: FindPageMessage) => void;
  readonly strings: () => PageStrings | undefined;
  readonly number: (value: number) => string;
  readonly focusComposer: () => void;
}

export type FindOption = 'matchCase' | 'wholeWord';

/** Typing is over for a moment. */
const PAUSE_MS = 120;
/** A count is said when it has stopped changing. */
const SAY_MS = 600;
/** Searches that are done sooner need no word about their progress. */
const PATIENCE_MS = 400;

/** The find bar: what is looked for, how far that is, and the way from match to match. */
export class FindController {
  private readonly ports: FindPorts;
  private readonly highlights: FindHighlights;
  private readonly jump: MatchJump;
  private id = 0;
  private askedAt = 0;
  private typing: Disposable | undefined;
  private saying: Disposable | undefined;
  /** Where the keyboard was before it came here. */
  private origin: HTMLElement | undefined;
  private isFocusDue = false;
  /** Moves that were seen; a later one takes the reader to its match, unless they only look. */
  private movesSeen = 0;
  private isOnlyLooking = false;
  isOpen = false;
  text = '';
  result: FindResult | undefined;
  readonly options: Record<FindOption, boolean> = { matchCase: false, wholeWord: false };
  /** What a screen reader is told. */
  status = '';

  constructor(ports: FindPorts) {
    this.ports = ports;
    this.highlights = new FindHighlights(ports.root, () => this.isOpen && ports.changed());
    this.jump = new MatchJump({ ...ports, highlights: this.highlights });
  }

  start(): void {
    // Before anybody else: the editor outside would take some of these keys for its own.
    window.addEventListener('keydown', (event) => this.onKey(event), true);
  }

  receive(message: FindHostMessage): void {
    switch (message.type) {
      case 'find':
        if (message.id === this.id && this.isOpen) {
          this.take(message.result);
        }
        return;
      case 'showFind':
        if (message.wish !== null) {
          this.showMatch(message.wish);
        } else if (!this.isInBar()) {
          this.show();
        }
        return;
      default:
        assertNever(message);
    }
  }

  /** The page was given a new beginning: the host knows nothing of a search any more. */
  opened(): void {
    if (this.isOpen && this.text !== '') {
      this.isOnlyLooking = true;
      this.search();
    }
  }

  /** After drawing. */
  settle(): void {
    if (this.isFocusDue) {
      this.isFocusDue = false;
      this.field()?.focus();
      this.field()?.select();
    }
    if (this.isOpen && this.ports.isConversation()) {
      this.jump.settle();
    }
  }

  // ---- the bar's own events ----

  onInput(text: string): void {
    this.text = text.slice(0, MAX_FIND_TEXT);
    this.typing?.dispose();
    this.typing = this.ports.clock.after(PAUSE_MS, () => this.search());
  }

  toggle(option: FindOption): void {
    this.options[option] = !this.options[option];
    this.search();
  }

  step(direction: 'next' | 'previous'): void {
    if (this.typing !== undefined) {
      this.search();
      return;
    }
    const { result } = this;
    if (result === undefined || result.total === 0) {
      return;
    }
    this.ports.showConversation();
    if (this.isOnlyLooking && result.current !== null && direction === 'next') {
      this.isOnlyLooking = false;
      this.goTo(result.current);
      return;
    }
    this.isOnlyLooking = false;
    this.ports.post({ type: 'findStep', id: this.id, direction });
  }

  openWhole(): void {
    this.ports.post({ type: 'findOpen', id: this.id });
  }

  show(): void {
    const active = document.activeElement;
    if (!this.isInBar()) {
      this.origin = active instanceof HTMLElement && active !== document.body ? active : undefined;
    }
    const seed = this.isInBar() ? '' : selectedText();
    const isSame = seed === '' || seed === this.text;
    this.text = isSame ? this.text : seed;
    const wasOpen = this.isOpen;
    this.isOpen = true;
    this.isFocusDue = true;
    if (this.text !== '' && (!wasOpen || !isSame)) {
      // The reader asked for the bar, not to be taken away.
      this.isOnlyLooking = true;
      this.search(true);
    }
    this.ports.changed();
  }

  /** Looks for what was found elsewhere, and takes the reader there. */
  private showMatch({ text, matchCase, wholeWord, at, ordinal }: FindWish): void {
    this.text = text.slice(0, MAX_FIND_TEXT);
    Object.assign(this.options, { matchCase, wholeWord });
    this.isOpen = true;
    this.isFocusDue = true;
    this.ports.showConversation();
    this.search(false, { from: at, ordinal });
  }

  hide(): void {
    const wasIn = this.isInBar();
    const visited = this.isOnlyLooking ? undefined : this.jump.row;
    this.isOpen = false;
    this.typing?.dispose();
    this.typing = undefined;
    this.saying?.dispose();
    this.status = '';
    this.result = undefined;
    this.id += 1;
    this.ports.post({ type: 'findClose' });
    this.highlights.use(undefined);
    this.jump.stop();
    this.ports.changed();
    if (wasIn) {
      this.returnFocus(visited);
    }
  }

  /** True where the match stands in a part of the row that the page does not show. */
  get isBeyond(): boolean {
    return this.jump.isBeyond;
  }

  /** True where the reader is at the current match, so that its number says something. */
  get isAtMatch(): boolean {
    return !this.isOnlyLooking && (this.result?.current ?? null) !== null;
  }

  get isSlow(): boolean {
    return this.result?.done === false && this.ports.clock.now() - this.askedAt > PATIENCE_MS;
  }

  get isConversation(): boolean {
    return this.ports.isConversation();
  }

  // ---- searching ----

  private search(
    onlyLooking = !this.ports.isConversation(),
    start: { readonly from: number; readonly ordinal?: number } = { from: this.readersPlace() },
  ): void {
    this.typing?.dispose();
    this.typing = undefined;
    this.id += 1;
    this.isOnlyLooking = onlyLooking;
    this.askedAt = this.ports.clock.now();
    const { text } = this;
    const matcher = new Matcher({ text, ...this.options });
    this.highlights.use(matcher);
    if (matcher.needle === '') {
      this.result = undefined;
      this.movesSeen = 0;
      this.jump.stop();
      this.ports.post({ type: 'findClose' });
    } else {
      this.ports.post({ type: 'findStart', id: this.id, text, ...this.options, ...start });
    }
    this.sayLater();
    this.ports.changed();
  }

  /** Where the reader is: at the match they were taken to, else at the first row on the screen. */
  private readersPlace(): number {
    const replica = this.ports.replica();
    const at = this.jump.position ?? this.jump.firstOnScreen();
    const first = replica?.range.first ?? 0;
    return Math.min(Math.max(at, first), Math.max(first, (replica?.range.end ?? 1) - 1));
  }

  private take(result: FindResult): void {
    const isNews = this.result?.moves !== result.moves || !this.result.done || this.result.total === 0;
    this.result = result;
    const { current, moves } = result;
    if (current === null) {
      this.jump.stop();
    } else if (moves !== this.movesSeen) {
      this.movesSeen = moves;
      if (!this.isOnlyLooking) {
        this.goTo(current);
      }
    } else if (!this.isOnlyLooking) {
      this.jump.update(current);
    }
    if (isNews) {
      this.sayLater();
    }
    this.ports.changed();
  }

  private goTo(target: FindTarget): void {
    this.jump.go(target);
    this.sayLater();
    this.ports.changed();
  }

  private sayLater(): void {
    this.saying?.dispose();
    this.saying = this.ports.clock.after(SAY_MS, () => {
      this.saying = undefined;
      const said = this.words();
      if (said !== this.status) {
        this.status = said;
        this.ports.changed();
      }
    });
  }

  private words(): string {
    const strings = this.ports.strings()?.find;
    const { result, text } = this;
    if (strings === undefined || result?.done !== true) {
      return '';
    }
    if (result.total === 0) {
      return fill(strings.nothingFor, { text });
    }
    const total = this.ports.number(result.total);
    const beyond = this.isBeyond ? ` ${strings.notShown}` : '';
    return this.isAtMatch && result.index !== null
      ? fill(strings.announced, { index: this.ports.number(result.index + 1), total, text }) + beyond
      : fill(strings.found, { total, text });
  }

  // ---- keyboard ----

  private onKey(event: KeyboardEvent): void {
    const { target } = event;
    const element = target instanceof Element ? target : undefined;
    const isField = element?.matches('input, textarea, select') === true;
    const command = findCommand(event, {
      isMac: isMac(),
      isOpen: this.isOpen,
      isInBar: this.isInBar(),
      isInField: element?.matches('.find-text') === true,
      isInView: isInside(element, '[role="tabpanel"], .stage') && !isField,
    });
    if (command !== undefined) {
      event.preventDefault();
      event.stopPropagation();
      this.obey(command);
    }
  }

  private obey(command: FindCommand): void {
    switch (command) {
      case 'open':
        return this.show();
      case 'next':
      case 'previous':
        return this.step(command);
      case 'close':
        return this.hide();
      case 'matchCase':
      case 'wholeWord':
        return this.toggle(command);
      default:
        assertNever(command);
    }
  }

  private field(): HTMLInputElement | undefined {
    return this.ports.root.querySelector<HTMLInputElement>('.find-text') ?? undefined;
  }

  private isInBar(): boolean {
    return isInside(document.activeElement, '.find');
  }

  /** Back to where the keyboard was; in the conversation to the row that was found. */
  private returnFocus(visited: HTMLElement | undefined): void {
    const { origin } = this;
    this.origin = undefined;
    const isThere = origin?.isConnected === true;
    const wasInRows = isThere && isInside(origin, '.feed-rows');
    const place = isThere && !(wasInRows && visited !== undefined) ? origin : visited;
    if (place === undefined) {
      this.ports.focusComposer();
    } else {
      place.focus({ preventScroll: true });
    }
  }
}

export function isMac(): boolean {
  return navigator.userAgent.includes('Mac OS');
}

function isInside(element: Element | null | undefined, place: string): boolean {
  return (element?.closest(place) ?? null) !== null;
}

/** What is selected in the page or in one of its fields, where that is a line to look for. */
function selectedText(): string {
  const active = document.activeElement;
  const isField = active instanceof HTMLTextAreaElement || active instanceof HTMLInputElement;
  const text = isField
    ? active.value.slice(active.selectionStart ?? 0, active.selectionEnd ?? 0)
    : (getSelection()?.toString() ?? '');
  return text.length > MAX_FIND_TEXT || /[\r\n]/.test(text.trim()) ? '' : text.trim();
}
