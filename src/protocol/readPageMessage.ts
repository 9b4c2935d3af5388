import * as v from 'valibot';
import { isJsonObject } from '../util/json.ts';
import { bodyParts, MAX_MESSAGE_TEXT, MAX_WINDOW_ROWS, pageActions, type PageMessage } from './messages.ts';

const MAX_ID = 256;
const position = v.pipe(v.number(), v.integer(), v.minValue(-1e9), v.maxValue(1e9));
const id = v.pipe(v.number(), v.integer(), v.minValue(0), v.maxValue(1e12));
const name = v.pipe(v.string(), v.nonEmpty(), v.maxLength(MAX_ID));
const text = v.pipe(v.string(), v.maxLength(MAX_MESSAGE_TEXT));
const part = v.picklist(bodyParts);

/** Closed in every direction: a field too many is refused like one too few. */
const pageMessage = v.variant('type', [
  v.strictObject({ type: v.literal('ready') }),
  v.strictObject({ type: v.literal('ack'), seq: id }),
  v.strictObject({ type: v.literal('window'), from: position, end: position }),
  v.strictObject({
    type: v.literal('rows'),
    id,
    from: position,
    count: v.pipe(v.number(), v.integer(), v.minValue(0), v.maxValue(MAX_WINDOW_ROWS)),
  }),
  v.strictObject({ type: v.literal('send'), id, text }),
  v.strictObject({ type: v.literal('interrupt'), id }),
  v.strictObject({
    type: v.literal('decide'),
    id,
    eventId: name,
    inputHash: name,
    decision: v.picklist(['allow', 'deny']),
    reason: v.pipe(v.string(), v.maxLength(10_000)),
  }),
  v.strictObject({ type: v.literal('answerTool'), id, eventId: name, text, isError: v.boolean() }),
  v.strictObject({ type: v.literal('draft'), text }),
  v.strictObject({ type: v.literal('openBody'), key: name, part }),
  v.strictObject({ type: v.literal('copyBody'), key: name, part }),
  v.strictObject({ type: v.literal('openLink'), url: v.pipe(v.string(), v.maxLength(4_096)) }),
  v.strictObject({ type: v.literal('action'), action: v.picklist(pageActions) }),
]);

/** Takes what a page posted for a message of the protocol, or for nothing: the page is not trusted. */
export function readPageMessage(value: unknown): PageMessage | undefined {
  // A list passes for an object in the schema, also one that carries the fields of a message.
  const result = isJsonObject(value) ? v.safeParse(pageMessage, value) : undefined;
  return result?.success === true ? result.output : undefined;
}
