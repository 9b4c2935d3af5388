import type { Writable } from 'node:stream';
import type { Disposable } from '../../util/disposable.ts';

/** Lines to a pipe, a file or a terminal, no faster than it takes them; silent once nobody reads any more. */
export class Output implements Disposable {
  private readonly stream: Writable;
  private readonly onClosed: () => void;
  private closed = false;
  private isFull = false;
  private waiting: (() => void)[] = [];

  /** @param onClosed nobody reads any more, as behind `| head`. */
  constructor(stream: Writable, onClosed: () => void) {
    this.stream = stream;
    this.onClosed = onClosed;
    stream.on('error', this.onError);
    stream.on('drain', this.onDrain);
  }

  write(line: string): void {
    if (!this.closed) {
      this.isFull = !this.stream.write(`${line}\n`);
    }
  }

  /** Resolves when there is room for more. Rejects with the signal's reason when that is aborted first. */
  async room(signal?: AbortSignal): Promise<void> {
    while (this.isFull && !this.closed) {
      signal?.throwIfAborted();
      await new Promise<void>((resolve) => {
        const go = () => {
          signal?.removeEventListener('abort', go);
          resolve();
        };
        this.waiting.push(go);
        signal?.addEventListener('abort', go);
      });
    }
    signal?.throwIfAborted();
  }

  dispose(): void {
    this.stream.off('drain', this.onDrain);
    // The listener for errors stays: what is still in the pipe may fail later, and nobody else would hear it.
    this.release();
  }

  private readonly onDrain = (): void => {
    this.isFull = false;
    this.release();
  };

  private readonly onError = (): void => {
    if (!this.closed) {
      this.closed = true;
      this.release();
      this.onClosed();
    }
  };

  private release(): void {
    for (const resolve of this.waiting.splice(0)) {
      resolve();
    }
  }
}
