import { systemClock } from '../../src/util/clock.ts';
import { connectHost } from './host.ts';
import { SessionPage } from './sessionPage.ts';

const root = document.getElementById('app');
if (root !== null) {
  const page = new SessionPage(root, connectHost(), systemClock);
  page.start();
  // The parser is the larger half of the page: it comes after the first paint.
  requestAnimationFrame(() => {
    void import('./markdown.ts').then(({ MarkdownCache }) => page.useMarkdown(new MarkdownCache()));
  });
}
