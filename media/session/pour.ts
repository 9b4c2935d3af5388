import type { Clock } from '../../src/util/clock.ts';
import type { Disposable } from '../../src/util/disposable.ts';

/** So many new rows between two drawings, again and again, are more than anybody reads. */
const MANY_ROWS = 3;
/** A pour is over when this long, in milliseconds, nothing like it came. */
const CALM_MS = 150;

/**
 * Notices when rows pour in at the end faster than they can be read. Such rows leave the screen before anybody
 * could point at them: what is only for that, and what lies around the screen, is drawn when it is calm again.
 */
export class Pour {
  private readonly clock: Clock;
  private readonly over: () => void;
  private end: number | undefined;
  private calm: Disposable | undefined;

  /** `over` is called when it is calm again. */
  constructor(clock: Clock, over: () => void) {
    this.clock = clock;
    this.over = over;
  }

  /** Before each drawing: where the rows end, and whether the reader follows that end. True while it pours. */
  note(end: number, isFollowing: boolean): boolean {
    const isMany = this.end !== undefined && end - this.end >= MANY_ROWS;
    this.end = end;
    if (!isFollowing) {
      this.stop();
    } else if (isMany) {
      this.stop();
      this.calm = this.clock.after(CALM_MS, () => {
        this.calm = undefined;
        this.over();
      });
    }
    return this.calm !== undefined;
  }

  private stop(): void {
    this.calm?.dispose();
    this.calm = undefined;
  }
}
