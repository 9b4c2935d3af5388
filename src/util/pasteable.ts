/**
 * A text for the clipboard, without the line breaks at its end: pasted into a terminal, one there would run the
 * last line. Takes time in proportion to the text, whatever that holds.
 */
export function pasteable(text: string): string {
  let end = text.length;
  while (end > 0 && /[\r\n]/.test(text.charAt(end - 1))) {
    end--;
  }
  return text.slice(0, end);
}

/** An id for the clipboard. One with a line break in it is none that a server should give: it is quoted, and stays in one line. */
export function pasteableId(id: string): string {
  return /[\r\n]/.test(id) ? JSON.stringify(id) : id;
}
