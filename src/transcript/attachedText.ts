/** A text that travels beside a message: a file, or some lines of one. */
export interface AttachedText {
  /** How the file is called where it comes from; one line. */
  readonly name: string;
  /** First and last line, counted from 1; undefined for a whole file. */
  readonly lines: { readonly from: number; readonly to: number } | undefined;
  /** The editor's language id, or empty. */
  readonly language: string;
}

const HEAD =
  /^Attached (?:file: ([^\n]{1,400})|selection: ([^\n]{1,400}), lines (\d{1,9})-(\d{1,9}))\n(`{3,})([\w+#.-]{0,40})\n/;

/**
 * An attachment as one text block, which every dialect of the API takes: a line that says what it is, and the
 * text between fences that are longer than any inside of it. The model reads it; it is never translated.
 */
export function writeAttachedText(about: AttachedText, text: string): string {
  const name = about.name.replace(/\s+/g, ' ').trim().slice(0, 400);
  const { lines } = about;
  const head =
    lines === undefined
      ? `Attached file: ${name}`
      : `Attached selection: ${name}, lines ${lines.from}-${lines.to}`;
  const runs = (text.match(/`{3,}/g) ?? []).map((run) => run.length);
  const fence = '`'.repeat(Math.max(3, 1 + runs.reduce((most, length) => Math.max(most, length), 0)));
  const language =
    /^[\w+#.-]{1,40}$/.test(about.language) && about.language !== 'plaintext' ? about.language : '';
  return `${head}\n${fence}${language}\n${text}${text.endsWith('\n') ? '' : '\n'}${fence}`;
}

/**
 * Reads such a block back, also one whose end was cut off; undefined for any other text. Only for showing: whoever
 * writes a message can write this as well.
 */
export function readAttachedText(block: string): (AttachedText & { readonly text: string }) | undefined {
  const match = HEAD.exec(block);
  if (match === null) {
    return undefined;
  }
  const [head, file, selected, from, to, fence = '', language = ''] = match;
  const rest = block.slice(head.length);
  return {
    name: file ?? selected ?? '',
    lines: from === undefined || to === undefined ? undefined : { from: Number(from), to: Number(to) },
    language,
    text: rest.endsWith(`\n${fence}`) ? rest.slice(0, -fence.length - 1) : rest === fence ? '' : rest,
  };
}
