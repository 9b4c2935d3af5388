/**
 * What crosses for the timeline, the third view of a session. The page says which stretch of time it shows and
 * on how many pixels. The host answers at once with what can be told apart there, lane by lane, and from then
 * on tells whatever changes in it, until the page says that the timeline is out of sight. An answer is as large
 * as what can be drawn, however long the session is.
 *
 * Times are epoch milliseconds by the server's clock.
 */

/** The lanes, from top to bottom. */
export const timelineLanes = ['turns', 'model', 'tools', 'outcomes', 'threads', 'you', 'idle'] as const;
export type TimelineLane = (typeof timelineLanes)[number];

/** Tokens of one request to the model, or of several together. What the server did not give counts as none. */
export interface TimelineTokens {
  readonly input: number;
  readonly output: number;
  readonly cacheRead: number;
  readonly cacheWrite: number;
}

/** One span of time, or several that are too narrow to be told apart. */
export interface TimelineMark {
  /** The row within the lane; {@link TIMELINE_TRACKS} for spans that found no room in those before. */
  readonly track: number;
  readonly from: number;
  /** Null: still going on. */
  readonly to: number | null;
  /** How many spans this stands for; none where it only goes on with the one before. */
  readonly count: number;
  /** The event that it begins with, where it is a single one. */
  readonly name: string | null;
  /** Name of the tool or thread of a single one, cut and without line breaks; untrusted. */
  readonly label: string;
  /** Milliseconds that the spans of this take together, as far as they have ended. */
  readonly busy: number;
  /** How many of them failed. */
  readonly failed: number;
  /** True where nothing told of the end: it is taken to be over with the turn. */
  readonly isCut: boolean;
  readonly tokens: TimelineTokens | null;
}

/** All of a lane in a few numbers, whatever part of it is shown. */
export interface TimelineTotals {
  readonly count: number;
  /** Spans that have not ended yet, and the sum of the times at which they began. */
  readonly open: number;
  readonly openSince: number;
  /** Milliseconds of those that have ended, added up; what overlaps counts each time. */
  readonly busy: number;
  readonly failed: number;
  readonly tokens: TimelineTokens | null;
}

export interface TimelineLaneAnswer {
  readonly lane: TimelineLane;
  /** Rows that the lane needs for the whole session, so that it keeps its height. */
  readonly tracks: number;
  /** Whether there are spans beyond those rows. */
  readonly isOverfull: boolean;
  readonly totals: TimelineTotals;
  /** In the order of their beginnings within each row; null where they are those of the last answer. */
  readonly marks: readonly TimelineMark[] | null;
}

/** The part of time that a page shows. */
export type TimelineWindow =
  /** All of it. */
  | { readonly at: 'all' }
  /** The last milliseconds, whatever comes. */
  | { readonly at: 'end'; readonly length: number }
  | { readonly at: 'range'; readonly from: number; readonly to: number };

export interface TimelineAnswer {
  /** The latest `timelineView` that this knows of. */
  readonly view: number;
  /** From the first to the last moment that is known; null where no event has a time. */
  readonly domain: { readonly from: number; readonly to: number } | null;
  /** The stretch that the marks are of. */
  readonly from: number;
  readonly to: number;
  /** The host's clock when it answered. */
  readonly now: number;
  /** True while something goes on, so that the end is now. */
  readonly isLive: boolean;
  /** Only lanes with something in them. */
  readonly lanes: readonly TimelineLaneAnswer[];
  /** Events that the server gave no time. */
  readonly untimed: number;
  /** Spans that end before they begin: they are drawn as moments. */
  readonly disordered: number;
}

export type TimelineHostMessage =
  | ({ readonly type: 'timeline'; readonly seq: number } & TimelineAnswer)
  /** Changes between the conversation and the timeline. */
  | { readonly type: 'toggleTimeline' };

export type TimelinePageMessage =
  | {
      readonly type: 'timelineView';
      /** Goes up with each of these messages. */
      readonly view: number;
      readonly window: TimelineWindow;
      /** Pixels on which the window is drawn. */
      readonly width: number;
      /** How much more the page wants on each side of the window, as a share of it. */
      readonly margin: number;
    }
  | { readonly type: 'timelineAck'; readonly seq: number }
  | { readonly type: 'timelineHide' };

/** Rows in a lane for spans at the same time; more of them are only counted. */
export const TIMELINE_TRACKS = 4;
/** Widest window, in pixels. */
export const MAX_TIMELINE_WIDTH = 4_096;
/** Most of {@link TimelineMark} in one answer. */
export const MAX_TIMELINE_MARKS = 3_000;
/** What is narrower than this is drawn together with its neighbours, in pixels. */
export const TIMELINE_GRAIN = 4;
/** Shortest window, in milliseconds. */
export const MIN_TIMELINE_MS = 20;
/** Longest name of a tool or thread. */
export const MAX_TIMELINE_LABEL = 40;
