import { foldText } from './searchFold.ts';

/** What is looked for, as a person says it. */
export interface SearchQuery {
  readonly text: string;
  readonly matchCase: boolean;
  readonly wholeWord: boolean;
}

/** Neither accents nor signs of Markdown. */
const PLAIN = /^[ \w"$%',./:;?@{}^]*$/;
const WORD = /[\p{L}\p{N}\p{M}_]/u;

/** Finds a query in folded texts: see {@link foldText}. Matches do not overlap. */
export class Matcher {
  /** The query as it is looked for; empty where there is nothing to look for. */
  readonly needle: string;
  readonly matchCase: boolean;
  /** Whether a blank is looked for. */
  readonly blanks: boolean;
  private readonly wholeWord: boolean;
  private readonly beginsWord: boolean;
  private readonly endsWord: boolean;

  constructor({ text, matchCase, wholeWord }: SearchQuery) {
    this.needle = foldText(text, { matchCase, blanks: true });
    this.matchCase = matchCase;
    this.blanks = this.needle.includes(' ');
    this.wholeWord = wholeWord;
    this.beginsWord = isWord(codePointAt(this.needle, 0));
    this.endsWord = isWord(codePointBefore(this.needle, this.needle.length));
  }

  /** Whether each text in which the other finds something is one in which this does. */
  covers(other: Matcher): boolean {
    return (
      this.matchCase === other.matchCase &&
      !this.wholeWord &&
      this.needle !== '' &&
      other.needle.includes(this.needle) &&
      // Accents can make another letter of one that was found, and signs are looked for in another text.
      PLAIN.test(other.needle)
    );
  }

  /** Where the next match begins at or behind `from`, or -1. It is as long as the needle. */
  next(folded: string, from: number): number {
    if (this.needle === '') {
      return -1;
    }
    let at = folded.indexOf(this.needle, from);
    while (at !== -1 && !this.accepts(folded, at)) {
      at = folded.indexOf(this.needle, at + 1);
    }
    return at;
  }

  /** All matches, by where they begin. */
  all(folded: string): number[] {
    const found: number[] = [];
    for (let at = this.next(folded, 0); at !== -1; at = this.next(folded, at + this.needle.length)) {
      found.push(at);
    }
    return found;
  }

  private accepts(folded: string, at: number): boolean {
    const end = at + this.needle.length;
    // A letter whose accent follows is another letter, and a syllable is not the one that it begins with.
    if (end < folded.length && joinsBefore(folded.charCodeAt(end))) {
      return false;
    }
    if (!this.wholeWord) {
      return true;
    }
    return (
      !(this.beginsWord && isWord(codePointBefore(folded, at))) &&
      !(this.endsWord && isWord(codePointAt(folded, end)))
    );
  }
}

/** Combining accents, and the parts of a Korean syllable behind its first. */
function joinsBefore(unit: number): boolean {
  return (unit >= 0x0300 && unit <= 0x036f) || (unit >= 0x1160 && unit <= 0x11ff);
}

function isWord(character: string): boolean {
  return character !== '' && WORD.test(character);
}

function codePointAt(text: string, at: number): string {
  const code = text.codePointAt(at);
  return code === undefined ? '' : String.fromCodePoint(code);
}

function codePointBefore(text: string, at: number): string {
  const isPair = at >= 2 && /[\udc00-\udfff]/.test(text.charAt(at - 1));
  return at <= 0 ? '' : text.slice(isPair ? at - 2 : at - 1, at);
}
