import type { Row, ToolRow } from '../../src/transcript/row.ts';
import type { RowUi } from './uiState.ts';

/** What still has to happen before a call may be allowed. */
export type Missing =
  | 'incomplete' // its input cannot be shown exactly, here or in an editor
  | 'unopened' // the page has only its beginning, and the whole was not opened yet
  | 'changed' // the input is another than the one that was first read
  | 'unseen'; // its end was not on the screen yet

/** Whether the whole of exactly this input was on the screen, and if not, what is missing. */
export function missingForAllow(row: ToolRow, ui: RowUi): Missing | undefined {
  if (!row.inputComplete) {
    return 'incomplete';
  }
  if (row.inputTotal > row.inputJson.length && ui.openedHash !== row.inputHash) {
    return 'unopened';
  }
  if (hasInputChanged(row, ui)) {
    return 'changed';
  }
  return ui.seenHash === row.inputHash ? undefined : 'unseen';
}

/** True where another input of this call was read before. Only the reader can say that the new one is read, too. */
export function hasInputChanged(row: ToolRow, ui: RowUi): boolean {
  return ui.readHash !== undefined && ui.readHash !== row.inputHash;
}

/** Whether a row waits for the user. */
export function isWaiting(row: Row | undefined): row is ToolRow {
  return row?.kind === 'tool' && (row.status === 'needsApproval' || row.status === 'needsResult');
}

/** The calls that wait, as the bar above the composer tells of them. */
export interface Waiting {
  readonly count: number;
  /** Calls that ask to be allowed, as far as the page holds them. */
  readonly askable: number;
  /** Those of them whose whole input was on the screen. */
  readonly seen: readonly ToolRow[];
  /** An answer is on its way. */
  readonly busy: boolean;
  readonly error: string | undefined;
}
