import type { FindTarget } from '../../../src/protocol/findMessages.ts';
import type { Row } from '../../../src/transcript/row.ts';
import type { Replica } from '../applyPatch.ts';
import { rowAt, type Span } from '../rowWindow.ts';
import type { ScrollKeeper } from '../scrollKeeper.ts';
import type { UiState } from '../uiState.ts';
import { bringIntoView } from './bringIntoView.ts';
import type { FindHighlights } from './findHighlights.ts';

export interface JumpPorts {
  readonly root: HTMLElement;
  readonly scroll: ScrollKeeper;
  readonly ui: UiState;
  readonly replica: () => Replica | undefined;
  readonly drawn: () => Span;
  readonly isConversation: () => boolean;
  readonly showConversation: () => void;
  /** The reader goes to a row: it becomes the one that Tab reaches, and the kept place is no longer wanted. */
  readonly setCurrent: (at: number) => void;
  readonly changed: () => void;
  readonly highlights: FindHighlights;
}

/** The head of a row that is folded. */
const CLOSED = '.card-head[aria-expanded="false"], .notice-text[aria-expanded="false"], .raw:not([open])';

/** Takes the reader to a match: brings its row into the window, opens it, and scrolls to the words. */
export class MatchJump {
  private readonly ports: JumpPorts;
  /** True until the reader is there. */
  private isUnderWay = false;
  target: FindTarget | undefined;
  isBeyond = false;

  constructor(ports: JumpPorts) {
    this.ports = ports;
  }

  /** Where the current match is at present. */
  get position(): number | undefined {
    return this.target === undefined ? undefined : this.positionOf(this.target);
  }

  /** The row that the reader was taken to, where it is drawn. */
  get row(): HTMLElement | undefined {
    return this.target === undefined || this.isUnderWay ? undefined : this.rowOf(this.target);
  }

  go(target: FindTarget): void {
    this.target = target;
    this.isUnderWay = true;
    this.isBeyond = !target.isShown;
  }

  /** The same match, told again: its row has moved or reads differently. */
  update(target: FindTarget): void {
    this.target = this.target === undefined ? undefined : target;
  }

  stop(): void {
    this.target = undefined;
    this.isUnderWay = false;
    this.isBeyond = false;
  }

  /** After drawing: marks what is on the screen, and goes on with the way to the match. */
  settle(): void {
    const { target } = this;
    const { highlights } = this.ports;
    const row = target && this.rowOf(target);
    highlights.refresh(target !== undefined && row !== undefined ? { row, match: target } : undefined);
    if (target !== undefined && this.isUnderWay) {
      this.goOn(target, row);
    }
  }

  firstOnScreen(): number {
    const { scroll, drawn, replica } = this.ports;
    const view = this.scroller()?.getBoundingClientRect();
    const { from, end } = drawn();
    for (let at = from; at < end && view !== undefined; at++) {
      const box = scroll.element(at, drawn())?.getBoundingClientRect();
      if (box !== undefined && box.bottom > view.top && box.top < view.bottom) {
        return at;
      }
    }
    return replica()?.range.first ?? 0;
  }

  private goOn(target: FindTarget, element: HTMLElement | undefined): void {
    const { scroll, ui, setCurrent, changed, highlights } = this.ports;
    const replica = this.ports.replica();
    const scroller = this.scroller();
    if (replica === undefined || scroller === undefined) {
      return;
    }
    const { range, held } = replica;
    const at = this.positionOf(target);
    setCurrent(Math.min(Math.max(at, range.first), range.end - 1));
    const row = rowAt(held, at);
    if (
      row?.key === target.key &&
      isFolded(row, ui.of(target.key).expanded) &&
      target.isShown &&
      !target.isInHead
    ) {
      ui.change(target.key, { expanded: true });
    }
    if (element === undefined) {
      // What changes its size before the row is drawn may make the keeper follow the end again.
      if (scroll.following || scroll.anchorKey !== target.key) {
        scroll.jumpTo(at, target.key);
        changed();
      }
      return;
    }
    if (this.isStillOpening(element, target.key)) {
      return; // the next drawing shows what is folded away
    }
    const place = highlights.rangeOf(element, target);
    this.isUnderWay = false;
    this.isBeyond = place === undefined;
    scroll.following = false;
    const edge = place ?? edgeOf(element, target);
    if (edge === undefined) {
      element.scrollIntoView({ block: 'nearest' });
    } else {
      bringIntoView(edge, scroller);
    }
    scroll.takeAnchor(this.ports.drawn(), held, { from: range.first, end: range.end });
    highlights.refresh({ row: element, match: target });
    changed();
  }

  /** True where the row is to be open and is not drawn so yet. */
  private isStillOpening(element: HTMLElement, key: string): boolean {
    return this.ports.ui.of(key).expanded === true && element.querySelector(CLOSED) !== null;
  }

  private rowOf(target: FindTarget): HTMLElement | undefined {
    const replica = this.ports.replica();
    const at = this.positionOf(target);
    const isHere = replica !== undefined && rowAt(replica.held, at)?.key === target.key;
    return isHere ? this.ports.scroll.element(at, this.ports.drawn()) : undefined;
  }

  private positionOf({ at, key }: FindTarget): number {
    const held = this.ports.replica()?.held;
    const index = held?.rows.findIndex((row) => row.key === key) ?? -1;
    return held === undefined || index < 0 ? at : held.from + index;
  }

  private scroller(): HTMLElement | undefined {
    return this.ports.root.querySelector<HTMLElement>('.scroller') ?? undefined;
  }
}

/** The end of what the row shows of the part with the match, where it offers the whole of it. */
function edgeOf(row: HTMLElement, { part }: FindTarget): Range | undefined {
  const edges = [...row.querySelectorAll('.show-all')];
  const edge = part === 'result' ? edges.at(-1) : edges[0];
  if (edge === undefined) {
    return undefined;
  }
  const range = document.createRange();
  range.selectNode(edge);
  return range;
}

function isFoldable(row: Row): boolean {
  switch (row.kind) {
    case 'tool':
      return row.status !== 'needsApproval' && row.status !== 'needsResult';
    case 'thinking':
    case 'raw':
      return true;
    case 'notice':
      return row.blocks !== undefined;
    default:
      return false;
  }
}

/** Whether the row shows only its head, as far as the reader has not decided otherwise. */
function isFolded(row: Row, expanded: boolean | undefined): boolean {
  return isFoldable(row) && !(expanded ?? (row.kind === 'tool' && row.status === 'failed'));
}
