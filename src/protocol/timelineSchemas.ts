import * as v from 'valibot';
import { MAX_TIMELINE_WIDTH, MIN_TIMELINE_MS } from './timelineMessages.ts';

const count = v.pipe(v.number(), v.integer(), v.minValue(0), v.maxValue(1e12));
/** A moment that a date can hold. */
const moment = v.pipe(v.number(), v.finite(), v.minValue(-8.64e15), v.maxValue(8.64e15));
const length = v.pipe(v.number(), v.finite(), v.minValue(MIN_TIMELINE_MS), v.maxValue(8.64e15));

/** The messages that a page sends for its timeline, closed in every direction. */
export const timelineMessageSchemas = [
  v.strictObject({
    type: v.literal('timelineView'),
    view: count,
    window: v.variant('at', [
      v.strictObject({ at: v.literal('all') }),
      v.strictObject({ at: v.literal('end'), length }),
      v.strictObject({ at: v.literal('range'), from: moment, to: moment }),
    ]),
    width: v.pipe(v.number(), v.integer(), v.minValue(1), v.maxValue(MAX_TIMELINE_WIDTH)),
    margin: v.pipe(v.number(), v.finite(), v.minValue(0), v.maxValue(1)),
  }),
  v.strictObject({ type: v.literal('timelineAck'), seq: count }),
  v.strictObject({ type: v.literal('timelineHide') }),
] as const;
