import type { JsonValue } from '../util/json.ts';

/** Deeper values are written as `…`; nothing a person can read is nested further. */
const MAX_DEPTH = 100;
/** Where writing stops; what comes after could not be read anyway. */
const MAX_LENGTH = 4_000_000;

/** A value in writing, and whether the writing says all of it, exactly. */
export interface WrittenJson {
  readonly text: string;
  /** False where something was too deep or too long to be written, or a number has lost its digits on the way. */
  readonly complete: boolean;
}

/** A value as indented JSON, as far as {@link writeJson} goes. */
export function prettyJson(value: JsonValue | undefined): string {
  return writeJson(value).text;
}

/** Writes a value as indented JSON. Bounded in depth, so that no nesting can exhaust the stack, and in length. */
export function writeJson(value: JsonValue | undefined): WrittenJson {
  const parts: string[] = [];
  let length = 0;
  let complete = true;
  const put = (text: string) => {
    length += text.length;
    parts.push(text);
  };
  const write = (item: JsonValue | undefined, indent: string): void => {
    if (typeof item !== 'object' || item === null) {
      complete &&= typeof item !== 'number' || isExact(item);
      put(item === undefined ? 'null' : JSON.stringify(item));
      return;
    }
    const isList = Array.isArray(item);
    const [opening, closing] = isList ? ['[', ']'] : ['{', '}'];
    const fields: readonly (readonly [name: string | undefined, value: JsonValue])[] = isList
      ? item.map((value) => [undefined, value])
      : Object.entries(item);
    if (fields.length === 0) {
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
    for (const [index, [name, inner]] of fields.entries()) {
      if (length > MAX_LENGTH) {
        complete = false;
        put(`${deeper}…\n`);
        break;
      }
      put(name === undefined ? deeper : `${deeper}${JSON.stringify(name)}: `);
      write(inner, deeper);
      put(index === fields.length - 1 ? '\n' : ',\n');
    }
    put(`${indent}${closing}`);
  };
  write(value, '');
  return { text: parts.join(''), complete };
}

/** Whether a number is surely the one that was sent: larger ones are rounded when they are read. */
function isExact(value: number): boolean {
  return Number.isFinite(value) && (!Number.isInteger(value) || Number.isSafeInteger(value));
}
