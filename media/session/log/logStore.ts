import type { LogHostMessage, LogRange, LogRow } from '../../../src/protocol/logMessages.ts';

type RowsMessage = Extract<LogHostMessage, { type: 'logRows' }>;

/** The part of the log that the page holds. */
export interface LogSlice {
  readonly range: LogRange;
  readonly from: number;
  readonly rows: readonly LogRow[];
  readonly before: number | null;
  readonly counts: readonly number[];
  readonly selected: RowsMessage['selected'];
}

/** What the host told of the log. Holds the rows of one window and no others. */
export class LogStore {
  private rows = new Map<string, LogRow>();
  /** Windows that were made before this view was asked for belong to another filter. */
  private since = 0;
  slice: LogSlice | undefined;
  total: number | undefined;

  /** Another filter, from this view on. */
  forget(since: number): void {
    this.since = since;
    this.slice = undefined;
  }

  /** @returns false where the window belongs to another filter; its rows are taken all the same. */
  apply(message: RowsMessage): boolean {
    const fresh = new Map(message.rows.map((row) => [row.name, row]));
    const rows = message.names.flatMap((name) => fresh.get(name) ?? this.rows.get(name) ?? []);
    this.rows = new Map(rows.map((row) => [row.name, row]));
    this.total = message.total;
    if (message.view < this.since) {
      return false;
    }
    const { range, from, before, counts, selected } = message;
    this.slice = { range, from, rows, before, counts, selected };
    return true;
  }

  rowAt(position: number): LogRow | undefined {
    return this.slice?.rows[position - this.slice.from];
  }

  positionOf(name: string): number | undefined {
    const index = this.slice?.rows.findIndex((row) => row.name === name) ?? -1;
    return this.slice === undefined || index < 0 ? undefined : this.slice.from + index;
  }
}
