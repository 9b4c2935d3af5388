import { systemClock } from '../../src/util/clock.ts';
import { connectHost } from './host.ts';
import { SessionPage } from './sessionPage.ts';

/** How long to wait before a part that did not come is asked for again, in milliseconds. Until then, text is plain. */
const PAUSES = [1_000, 5_000, 30_000];

async function showMarkdown(page: SessionPage): Promise<void> {
  const { MarkdownCache } = await import('./markdown.ts');
  const markdown = new MarkdownCache((callback) => requestAnimationFrame(callback));
  page.useMarkdown(markdown);
  const { highlight } = await import('../../src/transcript/code/highlighter.ts');
  markdown.useHighlighter(highlight);
  page.useMarkdown(markdown);
}

async function insist(load: () => Promise<void>, [pause, ...later] = PAUSES): Promise<void> {
  try {
    await load();
  } catch (error) {
    if (pause === undefined) {
      throw error;
    }
    systemClock.after(pause, () => void insist(load, later));
  }
}

const root = document.getElementById('app');
if (root !== null) {
  const page = new SessionPage(root, connectHost(), systemClock);
  page.start();
  // The parser and the highlighter are the larger part of the page: they come after the first paint.
  requestAnimationFrame(() => {
    void insist(async () => await showMarkdown(page));
  });
}
