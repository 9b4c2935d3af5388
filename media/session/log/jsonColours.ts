/** Colours of the parts of JSON; each has its `::highlight` in log.css. */
const parts = ['name', 'string', 'number', 'word'] as const;
type Part = (typeof parts)[number];

/** A name with its colon, a text, a number or a word. */
const token = /("(?:[^"\\]|\\.)*")(\s*:)?|(-?\d[\d.eE+-]*)|\b(?:true|false|null)\b/g;

/** Most coloured pieces; what stands behind them stays as it is. */
const MAX_PIECES = 5_000;

/**
 * Colours the JSON in an element without an element per piece: the ranges are the browser's own highlights.
 * There is one such element on the page, so the last call counts.
 */
export function colourJson(element: Element): void {
  const ranges = new Map<Part, Range[]>(parts.map((part) => [part, []]));
  let count = 0;
  for (const node of element.childNodes) {
    if (node instanceof Text) {
      for (const match of node.data.matchAll(token)) {
        count++;
        if (count > MAX_PIECES) {
          break;
        }
        const range = new Range();
        range.setStart(node, match.index);
        range.setEnd(node, match.index + (match[1] ?? match[0]).length);
        ranges.get(partOf(match))?.push(range);
      }
    }
  }
  for (const [part, found] of ranges) {
    CSS.highlights.set(`json-${part}`, new Highlight(...found));
  }
}

function partOf(match: RegExpExecArray): Part {
  if (match[1] !== undefined) {
    return match[2] === undefined ? 'string' : 'name';
  }
  return match[3] === undefined ? 'word' : 'number';
}
