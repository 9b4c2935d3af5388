import type { EventStore, StoredEvent } from '../stream/eventStore.ts';
import { Answers } from './answers.ts';
import { confirmationOf, isToolUse, resultOf } from './eventFacts.ts';
import { callOf } from './toolCall.ts';

/**
 * Pairs tool calls with their results and with the decisions about them. Both name the call by the id of its
 * event; some servers name it by the id that the model gave it, which counts where no event has that id.
 */
export class CallAnswers {
  private readonly store: Pick<EventStore, 'get'>;
  private readonly results = new Answers();
  private readonly confirmations = new Answers();
  /** Calls by the model's id. */
  private readonly byModelId = new Answers();

  constructor(store: Pick<EventStore, 'get'>) {
    this.store = store;
  }

  /** The key of the call that an id names; the id itself where no such call is held. */
  keyOf(id: string): string {
    const named = this.store.get(id);
    return named !== undefined && isToolUse(named.event) ? id : (this.byModelId.get(id)?.key ?? id);
  }

  /** Whether an id names a call that is held. */
  isHeld(id: string): boolean {
    const call = this.store.get(this.keyOf(id));
    return call !== undefined && isToolUse(call.event);
  }

  result(callKey: string): StoredEvent | undefined {
    return this.latest(this.results, callKey);
  }

  confirmation(callKey: string): StoredEvent | undefined {
    return this.latest(this.confirmations, callKey);
  }

  /** The answers that name a call by one id. */
  answersTo(id: string): readonly StoredEvent[] {
    return [...this.results.all(id), ...this.confirmations.all(id)];
  }

  /** Takes what an event says. @returns the ids of the calls that may read differently now. */
  entered(stored: StoredEvent): readonly string[] {
    return this.note(stored, stored.event, (answers, id) => answers.add(id, stored));
  }

  /** Takes it back: what it said while it was `before`. */
  left(stored: StoredEvent, before: StoredEvent['event']): readonly string[] {
    return this.note(stored, before, (answers, id) => answers.remove(id, stored));
  }

  private note(
    stored: StoredEvent,
    event: StoredEvent['event'],
    change: (answers: Answers, id: string) => void,
  ): readonly string[] {
    const ids: string[] = [];
    const take = (answers: Answers, id: string | undefined) => {
      if (id !== undefined) {
        change(answers, id);
        ids.push(id);
      }
    };
    if (isToolUse(event)) {
      const modelId = modelIdOf(stored, event);
      if (modelId !== undefined) {
        take(this.byModelId, modelId);
        // Should two calls have one id, the last has the answers, and the other loses them.
        ids.push(stored.key, ...this.byModelId.all(modelId).map(({ key }) => key));
      }
    } else {
      take(this.results, resultOf(event));
      take(this.confirmations, confirmationOf(event));
    }
    return ids;
  }

  private latest(answers: Answers, callKey: string): StoredEvent | undefined {
    const own = answers.get(callKey);
    const call = this.store.get(callKey);
    const modelId = call === undefined ? undefined : modelIdOf(call, call.event);
    const other = modelId === undefined || this.keyOf(modelId) !== callKey ? undefined : answers.get(modelId);
    return own === undefined || (other !== undefined && other.position > own.position) ? other : own;
  }
}

/** The model's id of a call, where it is another than that of its event. */
export function modelIdOf(stored: StoredEvent, event: StoredEvent['event']): string | undefined {
  const { modelId } = callOf(event);
  return modelId === stored.key ? undefined : modelId;
}
