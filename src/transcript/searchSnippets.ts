import { foldMapped, piecesOf } from './searchFold.ts';
import type { Matcher } from './searchMatcher.ts';
import { type Searched, searchedText, type Steps } from './searchRow.ts';
import type { SaidPart } from './searchTexts.ts';

/** A match as it is written, with a little of what stands around it on one line. */
export interface Snippet {
  readonly part: SaidPart;
  /** How many matches come before it in the row, counted as the find bar counts them. */
  readonly ordinal: number;
  readonly before: string;
  readonly match: string;
  readonly after: string;
}

/** Short, so that the match is in sight where there is little room. */
const BEFORE = 28;
const AFTER = 160;
const LONGEST_MATCH = 200;
/** From how far the text around a match is taken: runs of blanks in it count as one. */
const REACH = 4;

/** The first matches in what a row says, `most` at most, in the order in which it is read. */
export function* snippetsIn(
  texts: Iterable<Searched & { readonly part: SaidPart }>,
  matcher: Matcher,
  most: number,
): Steps<readonly Snippet[]> {
  const found: Snippet[] = [];
  for (const said of texts) {
    const { text, folded } = yield* searchedText(said, matcher);
    if (matcher.next(folded, 0) === -1) {
      continue;
    }
    for (const span of spansIn(text, matcher)) {
      if (found.length >= most) {
        return found;
      }
      found.push({ part: said.part, ordinal: found.length, ...around(text, span.start, span.end) });
      yield;
    }
  }
  return found;
}

/** Where the matches stand in the text as it is written. Maps it piece by piece, since a map is large. */
function* spansIn(
  text: string,
  matcher: Matcher,
): Generator<{ readonly start: number; readonly end: number }> {
  const { needle, matchCase } = matcher;
  let done = 0;
  for (const { from, end } of piecesOf(text)) {
    // A match may begin in a piece and end in the next one.
    const mapped = foldMapped(text.slice(from, end + needle.length * REACH + AFTER), matchCase);
    for (
      let at = matcher.next(mapped.folded, 0);
      at !== -1;
      at = matcher.next(mapped.folded, at + needle.length)
    ) {
      const start = from + mapped.start(at);
      if (start >= end) {
        break;
      }
      if (start >= done) {
        done = from + mapped.end(at + needle.length - 1);
        yield { start, end: done };
      }
    }
  }
}

function around(text: string, start: number, end: number): Pick<Snippet, 'before' | 'match' | 'after'> {
  const before = oneLine(text.slice(Math.max(0, start - BEFORE * REACH), start)).trimStart();
  const after = oneLine(text.slice(end, end + AFTER * REACH)).trimEnd();
  return {
    before: before.length > BEFORE ? fromWord(before.slice(-BEFORE)) : before,
    match: oneLine(text.slice(start, end)).slice(0, LONGEST_MATCH).toWellFormed(),
    after: after.slice(0, AFTER).toWellFormed(),
  };
}

/** Begins with a whole word where there is one. */
function fromWord(text: string): string {
  const blank = text.indexOf(' ');
  return `…${(blank === -1 || blank === text.length - 1 ? text : text.slice(blank + 1)).toWellFormed()}`;
}

function oneLine(text: string): string {
  return text.replace(/\s+/g, ' ');
}
