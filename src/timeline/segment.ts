import type { TimelineLane, TimelineTokens } from '../protocol/timelineMessages.ts';
import type { Span } from './spanIndex.ts';

/** Something that took time, as the events tell of it. */
export interface Segment extends Span {
  readonly lane: TimelineLane;
  /** Key of the event that it begins with. */
  readonly key: string;
  /** Name of the tool or thread; empty for what the lane says already. */
  readonly label: string;
  readonly isFailed: boolean;
  /** Nothing told of its end. */
  readonly isCut: boolean;
  /** The end was told to be before the beginning. */
  readonly isDisordered: boolean;
  /** False where it goes on with what the one before began: together they count once. */
  readonly counts: boolean;
  readonly tokens: TimelineTokens | null;
}

/** The end of what goes on. */
export const OPEN = Number.POSITIVE_INFINITY;
