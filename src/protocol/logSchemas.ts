import * as v from 'valibot';
import { logKinds, logParts, MAX_LOG_FILTER, MAX_LOG_NAME, MAX_LOG_ROWS } from './logMessages.ts';

const count = v.pipe(v.number(), v.integer(), v.minValue(0), v.maxValue(1e12));
const position = v.pipe(v.number(), v.integer(), v.minValue(-1e9), v.maxValue(1e9));
const name = v.pipe(v.string(), v.nonEmpty(), v.maxLength(MAX_LOG_NAME));
const rows = v.pipe(v.number(), v.integer(), v.minValue(0), v.maxValue(MAX_LOG_ROWS));

/** The messages that a page sends for its event log, closed in every direction. */
export const logMessageSchemas = [
  v.strictObject({
    type: v.literal('logView'),
    view: count,
    kinds: v.pipe(v.array(v.picklist(logKinds)), v.maxLength(logKinds.length)),
    text: v.pipe(v.string(), v.maxLength(MAX_LOG_FILTER)),
    place: v.variant('at', [
      v.strictObject({ at: v.literal('end') }),
      v.strictObject({ at: v.literal('position'), position }),
      v.strictObject({ at: v.literal('event'), name, before: rows }),
    ]),
    count: rows,
    selected: v.nullable(name),
  }),
  v.strictObject({ type: v.literal('logAck'), seq: count }),
  v.strictObject({ type: v.literal('logHide') }),
  v.strictObject({ type: v.literal('logDetail'), id: count, name }),
  v.strictObject({ type: v.literal('logCopy'), name, part: v.picklist(logParts) }),
  v.strictObject({ type: v.literal('logOpenJson'), name }),
  v.strictObject({ type: v.literal('logReveal'), id: count, name }),
] as const;
