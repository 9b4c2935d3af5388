import type { EventStore, StoredEvent } from '../stream/eventStore.ts';
import { asNumber, asObject, field } from '../util/json.ts';
import { endsTurn } from './eventFacts.ts';

/** How far back the beginning of a turn is looked for, in events. Longer turns go without their sums. */
export const TURN_REACH = 2_000;

/** What a turn came to, as far as its events say it. */
export interface TurnFacts {
  /** Time in which the agent worked; what it waited for a person is not in it. */
  readonly durationMs: number | undefined;
  readonly inputTokens: number | undefined;
  readonly outputTokens: number | undefined;
  /** There is no stop reason of its own for this: it is told by the interrupt before the end. */
  readonly interrupted: boolean;
}

/** Sums up the turn that an event ends, back to the end of the turn before. */
export function turnFactsOf(store: EventStore, end: StoredEvent): TurnFacts {
  let durationMs: number | undefined;
  let inputTokens: number | undefined;
  let outputTokens: number | undefined;
  let interrupted = false;
  // Walking back, a spell of work is met end first.
  let spellEnd = end.event.processedAt;
  const last = Math.max(store.first, end.position - TURN_REACH);
  for (let position = end.position - 1; position >= last; position--) {
    const event = store.at(position)?.event;
    if (event === undefined) {
      continue;
    }
    if (endsTurn(event)) {
      return { durationMs, inputTokens, outputTokens, interrupted };
    }
    switch (event.type) {
      case 'session.status_running':
        if (event.processedAt !== undefined && spellEnd !== undefined && spellEnd >= event.processedAt) {
          durationMs = (durationMs ?? 0) + spellEnd - event.processedAt;
          // Said again without a pause between, the earlier one goes on from here.
          spellEnd = event.processedAt;
        }
        break;
      case 'session.status_idle':
      case 'session.status_rescheduled':
        spellEnd = event.processedAt;
        break;
      case 'user.interrupt':
        interrupted = true;
        break;
      case 'span.model_request_end': {
        const usage = asObject(field(event.body, 'model_usage'));
        inputTokens = sum(inputTokens, asNumber(field(usage, 'input_tokens')));
        outputTokens = sum(outputTokens, asNumber(field(usage, 'output_tokens')));
        break;
      }
      default:
        break;
    }
  }
  return last > store.first
    ? { durationMs: undefined, inputTokens: undefined, outputTokens: undefined, interrupted }
    : { durationMs, inputTokens, outputTokens, interrupted };
}

/** The key of the event that ends the turn in which a place lies, if it is near. */
export function turnEndBehind(store: EventStore, from: number): string | undefined {
  const stop = Math.min(store.end, from + TURN_REACH);
  for (let position = Math.max(from, store.first); position < stop; position++) {
    const stored = store.at(position);
    if (stored !== undefined && endsTurn(stored.event)) {
      return stored.key;
    }
  }
  return undefined;
}

function sum(total: number | undefined, more: number | undefined): number | undefined {
  return more === undefined ? total : (total ?? 0) + more;
}
