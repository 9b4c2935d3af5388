import type { SessionEvent } from '../api/resources/event.ts';
import { asNumber, asObject, asText, field, type JsonObject } from '../util/json.ts';

/** The beginning of a message that the agent is still writing. */
export interface Preview {
  /** The id that the finished event will have. */
  readonly eventId: string;
  readonly type: string;
  /** Text so far, by block. */
  readonly blocks: readonly string[];
}

export type PreviewChange =
  | { readonly kind: 'started'; readonly preview: Preview }
  | { readonly kind: 'grew'; readonly preview: Preview; readonly block: number; readonly text: string }
  | { readonly kind: 'dropped'; readonly eventId: string };

const MAX_BLOCKS = 64;
const MAX_TEXT = 1_000_000;
const MAX_PREVIEWS = 16;

interface Growing extends Preview {
  readonly blocks: string[];
  length: number;
}

/**
 * Keeps the previews of a stream (`event_start`, `event_delta`). They are a best-effort prefix of a message
 * that will come whole: the finished event replaces them, and they are worth nothing after a break, since
 * no server sends them again.
 */
export class Previews {
  private readonly growing = new Map<string, Growing>();
  private readonly onChange: (change: PreviewChange) => void;

  constructor(onChange: (change: PreviewChange) => void) {
    this.onChange = onChange;
  }

  get current(): readonly Preview[] {
    return [...this.growing.values()];
  }

  /** Whether an event is part of a preview; such an event belongs here and not into the store. */
  static isPreview(event: SessionEvent): boolean {
    return event.type === 'event_start' || event.type === 'event_delta';
  }

  take(event: SessionEvent): void {
    if (event.type === 'event_start') {
      this.start(asObject(field(event.body, 'event')));
    } else {
      this.grow(event.body);
    }
  }

  /** The finished event is here, or the part of the turn that previews belong to is over. */
  settle(event: SessionEvent): void {
    if (event.id !== undefined && this.growing.delete(event.id)) {
      this.onChange({ kind: 'dropped', eventId: event.id });
    }
    if (event.type === 'span.model_request_end' || event.type === 'session.status_idle') {
      this.clear();
    }
  }

  clear(): void {
    for (const eventId of [...this.growing.keys()]) {
      this.growing.delete(eventId);
      this.onChange({ kind: 'dropped', eventId });
    }
  }

  private start(event: JsonObject | undefined): void {
    const eventId = asText(field(event, 'id'));
    if (eventId === undefined || this.growing.has(eventId) || this.growing.size >= MAX_PREVIEWS) {
      return;
    }
    const type = asText(field(event, 'type')) ?? 'agent.message';
    const preview: Growing = { eventId, type, blocks: [], length: 0 };
    this.growing.set(eventId, preview);
    this.onChange({ kind: 'started', preview });
  }

  private grow(body: JsonObject): void {
    const delta = asObject(field(body, 'delta'));
    const text = asText(field(asObject(field(delta, 'content')), 'text'));
    const preview = this.growing.get(asText(field(body, 'event_id')) ?? '');
    const block = asNumber(field(delta, 'index')) ?? 0;
    if (
      text === undefined ||
      preview === undefined ||
      !Number.isInteger(block) ||
      block < 0 ||
      block >= MAX_BLOCKS
    ) {
      return;
    }
    if (preview.length + text.length > MAX_TEXT) {
      return;
    }
    preview.length += text.length;
    while (preview.blocks.length <= block) {
      preview.blocks.push('');
    }
    preview.blocks[block] = (preview.blocks[block] ?? '') + text;
    this.onChange({ kind: 'grew', preview, block, text });
  }
}
