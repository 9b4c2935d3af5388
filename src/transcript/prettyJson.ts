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
      put(JSON.stringify(item) ?? 'null');
      return;
    }
    const isList = Array.isArray(item);
    const names = isList ? undefined : Object.keys(item);
    const count = names === undefined ? (item as JsonValue[]).length : names.length;
    if (count === 0) {
      put(isList ? '[]' : '{}');
      return;
    }
    if (indent.length > MAX_DEPTH * 2) {
      put('"…"');
      return;
    }
    const deeper = `${indent}  `;
    put(isList ? '[\n' : '{\n');
    for (let index = 0; index < count; index++) {
      if (length > MAX_LENGTH) {
        put(`${deeper}…`);
        break;
      }
      const name = names?.[index];
      put(name === undefined ? deeper : `${deeper}${JSON.stringify(name)}: `);
      write(
        name === undefined ? (item as JsonValue[])[index] : (item as { [key: string]: JsonValue })[name],
        deeper,
      );
      put(index === count - 1 ? '\n' : ',\n');
    }
    put(`${indent}${isList ? ']' : '}'}`);
  };
  write(value, '');
  return parts.join('');
}
