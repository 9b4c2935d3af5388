import { assertNever } from './assertNever.ts';

/** What is wrong with a text that should be JSON: what was due at that place, or what is wrong in it. */
export type JsonFault =
  | 'value' // a value was due
  | 'name' // a name in double quotes was due
  | 'colon' // a colon was due, after a name
  | 'comma' // a comma or the closing bracket was due
  | 'number' // no number of JSON
  | 'escape' // a backslash that means nothing
  | 'control' // a line break, or another control character, inside a text
  | 'end' // the text ends too early
  | 'rest'; // more text behind the value

/** Where a text stops being JSON. */
export interface JsonProblem {
  readonly fault: JsonFault;
  /** In UTF-16 units from the beginning. */
  readonly offset: number;
  /** Both from 1. */
  readonly line: number;
  readonly column: number;
}

export type ScannedJson =
  | { readonly ok: true; /** The same JSON without blanks between its parts. */ readonly compact: string }
  | { readonly ok: false; readonly problem: JsonProblem };

type Expected = 'value' | 'valueOrEnd' | 'name' | 'nameOrEnd' | 'colon' | 'commaOrEnd' | 'nothing';

const BLANKS = /[ \t\n\r]*/y;
const WORD = /(?:true|false|null)(?![\w.+-])/y;
const NUMBER = /-?(?:0|[1-9]\d*)(?:\.\d+)?(?:[eE][+-]?\d+)?(?![\w.+-])/y;
const PLAIN = /[^"\\\u0000-\u001f]*/y;
const ESCAPE = /\\(?:["\\/bfnrt]|u[0-9a-fA-F]{4})/y;

/**
 * Checks that a text is JSON, and makes it compact without changing what it says: numbers keep all of their
 * digits and names may come twice, which reading and writing it again would not keep. Linear, and without
 * recursion, so that no nesting can exhaust the stack.
 */
export function scanJson(text: string): ScannedJson {
  return new Scanner(text).run();
}

class Scanner {
  private readonly text: string;
  private readonly parts: string[] = [];
  /** The closing brackets that are still due. */
  private readonly open: ('}' | ']')[] = [];
  private at = 0;
  private expected: Expected = 'value';

  constructor(text: string) {
    this.text = text;
  }

  run(): ScannedJson {
    for (;;) {
      this.at += this.match(BLANKS)?.length ?? 0;
      if (this.at >= this.text.length) {
        return this.expected === 'nothing' ? { ok: true, compact: this.parts.join('') } : this.problem('end');
      }
      const fault = this.step();
      if (fault !== undefined) {
        return this.problem(this.at >= this.text.length ? 'end' : fault);
      }
    }
  }

  /** Takes one part of the JSON. */
  private step(): JsonFault | undefined {
    const next = this.text[this.at] ?? '';
    switch (this.expected) {
      case 'value':
      case 'valueOrEnd':
        return this.expected === 'valueOrEnd' && next === ']' ? this.close() : this.value(next);
      case 'name':
      case 'nameOrEnd':
        if (this.expected === 'nameOrEnd' && next === '}') {
          return this.close();
        }
        return next === '"' ? this.string('colon') : 'name';
      case 'colon':
        return next === ':' ? this.take(1, 'value') : 'colon';
      case 'commaOrEnd':
        if (next === this.open.at(-1)) {
          return this.close();
        }
        return next === ',' ? this.take(1, this.open.at(-1) === '}' ? 'name' : 'value') : 'comma';
      case 'nothing':
        return 'rest';
      default:
        return assertNever(this.expected);
    }
  }

  private value(next: string): JsonFault | undefined {
    if (next === '{' || next === '[') {
      this.open.push(next === '{' ? '}' : ']');
      return this.take(1, next === '{' ? 'nameOrEnd' : 'valueOrEnd');
    }
    if (next === '"') {
      return this.string(this.afterValue());
    }
    const found = this.match(WORD) ?? this.match(NUMBER);
    if (found !== undefined) {
      return this.take(found.length, this.afterValue());
    }
    return /[-+.\d]/.test(next) ? 'number' : 'value';
  }

  private string(then: Expected): JsonFault | undefined {
    const start = this.at;
    this.at += 1;
    for (;;) {
      this.at += this.match(PLAIN)?.length ?? 0;
      const next = this.text[this.at];
      if (next === '"') {
        this.at += 1;
        this.parts.push(this.text.slice(start, this.at));
        this.expected = then;
        return undefined;
      }
      const escape = this.match(ESCAPE);
      if (escape === undefined) {
        return next === '\\' ? 'escape' : 'control';
      }
      this.at += escape.length;
    }
  }

  private close(): JsonFault | undefined {
    this.open.pop();
    return this.take(1, this.afterValue());
  }

  private afterValue(): Expected {
    return this.open.length === 0 ? 'nothing' : 'commaOrEnd';
  }

  private take(length: number, then: Expected): JsonFault | undefined {
    this.parts.push(this.text.slice(this.at, this.at + length));
    this.at += length;
    this.expected = then;
    return undefined;
  }

  private match(pattern: RegExp): string | undefined {
    pattern.lastIndex = this.at;
    return pattern.exec(this.text)?.[0];
  }

  private problem(fault: JsonFault): ScannedJson {
    const before = this.text.slice(0, this.at).split(/\r\n|\n|\r/);
    const column = (before.at(-1)?.length ?? 0) + 1;
    return { ok: false, problem: { fault, offset: this.at, line: before.length, column } };
  }
}
