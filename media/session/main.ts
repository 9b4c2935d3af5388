import { systemClock } from '../../src/util/clock.ts';
import { connectHost } from './host.ts';
import { SessionPage } from './sessionPage.ts';

async function showMarkdown(page: SessionPage): Promise<void> {
  const { MarkdownCache } = await import('./markdown.ts');
  const markdown = new MarkdownCache((callback) => requestAnimationFrame(callback));
  page.useMarkdown(markdown);
  const { highlight } = await import('../../src/transcript/code/highlighter.ts');
  markdown.useHighlighter(highlight);
  page.useMarkdown(markdown);
}

const root = document.getElementById('app');
if (root !== null) {
  const page = new SessionPage(root, connectHost(), systemClock);
  page.start();
  // The parser and the highlighter are the larger part of the page: they come after the first paint.
  requestAnimationFrame(() => {
    void showMarkdown(page);
  });
}
