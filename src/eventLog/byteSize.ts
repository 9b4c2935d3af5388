import type { StoredEvent } from '../stream/eventStore.ts';
import type { JsonValue } from '../util/json.ts';

/** Most values of one event that are looked at; what lies behind counts as plain ASCII. */
const MAX_VALUES = 100_000;

/** Size of an event in bytes of JSON, as it came. Costs little also for a large one, and nothing is written out. */
export function byteSize(stored: StoredEvent): number {
  let size = stored.weight;
  let values = 0;
  const open: JsonValue[] = [stored.event.raw];
  for (let value = open.pop(); value !== undefined && values < MAX_VALUES; value = open.pop()) {
    values++;
    if (typeof value === 'string') {
      size += surplus(value);
    } else if (Array.isArray(value)) {
      for (const inner of value) {
        open.push(inner);
      }
    } else if (typeof value === 'object' && value !== null) {
      for (const [name, inner] of Object.entries(value)) {
        size += surplus(name);
        open.push(inner);
      }
    }
  }
  return size;
}

const notAscii = /[^\u0000-\u007f]/;

/** By how much a text is longer in UTF-8 than in UTF-16 units. */
function surplus(text: string): number {
  const start = text.search(notAscii);
  if (start < 0) {
    return 0;
  }
  let extra = 0;
  for (let index = start; index < text.length; index++) {
    const unit = text.charCodeAt(index);
    // A surrogate pair is two units and four bytes.
    extra += unit < 0x80 ? 0 : unit < 0x800 || (unit >= 0xd800 && unit <= 0xdfff) ? 1 : 2;
  }
  return extra;
}
