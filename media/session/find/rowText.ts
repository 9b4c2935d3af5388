/** Words of the page, not of the session. Pictures and numbers of lines are hidden from readers of the tree anyway. */
const NOT_SAID = [
  '.sr-only',
  '[aria-hidden="true"]',
  'time',
  'textarea',
  'input',
  'label',
  '.day',
  '.row-foot',
  '.card-foot',
  '.bubble-head',
  '.bubble-state',
  '.tool-status',
  '.thread-tag',
  '.edit-counts',
  '.line-sign',
  '.code-bar',
  '.no-output',
  '.notice-state',
  '.buttons',
  '.ask-note',
  '.inline-error',
  '.link-host',
  '.row-thinking .notice',
  // What stands in the head of an open card stands in its body as well.
  '[aria-expanded="true"] .tool-summary',
  '.card:not(.shows-json) [aria-expanded="true"] .tool-detail',
].join(', ');

/** In these, only some parts are said. */
const HEADS = 'h2, summary, .card-head, .part-head';
const SAID_IN_HEADS = 'code, .tool-name, .tool-summary, .tool-detail, .path, .path-detail, .attached-name';

/** Elements in a line of text; all others begin and end one. */
const inline = new Set(['A', 'B', 'BUTTON', 'CODE', 'DEL', 'EM', 'I', 'S', 'SPAN', 'STRONG', 'SUB', 'SUP']);
const LIKE_A_BLOCK = '.tool-name, .tool-summary, .tool-detail, .path, .path-detail, .line-text';

/** A piece of a row's text and the node that it stands in. */
interface Piece {
  readonly from: number;
  readonly length: number;
  readonly node: Text;
  /** True where the node shows something else in the place of the piece: a mark for a hidden character. */
  readonly isMark: boolean;
}

/** What is said in a row as it is drawn, and where in the document each part of it stands. */
export class RowText {
  readonly text: string;
  private readonly pieces: readonly Piece[];

  constructor(row: Element) {
    const pieces: Piece[] = [];
    let text = '';
    const put = (node: Text, piece: string, isMark: boolean) => {
      pieces.push({ from: text.length, length: piece.length, node, isMark });
      text += piece;
    };
    const visit = (element: Element, isInHead: boolean) => {
      if (element.matches(NOT_SAID) || isControl(element)) {
        return;
      }
      const breaks = !inline.has(element.tagName) || element.matches(LIKE_A_BLOCK);
      text += breaks ? '\n' : '';
      const isHead = (isInHead || element.matches(HEADS)) && !element.matches(SAID_IN_HEADS);
      const hidden = hiddenBehind(element);
      for (const node of element.childNodes) {
        if (node instanceof Text && !isHead) {
          put(node, hidden ?? node.data, hidden !== undefined);
        } else if (node instanceof Element) {
          visit(node, isHead);
        }
      }
      text += breaks ? '\n' : '';
    };
    visit(row, false);
    this.text = text;
    this.pieces = pieces;
  }

  /** The piece of the document that shows a part of the text; undefined where nothing shows it. */
  range(start: number, end: number): Range | undefined {
    const first = this.pieces[this.count(({ from, length }) => from + length <= start)];
    const last = this.pieces[this.count(({ from }) => from < end) - 1];
    if (first === undefined || last === undefined || first.from > last.from) {
      return undefined;
    }
    const range = document.createRange();
    range.setStart(first.node, first.isMark ? 0 : Math.max(0, start - first.from));
    range.setEnd(last.node, last.isMark ? last.node.length : Math.min(last.length, end - last.from));
    return range;
  }

  /** How many pieces lie before a place; they are in order. */
  private count(isBefore: (piece: Piece) => boolean): number {
    let low = 0;
    let high = this.pieces.length;
    while (low < high) {
      const middle = (low + high) >> 1;
      const piece = this.pieces[middle];
      if (piece !== undefined && isBefore(piece)) {
        low = middle + 1;
      } else {
        high = middle;
      }
    }
    return low;
  }
}

/** A button is a word of the page, unless it is a link of the text or the head of something. */
function isControl(element: Element): boolean {
  return (
    element.tagName === 'BUTTON' &&
    (element.matches('.show-all') || !element.matches('[role="link"], .link, .card-head, .notice-text'))
  );
}

/** The characters that a mark stands for, or undefined where the element is none. */
function hiddenBehind(element: Element): string | undefined {
  if (!element.matches('.mark')) {
    return undefined;
  }
  const code = /U\+([0-9A-F]{4,6})/.exec(element.getAttribute('title') ?? '')?.[1];
  return code === undefined ? '' : String.fromCodePoint(Math.min(Number.parseInt(code, 16), 0x10ffff));
}
