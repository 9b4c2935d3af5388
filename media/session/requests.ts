import type { Outcome, PageMessage } from '../../src/protocol/messages.ts';
import type { Clock } from '../../src/util/clock.ts';
import type { Disposable } from '../../src/util/disposable.ts';

/** After this long without an answer a request counts as unclear. */
export const ANSWER_TIMEOUT_MS = 45_000;
/** The code of an outcome that never came: the host may or may not have acted. */
export const NO_ANSWER = 'noAnswer';

interface Pending {
  readonly settle: (outcome: Outcome) => void;
  readonly timer: Disposable;
}

/** Questions to the host that end in an outcome. Every one of them ends, at the latest by the clock. */
export class Requests {
  private readonly post: (message: PageMessage) => void;
  private readonly clock: Clock;
  private readonly pending = new Map<number, Pending>();
  private lastId = 0;

  constructor(post: (message: PageMessage) => void, clock: Clock) {
    this.post = post;
    this.clock = clock;
  }

  nextId(): number {
    this.lastId += 1;
    return this.lastId;
  }

  ask(build: (id: number) => PageMessage): Promise<Outcome> {
    const id = this.nextId();
    return new Promise((resolve) => {
      const timer = this.clock.after(ANSWER_TIMEOUT_MS, () => {
        this.settle(id, { ok: false, code: NO_ANSWER, message: '' });
      });
      this.pending.set(id, { settle: resolve, timer });
      this.post(build(id));
    });
  }

  /** An outcome nobody waits for any more is dropped. */
  settle(id: number, outcome: Outcome): void {
    const pending = this.pending.get(id);
    this.pending.delete(id);
    pending?.timer.dispose();
    pending?.settle(outcome);
  }
}
