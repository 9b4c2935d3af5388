/*
 * What the end of a text that still grows should be taken for. Markdown says only afterwards what a line was:
 * a dash under a paragraph is a heading until a word follows it. Shown as they come, such ends would flicker.
 */

/** A last line longer than this is no mere mark. */
const LONGEST_MARK = 120;
/** How far back an open end is looked for. */
const LONGEST_SPAN = 2_000;

/** A line of nothing but marks: the start of a list, heading, fence, rule, or the line below a heading or table head. */
const onlyMarks = /^[ \t>]*(?:[-*+=_#|:`~ \t]*|\d{1,9}[.)]?[ \t]*)$/;
/** The first row of a table, whose second row has not come. */
const tableHead = /(^|\n)[ \t>]*\|[^\n]*\n?$/;
/** Marks at the very end, which may be the first half of a longer one. */
const lastMarks = /[*_~`]+$/;
/** A link or an image whose address has not come to its end. */
const openLink = /!?\[([^[\]\n]*)\]\([^()\s]*$/;

/** The text without a last line that does not say yet what it is. */
export function growingText(text: string): string {
  const start = text.lastIndexOf('\n') + 1;
  const last = text.slice(start);
  const isMark = last !== '' && last.length <= LONGEST_MARK && onlyMarks.test(last);
  const known = isMark ? text.slice(0, start) : text;
  const from = lineBefore(known, known.length);
  if (tableHead.test(known.slice(from)) && !isTableRow(known.slice(lineBefore(known, from), from))) {
    return known.slice(0, from);
  }
  return known;
}

/** The text with what is open at its end closed: bold, code and links look from their start as they will. */
export function withOpenEndsClosed(text: string): string {
  const paragraph = text.lastIndexOf('\n\n');
  const start = Math.max(paragraph < 0 ? 0 : paragraph + 2, text.length - LONGEST_SPAN);
  const known = text.slice(start).replace(openLink, '$1').replace(lastMarks, '');
  const words = known.trimEnd();
  return text.slice(0, start) + words + closers(words) + known.slice(words.length);
}

/** The start of the line that ends at `end`, or of the one before where only a line break is left. */
function lineBefore(text: string, end: number): number {
  return text.lastIndexOf('\n', end - 2) + 1;
}

function isTableRow(line: string): boolean {
  return /^[ \t>]*\|/.test(line);
}

/** The marks that close what is open, innermost first. */
function closers(text: string): string {
  const open: string[] = [];
  const marks = /\\.|(`+)|(\*\*|__|~~|\*|_)/gs;
  for (let match = marks.exec(text); match !== null; match = marks.exec(text)) {
    const [mark, ticks, emphasis] = match;
    if (ticks !== undefined) {
      const close = closingTicks(text, marks.lastIndex, ticks);
      if (close < 0) {
        return text.length > marks.lastIndex ? ticks + open.reverse().join('') : open.reverse().join('');
      }
      marks.lastIndex = close;
    } else if (emphasis !== undefined) {
      const before = text.charAt(match.index - 1);
      const after = text.charAt(match.index + mark.length);
      if (open.at(-1) === emphasis && /\S/.test(before)) {
        open.pop();
      } else if (/\S/.test(after) && (emphasis.startsWith('*') || !/[\p{L}\p{N}]/u.test(before))) {
        open.push(emphasis);
      }
    }
  }
  return open.reverse().join('');
}

function closingTicks(text: string, from: number, ticks: string): number {
  const runs = /`+/g;
  runs.lastIndex = from;
  for (let match = runs.exec(text); match !== null; match = runs.exec(text)) {
    if (match[0] === ticks) {
      return runs.lastIndex;
    }
  }
  return -1;
}
