/** What a key asks for while the find bar may be open. */
export type FindCommand = 'open' | 'next' | 'previous' | 'close' | 'matchCase' | 'wholeWord';

export type FindKey = Pick<
  KeyboardEvent,
  'key' | 'code' | 'altKey' | 'ctrlKey' | 'metaKey' | 'shiftKey' | 'isComposing'
>;

/** Where the keyboard is. */
export interface FindPlace {
  readonly isMac: boolean;
  readonly isOpen: boolean;
  /** In the bar, and there in the field. */
  readonly isInBar: boolean;
  readonly isInField: boolean;
  /** In a place where Escape has no better use. */
  readonly isInView: boolean;
}

/** The keys of the editor's own find widget. */
export function findCommand(key: FindKey, place: FindPlace): FindCommand | undefined {
  if (key.isComposing) {
    return undefined;
  }
  const { altKey, ctrlKey, metaKey, shiftKey } = key;
  const main = place.isMac ? metaKey && !ctrlKey : ctrlKey && !metaKey;
  const isPlain = !altKey && !ctrlKey && !metaKey;
  const direction = shiftKey ? 'previous' : 'next';
  if (main && !altKey && !shiftKey && key.key.toLowerCase() === 'f') {
    return 'open';
  }
  if (!place.isOpen) {
    return undefined;
  }
  const isAgain = key.key === 'F3' || (place.isInField && key.key === 'Enter');
  if (isAgain && isPlain) {
    return direction;
  }
  if (place.isMac && main && !altKey && key.key.toLowerCase() === 'g') {
    return direction;
  }
  if (key.key === 'Escape' && isPlain && !shiftKey && (place.isInBar || place.isInView)) {
    return 'close';
  }
  const isToggle = altKey && !shiftKey && (place.isMac ? main : !ctrlKey && !metaKey);
  if (isToggle && place.isInBar) {
    // By the place of the key: with Alt it may write another letter.
    return key.code === 'KeyC' ? 'matchCase' : key.code === 'KeyW' ? 'wholeWord' : undefined;
  }
  return undefined;
}
