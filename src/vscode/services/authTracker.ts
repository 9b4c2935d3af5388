import type { Connection } from '../../api/connection.ts';
import { DisposableStore } from '../../util/disposable.ts';
import { Emitter } from '../../util/emitter.ts';
import type { AuthState, AuthStates, Keys } from '../shell.ts';

/** Remembers, per connection and origin, what the last answers said about the key. The one place that knows. */
export class AuthTracker implements AuthStates {
  private readonly states = new Map<string, AuthState>();
  private readonly disposables = new DisposableStore();
  private readonly changed = this.disposables.add(new Emitter<Connection>());

  /** @param keys a changed key makes what was known of the old one void. */
  constructor(keys: Pick<Keys, 'onDidChange'>) {
    this.disposables.add(
      keys.onDidChange(({ connectionId, origin }) => this.states.delete(place({ id: connectionId, origin }))),
    );
  }

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
    this.disposables.dispose();
  }
}

function place(connection: Pick<Connection, 'id' | 'origin'>): string {
  return `${connection.id} ${connection.origin}`;
}
