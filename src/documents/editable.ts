import { isJsonObject, type JsonObject, type JsonValue } from '../util/json.ts';
import { isDeepStrictEqual } from 'node:util';

/** What can be edited as a document. */
export type DocumentKind = 'agent' | 'environment';

/** Fields that the server decides alone. They are not in the document, so nobody edits them in vain. */
const serverOwned: Readonly<Record<DocumentKind, ReadonlySet<string>>> = {
  agent: new Set(['id', 'type', 'version', 'created_at', 'updated_at', 'archived_at']),
  environment: new Set(['id', 'type', 'created_at', 'updated_at', 'archived_at', 'scope']),
};

/** Fields in which an update names single keys, and null takes one away (API reference, agents and environments). */
const merged: ReadonlySet<string> = new Set(['metadata']);

/** The part of what a server sent that a person can change, in the server's order. Unknown fields stay in it. */
export function editablePart(kind: DocumentKind, raw: JsonObject): JsonObject {
  const owned = serverOwned[kind];
  return Object.fromEntries(Object.entries(raw).filter(([name]) => !owned.has(name)));
}

/** The text of a document: indented JSON with a newline at its end. */
export function documentText(part: JsonObject): string {
  return `${JSON.stringify(part, undefined, 2)}\n`;
}

/** A document that cannot be sent, with the place of the fault where it is known. */
export interface DocumentProblem {
  readonly kind: 'notJson' | 'notObject' | 'serverOwned' | 'tooLarge';
  /** The field, for `serverOwned`. */
  readonly field?: string;
}

/** More than any object of this API may weigh (its limits add up to well under a megabyte). */
export const MAX_DOCUMENT_CHARACTERS = 4 * 1024 * 1024;

/** Reads a document's text. */
export function readDocument(text: string): JsonObject | DocumentProblem {
  if (text.length > MAX_DOCUMENT_CHARACTERS) {
    return { kind: 'tooLarge' };
  }
  let value: unknown;
  try {
    value = JSON.parse(text);
  } catch {
    return { kind: 'notJson' };
  }
  return isJsonObject(value) ? value : { kind: 'notObject' };
}

/**
 * The body of the update that makes what the server has into what the document says: only what differs, so that
 * fields which this version does not know, and those that the server never shows, stay as they are. A field that
 * was taken out of the document is cleared.
 * @param base what the document was made from.
 * @returns undefined where nothing differs.
 */
export function updateBody(base: JsonObject, edited: JsonObject): JsonObject | undefined {
  const body: Record<string, JsonValue> = {};
  for (const name of new Set([...Object.keys(base), ...Object.keys(edited)])) {
    const before = base[name];
    const after = edited[name];
    if (isDeepStrictEqual(before, after) || (before === null && after === undefined)) {
      continue;
    }
    body[name] =
      merged.has(name) && isJsonObject(before ?? {}) && isJsonObject(after ?? {})
        ? mergePatch((before ?? {}) as JsonObject, (after ?? {}) as JsonObject)
        : (after ?? null);
  }
  return Object.keys(body).length === 0 ? undefined : body;
}

/** What to say for each key so that the one object becomes the other. */
function mergePatch(before: JsonObject, after: JsonObject): JsonObject {
  const patch: Record<string, JsonValue> = {};
  for (const [name, value] of Object.entries(after)) {
    if (!isDeepStrictEqual(before[name], value)) {
      patch[name] = value;
    }
  }
  for (const name of Object.keys(before)) {
    if (!Object.hasOwn(after, name)) {
      patch[name] = null;
    }
  }
  return patch;
}

/** Server-owned fields that a file brings along; they are left out when it is sent. */
export function withoutServerOwned(kind: DocumentKind, document: JsonObject): JsonObject {
  return editablePart(kind, document);
}
