import { isDeepStrictEqual } from 'node:util';
import { type JsonProblem, scanJson } from '../util/scanJson.ts';
import { asObject, field, isJsonObject, type JsonObject, type JsonValue } from '../util/json.ts';

/** What can be edited as a document. */
export type DocumentKind = 'agent' | 'environment';

/** Fields that the server decides alone. They are not in the document, so nobody edits them in vain. */
const serverOwned: Readonly<Record<DocumentKind, ReadonlySet<string>>> = {
  agent: new Set(['id', 'type', 'version', 'created_at', 'updated_at', 'archived_at']),
  environment: new Set(['id', 'type', 'created_at', 'updated_at', 'archived_at']),
};

/** Not for the server: the editor's own hint in a file. */
const schemaHint = '$schema';

/** Fields in which an update names single keys, and null takes one away (API reference, agents and environments). */
const merged: ReadonlySet<string> = new Set(['metadata']);

/**
 * The part of an agent or environment that a person can change, in its own order. Unknown fields stay in it;
 * what the server decides alone is left out, also where a file brings it along.
 */
export function editablePart(kind: DocumentKind, raw: JsonObject): JsonObject {
  const owned = serverOwned[kind];
  return Object.fromEntries(Object.entries(raw).filter(([name]) => !owned.has(name) && name !== schemaHint));
}

/** The text of a document: indented JSON with a newline at its end. */
export function documentText(part: JsonObject): string {
  return `${JSON.stringify(part, undefined, 2)}\n`;
}

/** What a document says, or why it says nothing that could be sent. */
export type ReadDocument =
  | { readonly kind: 'object'; readonly value: JsonObject }
  | { readonly kind: 'notJson'; readonly problem: JsonProblem }
  | { readonly kind: 'notObject' }
  | { readonly kind: 'tooLarge' };

/** More than any object of this API may weigh (its limits add up to well under a megabyte). */
const MAX_DOCUMENT_CHARACTERS = 4 * 1024 * 1024;

/** Reads a document's text. A byte order mark before it does no harm. */
export function readDocument(text: string): ReadDocument {
  if (text.length > MAX_DOCUMENT_CHARACTERS) {
    return { kind: 'tooLarge' };
  }
  const plain = text.startsWith('\ufeff') ? text.slice(1) : text;
  const scanned = scanJson(plain);
  if (!scanned.ok) {
    return { kind: 'notJson', problem: scanned.problem };
  }
  const value: unknown = JSON.parse(plain);
  return isJsonObject(value) ? { kind: 'object', value } : { kind: 'notObject' };
}

/**
 * The body of the update that makes what a document was made from into what it says now: only what differs, so
 * that fields which this version does not know, and those that the server never shows, stay as they are. A field
 * that was taken out is cleared: a list by an empty one, anything else by null.
 * @returns undefined where nothing differs.
 */
export function updateBody(base: JsonObject, edited: JsonObject): JsonObject | undefined {
  const body = new Map<string, JsonValue>();
  for (const name of new Set([...Object.keys(base), ...Object.keys(edited)])) {
    const before = field(base, name);
    const after = field(edited, name);
    if (isDeepStrictEqual(before ?? null, after ?? null)) {
      continue;
    }
    body.set(name, merged.has(name) ? mergePatch(before, after) : (after ?? cleared(before)));
  }
  return body.size === 0 ? undefined : Object.fromEntries(body);
}

/** The update that makes each field that a file names into what the file says. What it does not name is kept. */
export function updateFromFile(server: JsonObject, file: JsonObject): JsonObject | undefined {
  const { model, ...rest } = file;
  const isSame = typeof model === 'string' && isPlainModel(field(server, 'model'), model);
  return updateBody(server, { ...server, ...rest, ...(model !== undefined && !isSame && { model }) });
}

/** Servers answer with an object where a file has just the model's id; the rest of it is the standard then. */
function isPlainModel(value: JsonValue | undefined, id: string): boolean {
  const { id: own, speed, ...others } = asObject(value) ?? {};
  return own === id && (speed === undefined || speed === 'standard') && Object.keys(others).length === 0;
}

function cleared(before: JsonValue | undefined): JsonValue {
  return Array.isArray(before) ? [] : null;
}

/** What to say for each key so that the one map becomes the other. */
function mergePatch(before: JsonValue | undefined, after: JsonValue | undefined): JsonValue {
  if (!isJsonObject(after ?? {})) {
    return after ?? null; // not a map at all: the server says so
  }
  const old = asObject(before) ?? {};
  const wanted = asObject(after) ?? {};
  const patch = new Map<string, JsonValue>();
  for (const [name, value] of Object.entries(wanted)) {
    if (!isDeepStrictEqual(field(old, name), value)) {
      patch.set(name, value);
    }
  }
  for (const name of Object.keys(old)) {
    if (!Object.hasOwn(wanted, name)) {
      patch.set(name, null);
    }
  }
  return Object.fromEntries(patch);
}
