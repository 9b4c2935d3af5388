import { MIN_TIMELINE_MS, type TimelineWindow } from '../../../src/protocol/timelineMessages.ts';

/** A stretch of time, in epoch milliseconds. */
export interface Stretch {
  readonly from: number;
  readonly to: number;
}

/** What there is to show. */
export interface Extent extends Stretch {
  /** Whether its end goes on. */
  readonly isLive: boolean;
}

const ALL: TimelineWindow = { at: 'all' };

/** The stretch that a window shows of what there is. A session that took no time gets a moment all the same. */
export function stretchOf(window: TimelineWindow, { from, to }: Extent): Stretch {
  if (window.at === 'all') {
    return padded(from, to);
  }
  return window.at === 'end' ? { from: to - window.length, to } : { from: window.from, to: window.to };
}

function padded(from: number, to: number): Stretch {
  const missing = Math.max(0, MIN_TIMELINE_MS - (to - from));
  return { from: from - missing / 2, to: to + missing / 2 };
}

/**
 * Shorter (a factor under 1) or longer around a moment, which stays where it is on the screen. Whoever follows
 * the end, and zooms there, follows it further.
 */
export function zoomed(
  window: TimelineWindow,
  extent: Extent,
  factor: number,
  around?: number,
): TimelineWindow {
  const shown = stretchOf(window, extent);
  const anchor = around ?? (isAtEnd(window, extent) ? extent.to : (shown.from + shown.to) / 2);
  const whole = stretchOf(ALL, extent);
  const length = Math.max(MIN_TIMELINE_MS, (shown.to - shown.from) * factor);
  if (length >= whole.to - whole.from) {
    return ALL;
  }
  const share = (anchor - shown.from) / (shown.to - shown.from);
  return fitted({ from: anchor - length * share, to: anchor + length * (1 - share) }, extent);
}

/** Moved by a share of its length; later is positive. */
export function moved(window: TimelineWindow, extent: Extent, share: number): TimelineWindow {
  if (window.at === 'all') {
    return window;
  }
  const { from, to } = stretchOf(window, extent);
  const by = (to - from) * share;
  return fitted({ from: from + by, to: to + by }, extent);
}

/** A window that shows a stretch with a little room around it. */
export function windowAround({ from, to }: Stretch, extent: Extent): TimelineWindow {
  const room = Math.max((to - from) * 0.1, MIN_TIMELINE_MS / 2);
  return fitted({ from: from - room, to: to + room }, extent);
}

/** Moved by as little as needed so that a stretch, or else its beginning, is in it with some room beside. */
export function including(window: TimelineWindow, extent: Extent, { from, to }: Stretch): TimelineWindow {
  const shown = stretchOf(window, extent);
  const length = shown.to - shown.from;
  const end = Math.min(to, from + length * 0.84);
  if (window.at === 'all' || (from >= shown.from && end <= shown.to)) {
    return window;
  }
  const room = length * 0.08;
  const start = from < shown.from ? from - room : end + room - length;
  return fitted({ from: start, to: start + length }, extent);
}

/** Whether new events move the window along. */
export function isAtEnd({ at }: TimelineWindow, { isLive }: Extent): boolean {
  return isLive && at !== 'range';
}

/** Within what there is; at its end, while that goes on, the window follows. */
function fitted({ from, to }: Stretch, extent: Extent): TimelineWindow {
  const whole = stretchOf(ALL, extent);
  const length = to - from;
  if (length >= whole.to - whole.from) {
    return ALL;
  }
  const start = Math.min(Math.max(from, whole.from), whole.to - length);
  // A pixel or so beside the end is at the end.
  if (extent.isLive && start + length >= whole.to - length / 500) {
    return { at: 'end', length };
  }
  return { at: 'range', from: start, to: start + length };
}
