import * as v from 'valibot';
import { MAX_FIND_TEXT } from './findMessages.ts';

const id = v.pipe(v.number(), v.integer(), v.minValue(0), v.maxValue(1e12));

/** The messages of a page that looks for a text. */
export const findMessageSchemas = [
  v.strictObject({
    type: v.literal('findStart'),
    id,
    text: v.pipe(v.string(), v.nonEmpty(), v.maxLength(MAX_FIND_TEXT)),
    matchCase: v.boolean(),
    wholeWord: v.boolean(),
    from: v.pipe(v.number(), v.integer(), v.minValue(-1e9), v.maxValue(1e9)),
    ordinal: v.exactOptional(v.pipe(v.number(), v.integer(), v.minValue(0), v.maxValue(1e9))),
  }),
  v.strictObject({ type: v.literal('findStep'), id, direction: v.picklist(['next', 'previous']) }),
  v.strictObject({ type: v.literal('findOpen'), id }),
  v.strictObject({ type: v.literal('findClose') }),
] as const;
