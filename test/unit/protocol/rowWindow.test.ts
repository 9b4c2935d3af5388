import assert from 'node:assert/strict';
import { MAX_WINDOW_ROWS, type Patch } from '../../../src/protocol/messages.ts';
import { RowWindow } from '../../../src/protocol/rowWindow.ts';
import { blocksOf } from '../../../src/transcript/blocks.ts';
import type { Row } from '../../../src/transcript/row.ts';
import { asks, says, TestSession } from '../transcript/transcriptSetup.ts';
import { PageReplica } from './pageReplica.ts';

function message(key: string, text: string, streaming = false): Row {
  return { kind: 'agentMessage', key, at: null, eventId: key, blocks: blocksOf(text), streaming };
}

/** Rows that a test changes as it likes, and that count how often they are looked at. */
class CountedRows {
  looks = 0;
  made = 0;
  first = 0;
  private readonly rows: Row[];
  private readonly stamps = new Map<string, number>();

  constructor(count: number) {
    this.rows = Array.from({ length: count }, (_, index) => message(`r${index}`, 'x'));
  }

  get end(): number {
    return this.first + this.rows.length;
  }

  at(position: number) {
    this.looks++;
    const row = this.rows[position - this.first];
    const makeRow = () => {
      this.made++;
      return row ?? assert.fail();
    };
    return row && { key: row.key, stamp: String(this.stamps.get(row.key) ?? 0), row: makeRow };
  }

  add(...rows: readonly Row[]): void {
    this.rows.push(...rows);
  }

  set(position: number, row: Row): void {
    this.rows[position - this.first] = row;
    this.stamps.set(row.key, (this.stamps.get(row.key) ?? 0) + 1);
  }

  remove(position: number): void {
    this.rows.splice(position - this.first, 1);
  }

  letGo(count: number): void {
    this.rows.splice(0, count);
    this.first += count;
  }
}

function opened(count: number) {
  const rows = new CountedRows(count);
  const window = new RowWindow(rows, MAX_WINDOW_ROWS);
  const page = new PageReplica();
  page.open(window.open());
  window.narrow(page.from, page.end);
  const flush = (): readonly Patch[] => {
    const patches = window.patches();
    patches.forEach((patch) => page.apply(patch));
    return patches;
  };
  return { rows, window, page, flush };
}

const ops = (patches: readonly Patch[]) => patches.map(({ op }) => op);

describe('RowWindow', () => {
  it('opens with the newest rows, a quarter of a window', () => {
    const { page, flush } = opened(1_000);
    assert.deepEqual([page.from, page.end, page.range], [950, 1_000, { first: 0, end: 1_000 }]);
    assert.deepEqual(flush(), []);
    assert.deepEqual(opened(0).page.rows, []);
  });

  it('opens around the row that the page was at, where it knows one', () => {
    const { rows, window } = opened(1_000);
    const spans = [500, 0, 999, -7, 20].map((around) => {
      const { from, rows: held } = window.open(around);
      return [from, from + held.length];
    });
    assert.deepEqual(spans, [
      [466, 566],
      [0, 100],
      [900, 1_000],
      [0, 100],
      [0, 100],
    ]);
    // What is sent from there on belongs to these rows.
    window.open(500);
    rows.set(510, message('r510', 'y'));
    rows.set(100, message('r100', 'y'));
    assert.deepEqual(window.patches(), [{ op: 'set', at: 510, row: message('r510', 'y') }]);
  });

  it('sends the one row that changed', () => {
    const { rows, flush } = opened(1_000);
    rows.set(980, message('r980', 'y'));
    rows.set(3, message('r3', 'y'));
    assert.deepEqual(flush(), [{ op: 'set', at: 980, row: message('r980', 'y') }]);
    assert.deepEqual(flush(), []);
  });

  it('sends new rows to a window that reaches the end, and only their number to another', () => {
    const { rows, window, page, flush } = opened(1_000);
    rows.add(message('new', 'n'));
    assert.deepEqual(flush(), [
      { op: 'append', at: 1_000, rows: [message('new', 'n')] },
      { op: 'range', range: { first: 0, end: 1_001 } },
    ]);
    page.answer(window.read(100, 200));
    window.narrow(page.from, page.end);
    rows.add(message('newer', 'n'));
    assert.deepEqual(flush(), [{ op: 'range', range: { first: 0, end: 1_002 } }]);
  });

  it('sends a flood of rows as a new window', () => {
    const { rows, page, flush } = opened(1_000);
    rows.add(...Array.from({ length: 5_000 }, (_, index) => message(`n${index}`, 'n')));
    assert.deepEqual(ops(flush()), ['window']);
    assert.equal(page.end, 6_000);
    assert.ok(page.mostRows <= MAX_WINDOW_ROWS);
  });

  it('sends what came to the end between a question and the next batch', () => {
    const { rows, window, page, flush } = opened(1_000);
    rows.add(message('new', 'n'));
    page.answer(window.read(900, 960));
    window.narrow(page.from, page.end);
    flush();
    assert.equal(page.end, 1_001);
  });

  it('follows the end on from an answer that reached beyond the last batch', () => {
    const { rows, window, page, flush } = opened(1_000);
    rows.add(message('new', 'n'));
    page.answer(window.read(990, 1_001));
    window.narrow(page.from, page.end);
    rows.add(message('newer', 'n'));
    assert.deepEqual(ops(flush()), ['append', 'range']);
    assert.equal(page.end, 1_002);
  });

  it('moves along with the end, row by row', () => {
    const { rows, page, flush } = opened(1_000);
    for (let index = 0; index < 3 * MAX_WINDOW_ROWS; index++) {
      rows.add(message(`n${index}`, 'n'));
      assert.deepEqual(ops(flush()), ['append', 'range']);
    }
    rows.set(page.end - 1, message('n599', 'y'));
    assert.deepEqual(ops(flush()), ['set']);
  });

  it('says the range again where the page may have dropped the answer that told it', () => {
    const { rows, window, page, flush } = opened(1_000);
    page.answer(window.read(100, 200));
    window.narrow(page.from, page.end);
    flush();
    rows.add(message('new', 'n'));
    window.read(0, 10);
    rows.remove(1_000);
    assert.deepEqual(ops(flush()), ['range']);
    assert.deepEqual(flush(), []);
  });

  it('sends the window anew where rows moved inside of it', () => {
    const { rows, page, flush } = opened(1_000);
    rows.remove(970);
    assert.deepEqual(ops(flush()), ['window']);
    assert.equal(page.end, 999);
  });

  it('lets the page drop the oldest rows by their range', () => {
    const { rows, page, flush } = opened(30);
    rows.letGo(5);
    assert.deepEqual(flush(), [{ op: 'range', range: { first: 5, end: 30 } }]);
    assert.equal(page.from, 5);
    rows.set(29, message('r29', 'y'));
    assert.deepEqual(ops(flush()), ['set']);
  });

  it('sends the window anew to a page that claims rows it was never sent', () => {
    const { page, window, flush } = opened(1_000);
    window.narrow(0, 1_000);
    assert.deepEqual(ops(flush()), ['window']);
    assert.ok(page.rows.length <= MAX_WINDOW_ROWS);
    assert.deepEqual(flush(), []);
  });

  it('bears whatever a page says about its window', () => {
    const { page, window, rows, flush } = opened(1_000);
    const numbers = [-1e9, -1, 0, 1, 949, 950, 1_000, 1_001, 1e9];
    for (const from of numbers) {
      for (const end of numbers) {
        window.narrow(from, end);
        const answer = window.read(end, from);
        assert.ok(answer.rows.length <= MAX_WINDOW_ROWS);
        assert.ok(answer.from >= 0 && answer.from + answer.rows.length <= 1_000);
        window.narrow(end, from);
        flush();
        assert.ok(page.mostRows <= MAX_WINDOW_ROWS);
      }
    }
    page.open(window.open());
    rows.set(999, message('r999', 'z'));
    assert.deepEqual(ops(flush()), ['set']);
  });

  it('does work in proportion to the window, not to the session', () => {
    const { rows, page, window, flush } = opened(100_000);
    assert.ok(rows.made <= MAX_WINDOW_ROWS);
    page.answer(window.read(99_800, 99_950));
    const work = (act: () => void) => {
      act();
      rows.looks = 0;
      rows.made = 0;
      flush();
      return { looks: rows.looks, made: rows.made };
    };
    assert.equal(work(() => undefined).made, 0);
    const once = work(() => rows.set(99_999, message('r99999', 'y')));
    assert.equal(once.made, 1);
    assert.ok(once.looks <= 3 * MAX_WINDOW_ROWS);
    assert.equal(work(() => rows.add(message('one', 'x'))).made, 1);
    const flood = work(() =>
      rows.add(...Array.from({ length: 50_000 }, (_, index) => message(`n${index}`, 'x'))),
    );
    assert.ok(flood.made <= MAX_WINDOW_ROWS && flood.looks <= 3 * MAX_WINDOW_ROWS);
    const moved = work(() => rows.remove(5));
    assert.ok(moved.made <= MAX_WINDOW_ROWS && moved.looks <= 3 * MAX_WINDOW_ROWS);
    rows.made = 0;
    assert.ok(window.read(0, 100_000).rows.length === MAX_WINDOW_ROWS && rows.made === MAX_WINDOW_ROWS);
  });

  it('keeps its books small for a page that never says what it lets go', () => {
    const { rows, window, flush } = opened(100_000);
    for (let from = 99_000; from >= 0; from -= 100) {
      window.read(from, from + MAX_WINDOW_ROWS);
    }
    rows.looks = 0;
    flush();
    assert.ok(rows.looks <= 6 * MAX_WINDOW_ROWS, String(rows.looks));
  });
});

describe('RowWindow on a message that grows', () => {
  function streaming() {
    const session = new TestSession();
    session.arrive(asks('q'), { type: 'event_start', event: { type: 'agent.message', id: 'p' } });
    const window = new RowWindow(session.transcript, MAX_WINDOW_ROWS);
    const page = new PageReplica();
    const flush = () => {
      const patches = window.patches();
      patches.forEach((patch) => page.apply(patch));
      assert.deepEqual(page.rows, session.rows());
      return patches;
    };
    page.open(window.open());
    const grow = (text: string, index = 0) =>
      session.arrive({
        type: 'event_delta',
        event_id: 'p',
        delta: { index, content: { type: 'text', text } },
      });
    return { session, page, flush, grow };
  }

  it('sends only the new text, and comes to the full one', () => {
    const { page, flush, grow } = streaming();
    grow('Hel');
    assert.deepEqual(ops(flush()), ['set'], 'the first text makes a block');
    grow('lo ');
    grow('😀'.slice(0, 1));
    assert.deepEqual(flush(), [{ op: 'appendText', at: 1, key: 'p', block: 0, text: 'lo \ud83d' }]);
    grow('😀'.slice(1));
    for (let word = 0; word < 1_000; word++) {
      grow(` word${word}`);
      assert.deepEqual(ops(flush()), ['appendText']);
    }
    assert.ok(page.rows[1]?.kind === 'agentMessage');
    grow('second', 1);
    assert.deepEqual(ops(flush()), ['set']);
    grow('!', 1);
    assert.deepEqual(flush(), [{ op: 'appendText', at: 1, key: 'p', block: 1, text: '!' }]);
    grow('a');
    grow('b', 1);
    assert.deepEqual(ops(flush()), ['set'], 'two blocks grew');
  });

  it('agrees with the page about a text that is too long to be shown', () => {
    const { flush, grow } = streaming();
    grow('x'.repeat(32_000));
    flush();
    grow('y'.repeat(700));
    assert.deepEqual(ops(flush()), ['appendText']);
    grow('z'.repeat(700));
    assert.deepEqual(ops(flush()), ['set']);
    grow('z');
    flush();
  });

  it('replaces it by the message itself, whatever that says', () => {
    const { session, flush, grow } = streaming();
    grow('Hello');
    flush();
    session.arrive(says('p', 'Hello there'));
    assert.deepEqual(ops(flush()), ['set']);
  });

  it('does not add to a text that began anew', () => {
    const { session, flush, grow } = streaming();
    grow('Hel');
    flush();
    for (const text of ['Hex', 'Hexlo', 'He']) {
      session.previews.clear();
      session.arrive({ type: 'event_start', event: { type: 'agent.message', id: 'p' } });
      grow(text);
      flush();
    }
  });

  it('takes it away where it was a false start', () => {
    const { session, flush, grow, page } = streaming();
    grow('Hello');
    flush();
    session.arrive({ type: 'span.model_request_end', id: 'e' });
    flush();
    assert.equal(page.rows.length, 1);
  });
});
