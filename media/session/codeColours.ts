import { codeLanguage, type Grammar } from '../../src/transcript/codeLanguages.ts';
import type { Token } from '../../src/transcript/messageMarkdown.ts';
import type { CodeToken } from '../../src/transcript/code/codeTokens.ts';

export type Highlight = (code: string, grammar: Grammar) => readonly CodeToken[] | undefined;

/** How much code gets its colours within one frame, in UTF-16 units; the rest gets them in the next. */
const PER_FRAME = 12_000;

/** The colours of blocks of code, found once for each block and spread over frames. */
export class CodeColours {
  private readonly found = new WeakMap<Token, { readonly runs: readonly CodeToken[] | undefined }>();
  private readonly nextFrame: (callback: () => void) => void;
  private highlight: Highlight | undefined;
  private left = PER_FRAME;
  private refused = false;
  private isCounting = false;

  /** `nextFrame` calls back before the next frame is drawn. */
  constructor(nextFrame: (callback: () => void) => void) {
    this.nextFrame = nextFrame;
  }

  use(highlight: Highlight): void {
    this.highlight = highlight;
  }

  /** True where something asked since `begin` has to ask again. */
  get isWaiting(): boolean {
    return this.refused;
  }

  /** A text is about to be drawn. */
  begin(): void {
    this.refused = false;
    // All texts of a frame share what it may cost.
    if (!this.isCounting) {
      this.isCounting = true;
      this.nextFrame(() => {
        this.isCounting = false;
        this.left = PER_FRAME;
      });
    }
  }

  /** The runs of a block, nothing where it has no colours, or 'later' where this frame has done enough. */
  of(token: Token, code: string, info: string): readonly CodeToken[] | 'later' | undefined {
    const known = this.found.get(token);
    if (known !== undefined) {
      return known.runs;
    }
    const grammar = codeLanguage(info)?.grammar;
    if (this.highlight === undefined || grammar === undefined) {
      return undefined;
    }
    if (this.left <= 0) {
      this.refused = true;
      return 'later';
    }
    this.left -= code.length;
    const runs = this.highlight(code, grammar);
    this.found.set(token, { runs });
    return runs;
  }
}
