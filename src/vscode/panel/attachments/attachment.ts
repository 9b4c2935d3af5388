import { createHash } from 'node:crypto';
import { type AttachmentChip, MAX_IMAGE_BYTES, MAX_TEXT_BYTES } from '../../../protocol/composerMessages.ts';
import { type AttachedText, writeAttachedText } from '../../../transcript/attachedText.ts';
import type { JsonObject } from '../../../util/json.ts';
import { rasterHeader } from '../../../util/rasterHeader.ts';

/** Where the content can be found again after a reload of the window; positions count from 0. */
export type AttachmentReference =
  | { readonly kind: 'file'; readonly uri: string }
  | {
      readonly kind: 'selection';
      readonly uri: string;
      readonly range: readonly [startLine: number, start: number, endLine: number, end: number];
      /** Of the text that was selected: another text in its place is not what the user chose. */
      readonly hash: string;
    };

/** Something to be sent beside a message: how it is shown, and the block that goes out, exactly. */
export interface AttachmentContent {
  readonly chip: Omit<AttachmentChip, 'key'>;
  readonly block: JsonObject;
  /** Undefined for what is nowhere but here, as a picture from the clipboard. */
  readonly reference: AttachmentReference | undefined;
}

export interface Attachment extends AttachmentContent {
  readonly key: string;
}

/** Why something cannot be attached. */
export type AttachmentRefusal =
  | 'empty'
  | 'textTooLarge'
  | 'imageTooLarge'
  | 'binary'
  | 'noImage'
  | 'folder'
  | 'unreadable'
  | 'tooMany'
  | 'tooMuch';

export type Made =
  | { readonly kind: 'made'; readonly content: AttachmentContent }
  | { readonly kind: 'refused'; readonly refusal: AttachmentRefusal };

export interface TextFacts extends AttachedText {
  readonly reference: AttachmentReference | undefined;
}

/** A text that the editor holds. */
export function textAttachment(text: string, facts: TextFacts): Made {
  const bytes = Buffer.byteLength(text);
  if (bytes === 0) {
    return refused('empty');
  }
  if (bytes > MAX_TEXT_BYTES) {
    return refused('textTooLarge');
  }
  return {
    kind: 'made',
    content: {
      chip: {
        kind: 'text',
        source: facts.lines === undefined ? 'file' : 'selection',
        name: facts.name,
        lines: countLines(text),
        bytes,
      },
      block: { type: 'text', text: writeAttachedText(facts, text) },
      reference: facts.reference,
    },
  };
}

/** A file, told by its bytes and not by its name: a picture, a text, or nothing that can be sent. */
export function fileAttachment(bytes: Uint8Array, facts: TextFacts): Made {
  if (bytes.length === 0) {
    return refused('empty');
  }
  if (rasterHeader(bytes) !== undefined) {
    return imageAttachment(bytes, { ...facts, source: 'file' });
  }
  if (bytes.length > MAX_TEXT_BYTES) {
    // Whether it is a text need not be known; a large picture of an unknown kind is no picture to us.
    return refused(decode(bytes.subarray(0, 4_096), true) === undefined ? 'binary' : 'textTooLarge');
  }
  const text = decode(bytes, false);
  return text === undefined ? refused('binary') : textAttachment(text, facts);
}

/** A picture of a kind that the API takes, by its first bytes. */
export function imageAttachment(
  bytes: Uint8Array,
  facts: {
    readonly name: string;
    readonly source: AttachmentChip['source'];
    readonly reference: AttachmentReference | undefined;
  },
): Made {
  if (bytes.length > MAX_IMAGE_BYTES) {
    return refused('imageTooLarge');
  }
  const header = rasterHeader(bytes);
  if (header === undefined) {
    return refused('noImage');
  }
  const data = Buffer.from(bytes.buffer, bytes.byteOffset, bytes.byteLength).toString('base64');
  return {
    kind: 'made',
    content: {
      chip: { kind: 'image', source: facts.source, name: facts.name, lines: null, bytes: bytes.length },
      block: { type: 'image', source: { type: 'base64', media_type: header.mediaType, data } },
      reference: facts.reference,
    },
  };
}

/** What two equal texts have in common. */
export function textHash(text: string): string {
  return createHash('sha256').update(text).digest('base64url');
}

function refused(refusal: AttachmentRefusal): Made {
  return { kind: 'refused', refusal };
}

/**
 * The text of a file in UTF-8, or in UTF-16 where it says so with a byte order mark; undefined for anything else.
 * @param isPart whether a character may be cut at the end.
 */
function decode(bytes: Uint8Array, isPart: boolean): string | undefined {
  const [first, second] = bytes;
  const encoding =
    first === 0xff && second === 0xfe ? 'utf-16le' : first === 0xfe && second === 0xff ? 'utf-16be' : 'utf-8';
  try {
    const text = new TextDecoder(encoding, { fatal: true }).decode(bytes, { stream: isPart });
    return text.includes('\u0000') ? undefined : text;
  } catch {
    return undefined;
  }
}

function countLines(text: string): number {
  const breaks = text.match(/\r\n|\r|\n/g)?.length ?? 0;
  return /[\r\n]$/.test(text) ? breaks : breaks + 1;
}
