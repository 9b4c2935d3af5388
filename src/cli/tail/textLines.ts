import type { SessionEvent } from '../../api/resources/event.ts';
import type { StoredEvent } from '../../stream/eventStore.ts';
import type { FeedState, FeedStatus, HistoryState } from '../../stream/feedState.ts';
import { visible } from '../../text/visible.ts';
import { assertNever } from '../../util/assertNever.ts';
import { eventSummary } from './eventSummary.ts';
import type { RowChange } from './rowReporter.ts';
import type { TailEnd } from './tailEnd.ts';
import type { TailLines } from './tailLines.ts';

export interface TextLinesOptions {
  readonly write: (line: string) => void;
  /** Where the states go, so that they do not mix with the events. */
  readonly writeState: (line: string) => void;
  /** Cuts credentials out of a text. */
  readonly redact: (text: string) => string;
  /** Milliseconds since the epoch. */
  readonly now: () => number;
}

const TYPE_WIDTH = 26;

/** A line for each event, with the time, the type and what it says in short. */
export class TextLines implements TailLines {
  private readonly options: TextLinesOptions;
  private last = '';

  constructor(options: TextLinesOptions) {
    this.options = options;
  }

  upsert({ event }: StoredEvent, _index: number, change: RowChange): void {
    const line = this.eventLine(event);
    // A place alone is nothing to read in a log, and neither is a copy that reads the same.
    if (change.kind === 'new' || (change.kind === 'updated' && line !== this.eventLine(change.before))) {
      this.options.write(line);
    }
  }

  remove({ event }: StoredEvent): void {
    this.options.write(`${this.eventLine(event)} (taken back: it came twice)`);
  }

  status({ state, history, unreadableFrames }: FeedStatus): void {
    const unreadable = unreadableFrames === 0 ? '' : `; frames that cannot be read: ${unreadableFrames}`;
    const words = `${stateWords(state, this.options.now())}${historyWords(state, history)}${unreadable}`;
    if (words !== this.last) {
      this.last = words;
      this.options.writeState(`-- ${words}`);
    }
  }

  end(count: number, reason: TailEnd): void {
    this.options.writeState(`-- end: ${reason}, events: ${count}`);
  }

  private eventLine(event: SessionEvent): string {
    const time =
      event.processedAt === undefined
        ? '-'.padEnd(20)
        : new Date(event.processedAt).toISOString().replace(/\.\d+Z$/, 'Z');
    const type = printable(event.type, 60).padEnd(TYPE_WIDTH);
    const summary = printable(this.options.redact(eventSummary(event)), 200);
    return this.options.redact(`${time}  ${type}  ${summary}`.trimEnd());
  }
}

/** Fit for a terminal: one line, and a control character is shown by its picture instead of being obeyed. */
function printable(text: string, limit: number): string {
  const pictured = text
    .slice(0, limit * 4)
    .replace(/[\t\n\r ]+/g, ' ')
    .replace(/[\u0000-\u001f]/g, (control) => String.fromCharCode(0x2400 + control.charCodeAt(0)))
    .replace(/\u007f/g, '\u2421')
    .replace(/[\u0080-\u009f]/g, (control) => `⟨${control.charCodeAt(0).toString(16).toUpperCase()}⟩`);
  return visible(pictured, limit);
}

function stateWords(state: FeedState, now: number): string {
  switch (state.kind) {
    case 'stopped':
      return 'stopped';
    case 'connecting':
      return 'connecting';
    case 'catchingUp':
      return 'connected, reading history';
    case 'live':
      return 'live';
    case 'polling':
      return `no stream here; history is read every ${state.everyMs / 1_000} s`;
    case 'reconnecting':
    case 'offline': {
      const seconds = Math.max(0, (state.nextTryAt - now) / 1_000).toFixed(1);
      const what = state.kind === 'offline' ? 'not reachable' : 'connection lost';
      return `${what} (${state.reason}); try ${state.attempt + 1} in ${seconds} s`;
    }
    case 'ended':
      return `ended (${state.why})`;
    default:
      return assertNever(state);
  }
}

function historyWords(state: FeedState, history: HistoryState): string {
  return history.kind === 'incomplete' && state.kind !== 'ended'
    ? `; history is incomplete (${history.reason})`
    : '';
}
