import assert from 'node:assert/strict';
import { SessionSearch, SLICE_MS, type SearchSource } from '../../../src/transcript/search.ts';
import type { SearchQuery } from '../../../src/transcript/searchMatcher.ts';
import type { SaidText } from '../../../src/transcript/searchTexts.ts';
import { type Disposable, toDisposable } from '../../../src/util/disposable.ts';
import { ManualClock } from '../../support/manualClock.ts';
import { between, seededRandom } from '../../support/random.ts';

/** Time goes on by itself, a little with each look at it: as if every step of the work took that long. */
class TickingClock extends ManualClock {
  tick = 0;
  private ahead = 0;

  override now(): number {
    this.ahead += this.tick;
    return super.now() + this.ahead;
  }
}

/** Rows that a test moves about. */
class Rows implements SearchSource {
  list: { key: string; texts: string[] }[] = [];
  first = 0;
  said_ = 0;
  private readonly listeners = new Set<(key: string) => void>();

  get observers(): number {
    return this.listeners.size;
  }

  keys(): string[] {
    return this.list.map(({ key }) => key);
  }

  positionOf(key: string): number | undefined {
    const index = this.list.findIndex((row) => row.key === key);
    return index === -1 ? undefined : index + this.first;
  }

  said(key: string): SaidText[] {
    this.said_ += 1;
    const texts = this.list.find((row) => row.key === key)?.texts ?? [];
    return texts.map((text) => ({ part: 'text', text, shown: text }));
  }

  observe(changed: (key: string) => void): Disposable {
    this.listeners.add(changed);
    return toDisposable(() => this.listeners.delete(changed));
  }

  insert(index: number, ...rows: { key: string; texts: string[] }[]): void {
    this.list.splice(index, 0, ...rows);
    rows.forEach(({ key }) => this.tell(key));
  }

  prepend(...rows: { key: string; texts: string[] }[]): void {
    this.first -= rows.length;
    this.insert(0, ...rows);
  }

  remove(index: number): void {
    this.list.splice(index, 1).forEach(({ key }) => this.tell(key));
  }

  change(index: number, texts: string[]): void {
    const row = this.list[index];
    if (row !== undefined) {
      row.texts = texts;
      this.tell(row.key);
    }
  }

  private tell(key: string): void {
    this.listeners.forEach((listener) => listener(key));
  }
}

const query = (text: string, more: Partial<SearchQuery> = {}): SearchQuery => ({
  text,
  matchCase: false,
  wholeWord: false,
  ...more,
});

function setUp(texts: readonly (string | string[])[] = []) {
  const rows = new Rows();
  rows.list = texts.map((text, index) => ({
    key: `r${index}`,
    texts: typeof text === 'string' ? [text] : text,
  }));
  const clock = new TickingClock(0);
  let reports = 0;
  const search = new SessionSearch(rows, clock, () => (reports += 1));
  return { rows, clock, search, reports: () => reports };
}

describe('searching a session', () => {
  it('counts matches, and begins at the reader’s place', () => {
    const { search } = setUp(['foo', 'bar foo foo', 'none', 'foo']);
    search.start(query('foo'), 1);
    const { total, index, current, isDone, moves } = search.state;
    assert.deepEqual(
      { total, index, key: current?.key, isDone, moves },
      { total: 4, index: 1, key: 'r1', isDone: true, moves: 1 },
    );
  });

  it('begins at the wanted match of a row, or at the last one it has', () => {
    const { search } = setUp(['foo', 'bar foo foo', 'none', 'foo']);
    search.start(query('foo'), 1, 1);
    assert.deepEqual([search.state.index, search.state.current?.inPart], [2, 1]);
    search.start(query('foo'), 1, 7);
    assert.deepEqual([search.state.index, search.state.current?.inPart], [2, 1]);
    search.start(query('foo'), 2, 1);
    assert.deepEqual([search.state.index, search.state.current?.key], [3, 'r3']);
  });

  it('goes round both ends', () => {
    const { search } = setUp(['foo', 'bar foo foo', 'none', 'foo']);
    search.start(query('foo'), 2);
    const seen = [search.state.index];
    for (const direction of ['next', 'next', 'previous', 'previous', 'previous'] as const) {
      search.step(direction);
      seen.push(search.state.index);
    }
    assert.deepEqual(seen, [3, 0, 1, 0, 3, 2]);
    assert.equal(search.state.moves, 6);
  });

  it('begins at the first match where there is none behind the reader', () => {
    const { search } = setUp(['foo', 'bar foo', 'none']);
    search.start(query('foo'), 2);
    assert.equal(search.state.index, 0);
  });

  it('stays where it is while the query grows, and goes on from there', () => {
    const { search } = setUp(['fob foa foo', ['foo', 'foo']]);
    search.start(query('f'), 0);
    search.step('next');
    search.start(query('fo'), 0);
    assert.equal(search.state.index, 1);
    search.start(query('foo'), 0);
    assert.equal(search.state.index, 0);
    assert.equal(search.state.current?.place.offset, 8);
    search.start(query('fob'), 0);
    const after = search.state;
    assert.deepEqual([after.total, after.current?.place.offset], [1, 0]);
  });

  it('describes the current match by what stands around it, and twins by their number', () => {
    const { search } = setUp([['say foo now', 'say foo now', 'foo']]);
    search.start(query('foo'), 0);
    search.step('next');
    const { before, match, after, twin, inPart } = search.state.current ?? assert.fail();
    assert.deepEqual([before, match, after, twin, inPart], ['say ', 'foo', ' now', 1, 1]);
  });

  it('finds nothing for an empty query, and says so at once', () => {
    const { search, rows } = setUp(['foo']);
    search.start(query(''), 0);
    assert.deepEqual([search.state.total, search.state.isDone, rows.said_, rows.observers], [0, true, 0, 0]);
  });

  it('lets others work after each slice, and reports its progress', () => {
    const { search, clock, rows, reports } = setUp(Array.from({ length: 500 }, () => 'foo'));
    clock.tick = 1;
    search.start(query('foo'), 250);
    assert.ok(rows.said_ <= SLICE_MS + 1, `${rows.said_} rows at once`);
    assert.equal(search.state.isDone, false);
    assert.equal(search.state.current?.key, 'r250');
    assert.equal(search.state.index, undefined);
    let slices = 1;
    while (!search.state.isDone) {
      const before = rows.said_;
      clock.advance(1);
      assert.ok(rows.said_ - before <= SLICE_MS + 1, `${rows.said_ - before} rows at once`);
      slices += 1;
    }
    assert.ok(slices > 50);
    assert.ok(reports() > 3);
    assert.deepEqual(
      [search.state.total, search.state.index, search.state.searched, search.state.size],
      [500, 250, 500, 500],
    );
  });

  it('divides the work in one very long text as well', () => {
    const { search, clock } = setUp(['foo bar\n'.repeat(200_000)]);
    clock.tick = SLICE_MS;
    search.start(query('FOO'), 0);
    let slices = 0;
    for (; !search.state.isDone; slices += 1) {
      clock.advance(1);
    }
    assert.equal(search.state.total, 200_000);
    assert.ok(slices > 20, `${slices} slices`);
  });

  it('lets go of a search when another begins, or none', () => {
    const { search, clock, rows } = setUp(
      Array.from({ length: 100 }, (_, index) => (index === 99 ? 'bar' : 'foo')),
    );
    clock.tick = 2;
    search.start(query('foo'), 0);
    clock.advance(1);
    search.start(query('bar'), 0);
    while (!search.state.isDone) {
      clock.advance(1);
    }
    assert.deepEqual([search.state.total, search.state.current?.key], [1, 'r99']);
    search.start(query('foo'), 0);
    search.stop();
    const said = rows.said_;
    clock.advance(1_000);
    assert.deepEqual([rows.said_, rows.observers, clock.pending, search.state.total], [said, 0, 0, 0]);
  });

  it('looks only where it can be, when the query grows', () => {
    const { search, rows } = setUp(['fob', 'foo', 'none', 'food', 'none']);
    search.start(query('fo'), 0);
    const said = rows.said_;
    search.start(query('foo'), 0);
    assert.deepEqual([search.state.total, search.state.current?.key], [2, 'r1']);
    assert.ok(rows.said_ - said <= 4, 'three rows, and the match itself');
    search.start(query('food'), 0);
    assert.equal(search.state.total, 1);
    for (const wider of [query('oo'), query('FOO', { matchCase: true }), query('n'), query('f\u0301')]) {
      const before = rows.said_;
      search.start(wider, 0);
      assert.ok(rows.said_ - before >= 5, wider.text);
    }
  });

  it('can be stepped through before it is done', () => {
    const { search, clock } = setUp(Array.from({ length: 100 }, () => 'foo'));
    clock.tick = 1;
    search.start(query('foo'), 50);
    search.step('next');
    clock.advance(1);
    assert.equal(search.state.current?.key, 'r51');
    search.step('previous');
    search.step('previous');
    clock.advance(1);
    assert.equal(search.state.isDone, false);
    assert.notEqual(search.state.current, undefined);
    while (!search.state.isDone) {
      clock.advance(1);
    }
    assert.equal(search.state.total, 100);
  });

  it('adds what is new without taking the reader anywhere', () => {
    const { search, rows, clock } = setUp(['foo', 'bar']);
    search.start(query('foo'), 0);
    const said = rows.said_;
    rows.insert(2, { key: 'n', texts: ['foo foo'] });
    clock.advance(1);
    assert.deepEqual([search.state.total, search.state.index, search.state.moves], [3, 0, 1]);
    assert.equal(rows.said_, said + 1, 'only the new row is looked through');
    rows.prepend({ key: 'p', texts: ['foo'] });
    clock.advance(1);
    assert.deepEqual([search.state.total, search.state.index, search.state.current?.key], [4, 1, 'r0']);
  });

  it('has no current match any more when that is gone, and goes on from its place', () => {
    const { search, rows, clock } = setUp(['foo', 'foo', 'foo']);
    search.start(query('foo'), 1);
    rows.change(1, ['bar']);
    clock.advance(1);
    assert.deepEqual(
      [search.state.total, search.state.index, search.state.current],
      [2, undefined, undefined],
    );
    search.step('next');
    assert.equal(search.state.current?.key, 'r2');
  });

  it('agrees with a look at everything, whatever changes', () => {
    const random = seededRandom(20);
    const words = ['foo', 'Foo', 'fo', 'ofoo', 'bar', ' ', 'foofoo', '\n'];
    const text = () =>
      Array.from({ length: between(random, 0, 6) }, () => words[between(random, 0, words.length)] ?? '').join(
        '',
      );
    for (let round = 0; round < 60; round++) {
      const { search, rows, clock } = setUp(
        Array.from({ length: between(random, 0, 12) }, () => [text(), text()]),
      );
      clock.tick = between(random, 0, 4);
      const wanted = query('foo', { matchCase: random() < 0.3, wholeWord: random() < 0.3 });
      search.start(wanted, between(random, -1, rows.list.length + 1));
      let made = 0;
      for (let step = 0; step < 40; step++) {
        const key = `n${made++}`;
        const index = between(random, 0, rows.list.length + 1);
        switch (between(random, 0, 8)) {
          case 0:
            rows.insert(rows.list.length, { key, texts: [text()] });
            break;
          case 1:
            rows.insert(index, { key, texts: [text()] });
            break;
          case 2:
            rows.prepend({ key, texts: [text()] }, { key: `${key}b`, texts: [text()] });
            break;
          case 3:
            rows.remove(index);
            break;
          case 4:
            rows.change(index, [text(), text()]);
            break;
          case 5: {
            const [moved] = rows.list.splice(index, 1);
            if (moved !== undefined) {
              rows.insert(between(random, 0, rows.list.length + 1), moved);
            }
            break;
          }
          case 6:
            clock.advance(1);
            break;
          default:
            search.step(random() < 0.5 ? 'next' : 'previous');
        }
      }
      for (let turns = 0; clock.pending > 0; turns += 1) {
        assert.ok(turns < 1_000, 'never comes to rest');
        clock.advance(1);
      }
      clock.tick = 0;
      assertAgrees(rows, search, wanted);
    }
  });
});

function naive(rows: Rows, { text, matchCase, wholeWord }: SearchQuery) {
  const pattern = new RegExp(wholeWord ? `(?<!\\w)${text}(?!\\w)` : text, matchCase ? 'g' : 'gi');
  return rows.list.flatMap(({ key, texts }) =>
    texts.flatMap((said, index) =>
      [...said.matchAll(pattern)].map((match) => ({
        key,
        text: index,
        offset: match.index,
      })),
    ),
  );
}

function assertAgrees(rows: Rows, search: SessionSearch, wanted: SearchQuery): void {
  const expected = naive(rows, wanted);
  const { state } = search;
  assert.equal(state.total, expected.length);
  if (state.current !== undefined && state.index !== undefined) {
    const { key, place } = state.current;
    assert.deepEqual({ key, ...place }, expected[state.index]);
    assert.equal(state.current.position, rows.positionOf(key));
  }
  if (expected.length > 0) {
    search.step('next');
    const start = search.state.index ?? assert.fail('no current match');
    for (let turn = 1; turn <= expected.length; turn++) {
      search.step('next');
      const now = search.state;
      const index = (start + turn) % expected.length;
      const { key, place } = now.current ?? assert.fail('no current match');
      assert.deepEqual([now.index, { key, ...place }], [index, expected[index]]);
    }
  }
}
