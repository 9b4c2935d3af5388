import assert from 'node:assert/strict';
import { MAX_CALLS_AT_ONCE } from '../../../src/protocol/approvalMessages.ts';
import { MAX_ANCHOR, MAX_TITLE } from '../../../src/protocol/headerMessages.ts';
import {
  bodyParts,
  MAX_MESSAGE_TEXT,
  MAX_WINDOW_ROWS,
  pageActions,
  type PageMessage,
} from '../../../src/protocol/messages.ts';
import {
  attachSources,
  MAX_ATTACHMENTS,
  MAX_DROPPED_URI,
  MAX_FILE_NAME,
  MAX_IMAGE_BASE64,
} from '../../../src/protocol/composerMessages.ts';
import { MAX_BLOCK_INDEX } from '../../../src/protocol/readingMessages.ts';
import { readPageMessage } from '../../../src/protocol/readPageMessage.ts';
import { between, seededRandom } from '../../support/random.ts';

const messages: readonly PageMessage[] = [
  { type: 'ready' },
  { type: 'rename', id: 1, title: '' },
  { type: 'rename', id: 1, title: 'x'.repeat(MAX_TITLE) },
  { type: 'ack', seq: 0 },
  { type: 'window', from: -1_000, end: 4 },
  { type: 'rows', id: 1, from: -5, count: MAX_WINDOW_ROWS },
  { type: 'rows', id: 1, from: 0, count: 0 },
  { type: 'send', id: 1, text: '', attachments: [], interrupt: false },
  { type: 'send', id: 1, text: 'x'.repeat(MAX_MESSAGE_TEXT), attachments: ['a', 'b'], interrupt: true },
  { type: 'recall', id: 1, from: null },
  { type: 'recall', id: 1, from: 'sevt_a' },
  ...attachSources.map((source): PageMessage => ({ type: 'attach', source })),
  { type: 'attachMenu' },
  { type: 'detach', key: 'a' },
  { type: 'openAttachment', key: 'a' },
  { type: 'pasteImage', data: 'iVBORw0KGgo=' },
  { type: 'dropFile', name: 'a.txt', data: '' },
  { type: 'dropUris', uris: ['file:///work/a.txt'] },
  { type: 'dismissNote' },
  { type: 'interrupt', id: 1 },
  { type: 'decide', id: 1, eventId: 'sevt_a', inputHash: 'h', decision: 'allow', reason: '' },
  { type: 'decide', id: 1, eventId: '__proto__', inputHash: 'h', decision: 'deny', reason: 'no' },
  { type: 'allowAll', id: 1, calls: [{ eventId: 'sevt_a', inputHash: 'h' }] },
  { type: 'answerTool', id: 1, eventId: 'sevt_a', inputHash: 'h', text: '42', isError: false },
  { type: 'openInput', id: 1, eventId: 'sevt_a', inputHash: 'h' },
  { type: 'showCall', eventId: 'sevt_a' },
  { type: 'draft', text: 'd' },
  ...bodyParts.flatMap((part): PageMessage[] => [
    { type: 'openBody', key: 'k', part },
    { type: 'copyBody', key: 'k', part },
  ]),
  { type: 'openBlock', key: 'k', part: 'text', index: 0 },
  { type: 'openBlock', key: 'k', part: 'result', index: MAX_BLOCK_INDEX },
  { type: 'openCode', key: 'k', block: 0, code: 12 },
  { type: 'insertCode', key: 'k', block: 0, code: 12 },
  { type: 'copyCode', key: 'k', block: 0, code: 12 },
  { type: 'openLink', url: 'https://e.example' },
  ...pageActions.map((action): PageMessage => ({ type: 'action', action })),
];

/** A message with some fields changed, as something that no compiler has seen. */
function changed(message: PageMessage, fields: Record<string, unknown>): Record<string, unknown> {
  return { ...message, ...fields };
}

/** No attachment at all is a list as well, and the newest message is asked for by none before it. */
function isAlsoRight({ type }: PageMessage, name: string, other: unknown): boolean {
  return (
    (type === 'send' && name === 'attachments' && Array.isArray(other)) ||
    (type === 'recall' && name === 'from' && (other === null || typeof other === 'string'))
  );
}

describe('readPageMessage', () => {
  it('takes every message in its exact form, as a copy', () => {
    for (const message of messages) {
      const read = readPageMessage(message);
      assert.deepEqual(read, message);
      assert.notEqual(read, message);
    }
  });

  // Files are only named, as something that the user is asked about.
  it('knows no message for a key, a setting or a command, and none that reads a file by itself', () => {
    const types = new Set(messages.map(({ type }) => type));
    assert.deepEqual([...types].sort(), [
      'ack',
      'action',
      'allowAll',
      'answerTool',
      'attach',
      'attachMenu',
      'copyBody',
      'copyCode',
      'decide',
      'detach',
      'dismissNote',
      'draft',
      'dropFile',
      'dropUris',
      'insertCode',
      'interrupt',
      'openAttachment',
      'openBlock',
      'openBody',
      'openCode',
      'openInput',
      'openLink',
      'pasteImage',
      'ready',
      'recall',
      'rename',
      'rows',
      'send',
      'showCall',
      'window',
    ]);
    for (const type of [
      'command',
      'executeCommand',
      'setKey',
      'getKey',
      'readFile',
      'openFile',
      'setting',
      '',
      'READY',
    ]) {
      assert.equal(readPageMessage({ type }), undefined);
    }
  });

  it('refuses a field too many', () => {
    for (const message of messages) {
      for (const name of ['extra', 'toString', 'constructor', 'hasOwnProperty', '']) {
        assert.equal(readPageMessage(changed(message, { [name]: 1 })), undefined, `${message.type} ${name}`);
      }
      const text = JSON.stringify(message).replace('{', '{"__proto__":{"admin":true},');
      assert.equal(readPageMessage(JSON.parse(text)), undefined, message.type);
    }
    assert.equal(({} as Record<string, unknown>)['admin'], undefined);
  });

  it('takes the row that a page was at, in the form of a key', () => {
    const anchor = 'x'.repeat(MAX_ANCHOR);
    assert.deepEqual(readPageMessage({ type: 'ready', anchor }), { type: 'ready', anchor });
    for (const wrong of ['', `${anchor}x`, 5, null, undefined, {}]) {
      assert.equal(readPageMessage({ type: 'ready', anchor: wrong }), undefined);
    }
    assert.equal(readPageMessage({ type: 'rename', id: 1, title: 'x'.repeat(MAX_TITLE + 1) }), undefined);
  });

  it('refuses a field too few', () => {
    for (const message of messages) {
      for (const name of Object.keys(message)) {
        const rest = Object.entries(message).filter(([each]) => each !== name);
        assert.equal(readPageMessage(Object.fromEntries(rest)), undefined, `${message.type} without ${name}`);
      }
    }
  });

  it('refuses a field of another kind', () => {
    const kinds: readonly unknown[] = [
      null,
      undefined,
      [],
      {},
      Number.NaN,
      Symbol('x'),
      () => 1,
      1n,
      new Date(0),
    ];
    for (const message of messages) {
      for (const [name, value] of Object.entries(message)) {
        const others: readonly unknown[] = [
          ...kinds,
          ...[true, 'x', 7].filter((other) => typeof other !== typeof value),
        ].filter((other) => !isAlsoRight(message, name, other));
        for (const other of others) {
          assert.equal(
            readPageMessage(changed(message, { [name]: other })),
            undefined,
            `${message.type} ${name}`,
          );
        }
      }
    }
  });

  it('bounds what is attached', () => {
    const send = (attachments: unknown) =>
      readPageMessage({ type: 'send', id: 1, text: '', attachments, interrupt: false });
    assert.ok(send(Array.from({ length: MAX_ATTACHMENTS }, () => 'a')) !== undefined);
    for (const wrong of [
      Array.from({ length: MAX_ATTACHMENTS + 1 }, () => 'a'),
      [''],
      [1],
      ['x'.repeat(257)],
      {},
    ]) {
      assert.equal(send(wrong), undefined);
    }
    const paste = (data: string) => readPageMessage({ type: 'pasteImage', data });
    assert.ok(paste('A'.repeat(MAX_IMAGE_BASE64)) !== undefined);
    assert.equal(paste('A'.repeat(MAX_IMAGE_BASE64 + 1)), undefined);
    assert.equal(paste(''), undefined);
    assert.equal(readPageMessage({ type: 'attach', source: '/etc/passwd' }), undefined);
    const drop = (name: string, data: string) => readPageMessage({ type: 'dropFile', name, data });
    assert.ok(drop('n'.repeat(MAX_FILE_NAME), 'A'.repeat(MAX_IMAGE_BASE64)) !== undefined);
    assert.equal(drop('n'.repeat(MAX_FILE_NAME + 1), ''), undefined);
    assert.equal(drop('', ''), undefined);
    assert.equal(drop('n', 'A'.repeat(MAX_IMAGE_BASE64 + 1)), undefined);
    const dropUris = (...uris: readonly string[]) => readPageMessage({ type: 'dropUris', uris });
    assert.ok(dropUris(...Array<string>(MAX_ATTACHMENTS).fill('u'.repeat(MAX_DROPPED_URI))) !== undefined);
    assert.equal(dropUris(), undefined);
    assert.equal(dropUris(...Array<string>(MAX_ATTACHMENTS + 1).fill('u')), undefined);
    assert.equal(dropUris('u'.repeat(MAX_DROPPED_URI + 1)), undefined);
  });

  it('refuses numbers that are none, or beyond reason', () => {
    const { NaN: nan, POSITIVE_INFINITY: endless } = Number;
    for (const number of [nan, endless, -endless, 0.5, 1e13, -1e13]) {
      for (const message of messages) {
        for (const [name, value] of Object.entries(message)) {
          if (typeof value === 'number') {
            assert.equal(
              readPageMessage(changed(message, { [name]: number })),
              undefined,
              `${message.type} ${name}`,
            );
          }
        }
      }
    }
    for (const count of [-1, MAX_WINDOW_ROWS + 1]) {
      assert.equal(readPageMessage({ type: 'rows', id: 1, from: 0, count }), undefined);
    }
    assert.equal(readPageMessage({ type: 'ack', seq: -1 }), undefined);
    assert.equal(readPageMessage({ type: 'interrupt', id: -1 }), undefined);
  });

  it('refuses texts beyond their length, and names that are empty', () => {
    const huge = 'x'.repeat(50_000_000);
    for (const message of messages) {
      for (const [name, value] of Object.entries(message)) {
        if (typeof value === 'string') {
          assert.equal(
            readPageMessage(changed(message, { [name]: huge })),
            undefined,
            `${message.type} ${name}`,
          );
        }
      }
    }
    for (const [name, value] of [
      ['eventId', ''],
      ['eventId', 'x'.repeat(257)],
      ['inputHash', ''],
      ['decision', 'maybe'],
      ['reason', 'x'.repeat(10_001)],
    ] as const) {
      const [decide] = messages.filter(({ type }) => type === 'decide');
      assert.ok(decide !== undefined);
      assert.equal(readPageMessage(changed(decide, { [name]: value })), undefined);
    }
    assert.equal(readPageMessage({ type: 'send', id: 1, text: 'x'.repeat(MAX_MESSAGE_TEXT + 1) }), undefined);
    assert.equal(readPageMessage({ type: 'openLink', url: 'x'.repeat(4_097) }), undefined);
    assert.equal(readPageMessage({ type: 'action', action: 'toString' }), undefined);
    assert.equal(readPageMessage({ type: 'openBody', key: 'k', part: 'constructor' }), undefined);
    for (const code of [-1, 0.5, 1e9, '0']) {
      assert.equal(readPageMessage({ type: 'openCode', key: 'k', block: 0, code }), undefined);
    }
  });

  it('refuses a list of calls that is empty, too long, or holds something else', () => {
    const call = { eventId: 'sevt_a', inputHash: 'h' };
    const lists: readonly unknown[] = [
      [],
      Array.from({ length: MAX_CALLS_AT_ONCE + 1 }, () => call),
      [call, {}],
      [{ ...call, more: 1 }],
      [{ eventId: 'sevt_a' }],
      [{ ...call, inputHash: '' }],
      [[call]],
      { 0: call, length: 1 },
      call,
    ];
    for (const calls of lists) {
      assert.equal(readPageMessage({ type: 'allowAll', id: 1, calls }), undefined);
    }
    const most = Array.from({ length: MAX_CALLS_AT_ONCE }, () => call);
    assert.notEqual(readPageMessage({ type: 'allowAll', id: 1, calls: most }), undefined);
  });

  it('refuses everything that is no message', () => {
    const circle: Record<string, unknown> = { type: 'ready' };
    circle['self'] = circle;
    const deep: unknown = JSON.parse(`${'['.repeat(100_000)}${']'.repeat(100_000)}`);
    const others: readonly unknown[] = [
      undefined,
      null,
      true,
      1,
      '',
      'ready',
      'x'.repeat(50_000_000),
      [],
      ['ready'],
      [{ type: 'ready' }],
      {},
      circle,
      deep,
      { type: deep },
      { type: ['ready'] },
      { type: { toString: () => 'ready' } },
      Object.assign([], { type: 'ready' }),
      new Map([['type', 'ready']]),
      Symbol('ready'),
      () => ({ type: 'ready' }),
    ];
    for (const other of others) {
      assert.equal(readPageMessage(other), undefined);
    }
  });

  it('never throws, whatever is done to a message', () => {
    const random = seededRandom(7);
    let taken = 0;
    for (let round = 0; round < 50_000; round++) {
      taken += readPageMessage(mutated(random)) === undefined ? 0 : 1;
    }
    assert.ok(taken > 1_000 && taken < 30_000, `${taken} were taken`);
  });
});

const values: readonly unknown[] = [
  undefined,
  null,
  true,
  0,
  -1,
  1.5,
  1e300,
  Number.NaN,
  '',
  'ready',
  'allow',
  '\ud800',
  '__proto__',
  [],
  [1],
  {},
  { type: 'ready' },
];

function mutated(random: () => number): unknown {
  const pick = <T>(items: readonly T[]) => items[between(random, 0, items.length)];
  const short = messages.filter((message) => !('text' in message) || message.text.length < 100);
  let value: unknown = { ...pick(short) };
  for (let change = between(random, 0, 3); change > 0; change--) {
    const fields = typeof value === 'object' && value !== null ? { ...value } : {};
    const names = Object.keys(fields);
    const name = random() < 0.7 ? (pick(names) ?? 'type') : String(pick(values));
    const dice = random();
    if (dice < 0.3) {
      value = Object.fromEntries(Object.entries(fields).filter(([each]) => each !== name));
    } else if (dice < 0.9) {
      value = Object.defineProperty(fields, name, {
        value: pick(values),
        enumerable: true,
        configurable: true,
      });
    } else {
      value = pick(values);
    }
  }
  return value;
}
