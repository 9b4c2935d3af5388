import type { SessionEvent } from '../api/resources/event.ts';
import type { EventStore, StoredEvent } from '../stream/eventStore.ts';

/** The last event of a kind in a session's order, kept up as events come and go. */
export class Latest {
  private readonly store: EventStore;
  private readonly isOne: (event: SessionEvent) => boolean;
  private held: StoredEvent | undefined;

  constructor(store: EventStore, isOne: (event: SessionEvent) => boolean) {
    this.store = store;
    this.isOne = isOne;
  }

  get current(): StoredEvent | undefined {
    return this.held;
  }

  /** Whether the latest of the kind stands behind an event. */
  covers(stored: StoredEvent): boolean {
    return this.held !== undefined && this.held.position > stored.position;
  }

  entered(stored: StoredEvent): void {
    if (this.isOne(stored.event) && !this.covers(stored)) {
      this.held = stored;
    }
  }

  /** The event went away, or is no longer what it was. The one before it is looked for. */
  left(stored: StoredEvent): void {
    if (this.held !== stored) {
      return;
    }
    this.held = undefined;
    for (let position = this.store.end - 1; position >= this.store.first; position--) {
      const other = this.store.at(position);
      if (other !== undefined && this.isOne(other.event)) {
        this.held = other;
        return;
      }
    }
  }

  /** The store let go of its oldest events; there is none before one of those. */
  trimmed(): void {
    if (this.held !== undefined && this.held.position < this.store.first) {
      this.held = undefined;
    }
  }
}
