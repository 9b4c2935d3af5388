import type { FindStrings } from './findStrings.ts';
import type { HeaderStrings } from './headerStrings.ts';
import type { LogStrings } from './logStrings.ts';
import type { MarkdownStrings } from './markdownStrings.ts';
import type { NoticeCode } from '../transcript/row.ts';
import type { ReadingStrings } from './readingStrings.ts';
import type { TimelineStrings } from './timelineStrings.ts';
import type { ApprovalStrings } from './approvalStrings.ts';
import type { ComposerStrings } from './composerStrings.ts';

/**
 * Every text that the page shows on its own account, looked up by the host in the user's language.
 * A missing one is a type error. Placeholders are `{name}`.
 */
export interface PageStrings {
  readonly you: string;
  readonly agent: string;
  readonly message: string;
  readonly composerLabel: string;
  readonly composerHint: string; // "Message the agent"
  readonly composerHintRunning: string; // "Message the agent. It is running: what you send is queued."
  readonly composerHintNeedsYou: string;
  readonly composerHintEnded: string;
  readonly keysEnterSends: string; // "Enter sends, Shift+Enter breaks the line"
  readonly keysCtrlEnterSends: string;
  readonly send: string;
  readonly queue: string;
  readonly interrupt: string;
  readonly stopping: string;
  readonly retry: string;
  readonly sending: string;
  readonly checking: string;
  readonly sendFailed: string;
  readonly queued: string;
  readonly dropped: string;
  readonly allow: string;
  readonly deny: string;
  readonly denyReason: string;
  readonly confirmDeny: string;
  readonly cancel: string;
  readonly approvalTitle: string; // "The agent asks to use {tool}"
  readonly approvalIncomplete: string;
  readonly approvalScrollHint: string; // "Read the whole input to allow it"
  readonly answerTitle: string; // "The agent waits for the result of {tool}"
  readonly answerLabel: string;
  readonly answerIsError: string;
  readonly answerSend: string;
  readonly input: string;
  readonly result: string;
  readonly noOutput: string;
  readonly running: string;
  readonly failed: string;
  readonly denied: string;
  readonly done: string;
  readonly interrupted: string;
  readonly needsApproval: string;
  readonly needsResult: string;
  readonly showAll: string; // "Show all {total} characters"
  readonly copy: string;
  readonly copied: string;
  readonly openInEditor: string;
  readonly openDiff: string;
  readonly expand: string;
  readonly collapse: string;
  readonly thinking: string;
  readonly thought: string;
  readonly thoughtFor: string; // "Thought for {duration}"
  readonly unknownEvent: string; // "Event of a kind this version does not know: {type}"
  readonly redacted: string;
  readonly image: string;
  readonly document: string;
  readonly newRows: string; // "{count} new"
  readonly jumpToEnd: string;
  readonly loadOlder: string;
  readonly loadingOlder: string;
  readonly beginning: string; // "Beginning of the session"
  readonly emptyTitle: string;
  readonly emptyText: string;
  readonly loading: string;
  readonly conversation: string; // accessible name of the feed
  readonly rowLabel: string; // "{who}, {time}"
  readonly feed: {
    readonly stopped: string;
    readonly connecting: string;
    readonly catchingUp: string;
    readonly live: string;
    readonly polling: string;
    readonly reconnecting: string; // "Reconnecting in {seconds} s, try {attempt}"
    readonly offline: string;
    readonly ended: string;
    readonly recording: string; // a file: nothing comes
    readonly historyIncomplete: string;
  };
  readonly approvals: ApprovalStrings;
  readonly activity: {
    readonly idle: string;
    readonly running: string;
    readonly needsYou: string;
    readonly rescheduling: string;
    readonly stopping: string;
    readonly ended: string;
    readonly unknown: string;
  };
  readonly notice: Readonly<Record<NoticeCode, string>>;
  readonly reading: ReadingStrings;
  readonly announce: {
    readonly agentReplied: string;
    readonly toolRunning: string; // "Running {tool}"
    readonly approvalNeeded: string;
    readonly connectionLost: string;
    readonly connectionBack: string;
    readonly turnEnded: string;
    readonly failed: string;
  };
  readonly header: HeaderStrings;
  readonly log: LogStrings;
  readonly timeline: TimelineStrings;
  readonly find: FindStrings;
  readonly markdown: MarkdownStrings;
  readonly composer: ComposerStrings;
  readonly runningFor: string; // "Running for {duration}"
}
