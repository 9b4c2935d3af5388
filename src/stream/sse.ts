import { createParser } from 'eventsource-parser';
import { ApiError } from '../api/errors.ts';

/** One event of a stream, as section 9.2.6 of the HTML standard dispatches it. */
export interface StreamFrame {
  /** The event's name; `message` where the stream gave none. */
  readonly type: string;
  readonly data: string;
  /** The last event id seen so far, in this event or an earlier one; empty where there was none. */
  readonly lastEventId: string;
  /** The latest reconnection time that the server asked for so far, in milliseconds; undefined before any. */
  readonly retry: number | undefined;
}

export interface DecodeOptions {
  /** Called as soon as the server asks for a reconnection time, in milliseconds, as it stands: not clamped. */
  readonly onRetry?: (ms: number) => void;
  /** Called for each comment line with all that follows its colon; servers send them as heartbeats. */
  readonly onComment?: (comment: string) => void;
  /** Takes out of the data of an event what nobody may see. */
  readonly clean?: ((data: string) => string) | undefined;
  /** Most UTF-16 units that one event may take. 16 Mi where not given. */
  readonly maxEventBytes?: number;
}

export const MAX_EVENT_BYTES = 16 * 1024 * 1024;
/**
 * How much may come without an event, as a multiple of the most that one event may take. The parser drops lines
 * without a meaning, and comments, as they come, so that it never sees how much of them there is; a server that
 * sends a heartbeat a second may do so for more than a year.
 */
const SILENT_EVENTS = 4;

/**
 * Decodes the bytes of a `text/event-stream` into events, exactly as the HTML standard says, whatever the
 * places at which the bytes are cut. An event that the end of the stream left unfinished is dropped.
 *
 * Three cares around eventsource-parser 4, each found by byte-exact vectors:
 * - it strips a byte order mark of its own, after a decoder already did, so that two would vanish: a blank
 *   line is fed first, which spends that step, and exactly one leading mark is removed here;
 * - the decoder keeps marks (`ignoreBOM`), because some engines strip a second one when the first is split;
 * - at the end the parser is not told to consume what is left, since an unterminated line is no line.
 *
 * @throws ApiError `responseTooLarge` when one event outgrows `maxEventBytes`, or much comes and no event; what the source of the chunks
 * throws passes through.
 */
export async function* decodeEventStream(
  chunks: AsyncIterable<Uint8Array>,
  options: DecodeOptions = {},
): AsyncGenerator<StreamFrame, void, void> {
  for await (const frames of decodeEventBatches(chunks, options)) {
    yield* frames;
  }
}

/** As {@link decodeEventStream}, but gives out together what came together; a batch is never empty. */
export async function* decodeEventBatches(
  chunks: AsyncIterable<Uint8Array>,
  options: DecodeOptions = {},
): AsyncGenerator<readonly StreamFrame[], void, void> {
  const { maxEventBytes: limit = MAX_EVENT_BYTES, clean = (data: string): string => data } = options;
  let ready: StreamFrame[] = [];
  let lastEventId = '';
  let retry: number | undefined;
  const overflow = { seen: false };
  const parser = createParser({
    maxBufferSize: limit,
    onId(id) {
      lastEventId = id;
    },
    onRetry(ms) {
      retry = ms;
      options.onRetry?.(ms);
    },
    ...(options.onComment !== undefined && { onComment: options.onComment }),
    onError(error) {
      // Unknown fields are reported here as well, and mean nothing.
      overflow.seen ||= error.type === 'max-buffer-size-exceeded';
    },
    onEvent(event) {
      // An event that came whole in one chunk was never in the parser's buffer.
      overflow.seen ||= event.data.length > limit;
      if (!overflow.seen) {
        ready.push({ type: event.event ?? 'message', data: clean(event.data), lastEventId, retry });
      }
    },
  });
  parser.feed('\n');

  const decoder = new TextDecoder('utf-8', { ignoreBOM: true });
  const prepare = options.onComment === undefined ? undefined : keepCommentSpaces();
  let atStart = true;
  let sinceEvent = 0;
  for await (const chunk of chunks) {
    let text = decoder.decode(chunk, { stream: true });
    if (atStart && text !== '') {
      atStart = false;
      text = text.startsWith('\ufeff') ? text.slice(1) : text;
    }
    parser.feed(prepare === undefined ? text : prepare(text));
    sinceEvent += text.length;
    overflow.seen ||= ready.length === 0 && sinceEvent > limit * SILENT_EVENTS;
    if (ready.length > 0) {
      sinceEvent = 0;
      const batch = ready;
      ready = [];
      yield batch;
    }
    if (overflow.seen) {
      throw new ApiError('responseTooLarge', { sent: true });
    }
  }
}

/**
 * The standard knows no space after a comment's colon, but the parser drops one. Putting one more behind
 * each colon that begins a line gives comments out as they were sent.
 */
function keepCommentSpaces(): (text: string) => string {
  let atLineStart = true;
  return (text) => {
    if (text === '') {
      return text;
    }
    const first = atLineStart && text.startsWith(':') ? `: ${text.slice(1)}` : text;
    atLineStart = text.endsWith('\n') || text.endsWith('\r');
    return first.replace(/([\r\n]):/g, '$1: ');
  };
}
