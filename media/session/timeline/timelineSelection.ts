import type { TimelineLane, TimelineMark } from '../../../src/protocol/timelineMessages.ts';
import type { LaneMarks, TimelineStore } from './timelineStore.ts';

/** A mark and the lane that it is in. */
export interface Selected {
  readonly lane: TimelineLane;
  readonly mark: TimelineMark;
}

/**
 * The mark that the keyboard is at. Marks are made anew with every answer: it is found again by its event, or
 * else by its time.
 */
export class TimelineSelection {
  private readonly store: TimelineStore;
  private lane: TimelineLane | undefined;
  private mark: TimelineMark | undefined;
  private wanted: 'first' | 'last' | undefined;
  /** Whether the reader has gone to a mark; before that it is the first one, and nothing shows it. */
  isMarked = false;

  constructor(store: TimelineStore) {
    this.store = store;
  }

  get current(): Selected | undefined {
    const lane = this.currentLane();
    const mark = this.mark ?? lane?.marks[0];
    return lane === undefined || mark === undefined ? undefined : { lane: lane.lane, mark };
  }

  /** Where the mark is among those of its lane, from 1 on, and how many there are. */
  get place(): { readonly index: number; readonly size: number } {
    const { current } = this;
    const marks = inOrder(this.currentLane());
    return { index: marks.findIndex((mark) => mark === current?.mark) + 1, size: marks.length };
  }

  select(lane: TimelineLane, mark: TimelineMark): void {
    this.lane = lane;
    this.mark = mark;
    this.wanted = undefined;
    this.isMarked = true;
  }

  /** Other marks are there. */
  arrived(): void {
    const lane = this.currentLane();
    if (this.wanted !== undefined && lane !== undefined) {
      this.mark = inOrder(lane).at(this.wanted === 'first' ? 0 : -1);
      this.wanted = undefined;
      return;
    }
    if (this.mark !== undefined) {
      this.mark = likest(lane, this.mark);
    }
  }

  /** Goes on from the current mark. @returns where it went; undefined where there is nothing that way. */
  step(command: 'next' | 'previous' | 'up' | 'down' | 'first' | 'last'): Selected | undefined {
    this.wanted = command === 'first' || command === 'last' ? command : undefined;
    const { current } = this;
    if (current === undefined) {
      return undefined;
    }
    if (!this.isMarked && command === 'next') {
      return this.taken(current.lane, current.mark);
    }
    if (command === 'up' || command === 'down') {
      const lanes = this.store.lanes.filter(({ marks }) => marks.length > 0);
      const at = lanes.findIndex(({ lane }) => lane === current.lane);
      const lane = lanes[at + (command === 'up' ? -1 : 1)];
      return lane && this.taken(lane.lane, likest(lane, current.mark));
    }
    const marks = inOrder(this.currentLane());
    const at = marks.indexOf(current.mark);
    const targets = { next: at + 1, previous: at - 1, first: 0, last: marks.length - 1 };
    return this.taken(current.lane, marks[targets[command]]);
  }

  private taken(lane: TimelineLane, mark: TimelineMark | undefined): Selected | undefined {
    if (mark === undefined) {
      return undefined;
    }
    this.lane = lane;
    this.mark = mark;
    return { lane, mark };
  }

  private currentLane(): LaneMarks | undefined {
    const { lanes } = this.store;
    return lanes.find(({ lane }) => lane === this.lane) ?? lanes.find(({ marks }) => marks.length > 0);
  }
}

function inOrder(lane: LaneMarks | undefined): readonly TimelineMark[] {
  return (lane?.marks ?? []).toSorted((one, other) => one.from - other.from || one.track - other.track);
}

/** The mark of the same event, or the one nearest in time. */
function likest(lane: LaneMarks | undefined, { name, from, track }: TimelineMark): TimelineMark | undefined {
  const same = name === null ? undefined : lane?.marks.find((each) => each.name === name);
  if (same !== undefined || lane === undefined) {
    return same;
  }
  const distance = (mark: TimelineMark) =>
    Math.max(mark.from - from, from - (mark.to ?? Infinity), 0) + (mark.track === track ? 0 : 0.5);
  return lane.marks.reduce<TimelineMark | undefined>(
    (best, mark) => (best === undefined || distance(mark) < distance(best) ? mark : best),
    undefined,
  );
}
