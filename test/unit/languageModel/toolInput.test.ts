import assert from 'node:assert/strict';
import { type Connection, sandboxConnection } from '../../../src/api/connection.ts';
import { plainL10n } from '../../../src/l10n.ts';
import { MOST_MESSAGE, ToolInput } from '../../../src/vscode/languageModel/toolInput.ts';
import type { Connections } from '../../../src/vscode/shell.ts';

const sandbox = sandboxConnection('http://127.0.0.1:4000');
const all: readonly Connection[] = [
  sandbox,
  { ...sandbox, id: 'one', name: 'Same' },
  { ...sandbox, id: 'two', name: 'Same' },
  { ...sandbox, id: 'look', name: 'Look', readOnly: true },
];
const connections: Connections = {
  active: sandbox,
  all,
  sandbox,
  byId: (id) => all.find((each) => each.id === id),
  onDidChange: () => ({ dispose: () => undefined }),
};
const reads = (input: unknown) => new ToolInput(input, connections, plainL10n);

describe('what a model asks a tool for', () => {
  it('names a connection by its id, or by a name that only one has', () => {
    assert.equal(reads({}).connection.id, sandbox.id);
    assert.equal(reads({ connection: 'two' }).connection.id, 'two');
    assert.equal(reads({ connection: 'Look' }).connection.id, 'look');
    assert.throws(() => reads({ connection: 'Same' }).connection, /There are: .*Same \(one\)/);
    assert.throws(() => reads({ connection: 'None' }).connection, /no connection of that name/);
  });

  it('changes nothing where a connection is read-only', () => {
    assert.equal(reads({}).writable.id, sandbox.id);
    assert.throws(() => reads({ connection: 'look' }).writable, /read-only/);
  });

  it('is refused where it has another shape', () => {
    for (const id of [undefined, '', '../agents', 'a/b', 'a?b', 7, {}, 'x'.repeat(129)]) {
      assert.throws(() => reads({ sessionId: id }).id('sessionId'), /sessionId has to be/);
    }
    for (const message of [undefined, '', ' \n', 'x'.repeat(MOST_MESSAGE + 1), 7]) {
      assert.throws(() => reads({ message }).message, /message has to/i);
    }
    assert.throws(() => reads({ title: 'x'.repeat(513) }).title, /at most 512/);
    for (const limit of ['7', Number.NaN, {}]) {
      assert.throws(() => reads({ limit }).count('limit', 1, 50), /has to be a number/);
    }
    for (const input of [undefined, null, 'text', []]) {
      assert.throws(() => reads(input).id('sessionId'), /has to be an id/);
    }
  });

  it('is kept within bounds where it is a number', () => {
    const counts = [undefined, -1, 0, 7.9, 1e9].map((limit) => reads(limit === undefined ? {} : { limit }));
    assert.deepEqual(
      counts.map((input) => input.count('limit', 1, 50)),
      [50, 1, 1, 7, 50],
    );
  });

  it('keeps a message as it is', () => {
    assert.equal(reads({ message: ' a\n' }).message, ' a\n');
    assert.equal(reads({}).optionalMessage, undefined);
  });
});
