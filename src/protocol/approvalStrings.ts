import type { JsonFault } from '../util/scanJson.ts';

/** What the page says about calls that wait for the user. */
export interface ApprovalStrings {
  readonly place: string; // "{index} of {count} waiting"
  readonly label: string; // "{what}, {index} of {count} waiting"
  /** What a row is called for those who hear the page. */
  readonly asksFor: string; // "The agent asks to use {tool}"
  readonly waitsFor: string; // "The agent waits for the result of {tool}"
  readonly waitingOne: string;
  readonly waitingMany: string; // "{count} calls wait for you"
  readonly show: string;
  readonly allowSeen: string; // "Allow {count}"
  readonly allowSeenLabel: string; // "Allow {count}: the calls whose whole input you have seen"
  readonly allowAll: string;
  readonly unseenAll: string;
  readonly unseenSome: string; // "{count} not read to the end yet"
  readonly cut: string; // "Only the beginning is shown here: {shown} of {total} characters."
  readonly openWhole: string;
  readonly opening: string;
  readonly openedWhole: string;
  readonly cutHint: string;
  readonly changed: string;
  readonly changedRead: string;
  readonly changedHint: string;
  readonly changedAnswerHint: string;
  readonly stopping: string;
  readonly interruptMeaning: string;
  readonly form: string; // accessible name of the choice between text and JSON
  readonly asText: string;
  readonly asJson: string;
  readonly noOutput: string;
  readonly emptyHint: string;
  readonly jsonProblem: string; // "Line {line}, column {column}: {fault}"
  readonly jsonFault: Readonly<Record<JsonFault, string>>;
  readonly goThere: string;
  readonly done: {
    readonly allowed: string;
    readonly allowedMany: string; // "{count} calls allowed"
    readonly denied: string;
    readonly answered: string;
    readonly leftOne: string;
    readonly leftMany: string; // "{count} more calls wait for you"
  };
}
