/** What the page says about the Markdown of messages. */
export interface MarkdownStrings {
  readonly code: string; // accessible name of a block of code
  readonly codeIn: string; // "Code, {language}"
  readonly hiddenCharacters: string;
  readonly insertAtCursor: string;
  readonly showMore: string;
  readonly table: string; // accessible name of the box that a table scrolls in
  readonly taskDone: string;
  readonly taskOpen: string;
  readonly wrapLines: string;
}
