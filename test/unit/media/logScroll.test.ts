import assert from 'node:assert/strict';
import { createLogFormat } from '../../../media/session/log/logFormat.ts';
import { logCommand } from '../../../media/session/log/logKeys.ts';
import { LogScroll } from '../../../media/session/log/logScroll.ts';
import { neighbour } from '../../../media/session/viewSwitch.ts';

const range = { first: -100, end: 900 };
const name = (position: number) => `e${position}`;

function scroll(): LogScroll {
  const made = new LogScroll();
  made.rowHeight = 25;
  made.height = 260;
  return made;
}

describe('the places of the event log', () => {
  it('are at the end until the reader leaves it, and again when the reader is back', () => {
    const log = scroll();
    assert.equal(log.top(range), 1_000 * 25 - 260);
    assert.deepEqual(log.visible(range), { from: 889, end: 900 });
    log.moved(log.top(range));
    assert.equal(log.onScroll(24_740.4, range, name), false);
    assert.equal(log.onScroll(20_010, range, name), true);
    assert.equal(log.following, false);
    assert.deepEqual(log.anchor, { position: 700, name: 'e700', offset: 10 });
    assert.equal(log.onScroll(24_735, range, name), true);
    assert.equal(log.following, true);
  });

  it('stay with the named row, wherever it goes', () => {
    const log = scroll();
    log.onScroll(20_010, range, name);
    log.relocate(() => 750, null);
    assert.equal(log.top(range), 21_260);
    log.relocate(() => undefined, 720);
    assert.equal(log.top(range), 20_510);
    log.relocate(() => undefined, null);
    assert.equal(log.top(range), 20_510);
    assert.equal(log.top({ first: 0, end: 900 }), 18_010);
    assert.equal(log.top({ first: 800, end: 900 }), 0);
  });

  it('move as little as needed to show a row, and leave the end only for one that is not the last', () => {
    const log = scroll();
    log.reveal(899, range, 'nearest');
    assert.equal(log.following, true);
    log.reveal(895, range, 'nearest');
    assert.equal(log.following, false);
    assert.equal(log.top(range), 24_740);
    log.reveal(100, range, 'nearest');
    assert.equal(log.top(range), 200 * 25);
    log.reveal(110, range, 'nearest');
    assert.equal(log.top(range), 211 * 25 - 260);
    log.reveal(500, range, 'middle');
    assert.equal(log.top(range), 600 * 25 - (260 - 25) / 2);
    log.reveal(899, range, 'nearest');
    assert.equal(log.following, true);
  });

  it('are all there is where everything fits', () => {
    const log = scroll();
    const small = { first: 0, end: 4 };
    assert.equal(log.top(small), 0);
    assert.deepEqual(log.visible(small), { from: 0, end: 4 });
    assert.deepEqual(log.visible({ first: 3, end: 3 }), { from: 3, end: 3 });
  });
});

describe('the keys of the views and the log', () => {
  it('go round the tabs and to their ends', () => {
    assert.equal(neighbour('conversation', 'ArrowRight'), 'events');
    assert.equal(neighbour('events', 'ArrowRight'), 'timeline');
    assert.equal(neighbour('timeline', 'ArrowRight'), 'conversation');
    assert.equal(neighbour('conversation', 'ArrowLeft'), 'timeline');
    assert.equal(neighbour('events', 'Home'), 'conversation');
    assert.equal(neighbour('conversation', 'End'), 'timeline');
    assert.equal(neighbour('conversation', 'Enter'), undefined);
  });

  it('leave combinations to the editor', () => {
    const key = { key: 'End', altKey: false, ctrlKey: false, metaKey: false, shiftKey: false };
    assert.equal(logCommand(key), 'last');
    assert.equal(logCommand({ ...key, ctrlKey: true }), undefined);
    assert.equal(logCommand({ ...key, key: 'constructor' }), undefined);
  });
});

describe('the log’s times, gaps and sizes', () => {
  const format = createLogFormat('en-GB', (ms) => `${ms}!`);

  it('are as exact as they are useful', () => {
    assert.deepEqual(
      [0, 7, 999, 1_000, 6_259, 13_940, 60_000].map((ms) => format.gap(ms)),
      ['0ms', '7ms', '999ms', '1.00s', '6.25s', '13.9s', '60000!'],
    );
    assert.deepEqual(
      [0, 999, 1_000, 1_149, 99_949, 99_951, 999_499, 999_500, 16e6].map((bytes) => format.size(bytes)),
      ['0 B', '999 B', '1.0 kB', '1.1 kB', '99.9 kB', '100 kB', '999 kB', '1.0 MB', '16.0 MB'],
    );
    assert.match(format.time(Date.UTC(2026, 0, 1, 5, 6, 7, 8)), /^\d\d:\d\d:07\.008$/);
  });
});
