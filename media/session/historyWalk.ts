/** An earlier message of the user's, by the key that the host knows it by. */
export interface Recalled {
  readonly key: string;
  readonly text: string;
}

interface Step {
  /** Null for the draft. */
  readonly key: string | null;
  /** As it was recalled. */
  readonly text: string;
  /** As it was left: what is changed on the way is found again. */
  left: string;
}

/**
 * The way through earlier messages and back to the draft, as a shell has it. Nothing that was written on the way is
 * lost before a message is sent, and the draft not even then.
 */
export class HistoryWalk {
  private readonly older: (from: string | null) => Promise<Recalled | null>;
  private steps: Step[] = [];
  private at = 0;
  private isAsking = false;

  /** @param older finds the message before one, or the newest. */
  constructor(older: (from: string | null) => Promise<Recalled | null>) {
    this.older = older;
  }

  /** Whether something else than the draft is in the field. */
  get isAway(): boolean {
    return !this.isAtDraft;
  }

  get isAtDraft(): boolean {
    return this.at === 0;
  }

  /** Whether the text is just as it was recalled. */
  isUntouched(text: string): boolean {
    return this.isAway && this.steps[this.at]?.text === text;
  }

  /**
   * The text of the message before the present one; undefined where there is none, or where the field has changed
   * while it was looked for.
   */
  async back(read: () => string): Promise<string | undefined> {
    const before = read();
    const present = this.leave(before);
    const known = this.steps[this.at + 1];
    if (known !== undefined) {
      this.at += 1;
      return known.left;
    }
    if (this.isAsking) {
      return undefined;
    }
    this.isAsking = true;
    const found = await this.older(present.key).finally(() => {
      this.isAsking = false;
    });
    if (found === null || read() !== before || this.steps[this.at] !== present) {
      return undefined;
    }
    this.steps.push({ key: found.key, text: found.text, left: found.text });
    this.at += 1;
    return found.text;
  }

  /** The text of the message behind the present one, and at the end the draft; undefined at the draft. */
  forward(present: string): string | undefined {
    if (!this.isAway) {
      return undefined;
    }
    this.leave(present);
    this.at -= 1;
    return this.steps[this.at]?.left;
  }

  /** The present text was sent: the walk is over. @returns the draft that was left behind. */
  sent(): string {
    const draft = this.isAway ? (this.steps[0]?.left ?? '') : '';
    this.steps = [];
    this.at = 0;
    return draft;
  }

  /** What should outlive the page: the draft, and before it what was made of an earlier message. */
  worthKeeping(present: string): string {
    const draft = this.steps[0]?.left ?? '';
    if (!this.isAway) {
      return present;
    }
    return this.isUntouched(present) ? draft : [present, draft].filter((text) => text !== '').join('\n\n');
  }

  private leave(text: string): Step {
    const present = this.steps[this.at] ?? { key: null, text, left: text };
    present.left = text;
    this.steps[this.at] = present;
    return present;
  }
}
