import type { TimelinePageMessage } from '../../../src/protocol/timelineMessages.ts';
import type { Clock } from '../../../src/util/clock.ts';
import type { Disposable } from '../../../src/util/disposable.ts';

type TimelineQuestion = Extract<TimelinePageMessage, { type: 'timelineView' }>;
type Asked = Omit<TimelineQuestion, 'type' | 'view'>;

/** A question that got no answer in this time counts for nothing, in milliseconds. */
const ANSWER_MS = 3_000;

/** Asks the host for what a window shows: one question at a time. */
export class TimelineQuestions {
  private readonly clock: Clock;
  private readonly post: (message: TimelineQuestion) => void;
  /** It may be time to ask. */
  private readonly changed: () => void;
  private view = 0;
  private deadline: Disposable | undefined;
  /** What was asked last; undefined where that counts no more. */
  asked: Asked | undefined;

  constructor(clock: Clock, post: (message: TimelineQuestion) => void, changed: () => void) {
    this.clock = clock;
    this.post = post;
    this.changed = changed;
  }

  get mayAsk(): boolean {
    return this.deadline === undefined;
  }

  ask(question: Asked): void {
    this.asked = question;
    this.post({ type: 'timelineView', view: ++this.view, ...question });
    this.deadline = this.clock.after(ANSWER_MS, () => {
      this.forget();
      this.changed();
    });
  }

  /** @returns whether this answers the last question, or tells what has changed since. */
  answered(view: number): boolean {
    if (view !== this.view || this.asked === undefined) {
      return false;
    }
    this.deadline?.dispose();
    this.deadline = undefined;
    return true;
  }

  /** What was asked counts no more. */
  forget(): void {
    this.asked = undefined;
    this.deadline?.dispose();
    this.deadline = undefined;
  }
}
