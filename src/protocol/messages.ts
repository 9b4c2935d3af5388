/**
 * What crosses between the extension host and the page of a session panel. The host owns the session; the
 * page is a replica of a window on it. The page speaks first (`ready`), the host answers with `open`, and
 * from then on sends numbered batches. A page that finds a hole in the numbers says `ready` again: there is
 * no other way to recover, and none is needed.
 *
 * Rows are addressed by absolute position: an integer that does not change when older rows are put in
 * front (those get smaller, even negative, positions).
 */
import type { FeedStatus } from '../stream/feedState.ts';
import type { Row, SessionActivity } from '../transcript/row.ts';
import type { ApprovalMessage } from './approvalMessages.ts';
import type { ComposerHostMessage, ComposerPageMessage, ComposerState } from './composerMessages.ts';
import type { FindHostMessage, FindPageMessage } from './findMessages.ts';
import type { LogHostMessage, LogPageMessage } from './logMessages.ts';
import type { CodeMessage } from './markdownMessages.ts';
import type { MenuAction } from './headerStrings.ts';
import type { PlaceMessage, ReadyMessage, RenameMessage, Stage } from './headerMessages.ts';
import type { OpenBlockMessage, WorkspaceMessage } from './readingMessages.ts';
import type { PageStrings } from './strings.ts';
import type { TimelineHostMessage, TimelinePageMessage } from './timelineMessages.ts';

/** The rows that exist: positions `first` (inclusive) to `end` (exclusive). */
export interface RowRange {
  readonly first: number;
  readonly end: number;
}

export interface SessionHeader {
  readonly title: string;
  readonly sessionId: string;
  /** Kept by the page with its state, so that the panel can be brought back after a reload. */
  readonly connectionId: string;
  readonly connection: string;
  /** True where a mistake is costly to nobody: the local sandbox. */
  readonly sandbox: boolean;
  readonly stage: Stage;
  /** Address of the server. */
  readonly origin: string;
  readonly activity: SessionActivity;
  /** The server's own word for the status, where it is one that we do not know. */
  readonly statusText: string | null;
  /** True where the last turn ended because the agent gave up. */
  readonly failed: boolean;
  /** True while the title can be changed. */
  readonly renamable: boolean;
  readonly agent: string | null;
  readonly agentVersion: string | null;
  readonly model: string | null;
  readonly environment: string | null;
  /** Tool calls that wait for the user, oldest first. */
  readonly pending: readonly string[];
  readonly inputTokens: number | null;
  readonly outputTokens: number | null;
  readonly cacheReadTokens: number | null;
  readonly cacheWriteTokens: number | null;
  /** Cost as the server gives it, already formatted. */
  readonly cost: string | null;
  /** Epoch milliseconds since when the present turn runs, or null. */
  readonly runningSince: number | null;
  /** How long the agent has worked in the turns before the present one, in milliseconds. */
  readonly workedMs: number | null;
  readonly createdAt: number | null;
  /** True where there is nothing to show but why: the session's connection is gone. */
  readonly lost: boolean;
  /** What the menu offers, in no particular order. */
  readonly menu: readonly MenuAction[];
}

/** Something the page should say above the conversation, with buttons. */
export interface Banner {
  readonly tone: 'info' | 'warning' | 'error';
  readonly text: string;
  readonly actions: readonly { readonly action: PageAction; readonly label: string }[];
}

/** The closed set of things that a button in the page can ask the host to do. */
export const pageActions = [
  'setKey',
  'showLog',
  'reconnect',
  'runSmokeChecks',
  'loadOlder',
  'defineOutcome',
  'export',
  'openAsText',
  'archive',
  'copyConversation',
  'copySessionId',
  'showDetails',
  'useSandbox',
  'addConnection',
  'closePanel',
  'newSession',
] as const;
export type PageAction = (typeof pageActions)[number];

export type Patch =
  | { readonly op: 'range'; readonly range: RowRange }
  /** New rows behind the last one, for a page whose window reaches the end. */
  | { readonly op: 'append'; readonly at: number; readonly rows: readonly Row[] }
  | { readonly op: 'set'; readonly at: number; readonly row: Row }
  /** More text at the end of one block of a message that streams. */
  | {
      readonly op: 'appendText';
      readonly at: number;
      readonly key: string;
      readonly block: number;
      readonly text: string;
    }
  /** The window anew, because rows moved inside it. */
  | { readonly op: 'window'; readonly range: RowRange; readonly from: number; readonly rows: readonly Row[] }
  | { readonly op: 'header'; readonly header: SessionHeader }
  | { readonly op: 'feed'; readonly feed: FeedStatus; readonly banner: Banner | null };

/** What a request came to; the page shows `message` where the user acted. */
export type Outcome =
  { readonly ok: true } | { readonly ok: false; readonly code: string; readonly message: string };

export type HostMessage =
  | {
      readonly type: 'open';
      readonly seq: number;
      readonly header: SessionHeader;
      readonly feed: FeedStatus;
      readonly banner: Banner | null;
      readonly range: RowRange;
      readonly from: number;
      readonly rows: readonly Row[];
      readonly strings: PageStrings;
      readonly draft: string;
      readonly composer: ComposerState;
      readonly locale: string;
    }
  /** `seq` is the number of the first patch; the batch ends at `seq + patches.length - 1`. */
  | { readonly type: 'patches'; readonly seq: number; readonly patches: readonly Patch[] }
  | {
      readonly type: 'rows';
      readonly id: number;
      readonly range: RowRange;
      readonly from: number;
      readonly rows: readonly Row[];
    }
  | { readonly type: 'outcome'; readonly id: number; readonly outcome: Outcome }
  /** Show this row, and put the keyboard on it. */
  | { readonly type: 'reveal'; readonly at: number; readonly key: string }
  | PlaceMessage
  | { readonly type: 'focusComposer' }
  | ComposerHostMessage
  | LogHostMessage
  | TimelineHostMessage
  | FindHostMessage
  | { readonly type: 'focusLastMessage' }
  | { readonly type: 'startRename' };

/** Which body of a row the host should open or copy whole. */
export const bodyParts = ['text', 'input', 'result', 'raw', 'diff'] as const;
export type BodyPart = (typeof bodyParts)[number];

export type PageMessage =
  | ReadyMessage
  | RenameMessage
  /** The page has applied everything up to this number; the host sends at most a few batches ahead. */
  | { readonly type: 'ack'; readonly seq: number }
  /** The rows that the page holds now; changes outside are not sent. */
  | { readonly type: 'window'; readonly from: number; readonly end: number }
  | { readonly type: 'rows'; readonly id: number; readonly from: number; readonly count: number }
  | ComposerPageMessage
  | { readonly type: 'interrupt'; readonly id: number }
  | ApprovalMessage
  /** Bring a call that waits into view, wherever it is; answered by `reveal`. */
  | { readonly type: 'showCall'; readonly eventId: string }
  | { readonly type: 'openBody'; readonly key: string; readonly part: BodyPart }
  | { readonly type: 'copyBody'; readonly key: string; readonly part: BodyPart }
  | CodeMessage
  | OpenBlockMessage
  | WorkspaceMessage
  | { readonly type: 'openLink'; readonly url: string }
  | { readonly type: 'action'; readonly action: PageAction }
  | FindPageMessage
  | LogPageMessage
  | TimelinePageMessage;

/** Most rows in one message, and most that the page keeps in its window. */
export const MAX_WINDOW_ROWS = 200;
/** Longest address that a page hands on: longer than any that is opened, so that the host can say why it is not. */
export const MAX_LINK = 4_096;
/** Longest text that can be sent as one message, in UTF-16 units. */
export const MAX_MESSAGE_TEXT = 1_000_000;
