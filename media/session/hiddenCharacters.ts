import {
  codePointName,
  exactHiddenSource,
  hiddenSource,
  withHiddenMarked,
} from '../../src/util/hiddenCharacters.ts';

/*
 * Makes visible what a text can hide: what the shared table of hidden characters names and, where every
 * character counts, runs of blanks. Nothing is taken away; each hidden thing becomes a mark.
 */

/** A piece of text as it is, or a mark that stands for hidden characters. */
export type Piece = string | Mark;

interface Mark {
  /** What to show. */
  readonly mark: string;
  /** The character's code point, such as "U+202E", and how often, such as "U+0020 × 40". */
  readonly name: string;
  /** The characters themselves. */
  readonly raw: string;
}

/**
 * `reading`: only what can deceive. `exact`: blanks as well, for a text that is about to be agreed to.
 * `exactJson`: the same for indented JSON, whose own indentation is no content.
 */
export type Exactness = 'reading' | 'exact' | 'exactJson';

const BLANKS = '\\t+| {2,}| +$|^ +|[\\u00a0\\u1680\\u2000-\\u200a\\u202f\\u205f\\u3000]|\\n{4,}';

const reading = new RegExp(`(${hiddenSource})\\1*`, 'gu');
const exact = new RegExp(`(${exactHiddenSource})\\1*|${BLANKS}`, 'gmu');

/** Texts for reading have at most this many marks; hidden characters behind them are shown as plain numbers. */
const MOST_MARKS = 1_000;

/** Marks at most this many characters one by one; a longer run becomes one mark with a count. */
const LONGEST_RUN = 12;

export function revealHidden(text: string, exactness: Exactness): readonly Piece[] {
  const pattern = exactness === 'reading' ? reading : exact;
  const unified = text.replaceAll('\r\n', '\n');
  const pieces: Piece[] = [];
  let done = 0;
  for (const match of unified.matchAll(pattern)) {
    if (exactness === 'reading' && pieces.length > 2 * MOST_MARKS) {
      pieces.push(withHiddenMarked(unified.slice(done)));
      return pieces;
    }
    if (match.index > done) {
      pieces.push(unified.slice(done, match.index));
    }
    const raw = match[0];
    const indents = exactness === 'exactJson' && /^ +$/.test(raw) && unified[match.index - 1] === '\n';
    pieces.push(indents ? raw : markOf(raw));
    if (raw.startsWith('\n')) {
      pieces.push('\n');
    }
    done = match.index + raw.length;
  }
  if (done < unified.length) {
    pieces.push(unified.slice(done));
  }
  return pieces;
}

function markOf(raw: string): Mark {
  const characters = Array.from(raw);
  const count = characters.length;
  const code = characters[0]?.codePointAt(0) ?? 0;
  const name = codePointName(raw);
  const symbol = symbolOf(code, name);
  const times = count > 1 ? ` × ${count}` : '';
  const spelledOut = count <= LONGEST_RUN && symbol.length === 1;
  return { mark: spelledOut ? symbol.repeat(count) : symbol + times, name: name + times, raw };
}

function symbolOf(code: number, name: string): string {
  if (code === 0x20) {
    return '·';
  }
  if (code === 0x09) {
    return '⇥';
  }
  if (code === 0x0a) {
    return '↵';
  }
  if (code < 0x20) {
    return String.fromCodePoint(0x2400 + code);
  }
  return code === 0x7f ? '␡' : name;
}
