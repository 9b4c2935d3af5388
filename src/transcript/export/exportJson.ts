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
}

/** One raw event per line, as it arrived. */
export function* jsonLines(events: Iterable<SessionEvent>): Generator<string> {
  for (const { raw } of events) {
    yield `${oneLine(raw)}\n`;
  }
}

/** One JSON document: the description of the session, and all its events as they arrived. One piece per event. */
export function* jsonDocument(head: ExportHead, events: Iterable<SessionEvent>): Generator<string> {
  const { sessionId, title, connection, complete } = head;
  const session = oneLine(head.session ?? { id: sessionId, title });
  const facts = {
    format: 'managed-agents-session',
    version: 1,
    exported_at: new Date(head.exportedAt).toISOString(),
    connection,
    complete,
  };
  let divider = `${JSON.stringify(facts, undefined, 2).slice(0, -2)},\n  "session": ${session},\n  "events": [\n    `;
  let isEmpty = true;
  for (const { raw } of events) {
    yield `${divider}${oneLine(raw)}`;
    divider = ',\n    ';
    isEmpty = false;
  }
  yield isEmpty ? `${divider.trimEnd()}]\n}\n` : '\n  ]\n}\n';
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
