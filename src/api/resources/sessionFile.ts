import { asNumber, asObject, asText, field, type JsonObject } from '../../util/json.ts';
import { parseTime } from './time.ts';

/** A file that a session has written. Everything but the id may be missing; `raw` is what the server sent. */
export interface SessionFile {
  readonly id: string;
  /** As the agent called it. Untrusted: it may hold anything that a path can. */
  readonly name: string | undefined;
  readonly mimeType: string | undefined;
  /** Size in bytes. */
  readonly size: number | undefined;
  readonly createdAt: number | undefined;
  /** False where the server says that it does not give the content away. */
  readonly isDownloadable: boolean;
  readonly raw: JsonObject;
}

/** Decodes a file; undefined where there is no id to know it by. */
export function decodeSessionFile(value: unknown): SessionFile | undefined {
  const raw = asObject(value);
  const id = asText(field(raw, 'id'));
  if (raw === undefined || id === undefined) {
    return undefined;
  }
  return {
    id,
    name: asText(field(raw, 'filename')),
    mimeType: asText(field(raw, 'mime_type')),
    size: asNumber(field(raw, 'size_bytes')),
    createdAt: parseTime(field(raw, 'created_at')),
    isDownloadable: field(raw, 'downloadable') !== false,
    raw,
  };
}
