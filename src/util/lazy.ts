import type { Disposable } from './disposable.ts';

/**
 * Something that is built when it is first asked for, and then kept: most often from code that is loaded then.
 * A build that failed is tried again by whoever asks next.
 */
export class Lazy<T extends Disposable> implements Disposable {
  private readonly build: () => Promise<T>;
  private value: T | undefined;
  private building: Promise<T> | undefined;
  private isDisposed = false;

  constructor(build: () => Promise<T>) {
    this.build = build;
  }

  /** What was built, for those who have nothing to ask of something that does not exist. */
  get built(): T | undefined {
    return this.value;
  }

  /** Rejects with what the build failed with. */
  get(): Promise<T> {
    if (this.building === undefined) {
      this.building = this.make();
      this.building.catch(() => (this.building = undefined));
    }
    return this.building;
  }

  dispose(): void {
    this.isDisposed = true;
    this.value?.dispose();
  }

  private async make(): Promise<T> {
    const value = await this.build();
    if (this.isDisposed) {
      value.dispose(); // its owner ended while it was being built
    } else {
      this.value = value;
    }
    return value;
  }
}
