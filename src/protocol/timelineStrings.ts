import type { TimelineLane } from './timelineMessages.ts';

/** What the page says in the timeline. */
export interface TimelineStrings {
  readonly view: string; // name of the tab
  readonly label: string; // accessible name of the picture
  readonly keys: string; // how the keyboard walks through it
  readonly lanes: Readonly<Record<TimelineLane, string>>;
  readonly one: Readonly<Record<TimelineLane, string>>; // what a single span of a lane is
  readonly totals: {
    readonly label: string;
    readonly wall: string;
    readonly model: string; // "model · {count} requests"
    readonly modelOne: string; // "model · 1 request"
    readonly tools: string; // "tools · {count} calls"
    readonly toolsOne: string;
    readonly toolsOneFailed: string;
    readonly toolsFailed: string; // "tools · {count} calls, {failed} failed"
    readonly you: string;
    readonly tokens: string;
    readonly cached: string; // "tokens, {share} cached"
    readonly cachedHint: string; // "{share} of what was read came from the cache"
    readonly inAndOut: string; // "{input} in, {output} out"
    readonly cost: string;
    readonly costHint: string;
    readonly timeHint: string; // added up, overlapping counts each time
  };
  readonly tools: {
    readonly label: string;
    readonly zoomIn: string;
    readonly zoomOut: string;
    readonly all: string;
    readonly earlier: string;
    readonly later: string;
    readonly follow: string;
    readonly asTable: string;
  };
  readonly range: string; // "{from} – {to}"
  readonly legend: string;
  readonly legendFailed: string;
  readonly legendOpen: string;
  readonly legendCut: string;
  readonly legendGroup: string;
  readonly legendGroupFailed: string;
  readonly legendBeyond: string;
  readonly hint: string; // what to do with the pointer
  readonly open: string; // "still going on"
  readonly cut: string; // "no end was told"
  readonly failed: string;
  readonly failedOf: string; // "{failed} failed"
  readonly together: string; // "{count} together, {busy} in all"
  readonly beyond: string; // "{count} begin here beyond the rows"
  readonly sinceStart: string; // "{time} after the start"
  readonly tokensIn: string; // "{count} tokens in"
  readonly tokensOut: string;
  readonly tokensRead: string;
  readonly tokensWritten: string;
  readonly showInConversation: string;
  readonly showInEvents: string;
  readonly zoomToThis: string;
  readonly table: string; // accessible name: "Timeline from {from} to {to}"
  readonly columns: {
    readonly lane: string;
    readonly what: string;
    readonly start: string;
    readonly duration: string;
    readonly tokens: string;
    readonly state: string;
  };
  readonly more: string; // "{count} more rows: zoom in to see them."
  readonly empty: string;
  readonly noTimes: string;
  readonly emptyHere: string;
  readonly untimed: string; // "{count} events have no time and are not shown."
  readonly disordered: string; // "{count} spans end before they begin …"
}
