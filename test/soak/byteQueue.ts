/** Bytes from one side to another, as a connection brings them: in order, until it ends or breaks. */
export class ByteQueue implements AsyncIterable<Uint8Array> {
  private readonly encoder = new TextEncoder();
  private chunks: Uint8Array[] = [];
  private over: { readonly error: Error | undefined } | undefined;
  private wake: (() => void) | undefined;

  constructor(signal: AbortSignal) {
    signal.addEventListener('abort', () => this.end(), { once: true });
  }

  push(text: string): void {
    if (this.over === undefined) {
      this.chunks.push(this.encoder.encode(text));
      this.wake?.();
    }
  }

  end(): void {
    this.over ??= { error: undefined };
    this.wake?.();
  }

  fail(error: Error): void {
    this.over ??= { error };
    this.wake?.();
  }

  async *[Symbol.asyncIterator](): AsyncGenerator<Uint8Array> {
    for (;;) {
      const chunk = this.chunks.shift();
      if (chunk !== undefined) {
        yield chunk;
      } else if (this.over !== undefined) {
        if (this.over.error !== undefined) {
          throw this.over.error;
        }
        return;
      } else {
        await new Promise<void>((resolve) => {
          this.wake = resolve;
        });
      }
    }
  }
}
