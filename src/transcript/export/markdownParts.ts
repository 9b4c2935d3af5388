import { cut } from '../blocks.ts';

/** Text from elsewhere for a heading or a line: one line, and nothing in it is read as markup. */
export function inline(text: string, limit = 300): string {
  const line = text
    .slice(0, limit * 2)
    .replace(/[\u0000-\u001f\u007f-\u009f\u2028\u2029]+/g, ' ')
    .replace(/([\\`*_[\]<>#|~&])/g, '\\$1')
    .trim();
  return line.length <= limit ? line : `${cut(line, limit)}…`;
}

/** A block of code whose fence is longer than any run of backticks in it, so that nothing in it can end it. */
export function fenced(text: string, language = ''): string {
  const longest = Math.max(0, ...(text.match(/`{3,}/g) ?? []).map((run) => run.length));
  const fence = '`'.repeat(Math.max(3, longest + 1));
  return `${fence}${language}\n${text}${text.endsWith('\n') ? '' : '\n'}${fence}`;
}

/** A text as a quotation. */
export function quoted(text: string): string {
  return text
    .split(/\r\n|\r|\n/)
    .map((line) => `> ${line}`.trimEnd())
    .join('\n');
}
