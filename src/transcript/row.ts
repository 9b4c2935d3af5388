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
      /** Base64; undefined where it is too large for the page or lies elsewhere. */
      readonly data: string | undefined;
      readonly bytes: number;
      /** Where it lies, if the server names an address. Never fetched; a person may open it. */
      readonly url?: string;
    }
  | DocumentBlock
  | {
      readonly type: 'searchResult';
      readonly title: string;
      readonly source: string;
      readonly text: string;
      readonly total: number;
    }
  | { readonly type: 'redacted' }
  | {
      readonly type: 'other';
      readonly name: string;
      readonly json: string;
      readonly total: number /* at least */;
    }
  /** Pieces that are not shown, since a row has its bounds. Always the last one. */
  | { readonly type: 'more'; readonly count: number };

export interface DocumentBlock {
  readonly type: 'document';
  readonly title: string | undefined;
  readonly mediaType: string | undefined;
  /** What can be done with it: read as text, saved as a file, opened as a link, or nothing. */
  readonly holds: 'text' | 'bytes' | 'link' | 'nothing';
  /** Size of the text in characters or of the data in bytes; 0 where it is not known. */
  readonly size: number;
  readonly url?: string;
}

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
  | {
      readonly view: 'edit';
      readonly path: string;
      readonly before: string;
      readonly after: string;
      /** True where one of the sides is cut. */
      readonly isCut?: boolean;
    }
  | { readonly view: 'search'; readonly pattern: string; readonly path: string | null }
  | { readonly view: 'web'; readonly text: string; readonly url: string | null }
  | { readonly view: 'json' };

/** Who decided that a call may run or not: the user, the agent's rules, or the server's own judgement. */
export interface Decision {
  readonly by: 'user' | 'rules' | 'judge';
  readonly allowed: boolean;
  readonly at: number | null;
  readonly reason: string | null;
}

export interface ToolRow extends RowBase {
  readonly kind: 'tool';
  readonly family: 'builtin' | 'mcp' | 'custom';
  readonly name: string;
  readonly server: string | null;
  readonly input: ToolInput;
  /** The whole input as indented JSON, cut; `inputTotal` is its length uncut, or more than is shown. */
  readonly inputJson: string;
  readonly inputTotal: number;
  /**
   * False where `inputJson`, or the whole of it, cannot say everything, and where `name` or `server` is cut; such
   * a call cannot be allowed here.
   */
  readonly inputComplete: boolean;
  /** Identifies exactly the input that was shown; a decision carries it back. */
  readonly inputHash: string;
  /** `inThread`: another thread of the session asked, and what became of it is told there. */
  readonly status:
    'running' | 'needsApproval' | 'needsResult' | 'denied' | 'failed' | 'done' | 'interrupted' | 'inThread';
  readonly result: readonly Block[] | null;
  /** Who gave the result, and when: the agent's own tools, the user, or a self-hosted environment. */
  readonly resultBy: 'agent' | 'user' | 'environment';
  readonly resultAt: number | null;
  readonly durationMs: number | null;
  /** A decision that was not a matter of course. */
  readonly decision: Decision | null;
  /** The child thread that asks, by its agent's name (empty where it is not known); null for the session's own. */
  readonly thread: string | null;
}

/** One thing that a line says: `code` names the text, `args` fill it. */
export interface NoticeText {
  readonly code: NoticeCode;
  readonly args: Readonly<Record<string, string>>;
}

/** A quiet line: status changes, spans, compaction, threads, outcomes. */
export interface NoticeRow extends RowBase, NoticeText {
  readonly kind: 'notice';
  readonly tone: 'quiet' | 'good' | 'warning' | 'error';
  /** What else the line says. */
  readonly more?: readonly NoticeText[];
  /** What is folded away behind the line. */
  readonly blocks?: readonly Block[];
}

export type NoticeCode =
  | 'turn.ended'
  | 'turn.interrupted'
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
  | 'updated.title'
  | 'updated.titleRemoved'
  | 'updated.agent'
  | 'updated.budget'
  | 'updated.budgetRemoved'
  | 'updated.metadata'
  | 'interrupt'
  | 'confirmation.allow'
  | 'confirmation.deny'
  | 'customResult'
  | 'toolResult'
  | 'systemMessage'
  | 'outcome.defined'
  | 'outcome.started'
  | 'outcome.evaluated'
  | 'outcome.satisfied'
  | 'outcome.needsRevision'
  | 'outcome.maxIterations'
  | 'outcome.failed'
  | 'outcome.interrupted'
  | 'compacted'
  | 'thread.created'
  | 'thread.advisor'
  | 'thread.message.sent'
  | 'thread.message.received'
  | 'workflow'
  | 'workflow.created'
  | 'workflow.running'
  | 'workflow.idle'
  | 'workflow.completed'
  | 'workflow.stopped'
  | 'workflow.failed'
  | 'workflow.ended'
  | 'workflow.phaseStarted'
  | 'workflow.phaseEnded'
  | 'error.retrying'
  | 'error.exhausted'
  | 'error.terminal'
  | 'error.plain';

/** A card for anything we do not know: its type and its JSON, cut. */
export interface RawRow extends RowBase {
  readonly kind: 'raw';
  readonly type: string;
  readonly json: string;
  /** Length of the whole JSON, or more than is shown. */
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
