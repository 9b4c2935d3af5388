/**
 * A Markdown text as it reads once it is drawn, near enough for a search: without the signs that make words
 * bold, code, links, headings, lists and tables. Not a parser: it goes over each character once, so that it
 * keeps up with a search through a hundred thousand messages.
 */
export interface ReadableText {
  readonly text: string;
  /** Where the links lead; they can be looked for, but are not part of what is read. */
  readonly addresses: readonly string[];
}

/** The signs that Markdown may take for its own. A query that has one is looked for in the source as well. */
export const markdownSigns = /[*_`~#[\]()\\|>&!<=+-]/;

const INLINE_SIGNS = /[*_`~[\]\\&<]/;
const FENCE = /^ {0,3}(`{3,}|~{3,})/;
const LINE_START = /^\s{0,200}(?:>|#{1,6}(?=\s|$)|[-+*](?=\s)|\d{1,9}[.)](?=\s))/;
const DEEPEST = 32;
/** Lines that only draw: rules, underlines of headings, the line below a table's head. */
const DRAWN = /^\s{0,200}[-=*_|: ]{2,}$/;

/** How far ahead the other end of a sign is looked for, in UTF-16 units. */
const REACH = 2_000;

export function readableText(source: string): ReadableText {
  if (!markdownSigns.test(source)) {
    return { text: source, addresses: [] };
  }
  const addresses: string[] = [];
  let fence: string | undefined;
  const lines = source.split('\n').map((line) => {
    const mark = FENCE.exec(line)?.[1];
    if (mark !== undefined && (fence === undefined || mark.startsWith(fence))) {
      fence = fence === undefined ? mark : undefined;
      return '';
    }
    return fence === undefined ? readableLine(line, addresses) : line;
  });
  return { text: lines.join('\n'), addresses };
}

function readableLine(line: string, addresses: string[]): string {
  if (DRAWN.test(line)) {
    return '';
  }
  let rest = line;
  for (let depth = 0; depth < DEEPEST; depth++) {
    const start = LINE_START.exec(rest);
    if (start === null) {
      break;
    }
    rest = rest.slice(start[0].length);
  }
  const isTable = /^\s{0,200}\|/.test(rest);
  const text = INLINE_SIGNS.test(rest) ? inlineText(rest, addresses) : rest;
  return isTable ? text.replaceAll('|', ' ') : text;
}

function inlineText(line: string, addresses: string[]): string {
  let text = '';
  let done = 0;
  for (let at = 0; at < line.length;) {
    const step = signAt(line, at);
    if (step === undefined) {
      at += 1;
      continue;
    }
    text += line.slice(done, at) + step.text;
    if (step.address !== undefined && step.address !== '') {
      addresses.push(step.address);
    }
    at = step.end;
    done = at;
  }
  return text + line.slice(done);
}

interface Sign {
  readonly end: number;
  /** What is read in its place. */
  readonly text: string;
  readonly address?: string;
}

function signAt(line: string, at: number): Sign | undefined {
  switch (line.charAt(at)) {
    case '\\':
      return /[!-/:-@[-`{-~]/.test(line.charAt(at + 1))
        ? { end: at + 2, text: line.charAt(at + 1) }
        : undefined;
    case '`':
      return codeAt(line, at);
    case '*':
    case '~':
    case '_':
      return emphasisAt(line, at);
    case '!':
      return line.charAt(at + 1) === '[' && linkAhead(line, at + 1) ? { end: at + 2, text: '' } : undefined;
    case '[':
      return linkAhead(line, at) ? { end: at + 1, text: '' } : undefined;
    case ']':
      return line.charAt(at + 1) === '(' ? addressAt(line, at + 2) : undefined;
    case '<': {
      const end = line.slice(at, at + REACH).search(/[>\s]/);
      const address = end === -1 ? '' : line.slice(at + 1, at + end);
      return /^https?:/i.test(address) && line.charAt(at + end) === '>'
        ? { end: at + end + 1, text: address }
        : undefined;
    }
    case '&':
      return entityAt(line, at);
    default:
      return undefined;
  }
}

function runAt(line: string, at: number): number {
  let end = at + 1;
  while (end < line.length && line.charAt(end) === line.charAt(at)) {
    end += 1;
  }
  return end;
}

function codeAt(line: string, at: number): Sign {
  const open = runAt(line, at);
  const ticks = line.slice(at, open);
  const limit = Math.min(line.length, open + REACH);
  for (let close = line.indexOf('`', open); close !== -1 && close < limit;) {
    const end = runAt(line, close);
    if (end - close === ticks.length) {
      return { end, text: line.slice(open, close) };
    }
    close = line.indexOf('`', end);
  }
  return { end: open, text: ticks };
}

function emphasisAt(line: string, at: number): Sign {
  const end = runAt(line, at);
  const run = line.slice(at, end);
  const before = at === 0 ? ' ' : line.charAt(at - 1);
  const after = end >= line.length ? ' ' : line.charAt(end);
  const standsAlone = /\s/.test(before) && /\s/.test(after);
  const isInsideWord = /[\p{L}\p{N}]/u.test(before) && /[\p{L}\p{N}]/u.test(after);
  const isText = standsAlone || (run.startsWith('_') && isInsideWord) || run === '~';
  return { end, text: isText ? run : '' };
}

function linkAhead(line: string, at: number): boolean {
  const close = line.slice(at, at + REACH).indexOf('](');
  return close !== -1 && line.slice(at + close, at + close + REACH).includes(')');
}

function addressAt(line: string, from: number): Sign | undefined {
  const close = line.slice(from, from + REACH).indexOf(')');
  if (close === -1) {
    return undefined;
  }
  const address =
    line
      .slice(from, from + close)
      .trim()
      .split(/\s/)[0] ?? '';
  return { end: from + close + 1, text: '', address };
}

const entities = new Map([
  ['&amp;', '&'],
  ['&lt;', '<'],
  ['&gt;', '>'],
  ['&quot;', '"'],
  ['&#39;', "'"],
  ['&nbsp;', ' '],
]);

function entityAt(line: string, at: number): Sign | undefined {
  const end = line.slice(at, at + 8).indexOf(';');
  const name = end === -1 ? '' : line.slice(at, at + end + 1);
  const text = entities.get(name);
  return text === undefined ? undefined : { end: at + name.length, text };
}
