type Piece = string | Uint8Array;

/** The body of an answer that is held open: what is pushed goes out, until the client leaves or it is ended. */
export class Held implements AsyncIterable<Piece> {
  private readonly waiting: Piece[] = [];
  private wake: (() => void) | undefined;
  private isOver = false;
  private readonly onGone: () => void;

  constructor(onGone: () => void) {
    this.onGone = onGone;
  }

  push(piece: Piece): void {
    this.waiting.push(piece);
    this.wake?.();
  }

  [Symbol.asyncIterator](): AsyncIterator<Piece, undefined> {
    return {
      next: async () => {
        while (this.waiting.length === 0 && !this.isOver) {
          await new Promise<void>((resolve) => {
            this.wake = resolve;
          });
        }
        const value = this.waiting.shift();
        return value === undefined ? { done: true, value } : { done: false, value };
      },
      return: async () => {
        this.isOver = true;
        this.wake?.();
        this.onGone();
        return { done: true, value: undefined };
      },
    };
  }
}
