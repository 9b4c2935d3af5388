type Piece = string | Uint8Array;

/** The body of an answer that is held open: what is pushed goes out, until the client leaves or it is ended. */
export class Held implements AsyncIterable<Piece> {
  private readonly waiting: Piece[] = [];
  private wake: (() => void) | undefined;
  private isEnded = false;
  private readonly onGone: () => void;

  constructor(onGone: () => void = () => undefined) {
    this.onGone = onGone;
  }

  push(piece: Piece): void {
    this.waiting.push(piece);
    this.wake?.();
  }

  end(): void {
    this.isEnded = true;
    this.wake?.();
  }

  async *[Symbol.asyncIterator](): AsyncGenerator<Piece> {
    try {
      for (;;) {
        yield* this.waiting.splice(0);
        if (this.isEnded) {
          return;
        }
        if (this.waiting.length === 0) {
          await new Promise<void>((resolve) => {
            this.wake = resolve;
          });
        }
      }
    } finally {
      this.onGone();
    }
  }
}
