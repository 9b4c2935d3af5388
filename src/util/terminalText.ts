// Colours of a terminal say nothing here and would drown the text in marks.
const COLOURS = /\u001b\[[0-9;:]*m/g;

/** A tool's output without colour sequences. All other control characters stay, to be shown as marks. */
export function terminalText(text: string): string {
  return text.includes('\u001b') ? text.replace(COLOURS, '') : text;
}
