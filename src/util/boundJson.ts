import { createHash } from 'node:crypto';

/** Deepest nesting that is read. Nothing that is meant for a person is nested further. */
const MAX_DEPTH = 200;
/**
 * Most values and names in one text: a quarter of a million events of a dozen fields each. JSON of a few bytes per
 * value takes ten times as long to read, and thirty times the memory, of JSON that is as long and says something.
 */
const MAX_PARTS = 4_000_000;
/** Most places that are cut out of one text. */
const MAX_CUTS = 1_000;

const QUOTE = 0x22;
const COMMA = 0x2c;
const COLON = 0x3a;
const OPEN_LIST = 0x5b;
const BACKSLASH = 0x5c;
const CLOSE_LIST = 0x5d;
const OPEN_OBJECT = 0x7b;
const CLOSE_OBJECT = 0x7d;

/**
 * Makes JSON from a stranger safe to read, in one pass over the text and before a single value of it exists: what
 * is nested deeper than {@link MAX_DEPTH} is cut out, so that nobody behind has to fear for the stack, neither
 * here nor in a page nor on the way between; undefined where it holds more parts, or more
 * such places, than anybody means to say.
 * Does not say whether the text is JSON, and gives an ordinary one back as it is.
 */
export function boundJson(text: string): string | undefined {
  const kept: string[] = [];
  let keptTo = 0;
  let cutFrom = 0;
  let depth = 0;
  let parts = 0;
  for (let at = 0; at < text.length; at++) {
    switch (text.charCodeAt(at)) {
      case QUOTE:
        at = endOfString(text, at);
        break;
      case OPEN_LIST:
      case OPEN_OBJECT:
        depth++;
        parts += depth <= MAX_DEPTH ? 1 : 0;
        if (depth === MAX_DEPTH + 1) {
          cutFrom = at;
        }
        break;
      case CLOSE_LIST:
      case CLOSE_OBJECT:
        if (depth === MAX_DEPTH + 1) {
          kept.push(text.slice(keptTo, cutFrom), markOf(text.slice(cutFrom, at + 1)));
          keptTo = at + 1;
        }
        depth--;
        break;
      case COMMA:
      case COLON:
        // What is cut out is never made, however much of it there is.
        parts += depth <= MAX_DEPTH ? 1 : 0;
        break;
    }
    if (parts > MAX_PARTS || kept.length > MAX_CUTS * 2) {
      return undefined;
    }
  }
  return kept.length === 0 ? text : kept.join('') + text.slice(keptTo);
}

/** Stands for what was cut out, and differs where that differs: an approval is bound to all of what was asked. */
function markOf(cut: string): string {
  return `"… ${createHash('sha256').update(cut).digest('base64url')}"`;
}

/** The place of the quote that ends the string that begins at `start`; the end of the text where none does. */
function endOfString(text: string, start: number): number {
  for (let end = text.indexOf('"', start + 1); end !== -1; end = text.indexOf('"', end + 1)) {
    let before = end - 1;
    while (text.charCodeAt(before) === BACKSLASH) {
      before--;
    }
    // An even number of backslashes are escaped ones, and the quote is a quote.
    if ((end - before) % 2 === 1) {
      return end;
    }
  }
  return text.length;
}
