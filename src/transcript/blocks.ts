import {
  asArray,
  asObject,
  asText,
  field,
  isJsonObject,
  type JsonObject,
  type JsonValue,
} from '../util/json.ts';
import { prettyJson } from './prettyJson.ts';
import type { Block } from './row.ts';

/** Longest text of one block that is sent to the page, in UTF-16 units. */
export const MAX_BLOCK_TEXT = 32_768;
/** Most blocks of one message that are shown. */
const MAX_BLOCKS = 100;
/** Largest image that is sent to the page, in base64 characters. */
const MAX_IMAGE = 7_000_000;

/** The pieces of a message. Content may be an array, one piece, a bare text, or missing; unknown pieces are kept as JSON. */
export function blocksOf(content: JsonValue | undefined, maxText = MAX_BLOCK_TEXT): readonly Block[] {
  if (typeof content === 'string') {
    return content === '' ? [] : [textBlock(content, maxText)];
  }
  return pieces(content)
    .slice(0, MAX_BLOCKS)
    .map((item) => blockOf(item, maxText));
}

/** All text of a message, in order, uncut. */
export function plainText(content: JsonValue | undefined): string {
  if (typeof content === 'string') {
    return content;
  }
  return pieces(content)
    .map((item) => asText(field(asObject(item), 'text')) ?? (typeof item === 'string' ? item : ''))
    .filter((text) => text !== '')
    .join('\n\n');
}

function pieces(content: JsonValue | undefined): readonly JsonValue[] {
  return isJsonObject(content) ? [content] : asArray(content);
}

function blockOf(item: JsonValue, maxText: number): Block {
  if (typeof item === 'string') {
    return textBlock(item, maxText);
  }
  const block = asObject(item);
  const type = asText(field(block, 'type')) ?? 'unknown';
  const text = field(block, 'text');
  if (type === 'text' && typeof text === 'string') {
    return textBlock(text, maxText);
  }
  if (type === 'image') {
    return imageBlock(asObject(field(block, 'source')));
  }
  if (type === 'document') {
    const mediaType = asText(field(asObject(field(block, 'source')), 'media_type'));
    return { type: 'document', title: asText(field(block, 'title')), mediaType };
  }
  if (type === 'redacted') {
    return { type: 'redacted' };
  }
  const json = prettyJson(item);
  return { type: 'other', name: type.slice(0, 100), json: cut(json, maxText), total: json.length };
}

function imageBlock(source: JsonObject | undefined): Block {
  const data = asText(field(source, 'data'));
  const mediaType = asText(field(source, 'media_type')) ?? 'image';
  const isWhole = data !== undefined && data.length <= MAX_IMAGE;
  return {
    type: 'image',
    mediaType,
    data: isWhole ? data : undefined,
    bytes: Math.floor(((data?.length ?? 0) * 3) / 4),
  };
}

function textBlock(text: string, maxText: number): Block {
  return { type: 'text', text: cut(text, maxText), total: text.length };
}

/** The beginning of a text, never ending inside a surrogate pair. */
export function cut(text: string, limit: number): string {
  if (text.length <= limit) {
    return text;
  }
  const last = text.charCodeAt(limit - 1);
  return text.slice(0, last >= 0xd800 && last <= 0xdbff ? limit - 1 : limit);
}
