import type { EventStore, StoredEvent } from '../../stream/eventStore.ts';
import type { Outbox, Outgoing } from '../../stream/outbox.ts';
import { readAttachedText } from '../../transcript/attachedText.ts';
import { asArray, asObject, asText, field, type JsonObject } from '../../util/json.ts';

/** What knows a session's messages: those that the server has, and those that are on their way there. */
export interface MessageSource {
  readonly store: Pick<EventStore, 'first' | 'end' | 'at' | 'get'>;
  readonly outbox: Pick<Outbox, 'current' | 'echoOf'>;
}

/** A message of the user's own. */
export interface EarlierMessage {
  readonly key: string;
  /** What was written, without attachments. */
  readonly text: string;
}

/**
 * The message that the user sent before another one, or the newest; null where there is none. Messages that
 * repeat the one before them are passed over.
 * @param from the key of the one to go back from, or null.
 * @param longest texts that are longer cannot be sent again and are passed over, in UTF-16 units.
 */
export function earlierMessage(
  { store, outbox }: MessageSource,
  from: string | null,
  longest: number,
): EarlierMessage | null {
  const sending = outbox.current.filter(({ event }) => event['type'] === 'user.message').toReversed();
  const at = sending.findIndex(({ key }) => key === from);
  const stored = from === null || at !== -1 ? undefined : store.get(outbox.echoOf(from) ?? from);
  if (from !== null && at === -1 && stored === undefined) {
    return null;
  }
  const present = textOf(stored?.event.body ?? sending[at]?.event);
  const newer: readonly Outgoing[] = stored === undefined ? sending.slice(at + 1) : [];
  for (const { key, event } of newer) {
    const text = textOf(event);
    if (isWorth(text, present, longest)) {
      return { key, text };
    }
  }
  for (const { key, event } of backwards(store, stored?.position ?? store.end)) {
    const text = event.type === 'user.message' ? textOf(event.body) : '';
    if (isWorth(text, present, longest)) {
      return { key, text };
    }
  }
  return null;
}

function isWorth(text: string, present: string, longest: number): boolean {
  return text.trim() !== '' && text !== present && text.length <= longest;
}

function* backwards(store: MessageSource['store'], end: number): Generator<StoredEvent> {
  for (let position = end - 1; position >= store.first; position--) {
    const stored = store.at(position);
    if (stored !== undefined) {
      yield stored;
    }
  }
}

function textOf(event: JsonObject | undefined): string {
  const content = field(event, 'content');
  if (typeof content === 'string') {
    return content;
  }
  return asArray(content)
    .flatMap((block) => asText(field(asObject(block), 'text')) ?? [])
    .filter((text) => readAttachedText(text) === undefined)
    .join('\n\n');
}
