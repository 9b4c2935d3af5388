import { type Cursor, CursorGuard, type Page } from '../../api/pagination.ts';
import { Emitter } from '../../util/emitter.ts';

export type FetchPage<T> = (cursor: Cursor | undefined) => Promise<Page<T>>;

/** What failed, and so what a retry does again. */
export type PagerStep = 'first' | 'more' | 'refresh';

export interface PagerFailure {
  readonly step: PagerStep;
  readonly error: Error;
}

/** The ids of the items that are not as they were, where the list itself is; otherwise `list`. */
export type PagerChange = 'list' | { readonly items: readonly string[] };

/** Whatever has an id to be known by. */
export interface Identified {
  readonly id: string;
}

/**
 * A list that is read page by page. Invariants: one request at a time; asking twice for the same step makes
 * one request; a refresh never reads further, a failure never removes what is there, and an answer that
 * was overtaken by a reset counts for nothing.
 */
export class Pager<T extends Identified> {
  private readonly fetchPage: FetchPage<T>;
  private readonly changed = new Emitter<PagerChange>();
  private loaded: readonly T[] | undefined;
  private next: Cursor | undefined;
  private unreadable = 0;
  private failed: PagerFailure | undefined;
  private guard = new CursorGuard();
  private readonly flights = new Map<PagerStep, Promise<void>>();
  private queue: Promise<void> = Promise.resolve();
  private generation = 0;

  constructor(fetchPage: FetchPage<T>) {
    this.fetchPage = fetchPage;
  }

  /** Something that a viewer would see is different. */
  get onDidChange() {
    return this.changed.event;
  }

  get items(): readonly T[] {
    return this.loaded ?? [];
  }

  /** Whether a first page has ever come. */
  get isLoaded(): boolean {
    return this.loaded !== undefined;
  }

  get hasMore(): boolean {
    return this.next !== undefined;
  }

  /** Entries that the server sent and that could not be understood. */
  get skipped(): number {
    return this.unreadable;
  }

  get failure(): PagerFailure | undefined {
    return this.failed;
  }

  isBusy(step: PagerStep): boolean {
    return this.flights.has(step);
  }

  /** Reads the first page unless it is here, or has failed and waits for a retry. Never rejects. */
  async first(): Promise<void> {
    if (this.loaded === undefined && this.failed === undefined) {
      await this.run('first');
    }
  }

  /** Reads the next page, if there is one. Never rejects. */
  async more(): Promise<void> {
    if (this.next !== undefined || this.flights.has('more')) {
      await this.run('more');
    }
  }

  /**
   * Reads the first page again and fits it to what is there. Never rejects.
   * Quietly: viewers hear of it only where something is different.
   */
  async refresh(options: { readonly quietly?: boolean } = {}): Promise<void> {
    await this.run(this.loaded === undefined ? 'first' : 'refresh', options.quietly);
  }

  /** Does again what failed. */
  async retry(): Promise<void> {
    const { failed } = this;
    if (failed !== undefined) {
      await this.run(failed.step);
    }
  }

  /** Takes one thing out, because it is known to be gone. */
  remove(id: string): void {
    if (this.loaded?.some((item) => item.id === id) === true) {
      this.loaded = this.loaded.filter((item) => item.id !== id);
      this.changed.fire('list');
    }
  }

  /** Shows one thing as it is known to be now, in its place; one that is not in the list is none of its business. */
  replace(item: T): void {
    if (this.loaded?.some(({ id }) => id === item.id) === true) {
      this.loaded = this.loaded.map((known) => (known.id === item.id ? item : known));
      this.changed.fire({ items: [item.id] });
    }
  }

  /** Forgets everything; answers on their way are ignored. */
  reset(): void {
    this.generation++;
    this.loaded = undefined;
    this.next = undefined;
    this.unreadable = 0;
    this.failed = undefined;
    this.guard = new CursorGuard();
    this.flights.clear();
    this.queue = Promise.resolve();
    this.changed.fire('list');
  }

  dispose(): void {
    this.generation++;
    this.changed.dispose();
  }

  private run(step: PagerStep, quietly = false): Promise<void> {
    const underway = this.flights.get(step);
    if (underway !== undefined) {
      return underway;
    }
    const { generation } = this;
    const flight = this.queue.then(() => this.perform(step, generation, quietly));
    this.flights.set(step, flight);
    this.queue = flight;
    if (!quietly) {
      this.changed.fire('list');
    }
    return flight;
  }

  private async perform(step: PagerStep, generation: number, quietly: boolean): Promise<void> {
    const isCurrent = () => generation === this.generation;
    if (!isCurrent()) {
      return;
    }
    const cursor = step === 'more' ? this.next : undefined;
    const before = this.picture();
    try {
      const page = step === 'more' && cursor === undefined ? undefined : await this.fetchPage(cursor);
      if (isCurrent() && page !== undefined) {
        this.accept(step, page);
        this.failed = undefined;
      }
    } catch (error) {
      if (isCurrent()) {
        this.failed = { step, error: error instanceof Error ? error : new Error(String(error)) };
      }
    } finally {
      if (isCurrent()) {
        this.flights.delete(step);
        const change = quietly ? changeBetween(before, this.picture()) : 'list';
        if (change !== undefined) {
          this.changed.fire(change);
        }
      }
    }
  }

  private picture(): Picture {
    const { items, hasMore, unreadable, failed } = this;
    return { items, rest: JSON.stringify([hasMore, unreadable, failed?.step, failed?.error.message]) };
  }

  private accept(step: PagerStep, page: Page<T>): void {
    if (step === 'more') {
      const known = new Set(this.items.map((item) => item.id));
      this.loaded = [...this.items, ...page.items.filter((item) => !known.has(item.id))];
      this.next = this.admitted(page.next);
      this.unreadable += page.skipped;
    } else if (step === 'first') {
      this.unreadable = page.skipped;
      this.loaded = page.items;
      this.next = this.admitted(page.next);
    } else {
      this.fit(page);
    }
  }

  /** A server that gives the same cursor twice would be read for ever; its list ends there. */
  private admitted(cursor: Cursor | undefined): Cursor | undefined {
    return cursor !== undefined && this.guard.admit(cursor) ? cursor : undefined;
  }

  /**
   * Puts a new first page in front of the rows that were read after it. What stood within its reach and is
   * no longer in it is gone; what lies behind it stays, and with it the place to read on from.
   */
  private fit(page: Page<T>): void {
    const fresh = new Set(page.items.map((item) => item.id));
    const lastKnown = this.items.findLastIndex((item) => fresh.has(item.id));
    const tail = lastKnown < 0 ? [] : this.items.slice(lastKnown + 1);
    if (page.next === undefined || tail.length === 0) {
      this.guard = new CursorGuard();
      this.unreadable = page.skipped;
      this.loaded = page.items;
      this.next = this.admitted(page.next);
    } else {
      this.loaded = [...page.items, ...tail];
    }
  }
}

/** What there is to see of a list: its items, and everything else in one text. */
interface Picture {
  readonly items: readonly Identified[];
  readonly rest: string;
}

function changeBetween(before: Picture, after: Picture): PagerChange | undefined {
  const isSameList =
    before.rest === after.rest &&
    before.items.length === after.items.length &&
    before.items.every(({ id }, index) => id === after.items[index]?.id);
  if (!isSameList) {
    return 'list';
  }
  const changed = after.items.filter(
    (item, index) =>
      item !== before.items[index] && JSON.stringify(item) !== JSON.stringify(before.items[index]),
  );
  return changed.length === 0 ? undefined : { items: changed.map(({ id }) => id) };
}
