import * as v from 'valibot';
import { isJsonObject } from '../util/json.ts';
import { MAX_CALLS_AT_ONCE } from './approvalMessages.ts';
import { composerSchemas } from './composerSchemas.ts';
import { MAX_ANCHOR, MAX_TITLE } from './headerMessages.ts';
import { findMessageSchemas } from './findSchemas.ts';
import { logMessageSchemas } from './logSchemas.ts';
import { MAX_CODE_BLOCKS } from './markdownMessages.ts';
import { blockParts, MAX_BLOCK_INDEX } from './readingMessages.ts';
import { timelineMessageSchemas } from './timelineSchemas.ts';
import {
  bodyParts,
  MAX_LINK,
  MAX_MESSAGE_TEXT,
  MAX_WINDOW_ROWS,
  pageActions,
  type PageMessage,
} from './messages.ts';

const MAX_ID = 256;
const position = v.pipe(v.number(), v.integer(), v.minValue(-1e9), v.maxValue(1e9));
const id = v.pipe(v.number(), v.integer(), v.minValue(0), v.maxValue(1e12));
const name = v.pipe(v.string(), v.nonEmpty(), v.maxLength(MAX_ID));
const text = v.pipe(v.string(), v.maxLength(MAX_MESSAGE_TEXT));
const part = v.picklist(bodyParts);
const ordinal = v.pipe(v.number(), v.integer(), v.minValue(0), v.maxValue(MAX_CODE_BLOCKS));
const codePlace = { key: name, block: ordinal, code: ordinal };
const seenCall = { eventId: name, inputHash: name };

/** Closed in every direction: a field too many is refused like one too few. */
export const pageMessage = v.variant('type', [
  v.strictObject({
    type: v.literal('ready'),
    anchor: v.exactOptional(v.pipe(v.string(), v.nonEmpty(), v.maxLength(MAX_ANCHOR))),
  }),
  v.strictObject({ type: v.literal('rename'), id, title: v.pipe(v.string(), v.maxLength(MAX_TITLE)) }),
  v.strictObject({ type: v.literal('ack'), seq: id }),
  v.strictObject({ type: v.literal('window'), from: position, end: position }),
  v.strictObject({
    type: v.literal('rows'),
    id,
    from: position,
    count: v.pipe(v.number(), v.integer(), v.minValue(0), v.maxValue(MAX_WINDOW_ROWS)),
  }),
  ...composerSchemas(MAX_MESSAGE_TEXT),
  v.strictObject({ type: v.literal('interrupt'), id }),
  v.strictObject({
    type: v.literal('decide'),
    id,
    ...seenCall,
    decision: v.picklist(['allow', 'deny']),
    reason: v.pipe(v.string(), v.maxLength(10_000)),
  }),
  v.strictObject({
    type: v.literal('allowAll'),
    id,
    calls: v.pipe(v.array(v.strictObject(seenCall)), v.minLength(1), v.maxLength(MAX_CALLS_AT_ONCE)),
  }),
  v.strictObject({ type: v.literal('answerTool'), id, ...seenCall, text, isError: v.boolean() }),
  v.strictObject({ type: v.literal('openInput'), id, ...seenCall }),
  v.strictObject({ type: v.literal('showCall'), eventId: name }),
  v.strictObject({ type: v.literal('openBody'), key: name, part }),
  v.strictObject({ type: v.literal('copyBody'), key: name, part }),
  v.strictObject({ type: v.literal('openPath'), key: name }),
  v.strictObject({ type: v.literal('applyChange'), key: name }),
  v.strictObject({ type: v.literal('openCode'), ...codePlace }),
  v.strictObject({ type: v.literal('insertCode'), ...codePlace }),
  v.strictObject({ type: v.literal('copyCode'), ...codePlace }),
  v.strictObject({
    type: v.literal('openBlock'),
    key: name,
    part: v.picklist(blockParts),
    index: v.pipe(v.number(), v.integer(), v.minValue(0), v.maxValue(MAX_BLOCK_INDEX)),
  }),
  v.strictObject({ type: v.literal('openLink'), url: v.pipe(v.string(), v.maxLength(MAX_LINK)) }),
  v.strictObject({ type: v.literal('action'), action: v.picklist(pageActions) }),
  ...logMessageSchemas,
  ...findMessageSchemas,
  ...timelineMessageSchemas,
]);

/** Takes what a page posted for a message of the protocol, or for nothing: the page is not trusted. */
export function readPageMessage(value: unknown): PageMessage | undefined {
  // A list passes for an object in the schema, also one that carries the fields of a message.
  const result = isJsonObject(value) ? v.safeParse(pageMessage, value) : undefined;
  return result?.success === true ? result.output : undefined;
}
