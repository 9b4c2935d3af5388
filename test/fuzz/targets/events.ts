import { LogRows } from '../../../src/eventLog/logRow.ts';
import { MAX_WINDOW_ROWS } from '../../../src/protocol/messages.ts';
import { RowWindow } from '../../../src/protocol/rowWindow.ts';
import { between } from '../../support/random.ts';
import { TestSession } from '../../unit/transcript/transcriptSetup.ts';
import { hostileEvent } from '../eventShapes.ts';
import type { Random } from '../mutate.ts';
import { assertWarranted, type FuzzTarget, type Work } from '../target.ts';

const PER_ROUND = 200;
/** What a row, a line of the log or a patch may take beside what it quotes of its event. */
const PER_ROW = 4_000;

/** Events of any shape, live and from history, through the store and the transcript to rows, patches and log lines. */
export const events: FuzzTarget = { name: 'events', perRound: PER_ROUND, share: 40, round };

function round(random: Random): Work {
  const session = new TestSession();
  const window = new RowWindow(session.transcript, MAX_WINDOW_ROWS);
  const log = new LogRows((text) => text);
  let size = 0;
  let changes = 0;
  const count = () => void (changes += 1);
  session.store.observe({
    inserted: count,
    prepended: count,
    updated: count,
    removed: count,
    trimmed: count,
  });
  window.open();
  let made = 0;
  for (let left = PER_ROUND; left > 0; left--) {
    const event = hostileEvent(random);
    size += JSON.stringify(event).length;
    if (random() < 0.2) {
      session.older(event);
    } else {
      session.arrive(event);
    }
    if (random() < 0.1) {
      made += JSON.stringify(window.patches()).length;
      const from = between(random, -300, 300);
      const answer = window.read(from, from + between(random, 0, 300));
      if (answer.rows.length > MAX_WINDOW_ROWS) {
        throw new Error(`${answer.rows.length} rows in one answer`);
      }
      window.narrow(from, from + between(random, 0, 300));
    }
  }
  const { store, previews } = session;
  assertWarranted('changes of the store', changes, PER_ROUND, 4, 0);
  assertWarranted('events held', store.size, PER_ROUND, 1, 0);
  assertWarranted('previews held', JSON.stringify(previews.current).length, size, 2, 4_000);
  const rows = session.rows().map((row) => JSON.stringify(row).length);
  rows.forEach((row) => assertWarranted('a row', row, 0, 0, 200_000));
  assertWarranted('rows', sum(rows), size, 6, PER_ROW * rows.length);
  for (let at = store.first; at < store.end; at++) {
    const stored = store.at(at);
    if (stored !== undefined) {
      assertWarranted('a line of the log', JSON.stringify(log.row(stored)).length, 0, 0, PER_ROW);
    }
  }
  if (Object.keys(Object.prototype).length > 0) {
    throw new Error('An event reached a prototype.');
  }
  return { inputs: PER_ROUND, size, made: made + sum(rows) };
}

function sum(numbers: readonly number[]): number {
  return numbers.reduce((all, each) => all + each, 0);
}
