import type { BodyPart, PageAction } from '../../../src/protocol/messages.ts';
import type { PageStrings } from '../../../src/protocol/strings.ts';
import type { ToolRow } from '../../../src/transcript/row.ts';
import type { Format } from '../format.ts';
import type { RowUi } from '../uiState.ts';

/** What a view may do. The views know nothing of messages, stores or the editor. */
export interface PageActions {
  openLink(url: string): void;
  openBody(key: string, part: BodyPart): void;
  openCode(place: CodePlace): void;
  /** Puts the code where the cursor is in the editor that was used last. */
  insertCode(place: CodePlace): void;
  /** Opens an image or a document that the row only names; `index` is its place among the blocks. */
  openBlock(key: string, part: BodyPart, index: number): void;
  copyBody(key: string, part: BodyPart): void;
  /** Has the host copy code with hidden characters, after a question. */
  copyCode(place: CodePlace): void;
  /** Opens the file of the workspace that a tool call names, or applies its change to that file. */
  useInWorkspace(key: string, what: 'openPath' | 'applyChange'): void;
  /** Copies a piece of text that the page itself holds. */
  copyText(text: string): Promise<void>;
  interrupt(): void;
  /** What can be done about calls that wait for the user. */
  readonly approvals: ApprovalActions;
  act(action: PageAction): void;
  /** Changes what the page remembers about a row, and draws it. */
  changeRow(key: string, part: RowUi): void;
  toggle(key: string, expanded: boolean): void;
  /** Draws the row again, which is going to be longer because the reader asked for it. */
  grow(key: string): void;
  announce(text: string): void;
  /** Puts the keyboard on a control of the row, once it is drawn. */
  focusIn(key: string, selector: string): void;
}

export interface ApprovalActions {
  /** A denial takes along what is written in the row's form. */
  decide(row: ToolRow, decision: 'allow' | 'deny'): void;
  /** Sends what is written in the row's form. */
  sendResult(row: ToolRow): void;
  /** Remembers what is written in the row's form. */
  write(key: string, part: RowUi): void;
  openWhole(row: ToolRow): void;
  /** The end of the input with this hash was on the screen. */
  sawEnd(key: string, inputHash: string): void;
  acceptChange(row: ToolRow): void;
  allowSeen(): void;
  showNext(): void;
}

/** The calls that wait for the user. */
export interface WaitingCalls {
  /** Keys of their rows, oldest first. */
  readonly ids: readonly string[];
  /** The agent was asked to stop: they will be refused. */
  readonly stopping: boolean;
}

/** A block of code by its place: the row, the block of the message, and its number in that text. */
export interface CodePlace {
  readonly key: string;
  readonly block: number;
  readonly number: number;
}

/** What the Markdown of a message needs of the page. */
export interface MarkdownContext {
  readonly strings: PageStrings;
  readonly actions: Pick<
    PageActions,
    'announce' | 'changeRow' | 'copyCode' | 'copyText' | 'grow' | 'insertCode' | 'openCode' | 'openLink'
  >;
}

/** Markdown comes later than the first paint; until then text is shown as it is. */
export interface MarkdownRenderer {
  /** `isGrowing`: the text is still being written. Undefined where the text stays plain for now. */
  render(key: string, text: string, context: MarkdownContext, isGrowing?: boolean): unknown;
}

/** The same for all rows, until another page is opened or other calls wait. */
export interface PageContext {
  readonly strings: PageStrings;
  readonly format: Format;
  readonly actions: PageActions;
  readonly markdown: MarkdownRenderer | undefined;
  readonly waiting: WaitingCalls;
}
