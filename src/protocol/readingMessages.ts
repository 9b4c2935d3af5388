/** Open an image or a document of a message or a result. The host takes it from its own copy of the event. */
export interface OpenBlockMessage {
  readonly type: 'openBlock';
  /** The row that shows it. */
  readonly key: string;
  readonly part: BlockPart;
  /** Which block of the content, counted from 0. */
  readonly index: number;
}

/** Where blocks are: in what the row's event says itself, or in the result of its call. */
export const blockParts = ['text', 'result'] as const;
export type BlockPart = (typeof blockParts)[number];

/** Most blocks of one content that a page shows. */
export const MAX_BLOCK_INDEX = 1_000;

/**
 * Open the file of the workspace that a tool call names, or apply the change that it makes to that file. `key` is
 * the row of the call; the host takes path and change from its own copy of the event.
 */
export type WorkspaceMessage =
  | { readonly type: 'openPath'; readonly key: string }
  | { readonly type: 'applyChange'; readonly key: string };
