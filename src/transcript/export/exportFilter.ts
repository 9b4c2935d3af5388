import { decodeEvent, type SessionEvent } from '../../api/resources/event.ts';
import type { StoredEvent } from '../../stream/eventStore.ts';
import { asArray, asObject, asText, field, type JsonObject, type JsonValue } from '../../util/json.ts';
import type { Row, RowSlot } from '../row.ts';
import type { Transcript } from '../transcript.ts';
import { redactedJson } from './redaction.ts';
import type { BodySource } from './rowMarkdown.ts';

/** What goes into an export. */
export interface ExportContents {
  readonly toolOutputs: boolean;
  readonly thinking: boolean;
}

export interface ExportFilterOptions extends ExportContents {
  /** Cuts what must not go out of a text; see `redaction`. */
  readonly redact: (text: string) => string;
  /** Stands for what was left out. */
  readonly leftOut: string;
}

/**
 * What stands between a session and everything that is written of it: each event and each row passes here when it
 * is asked for. Nothing is gathered, so that a long session is never held a second time.
 */
export class ExportFilter {
  private readonly options: ExportFilterOptions;

  constructor(options: ExportFilterOptions) {
    this.options = options;
  }

  /** The event as it goes out; undefined for one that stays. */
  event(event: SessionEvent): SessionEvent | undefined {
    const { toolOutputs, thinking, redact } = this.options;
    if (!thinking && event.type === 'agent.thinking') {
      return undefined;
    }
    const isOutput = event.type.endsWith('tool_result');
    const kept = isOutput && !toolOutputs ? this.withoutOutput(event.raw) : event.raw;
    const raw = redactedJson(kept, redact);
    const decoded = raw === event.raw ? event : decodeEvent(raw);
    // What it is known by here stays, also where something in it was cut.
    return decoded && { ...decoded, id: event.id };
  }

  *events(events: Iterable<SessionEvent>): Generator<SessionEvent> {
    for (const event of events) {
      const kept = this.event(event);
      if (kept !== undefined) {
        yield kept;
      }
    }
  }

  rows(rows: Pick<Transcript, 'first' | 'end' | 'at'>): Pick<Transcript, 'first' | 'end' | 'at'> {
    const { options } = this;
    const slot = (from: RowSlot): RowSlot | undefined => {
      const { key, stamp } = from;
      const row = () => cutRow(from.row(), options.redact);
      return !options.thinking && from.row().kind === 'thinking' ? undefined : { key, stamp, row };
    };
    return {
      first: rows.first,
      end: rows.end,
      at: (position) => {
        const found = rows.at(position);
        return found && slot(found);
      },
    };
  }

  bodies(source: BodySource): BodySource {
    return {
      event: (key) => {
        const stored = source.event(key);
        const event = stored && this.event(stored.event);
        return stored && event && ({ ...stored, event } satisfies StoredEvent);
      },
      resultOf: (id) => {
        const result = source.resultOf(id);
        return result && this.event(result);
      },
    };
  }

  text(text: string): string {
    return this.options.redact(text);
  }

  json(value: JsonObject): JsonObject {
    return redactedJson(value, this.options.redact);
  }

  /** Whose result it is stays; what came out goes. */
  private withoutOutput(raw: JsonObject): JsonObject {
    const payload = asObject(field(raw, 'payload'));
    return {
      ...this.withoutContent(raw),
      ...(payload !== undefined && { payload: this.withoutContent(payload) }),
    };
  }

  private withoutContent(fields: JsonObject): JsonObject {
    const content = field(fields, 'content');
    const only = asArray(content).length === 1 ? asObject(asArray(content)[0]) : undefined;
    const left: JsonValue = [{ type: 'text', text: this.options.leftOut }];
    const isNested = asText(field(only, 'type'))?.endsWith('tool_result') === true;
    const now = isNested ? [{ ...only, content: left }] : left;
    return content === undefined ? fields : { ...fields, content: now };
  }
}

/** What a row is known by is no text. */
function cutRow(row: Row, redact: (text: string) => string): Row {
  const { key } = row;
  return { ...redactedJson(row, redact), key };
}
