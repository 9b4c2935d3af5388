import type { Bench } from './benchmark.ts';
import { BenchEditor, type OpenPanel } from './support/benchEditor.ts';

const SHORT = 1_000;
const CAP = 1_500;

/** How many elements the page of a session has, wherever in the session the reader is. */
export const elements: Bench = {
  name: 'p4',
  title: 'elements in the page',
  inEditor: true,
  async run({ events }) {
    const bench = await BenchEditor.start();
    try {
      const short = await mostElements(bench, SHORT);
      const long = await mostElements(bench, events);
      return [
        { what: `${events} events / ${SHORT} events`, value: long / short, unit: '×', bound: { most: 1.2 } },
        { what: `${events} events`, value: long, unit: 'elements', bound: { most: CAP } },
        { what: `${SHORT} events`, value: short, unit: 'elements', bound: { most: CAP } },
      ];
    } finally {
      await bench.stop();
    }
  },
};

/** The most that were there at the end, on a walk up from it, and at the beginning. */
async function mostElements(bench: BenchEditor, count: number): Promise<number> {
  const session = bench.newSession(count);
  const panel = await bench.openSession(session);
  await bench.loaded(session, count);
  const found = [await countElements(panel)];
  for (let screen = 0; screen < 12; screen += 1) {
    found.push(await scrolled(panel, (box) => box.scrollBy(0, -box.clientHeight)));
  }
  for (const toPart of [
    (box: Element) => box.scrollTo(0, box.scrollHeight / 2),
    (box: Element) => box.scrollTo(0, box.scrollHeight / 10),
    (box: Element) => box.scrollTo(0, 0),
  ]) {
    found.push(await scrolled(panel, toPart));
  }
  await bench.closeAll();
  return Math.max(...found);
}

/** Scrolls, and counts when the rows for that place have come. */
async function scrolled(panel: OpenPanel, scroll: (box: Element) => void): Promise<number> {
  await panel.document.locator('.scroller').evaluate(scroll);
  await panel.document.evaluate(
    () => new Promise((resolve) => setTimeout(() => requestAnimationFrame(resolve), 200)),
  );
  return await countElements(panel);
}

async function countElements(panel: OpenPanel): Promise<number> {
  return await panel.document.evaluate(() => document.querySelectorAll('*').length);
}
