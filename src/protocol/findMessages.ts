/**
 * What crosses for finding a text in the whole session. The page asks with a number of its own; the host
 * searches, tells how far it is, and where the current match stands. Answers with an older number are stale.
 */

/** Which body of the row the match stands in. */
type FindPart = 'text' | 'input' | 'result' | 'raw';

/** Where the current match is, and what tells it from the others in its row. Folded: see `searchFold.ts`. */
export interface FindTarget {
  readonly at: number;
  readonly key: string;
  readonly part: FindPart;
  readonly before: string;
  readonly match: string;
  readonly after: string;
  /** How many earlier matches in the row look the same, with the same text around them. */
  readonly twin: number;
  /** False where the page has not got the row's text that far. */
  readonly isShown: boolean;
  /** True where it is to be seen also while the row is folded. */
  readonly isInHead: boolean;
}

export interface FindResult {
  /** Matches found so far. */
  readonly total: number;
  /** Matches before the current one; null where there is none, and until all are found. */
  readonly index: number | null;
  /** Rows looked through, of how many. */
  readonly searched: number;
  readonly size: number;
  readonly done: boolean;
  readonly current: FindTarget | null;
  /** Goes up each time the reader is to be taken to the current match. */
  readonly moves: number;
}

export type FindHostMessage =
  | { readonly type: 'find'; readonly id: number; readonly result: FindResult }
  /** Somebody outside of the page wants the find bar, and may know what is looked for and where. */
  | { readonly type: 'showFind'; readonly wish: FindWish | null };

/** A match that was found elsewhere, for the bar to show as its own. */
export interface FindWish {
  readonly text: string;
  readonly matchCase: boolean;
  readonly wholeWord: boolean;
  /** The row's position. */
  readonly at: number;
  /** How many matches come before it in the row. */
  readonly ordinal: number;
}

export type FindPageMessage =
  | {
      readonly type: 'findStart';
      readonly id: number;
      readonly text: string;
      readonly matchCase: boolean;
      readonly wholeWord: boolean;
      /** The row at which the reader is. */
      readonly from: number;
      /** Which match of that row is wanted, counted from 0; the first where not given. */
      readonly ordinal?: number;
    }
  | { readonly type: 'findStep'; readonly id: number; readonly direction: 'next' | 'previous' }
  /** Open the body with the current match in the editor, at the match. */
  | { readonly type: 'findOpen'; readonly id: number }
  | { readonly type: 'findClose' };

/** Longest text that can be looked for, in UTF-16 units. */
export const MAX_FIND_TEXT = 1_000;
