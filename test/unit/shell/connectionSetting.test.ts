import assert from 'node:assert/strict';
import { presets } from '../../../src/api/connection.ts';
import { readConnections } from '../../../src/vscode/services/connectionSetting.ts';

const good = { name: 'Staging', baseUrl: 'https://staging.example.com' };

describe('the setting that lists connections', () => {
  it('takes an entry with nothing but a name and an address', () => {
    const { connections, problems } = readConnections([good]);
    assert.deepEqual(problems, []);
    assert.deepEqual(connections, [
      {
        id: 'custom:Staging',
        name: 'Staging',
        origin: 'https://staging.example.com',
        prefix: '/api/managed-agents/anthropic/v1',
        auth: 'bearer',
        version: '2023-06-01',
        betas: ['managed-agents-2026-04-01'],
      },
    ]);
  });

  it('uses a path as it is given, and the scheme that a known host wants', () => {
    const { connections } = readConnections([
      { name: 'A', baseUrl: 'https://api.anthropic.com' },
      { name: 'B', baseUrl: 'http://127.0.0.1:8182/anthropic/v1/', auth: 'x-api-key', betas: [] },
    ]);
    assert.deepEqual(
      connections.map(({ origin, prefix, auth, betas }) => [origin, prefix, auth, betas.length]),
      [
        ['https://api.anthropic.com', '/v1', 'x-api-key', 1],
        ['http://127.0.0.1:8182', '/anthropic/v1', 'x-api-key', 0],
      ],
    );
  });

  it('has nothing to say about a setting that is not there', () => {
    for (const value of [undefined, null, []]) {
      assert.deepEqual(readConnections(value), { connections: [], problems: [] });
    }
  });

  it('leaves wrong entries out, tells each, and keeps the others', () => {
    const { connections, problems } = readConnections([
      7,
      null,
      { name: 'No address' },
      { name: '', baseUrl: 'https://a.example' },
      { name: 'Plain', baseUrl: 'http://a.example' },
      { name: 'Odd', baseUrl: 'https://a.example', auth: 'basic' },
      good,
      { name: 'staging', baseUrl: 'https://b.example' },
      { name: 'SYNTH', baseUrl: 'https://b.example' },
      { name: 'Local sandbox', baseUrl: 'https://b.example' },
    ]);
    assert.deepEqual(
      connections.map(({ name }) => name),
      ['Staging'],
    );
    assert.deepEqual(
      problems.map(({ kind }) => kind),
      [
        'notAnEntry',
        'notAnEntry',
        'notAnEntry',
        'notAnEntry',
        'baseUrl',
        'notAnEntry',
        'nameTaken',
        'nameTaken',
        'nameTaken',
      ],
    );
  });

  it('refuses what would change a header', () => {
    for (const evil of ['a\r\nx-evil: 1', 'a,b', 'ü', '', ' ', 'x'.repeat(101)]) {
      assert.equal(readConnections([{ ...good, version: evil }]).connections.length, 0, JSON.stringify(evil));
      assert.equal(readConnections([{ ...good, betas: [evil] }]).connections.length, 0, JSON.stringify(evil));
    }
  });

  it('refuses names that hide or reorder, and never throws', () => {
    for (const name of ['a\u202eb', 'a\u200bb', 'a\nb', '\ud800', 'x'.repeat(61)]) {
      assert.equal(readConnections([{ ...good, name }]).connections.length, 0, JSON.stringify(name));
    }
    for (const value of [
      {},
      'x',
      7,
      true,
      [[]],
      JSON.parse('[{"__proto__":{"name":"a","baseUrl":"https://a.example"}}]'),
    ]) {
      assert.equal(readConnections(value).connections.length, 0);
    }
  });

  it('gives ids that no two connections share', () => {
    const { connections } = readConnections([
      { name: 'a b', baseUrl: 'https://a.example' },
      { name: 'a%20b', baseUrl: 'https://a.example' },
      { name: 'a:b', baseUrl: 'https://a.example' },
      { name: 'a/b', baseUrl: 'https://a.example' },
      { name: 'synth2', baseUrl: 'https://a.example' },
    ]);
    const ids = [...presets, ...connections].map(({ id }) => id);
    assert.equal(new Set(ids).size, presets.length + 5);
  });

  it('stops at a hundred', () => {
    const many = Array.from({ length: 101 }, (_, index) => ({ ...good, name: `n${index}` }));
    const { connections, problems } = readConnections(many);
    assert.equal(connections.length, 100);
    assert.deepEqual(problems, [{ kind: 'tooMany', limit: 100 }]);
  });
});
