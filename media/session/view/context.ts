import type { BodyPart, PageAction } from '../../../src/protocol/messages.ts';
import type { PageStrings } from '../../../src/protocol/strings.ts';
import type { ToolRow } from '../../../src/transcript/row.ts';
import type { Format } from '../format.ts';
import type { RowUi } from '../uiState.ts';

/** What a view may do. The views know nothing of messages, stores or the editor. */
export interface PageActions {
  openLink(url: string): void;
  openBody(key: string, part: BodyPart): void;
  copyBody(key: string, part: BodyPart): void;
  /** Copies a piece of text that the page itself holds. */
  copyText(text: string): void;
  interrupt(): void;
  decide(row: ToolRow, decision: 'allow' | 'deny', reason: string): void;
  answerTool(row: ToolRow, text: string, isError: boolean): void;
  act(action: PageAction): void;
  /** Changes what the page remembers about a row, and draws it. */
  changeRow(key: string, part: RowUi): void;
  /** Remembers what is typed in a row's form. */
  keepText(key: string, text: string): void;
  toggle(key: string, expanded: boolean): void;
  announce(text: string): void;
  /** Puts the keyboard on a control of the row, once it is drawn. */
  focusIn(key: string, selector: string): void;
}

/** Markdown comes later than the first paint; until then text is shown as it is. */
interface MarkdownRenderer {
  render(key: string, text: string, context: PageContext): unknown;
}

/** The same for all rows between two `open`s. */
export interface PageContext {
  readonly strings: PageStrings;
  readonly format: Format;
  readonly actions: PageActions;
  readonly markdown: MarkdownRenderer | undefined;
}
