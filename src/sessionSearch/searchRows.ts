import type { Matcher } from '../transcript/searchMatcher.ts';
import { countIn, type Steps } from '../transcript/searchRow.ts';
import { type Snippet, snippetsIn } from '../transcript/searchSnippets.ts';
import type { SaidRow } from './saidRow.ts';

/** A match in a session: where it is, and what is read there. */
export interface SessionHit extends Snippet, Omit<SaidRow, 'texts'> {}

export interface FoundInSession {
  /** All matches, also those that are not held. */
  readonly total: number;
  /** The first of them. */
  readonly hits: readonly SessionHit[];
}

/** So many matches of a session are held; whoever wants the others opens it and looks for them there. */
export const HITS_HELD = 100;

/** Looks through rows, all of them: matches are counted to the end, and the first are held. */
export function* searchRows(rows: Iterable<SaidRow>, matcher: Matcher): Steps<FoundInSession> {
  let total = 0;
  const hits: SessionHit[] = [];
  for (const row of rows) {
    const { count } = yield* countIn(row.texts, matcher);
    total += count;
    if (count > 0 && hits.length < HITS_HELD) {
      const { key, kind, name, at } = row;
      const snippets = yield* snippetsIn(row.texts, matcher, HITS_HELD - hits.length);
      hits.push(...snippets.map((snippet) => ({ key, kind, name, at, ...snippet })));
    }
    yield;
  }
  return { total, hits };
}
