import { exactHiddenSource } from '../util/hiddenCharacters.ts';

/**
 * How texts are made comparable for a search: the same letters count as the same, however they are written.
 * Case goes (unless it is asked for), accents are told apart from their letters, a run of blanks and line
 * breaks is one blank, and what a reader cannot see is not there.
 */

export interface FoldOptions {
  readonly matchCase: boolean;
  /** False where no blank is looked for; runs of them are then left as they are, which is faster. */
  readonly blanks: boolean;
}

/** Colours of a terminal, and what the reader of a text does not see. Blanks of every kind stay. */
const UNSEEN = new RegExp(`\\u001b\\[[0-9;:]*m|(?!\\s)(?:${exactHiddenSource})`, 'gu');

const PLAIN = /^[\t\n\r -~]*$/;

/** Longest piece of a text that is folded at once, in UTF-16 units. */
const PIECE = 65_536;
/** How far before the end of a piece a good place to divide is looked for. */
const LOOK_BACK = 4_096;

export function foldText(text: string, { matchCase, blanks }: FoldOptions): string {
  const seen = PLAIN.test(text) ? text : text.normalize('NFD').replace(UNSEEN, '');
  const cased = matchCase ? seen : seen.toLowerCase().replaceAll('ς', 'σ');
  return blanks ? cased.replace(/\s+/g, ' ') : cased;
}

/** The same in steps, so that a caller can let others work in between. */
export function* foldInSteps(text: string, options: FoldOptions): Generator<undefined, string> {
  if (text.length <= PIECE) {
    return foldText(text, options);
  }
  let folded = '';
  for (const { from, end } of piecesOf(text)) {
    folded += foldText(text.slice(from, end), options);
    yield;
  }
  return folded;
}

/** The pieces of a text that can be folded one by one, with the same result as all at once. */
export function* piecesOf(text: string): Generator<{ readonly from: number; readonly end: number }> {
  for (let from = 0; from < text.length;) {
    const end = breakBefore(text, from + PIECE);
    yield { from, end };
    from = end;
  }
}

/** A place at or before `at` where dividing changes nothing: between a blank and a letter. */
function breakBefore(text: string, at: number): number {
  if (at >= text.length) {
    return text.length;
  }
  for (let place = at; place > at - LOOK_BACK; place--) {
    if (/[ \n]/.test(text.charAt(place - 1)) && /[0-9A-Za-z]/.test(text.charAt(place))) {
      return place;
    }
  }
  return /[\ud800-\udbff]/.test(text.charAt(at - 1)) ? at - 1 : at;
}

/** A folded text whose every unit knows where it comes from. */
export interface MappedText {
  readonly folded: string;
  /** Where the original of a folded unit begins, and where it ends. */
  readonly start: (index: number) => number;
  readonly end: (index: number) => number;
}

const TOKENS = /\u001b\[[0-9;:]*m|[!-~]+(?!\p{M})|\s+|[^]\p{M}*/gu;

/** As {@link foldText} with blanks, with the way back. For texts of which a match is to be shown. */
export function foldMapped(text: string, matchCase: boolean): MappedText {
  const starts: number[] = [];
  const ends: number[] = [];
  let folded = '';
  let afterBlank = false;
  for (const match of text.matchAll(TOKENS)) {
    const [token] = match;
    const from = match.index;
    let part = foldText(token, { matchCase, blanks: true });
    if (part.startsWith(' ') && afterBlank) {
      part = part.slice(1);
    }
    const isOneToOne = part.length === token.length;
    for (let index = 0; index < part.length; index++) {
      starts.push(isOneToOne ? from + index : from);
      ends.push(isOneToOne ? from + index + 1 : from + token.length);
    }
    if (part !== '') {
      folded += part;
      afterBlank = part.endsWith(' ');
    }
  }
  return {
    folded,
    start: (index) => starts[index] ?? text.length,
    end: (index) => ends[index] ?? text.length,
  };
}
