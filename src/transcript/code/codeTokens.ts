import type { Emitter } from 'highlight.js';

/** What a piece of code is; each has its colour in markdown.css. */
export type CodeKind =
  | 'comment'
  | 'deleted'
  | 'function'
  | 'inserted'
  | 'keyword'
  | 'literal'
  | 'number'
  | 'property'
  | 'string'
  | 'tag'
  | 'type'
  | 'variable';

/** A run of code of one kind; without a kind it has the colour of all text. */
export interface CodeToken {
  readonly text: string;
  readonly kind: CodeKind | undefined;
}

// The highlighter's names for what it finds; the rest take the colour of what is around them.
const kinds: Readonly<Record<string, CodeKind | 'none'>> = {
  addition: 'inserted',
  attr: 'property',
  attribute: 'property',
  built_in: 'type',
  bullet: 'literal',
  char: 'literal',
  'char.escape': 'literal',
  code: 'string',
  comment: 'comment',
  deletion: 'deleted',
  doctag: 'keyword',
  formula: 'string',
  keyword: 'keyword',
  link: 'string',
  literal: 'literal',
  meta: 'keyword',
  'meta.prompt': 'comment',
  name: 'tag',
  number: 'number',
  operator: 'none',
  params: 'none',
  property: 'property',
  punctuation: 'none',
  quote: 'comment',
  regexp: 'string',
  section: 'function',
  'selector-attr': 'property',
  'selector-class': 'tag',
  'selector-id': 'tag',
  'selector-pseudo': 'tag',
  'selector-tag': 'tag',
  string: 'string',
  subst: 'none',
  symbol: 'literal',
  'template-tag': 'keyword',
  'template-variable': 'variable',
  title: 'function',
  'title.class': 'type',
  'title.class.inherited': 'type',
  'title.function': 'function',
  'title.function.invoke': 'function',
  type: 'type',
  variable: 'variable',
  'variable.constant': 'variable',
  'variable.language': 'literal',
};
const kindOf = new Map(Object.entries(kinds));

/**
 * Takes what the highlighter finds as a flat list of runs. It stands in the place of the highlighter's own
 * writer of HTML, so no markup is ever made of the code.
 */
export class CodeTokens implements Emitter {
  private readonly runs: { text: string; kind: CodeKind | undefined }[] = [];
  private readonly scopes: (CodeKind | undefined)[] = [];

  get tokens(): readonly CodeToken[] {
    return this.runs;
  }

  startScope(name: string): void {
    const kind = kindOf.get(name);
    this.scopes.push(kind === 'none' ? undefined : (kind ?? this.scopes.at(-1)));
  }

  endScope(): void {
    this.scopes.pop();
  }

  /** The names by which the highlighter's core calls the two above for a part of a grammar. */
  openNode(name: string): void {
    this.startScope(name);
  }

  closeNode(): void {
    this.endScope();
  }

  addText(text: string): void {
    this.add(text, this.scopes.at(-1));
  }

  /** Code in another language inside of this one: its own runs, in the colour around it where it has none. */
  __addSublanguage(inner: Emitter): void {
    if (inner instanceof CodeTokens) {
      for (const { text, kind } of inner.runs) {
        this.add(text, kind ?? this.scopes.at(-1));
      }
    }
  }

  finalize(): void {
    this.scopes.length = 0;
  }

  toHTML(): string {
    return '';
  }

  private add(text: string, kind: CodeKind | undefined): void {
    const last = this.runs.at(-1);
    if (last?.kind === kind && last !== undefined) {
      last.text += text;
    } else if (text !== '') {
      this.runs.push({ text, kind });
    }
  }
}
