import type { JsonValue } from '../util/json.ts';

/** Deeper values are written as `…`; nothing a person can read is nested further. */
const MAX_DEPTH = 100;
/** Where writing stops; what comes after could not be read anyway. */
const MAX_LENGTH = 4_000_000;

/** A value as indented JSON. Bounded in depth, so that no nesting can exhaust the stack, and in length. */
export function prettyJson(value: JsonValue | undefined): string {
  const parts: string[] = [];
  let length = 0;
  const put = (text: string) => {
    length += text.length;
    parts.push(text);
  };
  const write = (item: JsonValue | undefined, indent: string): void => {
    if (typeof item !== 'object' || item === null) {
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
      put('"…"');
      return;
    }
    const deeper = `${indent}  `;
    put(`${opening}\n`);
    for (const [index, [name, inner]] of fields.entries()) {
      if (length > MAX_LENGTH) {
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
  return parts.join('');
}
