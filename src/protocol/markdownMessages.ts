/** Which block of code. The host takes it from its own copy of the message. */
interface CodePlace {
  /** The row of the message. */
  readonly key: string;
  /** Which block of the message's content. */
  readonly block: number;
  /** Which block of code of that text, counted from 0. */
  readonly code: number;
}

/** Open a block of code in the editor, insert it at the cursor there, or copy it: what cannot be seen is asked about. */
export type CodeMessage =
  | (CodePlace & { readonly type: 'openCode' })
  | (CodePlace & { readonly type: 'insertCode' })
  | (CodePlace & { readonly type: 'copyCode' });

/** Most blocks of code that are counted in one text. */
export const MAX_CODE_BLOCKS = 100_000;
