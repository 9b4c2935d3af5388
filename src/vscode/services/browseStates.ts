import type { Memento } from 'vscode';
import type { Connection } from '../../api/connection.ts';
import { type BrowseState, readBrowseState } from '../../browse/browseState.ts';
import type { Refusals } from '../../browse/filteredSessions.ts';
import { asArray, asText } from '../../util/json.ts';
import { Emitter, type Event } from '../../util/emitter.ts';

/** How the lists of one connection are looked at, for those who know only that one. */
export interface ConnectionBrowse {
  readonly state: BrowseState;
  readonly refusals: Refusals;
  change(change: Partial<BrowseState>): void;
}

interface BrowseChange {
  readonly connection: Connection;
  readonly before: BrowseState;
  readonly now: BrowseState;
}

/**
 * How the lists of each connection are looked at: filters, grouping, order and pins. Kept for all windows, but
 * for a connection that ends with this one.
 */
export class BrowseStates {
  private readonly memory: Pick<Memento, 'get' | 'update'>;
  private readonly isFleeting: (connection: Connection) => boolean;
  private readonly states = new Map<string, BrowseState>();
  private readonly refused = new Map<string, ReadonlySet<string>>();
  private readonly changed = new Emitter<BrowseChange>();
  readonly onDidChange: Event<BrowseChange> = this.changed.event;

  constructor(memory: Pick<Memento, 'get' | 'update'>, isFleeting: (connection: Connection) => boolean) {
    this.memory = memory;
    this.isFleeting = isFleeting;
  }

  of(connection: Connection): BrowseState {
    const key = stateKey(connection);
    let state = this.states.get(key);
    if (state === undefined) {
      state = readBrowseState(this.isFleeting(connection) ? undefined : this.memory.get(key));
      this.states.set(key, state);
    }
    return state;
  }

  change(connection: Connection, change: Partial<BrowseState>): void {
    const before = this.of(connection);
    const now = { ...before, ...change };
    if (JSON.stringify(now) === JSON.stringify(before)) {
      return;
    }
    this.states.set(stateKey(connection), now);
    if (!this.isFleeting(connection)) {
      void this.memory.update(stateKey(connection), now);
    }
    this.changed.fire({ connection, before, now });
  }

  /** Which parts of a filter a server refuses. A server is its address. */
  refusals(connection: Connection): Refusals {
    const key = `refusedFilters:${connection.origin}${connection.prefix}`;
    const known = () => {
      const kept = this.refused.get(key);
      return kept ?? new Set(asArray(this.memory.get(key)).flatMap((part) => asText(part) ?? []));
    };
    return {
      has: (part) => known().has(part),
      add: (part) => {
        const parts = new Set([...known(), part]);
        this.refused.set(key, parts);
        if (!this.isFleeting(connection)) {
          void this.memory.update(key, [...parts]);
        }
      },
    };
  }

  /** The same, for one connection. */
  for(connection: Connection): ConnectionBrowse {
    const stateOf = () => this.of(connection);
    return {
      get state() {
        return stateOf();
      },
      refusals: this.refusals(connection),
      change: (change) => this.change(connection, change),
    };
  }

  /** What was kept has been deleted: everything is as if it had never been. */
  forget(): void {
    this.states.clear();
    this.refused.clear();
  }

  dispose(): void {
    this.changed.dispose();
  }
}

function stateKey({ id }: Connection): string {
  return `browse:${id}`;
}
