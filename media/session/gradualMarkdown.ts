import { placeOfText } from './textKey.ts';
import type { MarkdownContext, MarkdownRenderer } from './view/context.ts';

/** So many texts are drawn as Markdown for the first time within one frame; the others stay plain until the next. */
const TEXTS_PER_FRAME = 3;

/**
 * Lets Markdown in little by little when it arrives: what is on the screen by then would otherwise be read and laid
 * out anew in one go, by code that runs for the first time. Once a frame had enough of it, nothing is held back.
 */
export class GradualMarkdown implements MarkdownRenderer {
  private readonly markdown: MarkdownRenderer;
  private readonly nextFrame: (callback: () => void) => void;
  private readonly admitted = new Set<string>();
  private left = TEXTS_PER_FRAME;
  private isCounting = false;
  private isOpen = false;

  /** `nextFrame` calls back before the next frame is drawn. */
  constructor(markdown: MarkdownRenderer, nextFrame: (callback: () => void) => void) {
    this.markdown = markdown;
    this.nextFrame = nextFrame;
  }

  /** Undefined where the text has to wait; its row is drawn again then. */
  render(key: string, text: string, context: MarkdownContext, isGrowing?: boolean): unknown {
    if (!this.isOpen && !this.admits(key)) {
      context.actions.changeRow(placeOfText(key).rowKey, {});
      return undefined;
    }
    return this.markdown.render(key, text, context, isGrowing);
  }

  private admits(key: string): boolean {
    if (!this.isCounting) {
      this.isCounting = true;
      this.nextFrame(() => this.onFrame());
    }
    if (!this.admitted.has(key)) {
      this.left -= 1;
      if (this.left >= 0) {
        this.admitted.add(key);
      }
    }
    return this.admitted.has(key);
  }

  private onFrame(): void {
    this.isCounting = false;
    this.isOpen = this.left >= 0;
    this.left = TEXTS_PER_FRAME;
    if (this.isOpen) {
      this.admitted.clear();
    }
  }
}
