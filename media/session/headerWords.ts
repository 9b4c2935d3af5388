import type { SessionHeader } from '../../src/protocol/messages.ts';
import { fill } from './fill.ts';
import type { PageContext } from './view/context.ts';

/** What the session does, in words: "Running for 12s". */
export function activityText(header: SessionHeader, now: number, context: PageContext): string {
  const { strings, format } = context;
  const { activity, failed, runningSince, statusText } = header;
  const running = activity === 'running' && runningSince !== null ? wholeSeconds(now - runningSince) : 0;
  if (running > 0) {
    return fill(strings.runningFor, { duration: format.duration(running) });
  }
  return failed ? strings.header.failed : (statusText ?? strings.activity[activity]);
}

/** How long the agent has worked, the present turn included; undefined where nobody knows. */
export function workedMs({ workedMs: before, runningSince }: SessionHeader, now: number): number | undefined {
  if (before === null) {
    return undefined;
  }
  return wholeSeconds(before + (runningSince === null ? 0 : Math.max(0, now - runningSince)));
}

/** Tenths of a second that tick would only flicker. */
function wholeSeconds(ms: number): number {
  return Math.floor(Math.max(0, ms) / 1_000) * 1_000;
}
