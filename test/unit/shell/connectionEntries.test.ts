import assert from 'node:assert/strict';
import {
  entryOf,
  withChangedEntry,
  withEntry,
  withoutEntry,
} from '../../../src/vscode/services/connectionEntries.ts';
import { readConnections } from '../../../src/vscode/services/connectionSetting.ts';

const mine = { name: 'Mine', baseUrl: 'https://mine.example', auth: 'bearer' } as const;
const other = { name: 'Other', baseUrl: 'https://other.example' } as const;

describe('changes to the list of connections in the settings', () => {
  it('add an entry behind the others, also where the setting was never written or is no list', () => {
    assert.deepEqual(withEntry([other], mine), [other, mine]);
    for (const written of [undefined, null, {}, 'x', 7]) {
      assert.deepEqual(withEntry(written, mine), [mine]);
    }
  });

  it('replace an entry in its place, and leave all others as they were written, wrong ones included', () => {
    const written = [
      7,
      { name: ' Mine ', baseUrl: 'x', auth: 'x-api-key', version: '1' },
      other,
      { name: 'Mine' },
    ];
    const changed = { name: 'Prod', baseUrl: 'https://prod.example', readOnly: true };
    assert.deepEqual(withChangedEntry(written, 'Mine', changed), [7, changed, other, { name: 'Mine' }]);
  });

  it('keep fields of an entry that are not ours', () => {
    const written = [{ ...mine, comment: 'ask Ada', readOnly: true }];
    assert.deepEqual(withChangedEntry(written, 'Mine', { ...mine, readOnly: false }), [
      { ...mine, comment: 'ask Ada' },
    ]);
  });

  it('add the entry that is gone meanwhile', () => {
    assert.deepEqual(withChangedEntry([other], 'Mine', mine), [other, mine]);
  });

  it('take one entry out, and nothing where it is not there', () => {
    assert.deepEqual(withoutEntry([other, mine, 7], 'Mine'), [other, 7]);
    assert.deepEqual(withoutEntry([other], 'Mine'), [other]);
  });

  it('do not change the list that they are given', () => {
    const written = Object.freeze([Object.freeze({ ...mine })]);
    withEntry(written, other);
    withChangedEntry(written, 'Mine', other);
    withoutEntry(written, 'Mine');
    assert.deepEqual(written, [mine]);
  });

  it('begin from what was written, and say only what was said', () => {
    const [connection] = readConnections([{ ...other, betas: [], readOnly: true }]).connections;
    assert.ok(connection);
    assert.deepEqual(entryOf([{ ...other, betas: [], readOnly: true }], connection), {
      ...other,
      auth: 'bearer',
      betas: [],
      readOnly: true,
    });
    assert.equal('version' in entryOf([other], connection), false);
  });
});

describe('the read-only flag of a connection', () => {
  it('is there only where it is true, and nothing else is taken for it', () => {
    const flags = [true, false, undefined].map(
      (readOnly) => readConnections([{ ...other, readOnly }]).connections[0],
    );
    assert.deepEqual(
      flags.map((connection) => connection?.readOnly),
      [true, undefined, undefined],
    );
    for (const readOnly of ['true', 1, null, []]) {
      // An entry that says something unclear about it must not come out as one that may be changed.
      assert.equal(readConnections([{ ...other, readOnly }]).connections.length, 0);
    }
  });
});
