/** Longest title that servers of this API take, in UTF-16 units. */
export const MAX_TITLE = 512;
/** Longest key of a row that a page may name as its place. */
export const MAX_ANCHOR = 256;

/** Where a connection leads, as far as it can be told: a mistake costs more on some than on others. */
export type Stage =
  | 'sandbox' // the scripted agent in this editor
  | 'local' // a server on this machine
  | 'development'
  | 'production'
  | 'file' // no server at all: the session is written down
  | 'other'; // one of the user's own, of which nothing more is known

/** What the header asks for that has an answer. */
export interface RenameMessage {
  readonly type: 'rename';
  readonly id: number;
  /** Trimmed by the host; empty takes the title away. */
  readonly title: string;
}

/** The host opens the window around this row, or sends the reader there (`place`) as soon as it is read. */
export interface ReadyMessage {
  readonly type: 'ready';
  readonly anchor?: string;
}

/** The row a reader was at before the page went: it is held now. Only for a reader who has not moved since. */
export interface PlaceMessage {
  readonly type: 'place';
  readonly at: number;
  readonly key: string;
}
