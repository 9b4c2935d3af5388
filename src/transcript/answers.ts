import type { StoredEvent } from '../stream/eventStore.ts';

/** Answers to tool calls by the call's id. Of several to one call, the last in the session's order counts. */
export class Answers {
  /** In the order of the session; nearly always a single one. */
  private readonly byCall = new Map<string, StoredEvent[]>();

  get(callId: string): StoredEvent | undefined {
    return this.byCall.get(callId)?.at(-1);
  }

  all(callId: string): readonly StoredEvent[] {
    return this.byCall.get(callId) ?? [];
  }

  add(callId: string, answer: StoredEvent): void {
    const answers = this.byCall.get(callId);
    if (answers === undefined) {
      this.byCall.set(callId, [answer]);
      return;
    }
    const behind = answers.findLastIndex(({ position }) => position < answer.position);
    answers.splice(behind + 1, 0, answer);
  }

  remove(callId: string, answer: StoredEvent): void {
    const answers = this.byCall.get(callId) ?? [];
    const index = answers.indexOf(answer);
    if (index !== -1) {
      answers.splice(index, 1);
    }
    if (answers.length === 0) {
      this.byCall.delete(callId);
    }
  }
}
