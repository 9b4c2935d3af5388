import { MAX_LOG_NAME, type LogDetail, type LogRow } from '../protocol/logMessages.ts';
import type { StoredEvent } from '../stream/eventStore.ts';
import { visible } from '../text/visible.ts';
import { cut } from '../transcript/blocks.ts';
import { prettyJson } from '../transcript/prettyJson.ts';
import { byteSize } from './byteSize.ts';
import { eventLine } from './eventLine.ts';
import { isFailure, kindOf } from './eventKind.ts';

const MAX_SUMMARY = 140;
const MAX_TYPE = 60;
const MAX_ID = 40;
const MAX_FULL_ID = 500;
/** Longest JSON that is sent to the page; all of it is opened as a document. */
const MAX_JSON = 32_768;
/** As much of a text is looked at as a line can need, and a key that stands at its end. */
const MAX_READ = 4_096;
/** Longer than any spelling of a key: what stands in this last part of a cut text may be a part of one. */
const MAX_SECRET = 2_048;

/** Makes what is shown of an event; keys that a server echoes are cut out before anything is shortened. */
export class LogRows {
  private readonly cutKeys: (text: string) => string;
  private readonly longNames = new Map<string, string>();
  private readonly longKeys = new Map<string, string>();

  constructor(cutKeys: (text: string) => string) {
    this.cutKeys = cutKeys;
  }

  /** The name under which the page knows an event: its key, or, where that is too long, one made up for it. */
  nameOf({ key }: StoredEvent): string {
    if (key.length <= MAX_LOG_NAME) {
      return key;
    }
    const known = this.longNames.get(key);
    if (known !== undefined) {
      return known;
    }
    const name = `~~${this.longNames.size}`;
    this.longNames.set(key, name);
    this.longKeys.set(name, key);
    return name;
  }

  keyOf(name: string): string {
    return this.longKeys.get(name) ?? name;
  }

  row(stored: StoredEvent): LogRow {
    const { event } = stored;
    return {
      name: this.nameOf(stored),
      at: event.processedAt ?? null,
      kind: kindOf(event.type),
      type: this.line(event.type, MAX_TYPE),
      summary: this.line(eventLine(event), MAX_SUMMARY),
      mark: isFailure(event) ? 'failed' : event.queued ? 'queued' : null,
      size: byteSize(stored),
      id: event.id === undefined ? null : this.line(event.id, MAX_ID),
    };
  }

  detail(stored: StoredEvent): LogDetail {
    const json = this.json(stored);
    const { id } = stored.event;
    return {
      row: this.row(stored),
      id: id === undefined ? null : this.line(id, MAX_FULL_ID),
      json: cut(json, MAX_JSON),
      total: json.length,
    };
  }

  /** The event as indented JSON, whole. */
  json(stored: StoredEvent): string {
    return this.cutKeys(prettyJson(stored.event.raw));
  }

  private line(text: string, limit: number): string {
    const read = cut(text, MAX_READ);
    const clean = this.cutKeys(read);
    const safe = read.length < text.length ? clean.slice(0, -MAX_SECRET) : clean;
    return visible(safe.replace(/\s+/g, ' '), limit);
  }
}
