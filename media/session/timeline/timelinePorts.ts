import type { TimelinePageMessage, TimelineWindow } from '../../../src/protocol/timelineMessages.ts';
import { MIN_TIMELINE_MS } from '../../../src/protocol/timelineMessages.ts';
import type { SessionHeader } from '../../../src/protocol/messages.ts';
import type { LogPorts } from '../log/logPorts.ts';

/** What the timeline works with on the page. */
export interface TimelinePorts extends Pick<
  LogPorts,
  'root' | 'clock' | 'ask' | 'announce' | 'changed' | 'keep' | 'focusComposer'
> {
  readonly post: (message: TimelinePageMessage) => void;
  readonly header: () => SessionHeader | undefined;
  /** Shows an event in the event log, by its name. */
  readonly showInLog: (name: string) => void;
}

/** What is kept of the timeline over a reload. */
export interface KeptTimeline {
  readonly window: TimelineWindow;
  readonly isTable: boolean;
}

export const wholeTimeline: KeptTimeline = { window: { at: 'all' }, isTable: false };

/** What was kept, read back; it may be from another version. */
export function readTimeline(value: unknown): KeptTimeline {
  const kept = fieldsOf(value);
  const { at, from, to, length } = fieldsOf(kept['window']);
  const isTable = kept['isTable'] === true;
  if (at === 'end' && isNumber(length) && length >= MIN_TIMELINE_MS) {
    return { window: { at, length }, isTable };
  }
  return at === 'range' && isNumber(from) && isNumber(to) && to - from >= MIN_TIMELINE_MS
    ? { window: { at, from, to }, isTable }
    : { ...wholeTimeline, isTable };
}

function fieldsOf(value: unknown): Readonly<Record<string, unknown>> {
  return typeof value === 'object' && value !== null ? { ...value } : {};
}

function isNumber(value: unknown): value is number {
  return Number.isFinite(value);
}
