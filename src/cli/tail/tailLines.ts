import type { FeedStatus } from '../../stream/feedState.ts';
import type { RowSink } from './rowReporter.ts';
import type { TailEnd } from './tailEnd.ts';

/** What a tail says, in one form or another. */
export interface TailLines extends RowSink {
  status(status: FeedStatus): void;
  /** The last line. @param count rows of the session. */
  end(count: number, reason: TailEnd): void;
}
