import {
  MAX_TIMELINE_MARKS,
  MIN_TIMELINE_MS,
  TIMELINE_GRAIN,
  type TimelineAnswer,
  type TimelineLane,
  type TimelineMark,
  type TimelinePageMessage,
  type TimelineTotals,
} from '../protocol/timelineMessages.ts';
import { type LaneIndex, type NamelessMark, tokensOf } from './laneIndex.ts';
import { NOTHING, added, type Sum } from './spanIndex.ts';
import { Timeline, type TimelineSource } from './timeline.ts';

type View = Extract<TimelinePageMessage, { type: 'timelineView' }>;

export interface TimelineViewOptions {
  readonly source: TimelineSource;
  /** The name under which the page knows an event. */
  readonly nameOf: (key: string) => string | undefined;
  readonly clean: (text: string) => string;
}

/** How far from either end of the session an event with a time is looked for. */
const MAX_STEPS = 100;

const nowhere: View = { type: 'timelineView', view: 0, window: { at: 'all' }, width: 1, margin: 0 };

/** The part of the timeline that one page looks at, and what it knows of that already. */
export class TimelineView {
  readonly timeline: Timeline;
  private readonly options: TimelineViewOptions;
  private view = nowhere;
  private told = -1;
  /** The marks of each lane as the page has them, as JSON. */
  private sent = new Map<TimelineLane, string>();

  constructor(options: TimelineViewOptions) {
    this.options = options;
    this.timeline = new Timeline(options.source, options.clean);
  }

  /** The page is a new one that has nothing yet. */
  forget(): void {
    this.sent.clear();
  }

  /** The page looks elsewhere. */
  look(view: View, now: number): TimelineAnswer {
    this.view = view;
    return this.answer(now);
  }

  /** What has changed since the page was last told, if anything. */
  changes(now: number): TimelineAnswer | undefined {
    return this.told === this.timeline.version ? undefined : this.answer(now);
  }

  private answer(now: number): TimelineAnswer {
    const { timeline } = this;
    this.told = timeline.version;
    const lanes = [...timeline.lanes].filter(([, lane]) => lane.sum.size > 0);
    const whole = lanes.reduce((sum, [, lane]) => added(sum, lane.sum), NOTHING);
    const isLive = whole.open > 0;
    const domain = this.domain(lanes, whole);
    const { from, to } = this.stretch(domain, isLive ? now : undefined);
    const marks = marksOf(lanes, from, to, grainOf(this.view, to - from));
    return {
      view: this.view.view,
      domain,
      from,
      to,
      now,
      isLive,
      lanes: lanes.map(([lane, index], number) => ({
        lane,
        tracks: index.height,
        isOverfull: index.isOverfull,
        totals: totalsOf(index.sum),
        marks: this.fresh(lane, marks[number] ?? []),
      })),
      untimed: timeline.untimed,
      disordered: timeline.disordered,
    };
  }

  /** The marks of a lane, or null where they are those that the page has. */
  private fresh(lane: TimelineLane, nameless: readonly NamelessMark[]): readonly TimelineMark[] | null {
    const marks = nameless.map(({ key, ...mark }) => ({
      ...mark,
      name: key === null ? null : (this.options.nameOf(key) ?? null),
    }));
    const json = JSON.stringify([this.view.view, marks]);
    const isKnown = this.sent.get(lane) === json;
    this.sent.set(lane, json);
    return isKnown ? null : marks;
  }

  /** From the first to the last moment that the events or what they began and ended name. */
  private domain(
    lanes: readonly (readonly [TimelineLane, LaneIndex])[],
    whole: Sum,
  ): TimelineAnswer['domain'] {
    const { first, end } = this.options.source;
    const from = Math.min(...lanes.map(([, lane]) => lane.start), this.timeNear(first, 1) ?? Infinity);
    const to = Math.max(whole.lastEnd, this.timeNear(end - 1, -1) ?? -Infinity);
    return Number.isFinite(from) ? { from, to: Math.max(from, to) } : null;
  }

  private timeNear(start: number, step: 1 | -1): number | undefined {
    for (let steps = 0; steps < MAX_STEPS; steps++) {
      const time = this.options.source.at(start + steps * step)?.event.processedAt;
      if (time !== undefined) {
        return time;
      }
    }
    return undefined;
  }

  private stretch(
    domain: TimelineAnswer['domain'],
    now = -Infinity,
  ): { readonly from: number; readonly to: number } {
    if (domain === null) {
      return { from: 0, to: 0 };
    }
    const { window, margin } = this.view;
    const end = Math.max(domain.to, now);
    const shown =
      window.at === 'all'
        ? { from: domain.from, to: end }
        : window.at === 'end'
          ? { from: end - window.length, to: end }
          : { from: Math.min(window.from, window.to), to: Math.max(window.from, window.to) };
    const more = (shown.to - shown.from) * margin;
    return { from: shown.from - more, to: shown.to + more };
  }
}

/**
 * How long a span must be to be drawn by itself: a power of two of milliseconds, so that a window that grows
 * with the session does not divide it anew each time.
 */
function grainOf({ width, margin }: View, length: number): number {
  const perPixel = Math.max(MIN_TIMELINE_MS, length / (1 + 2 * margin)) / width;
  // No server tells times more exactly than to the millisecond.
  return Math.max(1, 2 ** Math.ceil(Math.log2(perPixel * TIMELINE_GRAIN)));
}

/** What the lanes show; coarser where it would be too much for one answer. */
function marksOf(
  lanes: readonly (readonly [TimelineLane, LaneIndex])[],
  from: number,
  to: number,
  grain: number,
): readonly NamelessMark[][] {
  let room = MAX_TIMELINE_MARKS;
  const all: NamelessMark[][] = [];
  for (const [, lane] of lanes) {
    const marks = lane.marks(from, to, grain, room);
    if (marks === undefined) {
      return marksOf(lanes, from, to, grain * 2);
    }
    room -= marks.length;
    all.push(marks);
  }
  return all;
}

function totalsOf(sum: Sum): TimelineTotals {
  const { count, open, openSince, busy, failed } = sum;
  return { count, open, openSince, busy, failed, tokens: tokensOf(sum) };
}
