import type { SessionEvent } from '../../api/resources/event.ts';
import { asText, field, type JsonObject, type JsonValue } from '../../util/json.ts';
import { writeJson } from '../prettyJson.ts';

/** What an export says about the session, besides its events. */
export interface ExportHead {
  /** The session as the server describes it; undefined where it never did. */
  readonly session: JsonObject | undefined;
  readonly sessionId: string;
  readonly title: string;
  /** Name and address of the connection; never a key. */
  readonly connection: { readonly name: string; readonly origin: string };
  /** Epoch milliseconds. */
  readonly exportedAt: number;
  /** False where older events exist that could not be read. */
  readonly complete: boolean;
  /** What was left out on purpose, as the file says it. */
  readonly leftOut: readonly ('tool_outputs' | 'thinking')[];
  /** What was cut out of the texts, as the file says it; keys always are. */
  readonly redacted: readonly ('keys' | 'emails' | 'user_names' | 'paths')[];
  /** The same for a reader; undefined where there is nothing to say. */
  readonly note: string | undefined;
}

/** By which an export is known again, and the newest version of it that there is. */
export const EXPORT_FORMAT = 'managed-agents-session';
export const EXPORT_VERSION = 1;

/** A line about the export and the session, then one event per line. One piece per event. */
export function* jsonLines(head: ExportHead, events: Iterable<SessionEvent>): Generator<string> {
  yield `${oneLine({ ...factsOf(head), session: sessionOf(head) })}\n`;
  for (const { raw } of events) {
    yield `${oneLine(raw)}\n`;
  }
}

/** One JSON document: the description of the session, and all its events. One piece per event. */
export function* jsonDocument(head: ExportHead, events: Iterable<SessionEvent>): Generator<string> {
  const session = oneLine(sessionOf(head));
  const facts = JSON.stringify(factsOf(head), undefined, 2).slice(0, -2);
  let divider = `${facts},\n  "session": ${session},\n  "events": [\n    `;
  let isEmpty = true;
  for (const { raw } of events) {
    yield `${divider}${oneLine(raw)}`;
    divider = ',\n    ';
    isEmpty = false;
  }
  yield isEmpty ? `${divider.trimEnd()}]\n}\n` : '\n  ]\n}\n';
}

function factsOf({ connection, exportedAt, complete, leftOut, redacted }: ExportHead): JsonObject {
  return {
    format: EXPORT_FORMAT,
    version: EXPORT_VERSION,
    exported_at: new Date(exportedAt).toISOString(),
    connection: { ...connection },
    complete,
    left_out: [...leftOut],
    redacted: [...redacted],
  };
}

function sessionOf({ session, sessionId, title }: ExportHead): JsonObject {
  return session ?? { id: sessionId, title };
}

/** A value on one line. One that is nested too deep to be written exactly says so instead of ending the export. */
function oneLine(value: JsonObject): string {
  try {
    return JSON.stringify(value);
  } catch {
    const stub: Record<string, JsonValue> = { truncated: 'nested too deep to be written' };
    for (const name of ['id', 'type', 'processed_at']) {
      stub[name] = asText(field(value, name)) ?? null;
    }
    return JSON.stringify({ ...stub, beginning: writeJson(value).text.slice(0, 10_000) });
  }
}
