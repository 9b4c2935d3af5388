import { type LogKind, logKinds, type LogPageMessage } from '../../../src/protocol/logMessages.ts';
import type { Outcome } from '../../../src/protocol/messages.ts';
import type { Clock } from '../../../src/util/clock.ts';
import { isJsonObject } from '../../../src/util/json.ts';

/** What the event log works with on the page. */
export interface LogPorts {
  readonly root: HTMLElement;
  readonly clock: Clock;
  readonly post: (message: LogPageMessage) => void;
  readonly nextId: () => number;
  readonly ask: (build: (id: number) => LogPageMessage) => Promise<Outcome>;
  readonly announce: (text: string) => void;
  /** Something is to be drawn anew. */
  readonly changed: () => void;
  /** Something that is kept over a reload has changed. */
  readonly keep: () => void;
  readonly focusComposer: () => void;
}

/** What is kept of the log over a reload. */
export interface KeptLog {
  /** Name of the event at the upper edge of the view. */
  readonly anchor: string | null;
  readonly atEnd: boolean;
  readonly kinds: readonly LogKind[];
}

export const logAtEnd: KeptLog = { anchor: null, atEnd: true, kinds: [] };

/** What was kept, read back; it may be from another version. */
export function readLog(value: unknown): KeptLog {
  if (!isJsonObject(value)) {
    return logAtEnd;
  }
  const { anchor, atEnd, kinds } = value;
  return {
    anchor: typeof anchor === 'string' ? anchor : null,
    atEnd: atEnd !== false,
    kinds: logKinds.filter((kind) => Array.isArray(kinds) && kinds.includes(kind)),
  };
}
