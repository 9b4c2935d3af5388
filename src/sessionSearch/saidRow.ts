import type { EventStore } from '../stream/eventStore.ts';
import type { Row } from '../transcript/row.ts';
import { SearchedTranscript } from '../transcript/searchedTranscript.ts';
import type { NoticeWords, SaidText } from '../transcript/searchTexts.ts';
import type { Transcript } from '../transcript/transcript.ts';

/** A text of a row as it is looked through and kept. */
export type KeptText = Pick<SaidText, 'part' | 'text' | 'source'>;

/** What is said in one row of a session: all that a search needs to know of it. */
export interface SaidRow {
  /** By which the panel finds the row: the identity of its event. */
  readonly key: string;
  readonly kind: Row['kind'];
  /** The tool that was called, or the type of an event that nobody knows. */
  readonly name: string | undefined;
  /** Epoch milliseconds. */
  readonly at: number | undefined;
  readonly texts: readonly KeptText[];
}

/**
 * The rows of a transcript with what is said in them, as the find bar of a panel has it. A row is made when it is
 * asked for.
 * @param cutKeys takes live keys out of what is kept and shown.
 */
export function* saidRows(
  transcript: Transcript,
  store: EventStore,
  words: NoticeWords,
  cutKeys: (text: string) => string,
): Generator<SaidRow> {
  const searched = new SearchedTranscript(transcript, store, words);
  for (const key of searched.keys()) {
    const row = transcript.peek(key);
    const texts = [...searched.said(key)].flatMap(({ part, text, source }): readonly KeptText[] => {
      if (text === '' && (source ?? '') === '') {
        return [];
      }
      const clean = { part, text: cutKeys(text) };
      return [source === undefined || source === text ? clean : { ...clean, source: cutKeys(source) }];
    });
    if (row !== undefined && texts.length > 0) {
      const name = nameOf(row);
      // An id that holds a key is no honest server's: its row is found, and cannot be led to.
      const said = { key: cutKeys(key), kind: row.kind, name: name && cutKeys(name) };
      yield { ...said, at: row.at ?? undefined, texts };
    }
  }
}

function nameOf(row: Row): string | undefined {
  return row.kind === 'tool' ? row.name : row.kind === 'raw' ? row.type : undefined;
}
