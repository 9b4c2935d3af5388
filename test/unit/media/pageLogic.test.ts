import assert from 'node:assert/strict';
import { Announcements } from '../../../media/session/announcements.ts';
import type { Replica } from '../../../media/session/applyPatch.ts';
import { fill, fillParts } from '../../../media/session/fill.ts';
import { createFormat } from '../../../media/session/format.ts';
import { historyKey, keyCommand, sendKey } from '../../../media/session/keyboard.ts';
import { lineDiff } from '../../../src/transcript/lineDiff.ts';
import { terminalText } from '../../../src/util/terminalText.ts';
import { exactInput } from '../../../media/session/view/exactInput.ts';
import type { FeedState } from '../../../src/stream/feedState.ts';
import { shell, tool } from '../../support/page/rows.ts';
import { pageStringsEn } from '../../support/pageStrings.en.ts';

const key = { key: 'Enter', altKey: false, ctrlKey: false, metaKey: false, shiftKey: false };
const typed = { ...key, isComposing: false, keyCode: 13 };

describe('keys', () => {
  it('sends by the setting, always with Ctrl, never while composing', () => {
    assert.equal(sendKey(typed, true), 'send');
    assert.equal(sendKey(typed, false), undefined);
    assert.equal(sendKey({ ...typed, ctrlKey: true }, false), 'send');
    assert.equal(sendKey({ ...typed, metaKey: true }, false), 'send');
    assert.equal(sendKey({ ...typed, shiftKey: true }, true), undefined);
    assert.equal(sendKey({ ...typed, isComposing: true }, true), undefined);
    assert.equal(sendKey({ ...typed, keyCode: 229 }, true), undefined);
    assert.equal(sendKey({ ...typed, key: 'a' }, true), undefined);
  });

  it('interrupts with Ctrl and Shift, whatever the setting', () => {
    for (const enterSends of [true, false]) {
      assert.equal(sendKey({ ...typed, ctrlKey: true, shiftKey: true }, enterSends), 'interrupt');
      assert.equal(sendKey({ ...typed, metaKey: true, shiftKey: true }, enterSends), 'interrupt');
    }
    assert.equal(sendKey({ ...typed, ctrlKey: true, shiftKey: true, isComposing: true }, true), undefined);
  });

  it('walks through earlier messages by bare arrows only', () => {
    const up = { ...typed, key: 'ArrowUp', keyCode: 38 };
    assert.equal(historyKey(up), 'back');
    assert.equal(historyKey({ ...up, key: 'ArrowDown' }), 'forward');
    for (const held of ['shiftKey', 'ctrlKey', 'altKey', 'metaKey', 'isComposing']) {
      assert.equal(historyKey({ ...up, [held]: true }), undefined, held);
    }
    assert.equal(historyKey({ ...up, keyCode: 229 }), undefined);
    assert.equal(historyKey(typed), undefined);
  });

  it('leaves a field its keys', () => {
    for (const name of ['j', 'k', 'Home', 'End', 'PageDown', ' ', 'Enter']) {
      assert.equal(keyCommand({ ...key, key: name }, 'field'), undefined);
    }
    assert.equal(keyCommand({ ...key, key: 'Escape' }, 'field'), 'composer');
    assert.equal(keyCommand({ ...key, key: 'ArrowDown', altKey: true }, 'field'), 'next');
  });

  it('walks and opens rows', () => {
    assert.equal(keyCommand({ ...key, key: 'j' }, 'row'), 'next');
    assert.equal(keyCommand({ ...key, key: 'ArrowUp', altKey: true }, 'control'), 'previous');
    assert.equal(keyCommand({ ...key, key: ' ' }, 'row'), 'activate');
    assert.equal(keyCommand({ ...key, key: 'Enter' }, 'control'), undefined);
    assert.equal(keyCommand({ ...key, key: 'j', ctrlKey: true }, 'row'), undefined);
    assert.equal(keyCommand({ ...key, key: 'constructor' }, 'row'), undefined);
  });
});

describe('line diff', () => {
  const text = (before: string, after: string) =>
    lineDiff(before, after).map((line) => line.sign + line.text);

  it('shows what changed, with a little of what did not', () => {
    assert.deepEqual(text('a\nb\nc', 'a\nx\nc'), [' a', '-b', '+x', ' c']);
    assert.deepEqual(text('1\n2\n3\n4\n5\n6', '1\n2\n3\n4\n5\n6\n7'), [' 4', ' 5', ' 6', '+7']);
    assert.deepEqual(text('', 'a\nb'), ['+a', '+b']);
    assert.deepEqual(text('a', ''), ['-a']);
    assert.deepEqual(text('a\nb\nc\nd', 'b\nd\ne'), ['-a', ' b', '-c', ' d', '+e']);
  });

  it('numbers old lines as they were and new ones as they are', () => {
    const numbers = (before: string, after: string) =>
      lineDiff(before, after).map(({ sign, line }) => `${sign}${String(line)}`);
    assert.deepEqual(numbers('a\nb\nc', 'a\nx\ny\nc'), [' 1', '-2', '+2', '+3', ' 4']);
    assert.deepEqual(numbers('1\n2\n3\n4\n5\n6', '1\n2\n3\n4\n5\n6\n7'), [' 4', ' 5', ' 6', '+7']);
    assert.deepEqual(numbers('a\nb', 'b'), ['-1', ' 1']);
  });

  it('replaces the whole where comparing would cost too much', () => {
    const many = (letter: string) =>
      Array.from({ length: 900 }, (_, index) => `${letter}${index}`).join('\n');
    assert.equal(lineDiff(many('a'), many('b')).length, 1_800);
  });
});

describe('exact input', () => {
  it('shows a command only where it is all of the input', () => {
    assert.deepEqual(exactInput(shell('a', 'ls')), { text: 'ls', isCommand: true, isCut: false });
    const more = '{\n  "command": "ls",\n  "sudo": true\n}';
    const row = shell('a', 'ls', { inputJson: more, inputTotal: more.length });
    assert.deepEqual(exactInput(row), { text: more, isCommand: false, isCut: false });
    assert.equal(
      exactInput(shell('a', 'ls', { inputJson: '{"command":"other"}', inputTotal: 19 })).isCommand,
      false,
    );
  });

  it('knows that it was cut', () => {
    assert.equal(exactInput(tool('a', { inputJson: '{ "a', inputTotal: 900 })).isCut, true);
    assert.equal(exactInput(shell('a', 'ls', { inputTotal: 9_000 })).isCommand, false);
  });
});

describe('texts', () => {
  it('fills placeholders, and only those', () => {
    assert.equal(fill('{a} of {b}', { a: '1', b: '{a}' }), '1 of {a}');
    assert.equal(fill('{missing} {constructor}', {}), '{missing} {constructor}');
    assert.deepEqual(fillParts<string | number>('x {n}!', { n: 4 }), ['x ', 4, '!']);
  });

  it('writes durations as people do', () => {
    const format = createFormat('en-GB');
    assert.deepEqual(
      [0, 40, 400, 9_900, 41_000, 161_000, 7_260_000].map((ms) => format.duration(ms)),
      ['0s', '40ms', '0.4s', '9.9s', '41s', '2m 41s', '2h 1m'],
    );
  });

  it('names days, and takes a locale that is none', () => {
    const format = createFormat('no such locale');
    const now = new Date(2026, 10, 20, 14).getTime();
    assert.equal(format.day(now, now), 'Today');
    assert.equal(format.day(now - 86_400_000, now), 'Yesterday');
    assert.match(format.day(new Date(2020, 1, 3).getTime(), now), /2020/);
  });

  it('takes colours out of terminal output and nothing else', () => {
    assert.equal(terminalText('\u001b[1;31mred\u001b[0m \u001b[2J'), 'red \u001b[2J');
  });
});

describe('announcements', () => {
  const replica: Replica = {
    header: { activity: 'running' } as Replica['header'],
    feed: {
      state: { kind: 'live' },
      history: { kind: 'complete' },
      lastByteAt: undefined,
      unreadableFrames: 0,
    },
    banner: null,
    range: { first: 0, end: 0 },
    held: { from: 0, rows: [] },
  };
  const reply = (streaming: boolean) =>
    ({ kind: 'agentMessage', key: 'a', at: 1, eventId: 'a', streaming, blocks: [] }) as const;

  it('says a reply when it is whole, once', () => {
    const says = new Announcements();
    const of = (before: Replica, streaming: boolean) =>
      says.of({ op: 'set', at: 0, row: reply(streaming) }, before, pageStringsEn);
    const growing = { ...replica, held: { from: 0, rows: [reply(true)] } };
    assert.equal(of(growing, true), undefined);
    assert.equal(of(growing, false), 'Agent replied');
    assert.equal(of({ ...replica, held: { from: 0, rows: [reply(false)] } }, false), undefined);
  });

  it('says a loss of the connection and its return once each', () => {
    const says = new Announcements();
    const states: FeedState[] = [
      { kind: 'live' },
      { kind: 'reconnecting', attempt: 1, nextTryAt: 0, reason: 'silent' },
      { kind: 'reconnecting', attempt: 2, nextTryAt: 0, reason: 'silent' },
      { kind: 'connecting' },
      { kind: 'catchingUp' },
      { kind: 'live' },
    ];
    const heard = states.map((state) =>
      says.of({ op: 'feed', feed: { ...replica.feed, state }, banner: null }, replica, pageStringsEn),
    );
    assert.deepEqual(
      heard.filter((text) => text !== undefined),
      ['Connection lost', 'Connection restored'],
    );
  });

  it('says nothing of history', () => {
    const says = new Announcements();
    const catching: Replica = { ...replica, feed: { ...replica.feed, state: { kind: 'catchingUp' } } };
    const patch = { op: 'append', at: 0, rows: [reply(false)] } as const;
    assert.equal(says.of(patch, catching, pageStringsEn), undefined);
    assert.equal(says.of(patch, replica, pageStringsEn), 'Agent replied');
  });

  it('asks for the person when a tool needs them', () => {
    const says = new Announcements();
    const row = shell('c', 'ls', { status: 'needsApproval' });
    assert.equal(says.of({ op: 'append', at: 0, rows: [row] }, replica, pageStringsEn), 'Approval needed');
  });
});
