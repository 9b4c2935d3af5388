import { Emitter } from '../../src/util/emitter.ts';
import type { JsonProblem } from '../../src/util/scanJson.ts';

/** What the reader did to a row. It is the page's own and outlives the row's element. */
export interface RowUi {
  /** Undefined: as the row's kind has it. */
  readonly expanded?: boolean;
  /** The hash of the input whose end was on the screen. */
  readonly seenHash?: string;
  /** The hash of the input that was opened whole in the editor; the host has said that it is on the screen. */
  readonly openedHash?: string;
  /** The whole input is being opened. */
  readonly opening?: boolean;
  /** The hash of the input that the reader takes for the call's: the first one seen, or one confirmed since. */
  readonly readHash?: string;
  readonly denying?: boolean;
  /** A question about this row is under way. */
  readonly busy?: boolean;
  readonly error?: string | undefined;
  /** What is written in the row's form so far. */
  readonly formText?: string;
  readonly formIsError?: boolean;
  readonly formJson?: boolean;
  /** The tool has nothing to say. */
  readonly formEmpty?: boolean;
  /** Where the form's text stops being JSON; undefined until it was sent off once. */
  readonly formProblem?: JsonProblem | undefined;
}

const untouched: RowUi = {};

/** State by row key. Each change makes a new object, so that an unchanged row is known by identity. */
export class UiState {
  private readonly rows = new Map<string, RowUi>();
  private readonly changed = new Emitter<string>();

  /** Fires with the row's key. */
  readonly onDidChange = this.changed.event;

  of(key: string): RowUi {
    return this.rows.get(key) ?? untouched;
  }

  change(key: string, part: RowUi): void {
    this.rows.set(key, { ...this.of(key), ...part });
    this.changed.fire(key);
  }

  /** After a fresh start the answers to old questions will not come. */
  forgetQuestions(): void {
    for (const [key, row] of this.rows) {
      if (row.busy === true || row.opening === true) {
        this.rows.set(key, { ...row, busy: false, opening: false });
      }
    }
  }

  /** All rows that the reader did something to, in the order of the first time. */
  get entries(): Iterable<readonly [key: string, ui: RowUi]> {
    return this.rows;
  }
}
