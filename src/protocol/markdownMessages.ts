/**
 * Open one block of code of a message in the editor, or insert it at the cursor there. The host takes it from its own
 * copy of the message.
 */
export interface CodeMessage {
  readonly type: 'openCode' | 'insertCode';
  /** The row of the message. */
  readonly key: string;
  /** Which block of the message's content. */
  readonly block: number;
  /** Which block of code of that text, counted from 0. */
  readonly code: number;
}

/** Most blocks of code that are counted in one text. */
export const MAX_CODE_BLOCKS = 100_000;
