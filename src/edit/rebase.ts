import { isDeepStrictEqual } from 'node:util';
import { updateBody } from '../documents/editable.ts';
import { asObject, type JsonObject } from '../util/json.ts';
import { metadataObject, readMetadata } from './metadata.ts';

/** One's own changes, on top of what the server has by now. */
export interface Rebased {
  readonly object: JsonObject;
  /** Fields that were changed on both sides, differently; one's own value stands in the object. */
  readonly both: readonly string[];
}

/** Puts what was changed from `base` to `edited` on top of `fresh`. Metadata is taken pair by pair. */
export function rebase(base: JsonObject, edited: JsonObject, fresh: JsonObject): Rebased {
  const mine = updateBody(base, edited) ?? {};
  const theirs = updateBody(base, fresh) ?? {};
  const object = new Map(Object.entries(fresh));
  const both: string[] = [];
  for (const [name, value] of Object.entries(mine)) {
    if (name === 'metadata' && asObject(value) !== undefined) {
      const pairs = new Map(readMetadata(fresh));
      const own = readMetadata(edited);
      for (const key of Object.keys(asObject(value) ?? {})) {
        const text = own.get(key);
        if (text === undefined) {
          pairs.delete(key);
        } else {
          pairs.set(key, text);
        }
      }
      object.set(name, metadataObject(pairs));
      continue;
    }
    if (Object.hasOwn(theirs, name) && !isDeepStrictEqual(theirs[name], value)) {
      both.push(name);
    }
    object.set(name, value);
  }
  return { object: Object.fromEntries(object), both };
}
