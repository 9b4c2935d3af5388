/**
 * What crosses for the event log, the second view of a session. The page says what it looks at: a filter, a
 * place and how many rows. The host answers at once, and from then on tells whatever changes there, until the
 * page says that the log is out of sight. Events are named by short names that stay the same while the panel
 * lives, and places by absolute positions among the events that pass the filter: a position does not change
 * when older events are put in front or let go.
 */

/** The kinds by which the log is filtered, in the order in which they are offered. */
export const logKinds = [
  'messages',
  'tools',
  'thinking',
  'spans',
  'status',
  'threads',
  'outcomes',
  'errors',
  'other',
] as const;
export type LogKind = (typeof logKinds)[number];

/** One event as a line. All texts are untrusted, cut, and without line breaks. */
export interface LogRow {
  readonly name: string;
  /** Epoch milliseconds, or null where the server gave no time. */
  readonly at: number | null;
  readonly kind: LogKind;
  readonly type: string;
  readonly summary: string;
  /** `failed`: it tells of a failure; `queued`: the server has not worked on it yet. */
  readonly mark: 'failed' | 'queued' | null;
  /** In bytes of JSON, as it came. */
  readonly size: number;
  /** The server's id for it, cut. */
  readonly id: string | null;
}

/** Where the rows lie that the page wants. */
export type LogPlace =
  /** The newest ones, whatever comes. */
  | { readonly at: 'end' }
  /** From a position on. */
  | { readonly at: 'position'; readonly position: number }
  /** Around an event that stays where it is on the screen: this many rows before it. */
  | { readonly at: 'event'; readonly name: string; readonly before: number };

/** The events that pass the filter: positions `first` (inclusive) to `end` (exclusive). */
export interface LogRange {
  readonly first: number;
  readonly end: number;
}

/** One event whole, as far as a screen can use it. */
export interface LogDetail {
  readonly row: LogRow;
  /** Its id, hardly ever cut. */
  readonly id: string | null;
  /** Indented JSON, cut; `total` is its length uncut, in UTF-16 units. */
  readonly json: string;
  readonly total: number;
}

export type LogHostMessage =
  | {
      readonly type: 'logRows';
      /** The page says that it applied this number; a few go ahead of that. */
      readonly seq: number;
      /** The latest `logView` that this knows of. */
      readonly view: number;
      readonly range: LogRange;
      /** Position of the first of `names`. */
      readonly from: number;
      /** The events in the window, in order. */
      readonly names: readonly string[];
      /** Those of them that the page does not have yet, or that changed. It forgets what is not in `names`. */
      readonly rows: readonly LogRow[];
      /** Time of the event right before the window. */
      readonly before: number | null;
      /** Where the event of the page's place is, or the first one behind it that passes; null at the end. */
      readonly anchor: number | null;
      /** All events of the session, and how many there are of each of `logKinds`. */
      readonly total: number;
      readonly counts: readonly number[];
      /** Where the selected event is: a position, or why it has none. */
      readonly selected: number | 'filtered' | 'gone' | null;
    }
  | { readonly type: 'logDetail'; readonly id: number; readonly detail: LogDetail | null }
  /** How many events there are, for a page that shows something else. */
  | { readonly type: 'logCount'; readonly total: number }
  | { readonly type: 'toggleLog' }
  /** Show this event in the log; null: the one behind the row that the keyboard is on. */
  | { readonly type: 'showInLog'; readonly name: string | null };

/** What of an event is copied or opened. */
export const logParts = ['json', 'id'] as const;

export type LogPageMessage =
  | {
      readonly type: 'logView';
      /** Goes up with each of these messages. */
      readonly view: number;
      /** Empty: all kinds. */
      readonly kinds: readonly LogKind[];
      /** A part of type or id, in any case. */
      readonly text: string;
      readonly place: LogPlace;
      readonly count: number;
      readonly selected: string | null;
    }
  | { readonly type: 'logAck'; readonly seq: number }
  | { readonly type: 'logHide' }
  | { readonly type: 'logDetail'; readonly id: number; readonly name: string }
  | { readonly type: 'logCopy'; readonly name: string; readonly part: (typeof logParts)[number] }
  | { readonly type: 'logOpenJson'; readonly name: string }
  /** Show the event in the conversation. */
  | { readonly type: 'logReveal'; readonly id: number; readonly name: string };

/** Most rows in one window. */
export const MAX_LOG_ROWS = 200;
/** Longest text of the filter. */
export const MAX_LOG_FILTER = 200;
/** Longest name of an event. */
export const MAX_LOG_NAME = 128;
