import assert from 'node:assert/strict';
import { isOwnScheme } from '../../../src/vscode/ids.ts';
import { leadsTo } from '../../../src/vscode/panel/leadsTo.ts';

describe('leadsTo', () => {
  const connection = { origin: 'https://one.example' };

  it('is true of the same server, and where an older version kept none', () => {
    assert.ok(leadsTo(connection, 'https://one.example'));
    assert.ok(leadsTo(connection, ''));
  });

  it('is false of another server, and of no connection', () => {
    assert.ok(!leadsTo(connection, 'https://two.example'));
    assert.ok(!leadsTo(undefined, ''));
  });
});

describe('isOwnScheme', () => {
  it('knows all of ours by their beginning', () => {
    for (const scheme of ['managed-agents', 'managed-agents-transcript', 'managed-agents-report']) {
      assert.ok(isOwnScheme(scheme), scheme);
    }
    assert.ok(!isOwnScheme('file') && !isOwnScheme('untitled'));
  });
});
