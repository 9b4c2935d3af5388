import type { EventStore, StoredEvent } from '../stream/eventStore.ts';
import type { Disposable } from '../util/disposable.ts';
import { asObject, asText, field, type JsonValue } from '../util/json.ts';
import { pieceAt, plainText } from './blocks.ts';
import { prettyJson } from './prettyJson.ts';
import type { SearchSource } from './search.ts';
import { type NoticeWords, saidIn, type SaidText, type WholeTexts } from './searchTexts.ts';
import { callOf, resultFields } from './toolCall.ts';
import type { Transcript } from './transcript.ts';

/**
 * The rows of a transcript for a search, with the whole of what they hold only the beginning of. Messages that
 * are still being written or sent are not in it; they are as soon as the session has them.
 */
export class SearchedTranscript implements SearchSource {
  private readonly transcript: Transcript;
  private readonly store: EventStore;
  private readonly words: NoticeWords;

  constructor(transcript: Transcript, store: EventStore, words: NoticeWords) {
    this.transcript = transcript;
    this.store = store;
    this.words = words;
  }

  keys(): readonly string[] {
    return this.transcript.keys();
  }

  positionOf(key: string): number | undefined {
    return this.store.get(key) === undefined ? undefined : this.transcript.positionOf(key);
  }

  said(key: string): Iterable<SaidText> {
    const stored = this.store.get(key);
    const row = this.transcript.peek(key);
    return stored === undefined || row === undefined ? [] : saidIn(row, this.wholeTexts(stored), this.words);
  }

  observe(changed: (key: string) => void): Disposable {
    return this.transcript.watch(changed);
  }

  private wholeTexts(stored: StoredEvent): WholeTexts {
    const { event, key } = stored;
    const content = (part: 'text' | 'result') => {
      const result = part === 'result' ? this.transcript.resultOf(key) : undefined;
      return part === 'text' ? field(event.body, 'content') : result && resultFields(result.body).content;
    };
    const input = () => callOf(event).input;
    return {
      block: (part, index) => pieceText(content(part), index),
      thought: () => asText(field(event.body, 'thinking')) ?? plainText(field(event.body, 'content')),
      inputField: (name) => asText(field(asObject(input()), name)),
      inputJson: () => prettyJson(input() ?? {}),
      otherInputFields: (shown) =>
        Object.entries(asObject(input()) ?? {}).flatMap(([name, value]) => {
          const text = shown.includes(name)
            ? undefined
            : typeof value === 'object'
              ? prettyJson(value)
              : String(value);
          return text === undefined || text === '' ? [] : [text];
        }),
      raw: () => prettyJson(event.raw),
    };
  }
}

function pieceText(content: JsonValue | undefined, index: number): string | undefined {
  const bare = Array.isArray(content) ? content[index] : index === 0 ? content : undefined;
  if (typeof bare === 'string') {
    return bare;
  }
  const piece = pieceAt(content, index);
  return piece === undefined ? undefined : plainText(piece);
}
