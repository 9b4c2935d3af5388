import { crc32 } from 'node:zlib';
import { foldText } from '../transcript/searchFold.ts';
import type { Steps } from '../transcript/searchRow.ts';
import { asArray, asNumber, asObject, asText, field, type JsonValue } from '../util/json.ts';
import type { Stamp } from './freshness.ts';
import type { KeptText, SaidRow } from './saidRow.ts';
import type { KeptSession } from './sessionCache.ts';

/**
 * How a session is written down: one line of JSON that describes the rest, then a line for each row with its texts
 * folded, then a line for each row with its texts as they are. A text is looked for in the folded part, byte by byte;
 * only rows that may have it are taken apart.
 */
export const CACHE_VERSION = 1;

const NEWLINE = 0x0a;
/** Between the folded texts of a row. No text that is looked for has one, since blanks of all kinds are folded. */
const BETWEEN = '\t';

interface Part {
  readonly bytes: number;
  readonly crc: number;
}

interface Head {
  readonly stamp: Stamp;
  readonly folded: Part;
  readonly said: Part;
}

/** @param language in whose words notices are written; another one finds nothing in this. */
export function* encodeSession(stamp: Stamp, rows: readonly SaidRow[], language: string): Steps<Buffer> {
  const foldedLines: string[] = [];
  const saidLines: string[] = [];
  for (const row of rows) {
    foldedLines.push(foldedLine(row));
    saidLines.push(`${JSON.stringify(rowEntry(row))}\n`);
    yield;
  }
  const folded = Buffer.from(foldedLines.join(''));
  yield;
  const said = Buffer.from(saidLines.join(''));
  yield;
  const head = {
    stamp,
    folded: { bytes: folded.length, crc: crc32(folded) },
    said: { bytes: said.length, crc: crc32(said) },
  };
  return Buffer.concat([headLine(head, language), folded, said]);
}

/** The same session with another stamp; undefined where it cannot be used. */
export function restamped(bytes: Buffer, stamp: Stamp, language: string): Buffer | undefined {
  const headEnd = bytes.indexOf(NEWLINE);
  const head = readHead(parsed(bytes.toString('utf8', 0, Math.max(0, headEnd))));
  return head && Buffer.concat([headLine({ ...head, stamp }, language), bytes.subarray(headEnd + 1)]);
}

function headLine(head: Head, language: string): Buffer {
  return Buffer.from(`${JSON.stringify({ version: CACHE_VERSION, language, ...head })}\n`);
}

/** Reads what was written. `other`: it is of another version or language; `damaged`: it is not what was written. */
export function decodeSession(bytes: Buffer, language: string): KeptSession | 'other' | 'damaged' {
  const headEnd = bytes.indexOf(NEWLINE);
  const json = headEnd === -1 ? undefined : parsed(bytes.toString('utf8', 0, headEnd));
  if (json === undefined) {
    return 'damaged';
  }
  if (field(asObject(json), 'version') !== CACHE_VERSION || field(asObject(json), 'language') !== language) {
    return 'other';
  }
  const head = readHead(json);
  if (head === undefined || bytes.length !== headEnd + 1 + head.folded.bytes + head.said.bytes) {
    return 'damaged';
  }
  const saidStart = headEnd + 1 + head.folded.bytes;
  const folded = bytes.subarray(headEnd + 1, saidStart);
  const said = bytes.subarray(saidStart);
  // Both are looked at: a row that cannot be read is found before anybody relies on the others.
  if (crc32(folded) !== head.folded.crc || crc32(said) !== head.said.crc) {
    return 'damaged';
  }
  return { stamp: head.stamp, rowsWith: (text) => rowsWith(text, folded, said) };
}

function rowsWith(text: string, folded: Buffer, said: Buffer): readonly SaidRow[] {
  const needle = Buffer.from(foldText(text, { matchCase: false, blanks: true }).toWellFormed());
  if (needle.length === 0) {
    return [];
  }
  const rows: SaidRow[] = [];
  let line = 0;
  let lineStart = 0;
  let saidLine = 0;
  let saidStart = 0;
  for (let at = folded.indexOf(needle); at !== -1; at = folded.indexOf(needle, lineStart)) {
    for (let end = folded.indexOf(NEWLINE, lineStart); end < at; end = folded.indexOf(NEWLINE, lineStart)) {
      lineStart = end + 1;
      line += 1;
    }
    for (; saidLine < line; saidLine++) {
      saidStart = said.indexOf(NEWLINE, saidStart) + 1;
    }
    const row = readRow(parsed(said.toString('utf8', saidStart, said.indexOf(NEWLINE, saidStart))));
    rows.push(...(row === undefined ? [] : [row]));
    lineStart = folded.indexOf(NEWLINE, at) + 1;
    line += 1;
  }
  return rows;
}

function foldedLine({ texts }: SaidRow): string {
  const all = texts.flatMap(({ text, source }) => (source === undefined ? [text] : [text, source]));
  return `${all.map((text) => foldText(text, { matchCase: false, blanks: true }).toWellFormed()).join(BETWEEN)}\n`;
}

function rowEntry({ key, kind, name, at, texts }: SaidRow): JsonValue {
  const parts = texts.map(({ part, text, source }) =>
    source === undefined ? [part, text] : [part, text, source],
  );
  return [key, kind, name ?? null, at ?? null, ...parts];
}

const kinds = ['userMessage', 'agentMessage', 'thinking', 'tool', 'notice', 'raw'] as const;
const parts = ['text', 'input', 'result', 'raw'] as const;

function readRow(value: JsonValue | undefined): SaidRow | undefined {
  const [key, kindName, name, at, ...entries] = asArray(value);
  const kind = kinds.find((candidate) => candidate === kindName);
  if (typeof key !== 'string' || kind === undefined) {
    return undefined;
  }
  const texts = entries.flatMap((entry): readonly KeptText[] => {
    const [partName, text, source] = asArray(entry);
    const part = parts.find((candidate) => candidate === partName);
    if (part === undefined || typeof text !== 'string') {
      return [];
    }
    return [typeof source === 'string' ? { part, text, source } : { part, text }];
  });
  return { key, kind, name: asText(name), at: asNumber(at), texts };
}

function readHead(value: JsonValue | undefined): Head | undefined {
  const head = asObject(value);
  const stamp = asObject(field(head, 'stamp'));
  const folded = readPart(field(head, 'folded'));
  const said = readPart(field(head, 'said'));
  if (stamp === undefined || folded === undefined || said === undefined) {
    return undefined;
  }
  return {
    stamp: {
      updatedAt: asNumber(field(stamp, 'updatedAt')),
      newest: asArray(field(stamp, 'newest')).flatMap((mark) => (typeof mark === 'string' ? [mark] : [])),
      isSettled: field(stamp, 'isSettled') === true,
      isBehind: field(stamp, 'isBehind') === true,
    },
    folded,
    said,
  };
}

function readPart(value: JsonValue | undefined): Part | undefined {
  const bytes = asNumber(field(asObject(value), 'bytes'));
  const crc = asNumber(field(asObject(value), 'crc'));
  return bytes === undefined || crc === undefined ? undefined : { bytes, crc };
}

function parsed(text: string): JsonValue | undefined {
  try {
    return JSON.parse(text) as JsonValue;
  } catch {
    return undefined;
  }
}
