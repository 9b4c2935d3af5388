import type { ServerResponse } from 'node:http';
import type { Disposable } from '../util/disposable.ts';
import { type Dialect, eventShape } from './dialects/dialect.ts';
import type { FeedItem, PreviewType, SessionRecord } from './records.ts';
import { EventStream, type StreamSettings } from './sse.ts';

/**
 * Sends what happens in a session from now on, in a dialect's shapes. Nothing is replayed, and only
 * the previews that were asked for are sent. Ends by itself when the session ends.
 */
export function openLiveStream(
  response: ServerResponse,
  request: { session: SessionRecord; dialect: Dialect; previews: ReadonlySet<PreviewType> },
  settings: StreamSettings,
): Disposable {
  const stream = new EventStream(response, settings);
  if (request.session.status === 'terminated') {
    stream.dispose();
    return stream;
  }
  const previewed = new Set<string>();

  const deliver = (item: FeedItem): void => {
    switch (item.kind) {
      case 'event':
        previewed.delete(item.event.id);
        if (request.dialect.shows(item.event.type)) {
          stream.send(item.event.type, eventShape(item.event));
        }
        return;
      case 'start':
        if (request.previews.has(item.eventType)) {
          previewed.add(item.eventId);
          stream.send('event_start', {
            type: 'event_start',
            event: { type: item.eventType, id: item.eventId },
          });
        }
        return;
      case 'delta':
        // A reader that joined in the middle of a message gets no deltas of it: they would not start at 0.
        if (previewed.has(item.eventId)) {
          stream.send('event_delta', {
            type: 'event_delta',
            event_id: item.eventId,
            delta: { type: 'content_delta', index: 0, content: { type: 'text', text: item.text } },
          });
        }
        return;
      case 'end':
        stream.dispose();
        return;
    }
  };

  const subscription = request.session.feed.event(deliver);
  response.once('close', () => subscription.dispose());
  return stream;
}
