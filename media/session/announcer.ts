import type { Clock } from '../../src/util/clock.ts';
import type { Disposable } from '../../src/util/disposable.ts';
import { withHiddenMarked } from '../../src/util/hiddenCharacters.ts';

/** How long the region stays empty, so that the same words are heard again. */
const PAUSE_MS = 50;
/** For so long nothing new is said over what was said: while a run is busy, nothing would be heard to its end. */
const SAYING_MS = 1_000;
/** Of what happened meanwhile so many things are said, the latest ones. */
const MOST_AT_ONCE = 3;

/** Says single things to people who do not see the page, one after the other, and the same thing once at a time. */
export class Announcer {
  private readonly clock: Clock;
  private readonly show: (text: string) => void;
  private waiting: readonly string[] = [];
  private timer: Disposable | undefined;
  private saidAt = Number.NEGATIVE_INFINITY;

  /** `show` puts a text into the region that is read aloud; an empty one empties it. */
  constructor(clock: Clock, show: (text: string) => void) {
    this.clock = clock;
    this.show = show;
  }

  say(text: string): void {
    this.waiting = [...this.waiting.filter((other) => other !== text), text].slice(-MOST_AT_ONCE);
    if (this.timer === undefined) {
      const wait = Math.min(SAYING_MS, this.saidAt + SAYING_MS - this.clock.now());
      if (wait > 0) {
        this.timer = this.clock.after(wait, () => this.begin());
      } else {
        this.begin();
      }
    }
  }

  private begin(): void {
    this.show('');
    this.timer = this.clock.after(PAUSE_MS, () => {
      this.timer = undefined;
      this.saidAt = this.clock.now();
      this.show(this.waiting.map(withHiddenMarked).join('\n'));
      this.waiting = [];
    });
  }
}
