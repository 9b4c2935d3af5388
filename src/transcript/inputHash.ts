import { createHash } from 'node:crypto';
import type { SessionEvent } from '../api/resources/event.ts';
import { field, type JsonValue } from '../util/json.ts';
import { callOf } from './toolCall.ts';

/** Pieces are hashed together up to this length, in UTF-16 units; one by one they would cost too much. */
const CHUNK = 65_536;

/**
 * Names the exact call that an event asks for: its kind, server, tool and whole input, so that a decision can
 * be bound to what was shown. Any change of these gives another name, however deep it lies; the order of keys
 * does not count, since it means nothing and servers change it.
 */
export function inputHash(event: SessionEvent): string {
  const hash = createHash('sha256');
  const { fields } = callOf(event);
  const named = ['mcp_server_name', 'name', 'input'].map((name) => field(fields, name) ?? null);
  let text = '';
  writeCanonical([event.type, ...named], (piece) => {
    text += piece;
    if (text.length > CHUNK) {
      hash.update(text);
      text = '';
    }
  });
  return hash.update(text).digest('base64url');
}

interface Open {
  readonly items: readonly JsonValue[];
  /** Names of the items, sorted; undefined in a list. */
  readonly names: readonly string[] | undefined;
  next: number;
}

/** Writes canonical JSON piece by piece. Keeps its own stack, since it is the server that decides on the depth. */
function writeCanonical(root: JsonValue, write: (text: string) => void): void {
  const open: Open[] = [];
  const begin = (value: JsonValue) => {
    if (Array.isArray(value)) {
      write('[');
      open.push({ items: value, names: undefined, next: 0 });
    } else if (typeof value === 'object' && value !== null) {
      write('{');
      const names = Object.keys(value).sort();
      open.push({ items: names.map((name) => field(value, name) ?? null), names, next: 0 });
    } else {
      // As JSON, so that kinds differ and half a surrogate pair is not lost when the text is encoded.
      write(typeof value === 'number' ? String(value) : JSON.stringify(value));
    }
  };
  begin(root);
  for (let top = open.at(-1); top !== undefined; top = open.at(-1)) {
    const item = top.items[top.next];
    if (item === undefined) {
      write(top.names === undefined ? ']' : '}');
      open.pop();
      continue;
    }
    const name = top.names?.[top.next];
    write(name === undefined ? ',' : `,${JSON.stringify(name)}:`);
    top.next++;
    begin(item);
  }
}
