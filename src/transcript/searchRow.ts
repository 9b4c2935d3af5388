import { foldInSteps } from './searchFold.ts';
import type { Matcher } from './searchMatcher.ts';
import { markdownSigns } from './searchReadable.ts';
import type { SaidPart, SaidText } from './searchTexts.ts';

/** A place in what a row says: which of its texts, and where in it when folded. */
export interface SaidPlace {
  readonly text: number;
  readonly offset: number;
}

/** A match as it can be found again by somebody who has the row on the screen. */
export interface RowMatch {
  readonly place: SaidPlace;
  readonly part: SaidPart;
  /** The folded text around it, and itself. */
  readonly before: string;
  readonly match: string;
  readonly after: string;
  /** How many matches before it in the row look the same, with the same text around them. */
  readonly twin: number;
  /** How many matches before it lie in the same part. */
  readonly inPart: number;
  /** False where the page has not got the text that far. */
  readonly isShown: boolean;
  /** True where it is to be seen also while the row is folded. */
  readonly isInHead: boolean;
}

/** How much of the text around a match tells it from others. */
const CONTEXT = 32;
/** From how far it is taken: runs of blanks in it count as one. */
const REACH = 128;
/** Matches that are counted before others may work. */
const MATCHES_PER_STEP = 4_096;

/** Work that lets others have their turn at each step. */
export type Steps<T> = Generator<undefined, T>;

/** As much of what is said as is needed to look for something in it. */
export type Searched = Pick<SaidText, 'text' | 'source'>;

/**
 * Counts the matches in what a row says.
 * @param from a place in the row; `before` counts the matches that begin before it.
 */
export function* countIn(
  texts: Iterable<Searched>,
  matcher: Matcher,
  from?: SaidPlace,
): Steps<{ readonly count: number; readonly before: number }> {
  let count = 0;
  let before = 0;
  let index = 0;
  for (const said of texts) {
    const { folded } = yield* searchedText(said, matcher);
    for (let at = matcher.next(folded, 0); at !== -1; at = matcher.next(folded, at + matcher.needle.length)) {
      count += 1;
      if (from !== undefined && (index < from.text || (index === from.text && at < from.offset))) {
        before += 1;
      }
      if (count % MATCHES_PER_STEP === 0) {
        yield;
      }
    }
    index += 1;
  }
  return { count, before };
}

/** The match with that number, counted from 0, with what tells it from the others. */
export function* matchIn(
  texts: Iterable<SaidText>,
  matcher: Matcher,
  ordinal: number,
): Steps<RowMatch | undefined> {
  const seen = new Map<string, number>();
  const parts = new Map<SaidPart, number>();
  let left = ordinal;
  let index = 0;
  for (const said of texts) {
    const { folded } = yield* searchedText(said, matcher);
    let steps = 0;
    for (let at = matcher.next(folded, 0); at !== -1; at = matcher.next(folded, at + matcher.needle.length)) {
      const end = at + matcher.needle.length;
      const before = withPlainBlanks(folded.slice(Math.max(0, at - REACH), at)).slice(-CONTEXT);
      const after = withPlainBlanks(folded.slice(end, end + REACH)).slice(0, CONTEXT);
      const name = `${before}\n${after}`;
      const twin = seen.get(name) ?? 0;
      const inPart = parts.get(said.part) ?? 0;
      if (left === 0) {
        const isWhole = said.shown === said.text;
        const shown = isWhole ? folded.length : (yield* foldInSteps(said.shown, matcher)).length;
        const place = { text: index, offset: at };
        const match = folded.slice(at, end);
        return {
          place,
          part: said.part,
          before,
          match,
          after,
          twin,
          inPart,
          isShown: end <= shown,
          isInHead: said.isInHead === true,
        };
      }
      left -= 1;
      seen.set(name, twin + 1);
      parts.set(said.part, inPart + 1);
      steps += 1;
      if (steps % MATCHES_PER_STEP === 0) {
        yield;
      }
    }
    index += 1;
  }
  return undefined;
}

function withPlainBlanks(text: string): string {
  return text.replace(/\s+/g, ' ');
}

/** Of a text that is drawn from a source, the one in which more is found: signs are looked for where they are. */
export function* searchedText(
  { text, source }: Searched,
  matcher: Matcher,
): Steps<{ readonly text: string; readonly folded: string }> {
  const folded = yield* foldInSteps(text, matcher);
  if (source === undefined || source === text || !markdownSigns.test(matcher.needle)) {
    return { text, folded };
  }
  const foldedSource = yield* foldInSteps(source, matcher);
  return matcher.all(foldedSource).length > matcher.all(folded).length
    ? { text: source, folded: foldedSource }
    : { text, folded };
}
