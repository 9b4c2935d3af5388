import type { Connection } from '../../api/connection.ts';
import { Emitter } from '../../util/emitter.ts';

/** Which sessions wait for the user, as far as somebody has looked: the server's own list does not say it. */
export class WaitingSessions {
  private readonly counts = new Map<string, number>();
  private readonly changed = new Emitter<{ readonly connectionId: string; readonly sessionId: string }>();

  readonly onDidChange = this.changed.event;

  /** How many calls of a session wait; 0 where none does, or nobody knows. */
  count(connection: Connection, sessionId: string): number {
    return this.counts.get(keyOf(connection, sessionId)) ?? 0;
  }

  set(connection: Connection, sessionId: string, count: number): void {
    const key = keyOf(connection, sessionId);
    if (count === (this.counts.get(key) ?? 0)) {
      return;
    }
    if (count === 0) {
      this.counts.delete(key);
    } else {
      this.counts.set(key, count);
    }
    this.changed.fire({ connectionId: connection.id, sessionId });
  }
}

function keyOf({ id, origin, prefix }: Connection, sessionId: string): string {
  return JSON.stringify([id, origin, prefix, sessionId]);
}
