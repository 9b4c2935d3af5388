import type { Connection } from '../../api/connection.ts';
import { Emitter } from '../../util/emitter.ts';
import type { AuthState, AuthStates } from '../shell.ts';

/** Remembers, per connection and origin, what the last answers said about the key. The one place that knows. */
export class AuthTracker implements AuthStates {
  private readonly states = new Map<string, AuthState>();
  private readonly changed = new Emitter<Connection>();

  get onDidChange() {
    return this.changed.event;
  }

  of(connection: Connection): AuthState {
    return this.states.get(place(connection)) ?? 'unknown';
  }

  report(connection: Connection, state: AuthState): void {
    if (this.of(connection) !== state) {
      this.states.set(place(connection), state);
      this.changed.fire(connection);
    }
  }

  dispose(): void {
    this.changed.dispose();
  }
}

function place(connection: Connection): string {
  return `${connection.id} ${connection.origin}`;
}
