import type { Stage } from './headerMessages.ts';
import type { PageAction } from './messages.ts';

/** What the menu of the header can offer. */
export type MenuAction = Extract<
  PageAction,
  | 'export'
  | 'openAsText'
  | 'copyConversation'
  | 'copySessionId'
  | 'showDetails'
  | 'defineOutcome'
  | 'reconnect'
  | 'archive'
>;

/** The texts of the top of the page. Placeholders are `{name}`. */
export interface HeaderStrings {
  readonly rename: string;
  readonly renameLabel: string;
  readonly renameHint: string;
  readonly save: string;
  readonly tooLong: string; // "At most {limit} characters; these are {count}"
  readonly more: string;
  readonly details: string;
  readonly menu: Readonly<Record<MenuAction, string>>;
  readonly failed: string;
  readonly lastData: string; // "last data {ago} ago"
  readonly lastDataNow: string;
  /** What a connection is, behind its name; empty where nothing is to be said. */
  readonly stage: Readonly<Record<Stage, string>>;
  readonly tokensIn: string; // "{count} in"
  readonly tokensOut: string;
  readonly tokensCache: string; // "{count} cached"
  readonly tokensExact: string; // "Tokens: {input} in, {output} out, {read} read from the cache, {written} written to it"
  readonly worked: string; // "{duration} at work"
  readonly workedNote: string; // "The agent has worked for {duration} in all. The session began {start}."
  readonly facts: {
    readonly status: string;
    readonly connection: string;
    readonly agent: string;
    readonly environment: string;
    readonly session: string;
    readonly inputTokens: string;
    readonly outputTokens: string;
    readonly cacheRead: string;
    readonly cacheWritten: string;
    readonly cost: string;
    readonly worked: string;
    readonly created: string;
    readonly createdAgo: string; // "{time} ({ago} ago)"
  };
}
