const FENCE = /^([ \t]*)(`{3,}(?=[^`]*$)|~{3,})/;
/** Longer lines are looked through once only. */
const MAX_CODE_LINE = 10_000;
/** A fence that a list or a quotation holds. */
const HELD_FENCE = /^([ \t>*+\-\d.)]+)(?=`{3,}[^`]*$|~{3,})/;

/**
 * Markdown that somebody else wrote, as a part of ours: formatting stays, but nothing in it loads a picture, is
 * HTML, or is a heading that could be taken for one of ours. Code in fences stays as it is: fences are moved to
 * the margin, where nothing around them can end them, and one that is left open is closed. What counts as code
 * and what does not follows CommonMark; where it is not sure, it does not count as code.
 */
export function foreignMarkdown(text: string): string {
  const written: string[] = [];
  let fence: { readonly indent: number; readonly marks: string } | undefined;
  let before = '';
  let isSure = true;
  for (const line of text.split(/\r\n|\r|\n/)) {
    if (fence !== undefined) {
      if (endsFence(line, fence.marks)) {
        written.push(fence.marks);
        fence = undefined;
      } else {
        written.push(withoutIndent(line, fence.indent));
      }
      before = '';
      continue;
    }
    const [, indent = '', marks] = FENCE.exec(line) ?? [];
    if (marks !== undefined) {
      fence = { indent: indent.length, marks };
      written.push(line.slice(indent.length));
      isSure = true;
      continue;
    }
    if (isBlank(line)) {
      isSure = true;
    }
    // What follows may be an address, in which backticks are not code; cells of tables end inside of code too.
    isSure &&= line.length <= MAX_CODE_LINE && !/\](?:\(|:)|\|/.test(line);
    written.push(plainBlocks(harmlessInline(line, isSure), !isBlank(before)));
    before = line;
  }
  if (fence !== undefined) {
    written.push(fence.marks);
  }
  return written.join('\n');
}

/** Other kinds of spaces are text. */
function isBlank(line: string): boolean {
  return /^[ \t]*$/.test(line);
}

function endsFence(line: string, marks: string): boolean {
  const text = line.trim();
  return text.length >= marks.length && text === marks.charAt(0).repeat(text.length);
}

function withoutIndent(line: string, indent: number): string {
  const own = /^[ \t]*/.exec(line)?.[0].length ?? 0;
  return line.slice(Math.min(own, indent));
}

/** No heading of either kind, and no fence inside of something else. */
function plainBlocks(line: string, isAfterText: boolean): string {
  const held = line.replace(HELD_FENCE, '$1\\');
  if (/^ {0,3}#/.test(held)) {
    return held.replace('#', '\\#');
  }
  return isAfterText && /^ {0,3}(?:=+|-+)[ \t]*$/.test(held) ? held.replace(/[=-]/, '\\$&') : held;
}

/** Pictures and HTML of one line become text. Code that ends on the line stays as it is if `keepsCode`. */
function harmlessInline(line: string, keepsCode: boolean): string {
  let written = '';
  for (let at = 0; at < line.length;) {
    const rest = line.slice(at, at + 2);
    const mark = rest.charAt(0);
    if (mark === '\\') {
      written += rest;
      at += 2;
    } else if (mark === '`' && keepsCode) {
      const run = runAt(line, at);
      const end = endOfCode(line, at + run, run);
      // Left alone, it could pair with one of another line.
      written += end === undefined ? '\\`'.repeat(run) : line.slice(at, end);
      at = end ?? at + run;
    } else {
      written += rest === '![' || /^<[a-z/!?]/i.test(rest) ? `\\${mark}` : mark;
      at += 1;
    }
  }
  return written;
}

function runAt(line: string, at: number): number {
  let end = at;
  while (line.charAt(end) === '`') {
    end += 1;
  }
  return end - at;
}

/** Where the code ends that began with `run` backticks: after as many, not more and not fewer. */
function endOfCode(line: string, from: number, run: number): number | undefined {
  for (let at = line.indexOf('`', from); at !== -1;) {
    const length = runAt(line, at);
    if (length === run) {
      return at + length;
    }
    at = line.indexOf('`', at + length);
  }
  return undefined;
}
