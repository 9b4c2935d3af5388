import type { FindHostMessage } from '../../../src/protocol/findMessages.ts';
import type { PageMessage } from '../../../src/protocol/messages.ts';
import type { SearchSource } from '../../../src/transcript/search.ts';
import { saidIn, type SaidText, type WholeTexts } from '../../../src/transcript/searchTexts.ts';
import type { Row } from '../../../src/transcript/row.ts';
import { systemClock } from '../../../src/util/clock.ts';
import { type Disposable, toDisposable } from '../../../src/util/disposable.ts';
import { FindInSession } from '../../../src/vscode/panel/findInSession.ts';
import { findWords } from '../../../src/vscode/panel/findWords.ts';
import { pageStringsEn } from '../pageStrings.en.ts';

interface Rows {
  readonly first: number;
  readonly rows: readonly Row[];
}

/** The real search on the rows of the fake host; what is cut in them can be given whole. */
export class FakeFind implements SearchSource {
  /** The whole of the text blocks of a row, where the row has only their beginning. */
  readonly wholes = new Map<string, string>();
  /** Bodies that were asked for, with what would be selected in them. */
  readonly opened: { readonly key: string; readonly part: string; readonly selected: string }[] = [];
  private readonly rows: () => Rows;
  private readonly find: FindInSession;
  private readonly listeners = new Set<(key: string) => void>();

  constructor(rows: () => Rows, post: (message: FindHostMessage) => void) {
    this.rows = rows;
    this.find = new FindInSession({
      source: this,
      clock: systemClock,
      post,
      bodies: {
        openAt: (key, part, find) => {
          const text = this.wholes.get(key) ?? '';
          const span = find(text);
          this.opened.push({
            key,
            part,
            selected: span === undefined ? '' : text.slice(span.start, span.end),
          });
          return Promise.resolve();
        },
      },
    });
  }

  /** True where the message was one of the find bar. */
  receive(message: PageMessage): boolean {
    switch (message.type) {
      case 'findStart':
      case 'findStep':
      case 'findOpen':
      case 'findClose':
        void this.find.receive(message);
        return true;
      default:
        return false;
    }
  }

  tell(rows: readonly Row[]): void {
    this.listeners.forEach((listener) => rows.forEach(({ key }) => listener(key)));
  }

  keys(): readonly string[] {
    return this.rows().rows.map(({ key }) => key);
  }

  positionOf(key: string): number | undefined {
    const { first, rows } = this.rows();
    // Keys of made-up rows tell their place; a look through all of them for each would be slow.
    const guess = Number(/\d+$/.exec(key)?.[0] ?? Number.NaN) - first;
    const index = rows[guess]?.key === key ? guess : rows.findIndex((row) => row.key === key);
    return index < 0 ? undefined : first + index;
  }

  said(key: string): Iterable<SaidText> {
    const position = this.positionOf(key);
    const { first, rows } = this.rows();
    const row = position === undefined ? undefined : rows[position - first];
    return row === undefined ? [] : saidIn(row, this.wholeTexts(key), findWords(pageStringsEn));
  }

  observe(changed: (key: string) => void): Disposable {
    this.listeners.add(changed);
    return toDisposable(() => this.listeners.delete(changed));
  }

  private wholeTexts(key: string): WholeTexts {
    return {
      block: () => this.wholes.get(key),
      thought: () => undefined,
      inputField: () => undefined,
      inputJson: () => undefined,
      otherInputFields: () => [],
      raw: () => undefined,
    };
  }
}
