import type { FindTarget } from '../../../src/protocol/findMessages.ts';
import { foldMapped, type MappedText } from '../../../src/transcript/searchFold.ts';
import type { Matcher } from '../../../src/transcript/searchMatcher.ts';
import { nearestOf } from '../../../src/transcript/searchNearest.ts';
import { RowText } from './rowText.ts';

/** Names by which the style sheet knows the matches. */
const ALL = 'find-match';
const CURRENT = 'find-current';

/** Matches of one row that are marked; nobody looks at more of them at once. */
const MOST_IN_ROW = 2_000;

interface Found {
  readonly text: RowText;
  readonly mapped: MappedText;
  readonly starts: readonly number[];
  readonly ranges: readonly Range[];
}

/**
 * Marks matches in the rows on the screen, as the editor does in its own texts. The document is not touched:
 * the browser paints ranges. What was found in a row is kept until something in the row changes.
 */
export class FindHighlights {
  private readonly root: HTMLElement;
  private readonly observer: MutationObserver;
  private found = new Map<Element, Found>();
  private matcher: Matcher | undefined;
  private observed: Element | undefined;
  private isStale = false;
  private current: Range | undefined;

  /** @param changed told when something in the rows changed by itself. */
  constructor(root: HTMLElement, changed: () => void) {
    this.root = root;
    this.observer = new MutationObserver((records) => {
      if (this.forget(records)) {
        changed();
      }
    });
  }

  /** What to mark from now on; undefined for nothing. */
  use(matcher: Matcher | undefined): void {
    this.matcher = matcher === undefined || matcher.needle === '' ? undefined : matcher;
    this.found.clear();
    this.isStale = true;
    if (this.matcher === undefined) {
      this.clear();
    }
  }

  /** Looks at the rows that are on the screen or near it, and marks what is found there. */
  refresh(target: { readonly row: Element; readonly match: FindTarget } | undefined): void {
    const { matcher } = this;
    const rows = this.root.querySelector('.feed-rows');
    if (matcher === undefined || rows === null) {
      return;
    }
    this.observe(rows);
    const near = new Set(rowsNear(rows));
    if (target !== undefined) {
      near.add(target.row);
    }
    for (const row of this.found.keys()) {
      if (!near.has(row)) {
        this.found.delete(row);
        this.isStale = true;
      }
    }
    for (const row of near) {
      if (!this.found.has(row)) {
        this.found.set(row, find(row, matcher));
        this.isStale = true;
      }
    }
    const current = target && this.rangeOf(target.row, target.match);
    if (this.isStale || !isSame(current, this.current)) {
      this.isStale = false;
      this.current = current;
      this.paint();
    }
  }

  /** Where a match stands in a row that is drawn; undefined where the row does not show it. */
  rangeOf(row: Element, match: FindTarget): Range | undefined {
    const { matcher } = this;
    if (matcher === undefined || !match.isShown) {
      return undefined;
    }
    const found = this.found.get(row) ?? find(row, matcher);
    this.found.set(row, found);
    const { length } = matcher.needle;
    const index = nearestOf(found.mapped.folded, found.starts, length, match);
    const at = index === undefined ? undefined : found.starts[index];
    return at === undefined ? undefined : rangeAt(found.text, found.mapped, at, length);
  }

  clear(): void {
    this.observer.disconnect();
    this.observed = undefined;
    this.found.clear();
    this.current = undefined;
    this.isStale = true;
    CSS.highlights.delete(ALL);
    CSS.highlights.delete(CURRENT);
  }

  private paint(): void {
    const all = new Highlight();
    for (const { ranges } of this.found.values()) {
      ranges.forEach((range) => all.add(range));
    }
    CSS.highlights.set(ALL, all);
    if (this.current === undefined) {
      CSS.highlights.delete(CURRENT);
      return;
    }
    const current = new Highlight(this.current);
    current.priority = 1;
    CSS.highlights.set(CURRENT, current);
  }

  private observe(rows: Element): void {
    if (this.observed !== rows) {
      this.observer.disconnect();
      this.observer.observe(rows, { childList: true, characterData: true, subtree: true });
      this.observed = rows;
      this.found.clear();
    }
    // What was changed right now has not been told yet.
    this.forget(this.observer.takeRecords());
  }

  /** Forgets what was found in rows that changed. True where there was anything. */
  private forget(records: readonly MutationRecord[]): boolean {
    let isNews = false;
    for (const { target } of records) {
      const element = target instanceof Element ? target : target.parentElement;
      const row = element?.closest('article');
      isNews = true;
      if (row && this.found.delete(row)) {
        this.isStale = true;
      }
    }
    return isNews;
  }
}

function find(row: Element, matcher: Matcher): Found {
  const text = new RowText(row);
  const mapped = foldMapped(text.text, matcher.matchCase);
  const starts = matcher.all(mapped.folded).slice(0, MOST_IN_ROW);
  const ranges = starts.flatMap((at) => rangeAt(text, mapped, at, matcher.needle.length) ?? []);
  return { text, mapped, starts, ranges };
}

function rangeAt(text: RowText, mapped: MappedText, at: number, length: number): Range | undefined {
  return text.range(mapped.start(at), mapped.end(at + length - 1));
}

function isSame(one: Range | undefined, other: Range | undefined): boolean {
  return (
    one?.startContainer === other?.startContainer &&
    one?.startOffset === other?.startOffset &&
    one?.endContainer === other?.endContainer &&
    one?.endOffset === other?.endOffset
  );
}

/** The rows on the screen, and as many again above and below. */
function rowsNear(rows: Element): Element[] {
  const view = rows.closest('.scroller')?.getBoundingClientRect();
  if (view === undefined) {
    return [];
  }
  return Array.from(rows.children).filter((row) => {
    const box = row.getBoundingClientRect();
    return box.bottom > view.top - view.height && box.top < view.bottom + view.height;
  });
}
