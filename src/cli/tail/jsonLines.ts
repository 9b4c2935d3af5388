import type { StoredEvent } from '../../stream/eventStore.ts';
import type { FeedStatus } from '../../stream/feedState.ts';
import { isJsonObject } from '../../util/json.ts';
import type { TailEnd } from './tailEnd.ts';
import type { TailLines } from './tailLines.ts';

export interface JsonLinesOptions {
  readonly write: (line: string) => void;
  /** Cuts the live key out of a text, and nothing else. */
  readonly cutKeys: (text: string) => string;
}

/** One line of JSON for each change. Events are written as they arrived, but for the live key. */
export class JsonLines implements TailLines {
  private readonly options: JsonLinesOptions;
  private last = '';

  constructor(options: JsonLinesOptions) {
    this.options = options;
  }

  upsert({ key, event }: StoredEvent, index: number): void {
    this.write({ op: 'upsert', key, index, event: event.raw });
  }

  remove({ key }: StoredEvent): void {
    this.write({ op: 'remove', key });
  }

  status({ state, history, unreadableFrames }: FeedStatus): void {
    const { kind, ...rest } = state;
    const line = { op: 'state', state: kind, detail: { ...rest, history, unreadableFrames } };
    const text = JSON.stringify(line);
    if (text !== this.last) {
      this.last = text;
      this.write(line);
    }
  }

  end(count: number, reason: TailEnd): void {
    this.write({ op: 'end', count, reason });
  }

  private write(line: object): void {
    const { write, cutKeys } = this.options;
    const text = JSON.stringify(line);
    // Cut in the values and not in the text: a cut there could fall into an escape.
    write(cutKeys(text) === text ? text : JSON.stringify(withoutKeys(line, cutKeys)));
  }
}

function withoutKeys(value: unknown, cutKeys: (text: string) => string): unknown {
  if (typeof value === 'string') {
    return cutKeys(value);
  }
  if (Array.isArray(value)) {
    return value.map((item) => withoutKeys(item, cutKeys));
  }
  return isJsonObject(value)
    ? Object.fromEntries(
        Object.entries(value).map(([name, item]) => [cutKeys(name), withoutKeys(item, cutKeys)]),
      )
    : value;
}
