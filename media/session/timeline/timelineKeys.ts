/** What a key asks for in the timeline. */
export type TimelineCommand =
  | 'next'
  | 'previous'
  | 'up'
  | 'down'
  | 'first'
  | 'last'
  | 'open'
  | 'zoomIn'
  | 'zoomOut'
  | 'all'
  | 'earlier'
  | 'later'
  | 'follow'
  | 'table'
  | 'escape';

const plain: Readonly<Record<string, TimelineCommand>> = {
  ArrowRight: 'next',
  ArrowLeft: 'previous',
  ArrowUp: 'up',
  ArrowDown: 'down',
  Home: 'first',
  End: 'last',
  Enter: 'open',
  ' ': 'open',
  '-': 'zoomOut',
  '0': 'all',
  PageUp: 'earlier',
  PageDown: 'later',
  f: 'follow',
  t: 'table',
  Escape: 'escape',
};

const shifted: Readonly<Record<string, TimelineCommand>> = { ArrowRight: 'later', ArrowLeft: 'earlier' };

export function timelineCommand(
  event: Pick<KeyboardEvent, 'key' | 'altKey' | 'ctrlKey' | 'metaKey' | 'shiftKey'>,
): TimelineCommand | undefined {
  if (event.altKey || event.ctrlKey || event.metaKey) {
    return undefined;
  }
  // Where the plus is depends on the keyboard.
  if (event.key === '+' || event.key === '=') {
    return 'zoomIn';
  }
  const keys = event.shiftKey ? shifted : plain;
  return Object.hasOwn(keys, event.key) ? keys[event.key] : undefined;
}
