import { type LogKind, logKinds } from '../../../src/protocol/logMessages.ts';
import type { Clock } from '../../../src/util/clock.ts';
import type { Disposable } from '../../../src/util/disposable.ts';

/** What is typed counts after a pause, in milliseconds. */
const TYPING_MS = 150;

/** Which events the reader wants to see. */
export class LogFilterState {
  private readonly clock: Clock;
  private readonly changed: () => void;
  private typing: Disposable | undefined;
  /** Empty: all. */
  kinds: readonly LogKind[] = [];
  text = '';
  /** What stands in the field, which counts after a pause. */
  typed = '';

  /** @param changed another filter counts from now on. */
  constructor(clock: Clock, changed: () => void) {
    this.clock = clock;
    this.changed = changed;
  }

  get isOn(): boolean {
    return this.kinds.length > 0 || this.text !== '';
  }

  toggle(kind: LogKind): void {
    const isChosen = this.kinds.includes(kind);
    this.set(
      logKinds.filter((each) => (each === kind ? !isChosen : this.kinds.includes(each))),
      this.text,
    );
  }

  allKinds(): void {
    this.set([], this.text);
  }

  clear(): void {
    this.typed = '';
    this.set([], '');
  }

  type(text: string): void {
    this.typed = text;
    this.typing?.dispose();
    this.typing = this.clock.after(TYPING_MS, () => this.set(this.kinds, text.trim()));
  }

  private set(kinds: readonly LogKind[], text: string): void {
    this.typing?.dispose();
    if (text !== this.text || kinds.join() !== this.kinds.join()) {
      this.kinds = kinds;
      this.text = text;
      this.changed();
    }
  }
}
