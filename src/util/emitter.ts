import { type Disposable, toDisposable } from './disposable.ts';

/** Subscribes a listener; disposing the answer unsubscribes it. Same shape as the editor's own events. */
export type Event<T> = (listener: (value: T) => void) => Disposable;

/** The firing side of an {@link Event}. A listener that throws does not stop the ones after it. */
export class Emitter<T> implements Disposable {
  private readonly listeners = new Set<{ readonly call: (value: T) => void }>();
  private readonly onFailure: (error: unknown) => void;

  constructor(onFailure: (error: unknown) => void = rethrowLater) {
    this.onFailure = onFailure;
  }

  readonly event: Event<T> = (listener) => {
    const entry = { call: listener };
    this.listeners.add(entry);
    return toDisposable(() => this.listeners.delete(entry));
  };

  get listenerCount(): number {
    return this.listeners.size;
  }

  fire(value: T): void {
    for (const listener of [...this.listeners]) {
      try {
        listener.call(value);
      } catch (error) {
        this.onFailure(error);
      }
    }
  }

  dispose(): void {
    this.listeners.clear();
  }
}

/** A listener's bug belongs to the listener: it surfaces as an unhandled error, not in the firing code. */
function rethrowLater(error: unknown): void {
  queueMicrotask(() => {
    throw error;
  });
}
