import type { Connection } from '../../api/connection.ts';
import { asObject, asText, field } from '../../util/json.ts';
import type { ConnectionEntry } from './connectionSetting.ts';

/**
 * Changes to the list of connections in the settings. Entries of others stay exactly as they were written, wrong
 * ones included, and an entry that is changed keeps the fields that we do not know.
 */

const ours = new Set(['name', 'baseUrl', 'auth', 'version', 'betas', 'readOnly']);

/** The list with one more entry. */
export function withEntry(written: unknown, entry: ConnectionEntry): readonly unknown[] {
  return [...asList(written), toWrite(entry)];
}

/** The list with the entry of that name replaced; where there is none, with one more. */
export function withChangedEntry(written: unknown, name: string, entry: ConnectionEntry): readonly unknown[] {
  const entries = asList(written);
  const index = entries.findIndex((each) => isNamed(each, name));
  if (index < 0) {
    return withEntry(written, entry);
  }
  const unknown = Object.entries(asObject(entries[index]) ?? {}).filter(([field]) => !ours.has(field));
  return entries.with(index, { ...Object.fromEntries(unknown), ...toWrite(entry) });
}

/** The list without the entry of that name. */
export function withoutEntry(written: unknown, name: string): readonly unknown[] {
  const entries = asList(written);
  const index = entries.findIndex((each) => isNamed(each, name));
  return index < 0 ? entries : entries.toSpliced(index, 1);
}

/** What an entry says, as it would be written anew for that connection. */
export function entryOf(written: unknown, connection: Connection): ConnectionEntry {
  const found = asObject(asList(written).find((each) => isNamed(each, connection.name)));
  const { name, origin, prefix, auth, version, betas } = connection;
  return {
    name,
    // As the person wrote it: an address alone stays one.
    baseUrl: asText(field(found, 'baseUrl')) ?? `${origin}${prefix}`,
    auth,
    ...(field(found, 'version') !== undefined && { version }),
    ...(field(found, 'betas') !== undefined && { betas }),
    ...(connection.readOnly === true && { readOnly: true }),
  };
}

function asList(written: unknown): readonly unknown[] {
  return Array.isArray(written) ? (written as readonly unknown[]) : [];
}

/** Names are trimmed when they are read. The first of a name is the one that counts. */
function isNamed(entry: unknown, name: string): boolean {
  return asText(field(asObject(entry), 'name'))?.trim() === name;
}

/** An entry without what is not said. */
function toWrite({ name, baseUrl, auth, version, betas, readOnly }: ConnectionEntry): ConnectionEntry {
  return {
    name,
    baseUrl,
    ...(auth !== undefined && { auth }),
    ...(version !== undefined && { version }),
    ...(betas !== undefined && { betas }),
    ...(readOnly === true && { readOnly }),
  };
}
