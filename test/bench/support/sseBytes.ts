const CHUNK_BYTES = 16 * 1024;

/** A stream of events as bytes, cut where a network would cut it, and what is in it. */
export interface SseBytes {
  readonly chunks: readonly Uint8Array[];
  readonly events: number;
  readonly bytes: number;
}

/** As many events of about that many bytes of JSON each, all different, the first with number `first`. */
export function sseBytes(events: number, eventBytes: number, first = 0): SseBytes {
  const frames: string[] = [];
  for (let index = first; index < first + events; index += 1) {
    const head = { id: `sevt_${index}`, type: 'agent.message', processed_at: '2026-01-05T09:00:00.000Z' };
    const room = eventBytes - JSON.stringify({ ...head, content: [{ type: 'text', text: '' }] }).length;
    const words = `Attempt ${index} of the job failed with a timeout. `;
    const text = words.repeat(Math.ceil(Math.max(1, room) / words.length)).slice(0, Math.max(1, room));
    const event = { ...head, content: [{ type: 'text', text }] };
    frames.push(`event: agent.message\ndata: ${JSON.stringify(event)}\n\n`);
  }
  const all = new TextEncoder().encode(frames.join(''));
  return { chunks: cut(all, CHUNK_BYTES), events, bytes: all.byteLength };
}

/** Copies, so that each chunk is memory of its own as one from a socket is. */
export function cut(bytes: Uint8Array, size: number): Uint8Array[] {
  const chunks: Uint8Array[] = [];
  for (let at = 0; at < bytes.byteLength; at += size) {
    chunks.push(bytes.slice(at, at + size));
  }
  return chunks;
}

export async function* inOrder(chunks: readonly Uint8Array[]): AsyncGenerator<Uint8Array> {
  yield* chunks;
}
