import * as v from 'valibot';
import {
  attachSources,
  MAX_ATTACHMENTS,
  MAX_DROPPED_URI,
  MAX_FILE_NAME,
  MAX_IMAGE_BASE64,
} from './composerMessages.ts';

const id = v.pipe(v.number(), v.integer(), v.minValue(0), v.maxValue(1e12));
const key = v.pipe(v.string(), v.nonEmpty(), v.maxLength(256));

/** The messages of the composer, checked as strictly as all others. @param maxText longest message. */
export function composerSchemas(maxText: number) {
  const text = v.pipe(v.string(), v.maxLength(maxText));
  return [
    v.strictObject({
      type: v.literal('send'),
      id,
      text,
      attachments: v.pipe(v.array(key), v.maxLength(MAX_ATTACHMENTS)),
      interrupt: v.boolean(),
    }),
    v.strictObject({ type: v.literal('draft'), text }),
    v.strictObject({ type: v.literal('recall'), id, from: v.nullable(key) }),
    v.strictObject({ type: v.literal('attach'), source: v.picklist(attachSources) }),
    v.strictObject({ type: v.literal('attachMenu') }),
    v.strictObject({ type: v.literal('detach'), key }),
    v.strictObject({ type: v.literal('openAttachment'), key }),
    v.strictObject({
      type: v.literal('pasteImage'),
      data: v.pipe(v.string(), v.nonEmpty(), v.maxLength(MAX_IMAGE_BASE64)),
    }),
    v.strictObject({
      type: v.literal('dropFile'),
      name: v.pipe(v.string(), v.nonEmpty(), v.maxLength(MAX_FILE_NAME)),
      data: v.pipe(v.string(), v.maxLength(MAX_IMAGE_BASE64)),
    }),
    v.strictObject({
      type: v.literal('dropUris'),
      uris: v.pipe(
        v.array(v.pipe(v.string(), v.nonEmpty(), v.maxLength(MAX_DROPPED_URI))),
        v.minLength(1),
        v.maxLength(MAX_ATTACHMENTS),
      ),
    }),
    v.strictObject({ type: v.literal('dismissNote') }),
  ] as const;
}
