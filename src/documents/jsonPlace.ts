/** A stretch of a text, in UTF-16 units. */
export interface TextSpan {
  readonly start: number;
  readonly end: number;
}

/**
 * Where a field of a JSON document stands: the value under a dotted path as servers name it (`tools.0.name`).
 * Where the path leads nowhere, the innermost thing that is there: its name or, in a list, the entry. The text
 * must be JSON. Without recursion, so that no nesting can exhaust the stack.
 */
export function placeOf(text: string, path: string): TextSpan | undefined {
  const steps = path.split('.').filter((step) => step !== '');
  let at = skipBlanks(text, 0);
  let best: TextSpan | undefined;
  for (const [index, step] of steps.entries()) {
    const child = childOf(text, at, step);
    if (child === undefined) {
      break;
    }
    at = child.value;
    const isLast = index === steps.length - 1;
    best = isLast || child.name === undefined ? { start: at, end: valueEnd(text, at) } : child.name;
  }
  return best;
}

interface Child {
  readonly name: TextSpan | undefined;
  readonly value: number;
}

/** The member of an object, or the entry of a list, that a step names. The last of equal names counts. */
function childOf(text: string, at: number, step: string): Child | undefined {
  const isObject = text[at] === '{';
  if (!isObject && text[at] !== '[') {
    return undefined;
  }
  let found: Child | undefined;
  let position = skipBlanks(text, at + 1);
  for (let index = 0; position < text.length && text[position] !== '}' && text[position] !== ']'; index++) {
    let name: TextSpan | undefined;
    if (isObject) {
      name = { start: position, end: stringEnd(text, position) };
      position = skipBlanks(text, skipBlanks(text, name.end) + 1);
    }
    const isWanted = name === undefined ? String(index) === step : nameAt(text, name) === step;
    if (isWanted) {
      found = { name, value: position };
    }
    position = skipBlanks(text, valueEnd(text, position));
    if (text[position] === ',') {
      position = skipBlanks(text, position + 1);
    }
  }
  return found;
}

function nameAt(text: string, span: TextSpan): unknown {
  return JSON.parse(text.slice(span.start, span.end));
}

function valueEnd(text: string, start: number): number {
  let depth = 0;
  let at = start;
  while (at < text.length) {
    const character = text[at];
    if (character === '"') {
      at = stringEnd(text, at);
    } else if (character === '{' || character === '[') {
      depth++;
      at++;
    } else if (character === '}' || character === ']') {
      depth--;
      at++;
    } else if (depth === 0) {
      return wordEnd(text, at);
    } else {
      at++;
    }
    if (depth === 0) {
      return at;
    }
  }
  return at;
}

function stringEnd(text: string, start: number): number {
  let at = start + 1;
  while (at < text.length && text[at] !== '"') {
    at += text[at] === '\\' ? 2 : 1;
  }
  return Math.min(at + 1, text.length);
}

function wordEnd(text: string, start: number): number {
  let at = start;
  while (at < text.length && !/[\s,\]}]/.test(text.charAt(at))) {
    at++;
  }
  return at;
}

function skipBlanks(text: string, start: number): number {
  let at = start;
  while (/[ \t\n\r\ufeff]/.test(text.charAt(at))) {
    at++;
  }
  return at;
}
