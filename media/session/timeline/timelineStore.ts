import {
  type TimelineAnswer,
  type TimelineHostMessage,
  type TimelineLane,
  type TimelineLaneAnswer,
  type TimelineMark,
  timelineLanes,
} from '../../../src/protocol/timelineMessages.ts';

type Told = Extract<TimelineHostMessage, { type: 'timeline' }>;

/** A lane with all of its marks. */
export interface LaneMarks extends Omit<TimelineLaneAnswer, 'marks'> {
  readonly marks: readonly TimelineMark[];
}

/** What the host told of the timeline last. */
export class TimelineStore {
  private kept = new Map<TimelineLane, readonly TimelineMark[]>();
  lanes: readonly LaneMarks[] = [];
  answer: TimelineAnswer | undefined;

  apply(message: Told): void {
    this.lanes = timelineLanes.flatMap((name) => {
      const lane = message.lanes.find((each) => each.lane === name);
      return lane === undefined ? [] : [{ ...lane, marks: lane.marks ?? this.kept.get(name) ?? [] }];
    });
    this.kept = new Map(this.lanes.map(({ lane, marks }) => [lane, marks]));
    this.answer = message;
  }
}
