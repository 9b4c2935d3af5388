import type { EventStore, StoredEvent } from '../stream/eventStore.ts';
import { Answers } from '../transcript/answers.ts';
import { asText, field } from '../util/json.ts';

/** How far back the beginning of a span is looked for whose end does not name it, in events. */
const MAX_STEPS = 200;

const startOfEnd = new Map([
  ['span.model_request_end', { start: 'span.model_request_start', name: 'model_request_start_id' }],
  [
    'span.outcome_evaluation_end',
    { start: 'span.outcome_evaluation_start', name: 'outcome_evaluation_start_id' },
  ],
]);

/** Pairs the ends of spans with their beginnings. */
export class SpanEnds {
  private readonly source: Pick<EventStore, 'first' | 'at'>;
  private readonly ends = new Answers();
  /** The beginning that each end was taken for. */
  private readonly starts = new Map<StoredEvent, string>();

  constructor(source: Pick<EventStore, 'first' | 'at'>) {
    this.source = source;
  }

  /** The end of the span that an event begins. */
  of(startKey: string): StoredEvent | undefined {
    return this.ends.get(startKey);
  }

  /** @returns the key of the beginning that reads differently now. */
  entered(stored: StoredEvent): string | undefined {
    const pair = startOfEnd.get(stored.event.type);
    const start = pair && (asText(field(stored.event.body, pair.name)) ?? this.lastStart(stored, pair.start));
    if (start !== undefined) {
      this.starts.set(stored, start);
      this.ends.add(start, stored);
    }
    return start;
  }

  /** @returns the key of the beginning that has this end no more. */
  left(stored: StoredEvent): string | undefined {
    const start = this.starts.get(stored);
    if (start !== undefined) {
      this.starts.delete(stored);
      this.ends.remove(start, stored);
    }
    return start;
  }

  private lastStart({ position: end }: StoredEvent, type: string): string | undefined {
    const last = Math.max(this.source.first, end - MAX_STEPS);
    for (let position = end - 1; position >= last; position--) {
      const stored = this.source.at(position);
      if (stored?.event.type === type) {
        return stored.key;
      }
    }
    return undefined;
  }
}
