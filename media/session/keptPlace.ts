import { MAX_ANCHOR, type PlaceMessage } from '../../src/protocol/headerMessages.ts';
import type { Slice } from './rowWindow.ts';
import type { ScrollKeeper } from './scrollKeeper.ts';
import type { RowUi } from './uiState.ts';

/** Where a reader was, kept over a reload. */
export interface KeptPlace {
  readonly anchorKey: string | null;
  /** Pixels from the upper edge of the view to that of the row. */
  readonly anchorOffset: number | null;
  readonly atEnd: boolean;
}

/** Rows that the reader opened or closed, by their keys. */
export type KeptRows = readonly (readonly [key: string, expanded: boolean])[];

const MAX_ROWS = 200;
const MAX_OFFSET = 100_000;

/**
 * Brings the reader back to where they were: at once where the host has the row, later where it is still being
 * read, and not at all once the reader has gone somewhere else.
 */
export class PlaceKeeper {
  private readonly scroll: ScrollKeeper;
  private wanted: { readonly key: string; readonly offset: number | null } | undefined;

  constructor(scroll: ScrollKeeper, kept: KeptPlace | undefined) {
    this.scroll = scroll;
    if (kept !== undefined && !kept.atEnd && kept.anchorKey !== null) {
      this.wanted = { key: kept.anchorKey, offset: kept.anchorOffset };
    }
  }

  /** The row around which the host should open the window; undefined for the end. */
  get anchor(): string | undefined {
    const key = this.wanted?.key ?? (this.scroll.following ? null : this.scroll.anchorKey);
    return key === null || key === '' || key.length > MAX_ANCHOR ? undefined : key;
  }

  /** The first rows are here. */
  restore(held: Slice): void {
    const index = held.rows.findIndex(({ key }) => key === this.wanted?.key);
    if (index >= 0) {
      this.go(held.from + index);
    }
  }

  /** The host has read the row. True where the reader goes there. */
  place({ at, key }: PlaceMessage): boolean {
    const isMeant = this.wanted?.key === key;
    if (isMeant) {
      this.go(at);
    }
    return isMeant;
  }

  /**
   * Rows that come and grow scroll a page as well: that a reader has gone somewhere else is told by the hand
   * that did it.
   */
  watch(root: HTMLElement): void {
    for (const type of ['wheel', 'pointerdown', 'touchmove']) {
      root.addEventListener(type, (event) => this.touched(event.target), { passive: true, capture: true });
    }
  }

  private touched(target: EventTarget | null): void {
    if (target instanceof Element && target.closest('.stage') !== null) {
      this.moved();
    }
  }

  /** The reader went somewhere else, and stays there. */
  moved(): void {
    this.wanted = undefined;
  }

  get kept(): KeptPlace {
    const { wanted, scroll } = this;
    return wanted === undefined
      ? { anchorKey: scroll.anchorKey, anchorOffset: scroll.anchorOffset, atEnd: scroll.following }
      : { anchorKey: wanted.key, anchorOffset: wanted.offset, atEnd: false };
  }

  private go(at: number): void {
    const { wanted } = this;
    this.wanted = undefined;
    this.scroll.jumpTo(at, wanted?.key, wanted?.offset ?? undefined);
  }
}

export function readPlace(state: Readonly<Record<string, unknown>>): KeptPlace | undefined {
  const { anchorKey, anchorOffset, atEnd } = state;
  const isOffset = typeof anchorOffset === 'number' && Math.abs(anchorOffset) < MAX_OFFSET;
  return typeof atEnd === 'boolean'
    ? {
        anchorKey: typeof anchorKey === 'string' ? anchorKey : null,
        anchorOffset: isOffset ? anchorOffset : null,
        atEnd,
      }
    : undefined;
}

/** The latest rows that the reader opened or closed. */
export function keepRows(rows: Iterable<readonly [key: string, ui: RowUi]>): KeptRows {
  const kept: [string, boolean][] = [];
  for (const [key, { expanded }] of rows) {
    if (expanded !== undefined && key.length <= MAX_ANCHOR) {
      kept.push([key, expanded]);
    }
  }
  return kept.slice(-MAX_ROWS);
}

/** Reads kept rows back; whatever is not one is left out, since state can be tampered with. */
export function readRows(value: unknown): KeptRows {
  if (!Array.isArray(value)) {
    return [];
  }
  return value.slice(0, MAX_ROWS).flatMap((item: unknown): KeptRows => {
    const [key, expanded] = Array.isArray(item) ? (item as unknown[]) : [];
    const isKey = typeof key === 'string' && key.length <= MAX_ANCHOR;
    return isKey && typeof expanded === 'boolean' ? [[key, expanded]] : [];
  });
}
