import type { LogKind } from './logMessages.ts';

/** What the page says about its views, and in the event log. */
export interface LogStrings {
  readonly views: string; // accessible name of the tabs
  readonly missing: string; // the code of a view could not be loaded
  readonly again: string; // has it loaded again
  readonly conversation: string;
  readonly events: string;
  readonly label: string; // accessible name of the list
  readonly filters: string; // accessible name of the chips
  readonly all: string;
  readonly kinds: Readonly<Record<LogKind, string>>;
  readonly search: string; // "Filter by type or id"
  readonly empty: string;
  readonly noMatch: string;
  readonly showAll: string;
  readonly shown: string; // "{shown} of {total}"
  readonly columns: {
    readonly time: string;
    readonly gap: string;
    readonly type: string;
    readonly summary: string;
    readonly size: string;
    readonly id: string;
  };
  readonly noTime: string;
  readonly queued: string;
  readonly failed: string;
  readonly detail: string; // accessible name of the area: "Event {type}"
  readonly json: string; // accessible name of the JSON
  readonly close: string;
  readonly copyJson: string;
  readonly copyId: string;
  readonly showInConversation: string;
  readonly gone: string;
  readonly filtered: string;
  readonly failedToShow: string;
}
