import type { L10n } from '../l10n.ts';
import { asObject, field, type JsonObject, type JsonValue } from '../util/json.ts';
import { limits } from './limits.ts';

/** Pairs in the order of the server. A value that is no text is shown as JSON. */
export type Metadata = ReadonlyMap<string, string>;

/** The metadata of an object as the server sent it. */
export function readMetadata(raw: JsonObject): Metadata {
  const pairs = Object.entries(asObject(field(raw, 'metadata')) ?? {});
  return new Map(
    pairs.map(([key, value]) => [key, typeof value === 'string' ? value : JSON.stringify(value)]),
  );
}

/**
 * The `metadata` of an update: an update names single keys, and null takes one away (API reference, agents).
 * @returns undefined where nothing differs.
 */
export function metadataPatch(before: Metadata, after: Metadata): JsonObject | undefined {
  const changed = [...after].filter(([key, value]) => before.get(key) !== value);
  const removed = [...before.keys()].filter((key) => !after.has(key));
  const entries: [string, JsonValue][] = [...changed, ...removed.map((key): [string, null] => [key, null])];
  // Entries become own properties, whatever a key is called.
  return entries.length === 0 ? undefined : Object.fromEntries(entries);
}

/** The pairs as an object, for a create body. */
export function metadataObject(pairs: Metadata): JsonObject {
  return Object.fromEntries(pairs);
}

/** What is wrong with a key that is to be added, if anything. */
export function keyProblem(key: string, pairs: Metadata, l10n: L10n): string | undefined {
  if (key === '') {
    return l10n.t('A key is needed.');
  }
  if (pairs.has(key)) {
    return l10n.t('There is a value for this key already.');
  }
  return key.length > limits.metadataKey
    ? l10n.t('A key has at most {limit} characters; this one has {count}.', {
        limit: limits.metadataKey,
        count: key.length,
      })
    : undefined;
}

/** What is wrong with a value, if anything. */
export function valueProblem(value: string, l10n: L10n): string | undefined {
  return value.length > limits.metadataValue
    ? l10n.t('A value has at most {limit} characters; this one has {count}.', {
        limit: limits.metadataValue,
        count: value.length,
      })
    : undefined;
}

/** Whether another pair fits. */
export function mayAddPair(pairs: Metadata): boolean {
  return pairs.size < limits.metadataPairs;
}
