/** What a key asks for in the conversation. */
export type KeyCommand =
  'next' | 'previous' | 'pageDown' | 'pageUp' | 'first' | 'last' | 'activate' | 'composer';

export interface Key {
  readonly key: string;
  readonly altKey: boolean;
  readonly ctrlKey: boolean;
  readonly metaKey: boolean;
  readonly shiftKey: boolean;
}

const plain: Readonly<Record<string, KeyCommand>> = {
  j: 'next',
  k: 'previous',
  PageDown: 'pageDown',
  PageUp: 'pageUp',
  Home: 'first',
  End: 'last',
};

/** `place`: the row itself, a control inside of it, or a field that wants its keys for writing. */
export function keyCommand(key: Key, place: 'row' | 'control' | 'field'): KeyCommand | undefined {
  if (key.ctrlKey || key.metaKey) {
    return undefined;
  }
  if (key.key === 'Escape') {
    return 'composer';
  }
  if (key.altKey) {
    return key.key === 'ArrowDown' ? 'next' : key.key === 'ArrowUp' ? 'previous' : undefined;
  }
  if (place === 'field' || key.shiftKey) {
    return undefined;
  }
  if (place === 'row' && (key.key === 'Enter' || key.key === ' ')) {
    return 'activate';
  }
  return Object.hasOwn(plain, key.key) ? plain[key.key] : undefined;
}

export interface ComposerKey extends Key {
  readonly isComposing: boolean;
  readonly keyCode: number;
}

/**
 * Whether the key sends, and whether it puts an end to what the agent does. Never while an input method composes:
 * its Enter chooses a word.
 */
export function sendKey(key: ComposerKey, enterSends: boolean): 'send' | 'interrupt' | undefined {
  if (key.key !== 'Enter' || key.isComposing || key.keyCode === 229) {
    return undefined;
  }
  if (key.ctrlKey || key.metaKey) {
    return key.shiftKey ? 'interrupt' : 'send';
  }
  return enterSends && !key.shiftKey && !key.altKey ? 'send' : undefined;
}

/** Which way through earlier messages a key of the field can mean. An input method chooses words with the same keys. */
export function historyKey(key: ComposerKey): 'back' | 'forward' | undefined {
  const isModified = key.shiftKey || key.ctrlKey || key.altKey || key.metaKey;
  if (isModified || key.isComposing || key.keyCode === 229) {
    return undefined;
  }
  return key.key === 'ArrowUp' ? 'back' : key.key === 'ArrowDown' ? 'forward' : undefined;
}
