import type { LogPageMessage, LogPlace } from '../../../src/protocol/logMessages.ts';
import type { Clock } from '../../../src/util/clock.ts';
import type { Disposable } from '../../../src/util/disposable.ts';

export type LogQuestion = Extract<LogPageMessage, { type: 'logView' }>;

/** Between two questions, in milliseconds. */
const ASK_MS = 50;
/** A question that got no answer in this time counts for nothing. */
const ANSWER_MS = 2_000;

/** Asks the host for rows: one question at a time, and not too many of them. */
export class LogQuestions {
  private readonly clock: Clock;
  private readonly post: (message: LogQuestion) => void;
  /** It may be time to ask. */
  private readonly changed: () => void;
  private view = 0;
  private isAsking = false;
  private pause: Disposable | undefined;
  private deadline: Disposable | undefined;
  /** The place that was asked for last; undefined where the next question cannot wait. */
  place: LogPlace | undefined;

  constructor(clock: Clock, post: (message: LogQuestion) => void, changed: () => void) {
    this.clock = clock;
    this.post = post;
    this.changed = changed;
  }

  get mayAsk(): boolean {
    return !this.isAsking && this.pause === undefined;
  }

  /** The number of the next question. */
  get next(): number {
    return this.view + 1;
  }

  ask(question: Omit<LogQuestion, 'type' | 'view'>): void {
    this.view++;
    this.place = question.place;
    this.isAsking = true;
    this.post({ type: 'logView', view: this.view, ...question });
    this.pause = this.clock.after(ASK_MS, () => {
      this.pause = undefined;
      this.changed();
    });
    this.deadline?.dispose();
    this.deadline = this.clock.after(ANSWER_MS, () => {
      this.forget();
      this.changed();
    });
  }

  /** @returns whether this answers the last question. */
  answered(view: number): boolean {
    if (view !== this.view) {
      return false;
    }
    this.isAsking = false;
    this.deadline?.dispose();
    this.deadline = undefined;
    return true;
  }

  /** What was asked counts no more. */
  forget(): void {
    this.place = undefined;
    this.isAsking = false;
    this.deadline?.dispose();
    this.deadline = undefined;
  }
}
