import { MarkdownBlocks } from '../../media/session/markdownBlocks.ts';
import { NOTHING_BEFORE } from '../../media/session/markdownFacts.ts';
import { MarkdownRenderer } from '../../media/session/markdownRenderer.ts';
import type { MarkdownContext } from '../../media/session/view/context.ts';

/** Reads and renders all of a text as the page does, but at once. */
export function renderMarkdown(text: string, context: MarkdownContext): void {
  for (const tokens of new MarkdownBlocks().update(text)) {
    const code = () => undefined;
    new MarkdownRenderer({ context, before: NOTHING_BEFORE, budget: Infinity, code }).render(tokens);
  }
}
