/**
 * Rows: what a person reads. Plain JSON values, since they cross to the page; every text in them is
 * untrusted. Bodies are cut to what a screen can use; the whole is opened as a document by the host.
 */

/** A piece of a message or of a tool's result. */
export type Block =
  | {
      readonly type: 'text';
      readonly text: string;
      readonly total: number; /* characters of the whole text */
    }
  | {
      readonly type: 'image';
      readonly mediaType: string;
      readonly data: string | undefined;
      readonly bytes: number;
    }
  | { readonly type: 'document'; readonly title: string | undefined; readonly mediaType: string | undefined }
  | { readonly type: 'redacted' }
  | { readonly type: 'other'; readonly name: string; readonly json: string; readonly total: number };

interface RowBase {
  /** Stable for the life of the feed; DOM and state hang on it. */
  readonly key: string;
  /** Epoch milliseconds, or null where the server gave no time. */
  readonly at: number | null;
  /** The server's id of the event behind the row, or null. */
  readonly eventId: string | null;
}

export interface UserMessageRow extends RowBase {
  readonly kind: 'userMessage';
  readonly blocks: readonly Block[];
  /** `sending`, `checking` (the outcome of the POST is unclear) and `failed` are local; `dropped`: flushed by an error. */
  readonly state: 'sending' | 'checking' | 'failed' | 'queued' | 'done' | 'dropped';
}

export interface AgentMessageRow extends RowBase {
  readonly kind: 'agentMessage';
  readonly blocks: readonly Block[];
  /** True while the text is a preview that still grows. */
  readonly streaming: boolean;
}

export interface ThinkingRow extends RowBase {
  readonly kind: 'thinking';
  readonly text: string | null;
  readonly streaming: boolean;
  readonly durationMs: number | null;
}

/** The input of a tool shown for what it is; `json` is always there for those who want it whole. */
export type ToolInput =
  | { readonly view: 'shell'; readonly command: string }
  | { readonly view: 'path'; readonly path: string; readonly detail: string | null }
  | { readonly view: 'write'; readonly path: string; readonly content: string; readonly total: number }
  | { readonly view: 'edit'; readonly path: string; readonly before: string; readonly after: string }
  | { readonly view: 'search'; readonly pattern: string; readonly path: string | null }
  | { readonly view: 'web'; readonly text: string; readonly url: string | null }
  | { readonly view: 'json' };

export interface ToolRow extends RowBase {
  readonly kind: 'tool';
  readonly family: 'builtin' | 'mcp' | 'custom';
  readonly name: string;
  readonly server: string | null;
  readonly input: ToolInput;
  /** The whole input as indented JSON, cut; `inputTotal` is its length uncut. */
  readonly inputJson: string;
  readonly inputTotal: number;
  /** False where `inputJson`, or the whole of it, cannot say everything; such a call cannot be allowed here. */
  readonly inputComplete: boolean;
  /** Identifies exactly the input that was shown; a decision carries it back. */
  readonly inputHash: string;
  readonly status: 'running' | 'needsApproval' | 'needsResult' | 'denied' | 'failed' | 'done' | 'interrupted';
  readonly result: readonly Block[] | null;
  readonly durationMs: number | null;
}

/** A quiet line: status changes, spans, compaction, threads, outcomes. `code` names the text, `args` fills it. */
export interface NoticeRow extends RowBase {
  readonly kind: 'notice';
  readonly tone: 'quiet' | 'good' | 'warning' | 'error';
  readonly code: NoticeCode;
  readonly args: Readonly<Record<string, string>>;
}

export type NoticeCode =
  | 'idle.endTurn'
  | 'idle.requiresAction'
  | 'idle.retriesExhausted'
  | 'idle.budgetReached'
  | 'idle.refusal'
  | 'idle.other'
  | 'rescheduled'
  | 'terminated'
  | 'deleted'
  | 'updated'
  | 'interrupt'
  | 'confirmation.allow'
  | 'confirmation.deny'
  | 'customResult'
  | 'systemMessage'
  | 'outcome.defined'
  | 'outcome.evaluated'
  | 'compacted'
  | 'thread.created'
  | 'thread.message.sent'
  | 'thread.message.received'
  | 'workflow'
  | 'error.retrying'
  | 'error.exhausted'
  | 'error.terminal'
  | 'error.plain';

/** A card for anything we do not know: its type and its JSON, cut. */
export interface RawRow extends RowBase {
  readonly kind: 'raw';
  readonly type: string;
  readonly json: string;
  readonly total: number;
}

export type Row = UserMessageRow | AgentMessageRow | ThinkingRow | ToolRow | NoticeRow | RawRow;

/** What the session is doing, in the terms of a person who wonders whether to act. */
export type SessionActivity =
  'idle' | 'running' | 'needsYou' | 'rescheduling' | 'stopping' | 'ended' | 'unknown';

/** A row by its place: what it is known by, and a stamp that differs whenever it would read differently. */
export interface RowSlot {
  readonly key: string;
  readonly stamp: string;
  /** Makes the row; kept until the stamp changes. */
  readonly row: () => Row;
}
