/** What a key asks for in the list of events. */
export type LogCommand = 'next' | 'previous' | 'pageDown' | 'pageUp' | 'first' | 'last' | 'open' | 'escape';

const commands: Readonly<Record<string, LogCommand>> = {
  ArrowDown: 'next',
  ArrowUp: 'previous',
  j: 'next',
  k: 'previous',
  PageDown: 'pageDown',
  PageUp: 'pageUp',
  Home: 'first',
  End: 'last',
  Enter: 'open',
  ' ': 'open',
  Escape: 'escape',
};

export function logCommand(
  event: Pick<KeyboardEvent, 'key' | 'altKey' | 'ctrlKey' | 'metaKey' | 'shiftKey'>,
): LogCommand | undefined {
  if (event.altKey || event.ctrlKey || event.metaKey || event.shiftKey) {
    return undefined;
  }
  return Object.hasOwn(commands, event.key) ? commands[event.key] : undefined;
}
