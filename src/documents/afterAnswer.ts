import { isDeepStrictEqual } from 'node:util';
import { field, isJsonObject, type JsonObject, type JsonValue } from '../util/json.ts';

/** What an editor shows of an object, and what the server had to say about it when it was made. */
export interface ShownPart {
  /** What the text says. */
  readonly part: JsonObject;
  /** The editable part of the server's own answer. */
  readonly server: JsonObject;
}

/**
 * What the document shows of a new answer. Of what was written, only that is kept beside it which was sent just
 * now or which the server never showed before: what somebody else took away meanwhile must not come back.
 * @param sent names of the fields that the update named.
 */
export function shownAfter(
  answered: JsonObject,
  written: JsonObject,
  before: ShownPart,
  sent: ReadonlySet<string>,
): JsonObject {
  const mine = Object.entries(written).filter(
    ([name]) => sent.has(name) || !isDeepStrictEqual(field(before.part, name), field(before.server, name)),
  );
  return inOrderOf(withUnansweredKept(answered, Object.fromEntries(mine)), written);
}

/**
 * What the document shows after a save: what the server answered, and what the person wrote that no answer ever
 * has, such as a token that can be written and never read. Lists are walked where both have as many entries.
 */
export function withUnansweredKept(answered: JsonObject, written: JsonObject): JsonObject {
  const kept = new Map<string, JsonValue>(Object.entries(answered));
  for (const [name, mine] of Object.entries(written)) {
    const theirs = kept.get(name);
    if (theirs === undefined) {
      if (mine !== null) {
        kept.set(name, mine);
      }
    } else {
      kept.set(name, merge(theirs, mine));
    }
  }
  return Object.fromEntries(kept);
}

function merge(theirs: JsonValue, mine: JsonValue): JsonValue {
  if (isJsonObject(theirs) && isJsonObject(mine)) {
    return isAnother(theirs, mine) ? theirs : withUnansweredKept(theirs, mine);
  }
  if (Array.isArray(theirs) && Array.isArray(mine) && theirs.length === mine.length) {
    return theirs.map((item, index) => merge(item, mine[index] ?? null));
  }
  return theirs;
}

/** Whether two entries of a list are about different things: a server may have put them into another order. */
function isAnother(theirs: JsonObject, mine: JsonObject): boolean {
  return ['type', 'id', 'name'].some((name) => {
    const [one, other] = [theirs[name], mine[name]];
    return one !== undefined && other !== undefined && one !== other;
  });
}

/** The same value with the names of its objects in the order of a model, so that two texts compare line by line. */
export function inOrderOf(value: JsonObject, model: JsonObject): JsonObject {
  const names = [...Object.keys(model).filter((name) => Object.hasOwn(value, name)), ...Object.keys(value)];
  return Object.fromEntries(
    [...new Set(names)].flatMap((name): [string, JsonValue][] => {
      const own = value[name];
      return own === undefined ? [] : [[name, orderValue(own, model[name])]];
    }),
  );
}

function orderValue(value: JsonValue, model: JsonValue | undefined): JsonValue {
  if (isJsonObject(value) && isJsonObject(model)) {
    return inOrderOf(value, model);
  }
  if (Array.isArray(value) && Array.isArray(model)) {
    return value.map((item, index) => orderValue(item, model[index]));
  }
  return value;
}
