/** Something that holds a resource until it is told to let go. Same shape as the editor's own type. */
export interface Disposable {
  dispose(): void;
}

export function toDisposable(release: () => void): Disposable {
  let done = false;
  return {
    dispose() {
      if (!done) {
        done = true;
        release();
      }
    },
  };
}

/**
 * Owns a set of disposables and releases them together, newest first.
 * One that throws does not keep the others alive; one added too late is released at once.
 */
export class DisposableStore implements Disposable {
  private items: Disposable[] = [];
  private released = false;

  get isDisposed(): boolean {
    return this.released;
  }

  add<T extends Disposable>(item: T): T {
    if (this.released) {
      item.dispose();
    } else {
      this.items.push(item);
    }
    return item;
  }

  dispose(): void {
    if (this.released) {
      return;
    }
    this.released = true;
    const failures: unknown[] = [];
    for (const item of this.items.reverse()) {
      try {
        item.dispose();
      } catch (error) {
        failures.push(error);
      }
    }
    this.items = [];
    if (failures.length > 0) {
      throw new AggregateError(failures, 'Some resources could not be released');
    }
  }
}
