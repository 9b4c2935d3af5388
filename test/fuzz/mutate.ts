import type { JsonObject, JsonValue } from '../../src/util/json.ts';
import { between } from '../support/random.ts';
import { hostileTexts } from './hostileTexts.ts';

export type Random = () => number;

const MAX_DEPTH = 6;

export function pick<T>(random: Random, items: readonly [T, ...T[]] | readonly T[]): T {
  const item = items[between(random, 0, items.length)];
  if (item === undefined) {
    throw new Error('There is nothing to pick from.');
  }
  return item;
}

const numbers = [0, -0, 1, -1, 0.5, 1e15, 1e300, 2 ** 53, -(2 ** 53), Number.MIN_VALUE, 1_000_000, 201];
const names = ['__proto__', 'constructor', 'toString', 'hasOwnProperty', '', 'id', 'type', 'content', 'text'];

/** A value that has nothing to do with what is expected. */
export function anything(random: Random, depth = 0): JsonValue {
  const dice = random() * (depth > MAX_DEPTH ? 0.6 : 1);
  if (dice < 0.3) {
    return mutateText(random, pick(random, hostileTexts));
  }
  if (dice < 0.45) {
    return pick(random, numbers);
  }
  if (dice < 0.6) {
    return pick<JsonValue>(random, [true, false, null]);
  }
  if (dice < 0.8) {
    return Array.from({ length: between(random, 0, 4) }, () => anything(random, depth + 1));
  }
  const made: JsonObject = {};
  for (let left = between(random, 0, 5); left > 0; left--) {
    put(made, pick(random, names), anything(random, depth + 1));
  }
  return made;
}

/** The value with a few places changed, taken away, doubled, exchanged or added. The original stays as it is. */
export function mutate(random: Random, value: JsonValue): JsonValue {
  let changed = structuredClone(value);
  for (let left = between(random, 0, 4); left > 0; left--) {
    changed = mutateOnce(random, changed, 0);
  }
  return changed;
}

function mutateOnce(random: Random, value: JsonValue, depth: number): JsonValue {
  const isLeaf = typeof value !== 'object' || value === null;
  if (isLeaf || depth > MAX_DEPTH || random() < 0.15) {
    return typeof value === 'string' && random() < 0.6 ? mutateText(random, value) : anything(random, depth);
  }
  return Array.isArray(value) ? mutateList(random, value, depth) : mutateObject(random, value, depth);
}

function mutateList(random: Random, list: JsonValue[], depth: number): JsonValue {
  const at = between(random, 0, list.length);
  const dice = random();
  if (list.length === 0 || dice < 0.15) {
    return [...list, anything(random, depth + 1)];
  }
  if (dice < 0.3) {
    return list.toSpliced(at, 1);
  }
  if (dice < 0.4) {
    const item = list[at] ?? null;
    return Array.from({ length: pick(random, [2, 10, 60]) }, () => structuredClone(item));
  }
  return list.with(at, mutateOnce(random, list[at] ?? null, depth + 1));
}

function mutateObject(random: Random, object: JsonObject, depth: number): JsonValue {
  const keys = Object.keys(object);
  const dice = random();
  if (keys.length === 0 || dice < 0.12) {
    put(object, pick(random, names), anything(random, depth + 1));
    return object;
  }
  const key = pick(random, keys);
  if (dice < 0.24) {
    return Object.fromEntries(Object.entries(object).filter(([name]) => name !== key));
  }
  if (dice < 0.34) {
    put(object, key, object[pick(random, keys)] ?? null);
    return object;
  }
  put(object, key, mutateOnce(random, object[key] ?? null, depth + 1));
  return object;
}

/** The text with a piece cut out, repeated, or something hostile put in, at any place, also inside a character. */
export function mutateText(random: Random, text: string): string {
  const from = between(random, 0, text.length + 1);
  const to = between(random, from, Math.min(text.length, from + 40) + 1);
  const dice = random();
  if (dice < 0.25) {
    return text.slice(0, from) + text.slice(to);
  }
  if (dice < 0.45) {
    return text.slice(0, from) + text.slice(from, to).repeat(pick(random, [2, 3, 20])) + text.slice(to);
  }
  if (dice < 0.85) {
    return text.slice(0, from) + pick(random, hostileTexts) + text.slice(to);
  }
  return text.slice(0, from) + String.fromCodePoint(between(random, 0, 0x110000)) + text.slice(to);
}

/** The bytes with some of them changed, taken out, or doubled. */
export function mutateBytes(random: Random, bytes: Uint8Array): Uint8Array {
  let changed = Buffer.from(bytes);
  for (let left = between(random, 0, 5); left > 0 && changed.length > 0; left--) {
    const at = between(random, 0, changed.length);
    const end = Math.min(changed.length, at + between(random, 1, 30));
    const dice = random();
    if (dice < 0.4) {
      changed[at] = pick(random, [0, 0x0a, 0x0d, 0x3a, 0x20, 0x7b, 0x22, 0x80, 0xc0, 0xef, 0xff]);
    } else if (dice < 0.6) {
      changed = Buffer.concat([changed.subarray(0, at), changed.subarray(end)]);
    } else if (dice < 0.8) {
      changed = Buffer.concat([changed.subarray(0, end), changed.subarray(at, end), changed.subarray(end)]);
    } else {
      const text = Buffer.from(pick(random, hostileTexts));
      changed = Buffer.concat([changed.subarray(0, at), text, changed.subarray(at)]);
    }
  }
  return changed;
}

/** Sets an own field, whatever its name. */
function put(object: JsonObject, name: string, value: JsonValue): void {
  Object.defineProperty(object, name, { value, enumerable: true, configurable: true, writable: true });
}
