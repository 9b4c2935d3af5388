import {
  asArray,
  asObject,
  asText,
  field,
  isJsonObject,
  type JsonObject,
  type JsonValue,
} from '../util/json.ts';
import { writeJson } from './prettyJson.ts';
import type { Block, DocumentBlock } from './row.ts';

/** Longest text of one block that is sent to the page, in UTF-16 units; all blocks of a row may have twice that. */
export const MAX_BLOCK_TEXT = 32_768;
/** Most blocks of one message that are shown. */
const MAX_BLOCKS = 100;
/** Largest image that is sent to the page, and the most of all images of one row, in bytes. */
const MAX_IMAGE_BYTES = 1_500_000;
const MAX_IMAGES_BYTES = 4_000_000;
/** Longest title, address or name of a block. */
const MAX_LABEL = 500;

/** What is left of a row's bounds while its blocks are made. */
interface Room {
  text: number;
  imageBytes: number;
}

/**
 * The pieces of a message, as many as a row may have. Content may be an array, one piece, a bare text, or
 * missing; unknown pieces are kept as JSON.
 */
export function blocksOf(content: JsonValue | undefined, maxText = MAX_BLOCK_TEXT): readonly Block[] {
  if (typeof content === 'string') {
    return content === '' ? [] : [textBlock(content, maxText)];
  }
  const items = pieces(content);
  const room: Room = { text: 2 * maxText, imageBytes: MAX_IMAGES_BYTES };
  const blocks: Block[] = [];
  for (const item of items) {
    if (blocks.length === MAX_BLOCKS || room.text <= 0) {
      blocks.push({ type: 'more', count: items.length - blocks.length });
      break;
    }
    blocks.push(blockOf(item, Math.min(maxText, room.text), room));
  }
  return blocks;
}

/** All text of a message, in order, uncut; that of documents and of search results is part of it. */
export function plainText(content: JsonValue | undefined): string {
  if (typeof content === 'string') {
    return content;
  }
  return pieces(content)
    .map((item) => (typeof item === 'string' ? item : textIn(asObject(item))))
    .filter((text) => text !== '')
    .join('\n\n');
}

/** One piece of a content, by its place among the blocks. */
export function pieceAt(content: JsonValue | undefined, index: number): JsonObject | undefined {
  return asObject(pieces(content)[index]);
}

function textIn(block: JsonObject | undefined): string {
  const text = asText(field(block, 'text'));
  if (text !== undefined) {
    return text;
  }
  const type = field(block, 'type');
  if (type === 'search_result') {
    return [labelOf(block, 'title'), labelOf(block, 'source'), searchText(block)]
      .filter((part) => part !== '')
      .join('\n');
  }
  const source = asObject(field(block, 'source'));
  return type === 'document' && field(source, 'type') === 'text' ? (asText(field(source, 'data')) ?? '') : '';
}

function pieces(content: JsonValue | undefined): readonly JsonValue[] {
  return isJsonObject(content) ? [content] : asArray(content);
}

function blockOf(item: JsonValue, maxText: number, room: Room): Block {
  const spend = <T extends Block>(block: T, length: number): T => {
    // A block costs something also where it is empty.
    room.text -= length + 1;
    return block;
  };
  if (typeof item === 'string') {
    return spend(textBlock(item, maxText), Math.min(item.length, maxText));
  }
  const block = asObject(item);
  const type = asText(field(block, 'type')) ?? 'unknown';
  const text = field(block, 'text');
  if (type === 'text' && typeof text === 'string') {
    return spend(textBlock(text, maxText), Math.min(text.length, maxText));
  }
  switch (type) {
    case 'image':
      return imageBlock(asObject(field(block, 'source')), room);
    case 'document':
      return documentBlock(block);
    case 'search_result': {
      const found = searchText(block);
      const shown = cut(found, maxText);
      const made = {
        type: 'searchResult',
        title: labelOf(block, 'title'),
        source: labelOf(block, 'source'),
        text: shown,
        total: found.length,
      } as const;
      return spend(made, shown.length);
    }
    case 'redacted':
      return { type: 'redacted' };
    default: {
      const json = writeJson(item, maxText);
      const made = { type: 'other', name: type.slice(0, 100), json: json.text, total: json.total } as const;
      return spend(made, json.text.length);
    }
  }
}

function imageBlock(source: JsonObject | undefined, room: Room): Block {
  const data = asText(field(source, 'data'));
  const bytes = bytesOf(data);
  const fits = data !== undefined && bytes <= Math.min(MAX_IMAGE_BYTES, room.imageBytes);
  room.imageBytes -= fits ? bytes : 0;
  const url = asText(field(source, 'url'));
  return {
    type: 'image',
    mediaType: cut(asText(field(source, 'media_type')) ?? 'image', 100),
    data: fits ? data : undefined,
    bytes,
    ...(url !== undefined && { url: cut(url, 4_096) }),
  };
}

function documentBlock(block: JsonObject | undefined): DocumentBlock {
  const source = asObject(field(block, 'source'));
  const data = asText(field(source, 'data'));
  const url = asText(field(source, 'url'));
  const title = asText(field(block, 'title'));
  const mediaType = asText(field(source, 'media_type'));
  const isText = field(source, 'type') === 'text';
  return {
    type: 'document',
    title: title === undefined ? undefined : cut(title, MAX_LABEL),
    mediaType: mediaType === undefined ? undefined : cut(mediaType, 100),
    holds: data !== undefined ? (isText ? 'text' : 'bytes') : url !== undefined ? 'link' : 'nothing',
    size: isText ? (data?.length ?? 0) : bytesOf(data),
    ...(url !== undefined && { url: cut(url, 4_096) }),
  };
}

/** A search result has its text in blocks of its own. */
function searchText(block: JsonObject | undefined): string {
  return asArray(field(block, 'content'))
    .map((item) => asText(field(asObject(item), 'text')) ?? '')
    .filter((text) => text !== '')
    .join('\n\n');
}

function labelOf(block: JsonObject | undefined, name: string): string {
  return cut(asText(field(block, name)) ?? '', MAX_LABEL);
}

function bytesOf(base64: string | undefined): number {
  return Math.floor(((base64?.length ?? 0) * 3) / 4);
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
