import type { JsonValue } from '../util/json.ts';

/** Deeper values are written as `…`; nothing a person can read is nested further. */
const MAX_DEPTH = 100;
/** Where writing stops; what comes after could not be read anyway. */
const MAX_LENGTH = 4_000_000;
/** Behind the limit only so many values are counted: their length is of no use but to be named. */
const MAX_COUNTED = 20_000;

/** A value in writing, and whether the writing says all of it, exactly. */
export interface WrittenJson {
  readonly text: string;
  /** False where something was too deep or too long to be written, or a number has lost its digits on the way. */
  readonly complete: boolean;
  /** Length of the whole writing, as far as it was counted: more than the text's where that is cut. */
  readonly total: number;
}

/** A value as indented JSON, as far as {@link writeJson} goes. */
export function prettyJson(value: JsonValue | undefined): string {
  return writeJson(value).text;
}

/**
 * Writes a value as indented JSON. Bounded in depth, so that no nesting can exhaust the stack, and in length.
 * @param limit the most characters that are of use; what is longer is never built, only counted.
 */
export function writeJson(value: JsonValue | undefined, limit = Number.POSITIVE_INFINITY): WrittenJson {
  const parts: string[] = [];
  let length = 0;
  let counted = 0;
  let complete = true;
  const put = (text: string) => {
    if (length <= limit) {
      // Building an indented copy of what nobody will see is what makes small events costly.
      parts.push(length + text.length > limit + 1 ? text.slice(0, limit + 1 - length) : text);
    }
    length += text.length;
  };
  const putString = (text: string) => {
    const room = Math.max(0, limit + 1 - length);
    if (text.length <= room) {
      put(JSON.stringify(text));
      return;
    }
    if (room > 0) {
      put(JSON.stringify(text.slice(0, room)).slice(0, -1));
    }
    length += text.length - room + 2;
  };
  const write = (item: JsonValue | undefined, indent: string): void => {
    if (typeof item !== 'object' || item === null) {
      complete &&= typeof item !== 'number' || isExact(item);
      if (typeof item === 'string') {
        putString(item);
      } else {
        put(item === undefined ? 'null' : JSON.stringify(item));
      }
      return;
    }
    const isList = Array.isArray(item);
    const [opening, closing] = isList ? ['[', ']'] : ['{', '}'];
    const names = isList ? [] : Object.keys(item);
    const count = isList ? item.length : names.length;
    if (count === 0) {
      put(`${opening}${closing}`);
      return;
    }
    if (indent.length > MAX_DEPTH * 2) {
      complete = false;
      put('"…"');
      return;
    }
    const deeper = `${indent}  `;
    put(`${opening}\n`);
    for (let index = 0; index < count; index++) {
      if (length > MAX_LENGTH || counted > MAX_COUNTED) {
        complete = false;
        put(`${deeper}…\n`);
        break;
      }
      counted += length > limit ? 1 : 0;
      const name = names[index];
      put(deeper);
      if (name !== undefined) {
        putString(name);
        put(': ');
      }
      write(isList ? item[index] : name === undefined ? undefined : item[name], deeper);
      put(index === count - 1 ? '\n' : ',\n');
    }
    put(`${indent}${closing}`);
  };
  write(value, '');
  const text = parts.join('');
  return { text: text.length > limit ? text.slice(0, limit) : text, complete, total: length };
}

/** Whether a number is surely the one that was sent: larger ones are rounded when they are read. */
function isExact(value: number): boolean {
  return Number.isFinite(value) && (!Number.isInteger(value) || Number.isSafeInteger(value));
}
