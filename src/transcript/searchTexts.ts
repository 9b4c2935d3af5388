import { assertNever } from '../util/assertNever.ts';
import type { Block, NoticeText, Row, ToolRow } from './row.ts';
import { readableText } from './searchReadable.ts';

/** Which body of a row a text stands in; opened whole, the match is in there. */
export type SaidPart = 'text' | 'input' | 'result' | 'raw';

/** A text that a reader would call said in the session. */
export interface SaidText {
  readonly part: SaidPart;
  /** As it reads, whole. */
  readonly text: string;
  /** Its source with Markdown's signs, where that is something else. */
  readonly source?: string;
  /** The part of it that the page shows; a beginning of it, or nothing. */
  readonly shown: string;
  /** True where it is to be seen also while the row is folded. */
  readonly isInHead?: boolean;
}

/** Gives the whole of what a row holds only the beginning of; undefined where there is nothing more to have. */
export interface WholeTexts {
  /** Text of a block of a message or of a result, by its place among all blocks. */
  block(part: 'text' | 'result', index: number): string | undefined;
  thought(): string | undefined;
  inputField(name: string): string | undefined;
  inputJson(): string | undefined;
  /** Texts of the input that no view of it shows. */
  otherInputFields(shown: readonly string[]): readonly string[];
  raw(): string | undefined;
}

/** Words of the page itself that stand for something in the session. */
export type NoticeWords = (notice: NoticeText) => string;

/** What is said in a row, in the order in which it is read: everything, also what is folded away or cut. */
export function* saidIn(row: Row, whole: WholeTexts, words: NoticeWords): Generator<SaidText> {
  switch (row.kind) {
    case 'userMessage':
      yield* blocksSaid(row.blocks, 'text', whole, false);
      return;
    case 'agentMessage':
      yield* blocksSaid(row.blocks, 'text', whole, true);
      return;
    case 'thinking':
      if (row.text !== null) {
        yield said('raw', row.text, whole.thought());
      }
      return;
    case 'tool':
      yield* toolSaid(row, whole);
      return;
    case 'notice':
      for (const notice of [row, ...(row.more ?? [])]) {
        yield { ...said('raw', words(notice)), isInHead: true };
      }
      yield* blocksSaid(row.blocks ?? [], 'raw', whole, false);
      return;
    case 'raw':
      yield { ...said('raw', row.type), isInHead: true };
      yield said('raw', row.json, row.total > row.json.length ? whole.raw() : undefined);
      return;
    default:
      assertNever(row);
  }
}

function said(part: SaidPart, shown: string, whole?: string): SaidText {
  return { part, text: whole ?? shown, shown };
}

function unseen(part: SaidPart, text: string): SaidText {
  return { part, text, shown: '' };
}

function* blocksSaid(
  blocks: readonly Block[],
  part: SaidPart,
  whole: WholeTexts,
  isMarkdown: boolean,
): Generator<SaidText> {
  for (const [index, block] of blocks.entries()) {
    switch (block.type) {
      case 'text':
      case 'searchResult': {
        if (block.type === 'searchResult') {
          yield said(part, block.title);
          yield said(part, block.source);
        }
        const isCut = block.total > block.text.length && (part === 'text' || part === 'result');
        const text = isCut ? whole.block(part, index) : undefined;
        yield* isMarkdown ? markdownSaid(part, block.text, text) : [said(part, block.text, text)];
        break;
      }
      case 'document':
        yield said(part, block.title ?? '');
        if (block.holds === 'text' && (part === 'text' || part === 'result')) {
          yield unseen(part, whole.block(part, index) ?? '');
        }
        break;
      case 'other':
        yield said(part, block.json);
        break;
      case 'more':
        if (part === 'text' || part === 'result') {
          for (let at = index; at < index + block.count; at++) {
            yield unseen(part, whole.block(part, at) ?? '');
          }
        }
        break;
      case 'image':
      case 'redacted':
        break;
      default:
        assertNever(block);
    }
  }
}

function* markdownSaid(part: SaidPart, shown: string, whole: string | undefined): Generator<SaidText> {
  const source = whole ?? shown;
  const { text, addresses } = readableText(source);
  yield { part, text, source, shown: whole === undefined ? text : readableText(shown).text };
  if (addresses.length > 0) {
    yield unseen(part, addresses.join('\n'));
  }
}

function* toolSaid(row: ToolRow, whole: WholeTexts): Generator<SaidText> {
  yield { ...said('input', row.name), isInHead: true };
  yield { ...said('input', row.server ?? ''), isInHead: true };
  yield* inputSaid(row, whole);
  yield said('raw', row.decision?.reason ?? '');
  yield* blocksSaid(row.result ?? [], 'result', whole, false);
}

function* inputSaid(row: ToolRow, whole: WholeTexts): Generator<SaidText> {
  const { input } = row;
  const field = (name: string, shown: string) => said('input', shown, whole.inputField(name));
  switch (input.view) {
    case 'shell':
      yield field('command', input.command);
      yield* otherFields(['command'], whole);
      return;
    case 'path':
      yield said('input', input.path);
      yield said('input', input.detail ?? '');
      yield* otherFields(['file_path', 'path', 'view_range'], whole);
      return;
    case 'write':
      yield said('input', input.path);
      yield field('content', input.content);
      yield* otherFields(['file_path', 'path', 'content'], whole);
      return;
    case 'edit':
      yield said('input', input.path);
      yield* editSaid(field('old_string', input.before), field('new_string', input.after));
      yield* otherFields(['file_path', 'path', 'old_string', 'new_string'], whole);
      return;
    case 'search':
      yield said('input', input.pattern);
      yield said('input', input.path ?? '');
      yield* otherFields(['pattern', 'file_path', 'path'], whole);
      return;
    case 'web':
      yield said('input', input.text);
      yield said('input', input.url === input.text ? '' : (input.url ?? ''));
      yield* otherFields(['url', 'query'], whole);
      return;
    case 'json':
      yield said(
        'input',
        row.inputJson,
        row.inputTotal > row.inputJson.length ? whole.inputJson() : undefined,
      );
      return;
    default:
      assertNever(input);
  }
}

function* otherFields(shown: readonly string[], whole: WholeTexts): Generator<SaidText> {
  for (const text of whole.otherInputFields(shown)) {
    yield unseen('input', text);
  }
}

/** Lines that both sides begin and end with are read once, as in the diff that shows them. */
function* editSaid(before: SaidText, after: SaidText): Generator<SaidText> {
  yield before;
  const added = withoutCommonLines(before.text, after.text);
  yield {
    part: 'input',
    text: added,
    shown: after.shown === after.text ? added : withoutCommonLines(before.shown, after.shown),
  };
}

function withoutCommonLines(before: string, after: string): string {
  const old = before.split('\n');
  const lines = after.split('\n');
  const most = Math.min(old.length, lines.length);
  let front = 0;
  while (front < most && old[front] === lines[front]) {
    front += 1;
  }
  let back = 0;
  while (back < most - front && old.at(-1 - back) === lines.at(-1 - back)) {
    back += 1;
  }
  return lines.slice(front, lines.length - back).join('\n');
}
