import assert from 'node:assert/strict';
import {
  type DocumentPlace,
  documentPath,
  fileName,
  kindOfFile,
  readDocumentPath,
} from '../../../src/documents/documentPlace.ts';

describe('the path of a document', () => {
  const places: readonly DocumentPlace[] = [
    { connectionId: 'synth', kind: 'agent', id: 'agent_1' },
    { connectionId: 'custom:A/B (c) ä%2F..', kind: 'environment', id: 'env_1' },
    { connectionId: '..', kind: 'agent', id: 'odd (id)/..' },
  ];
  for (const place of places) {
    it(`reads back to ${JSON.stringify(place)}`, () => {
      for (const name of ['Reviewer', 'a/b\\c (x) 100%', '..', '', '\u202e', 'x'.repeat(300)]) {
        const path = documentPath(place, name);
        assert.deepEqual(readDocumentPath(path), place);
        assert.equal(path.split('/').length, 4, path);
        assert.ok(path.split('/').every((part) => part !== '.' && part !== '..'));
      }
    });
  }

  it('tells connections apart that differ by case alone', () => {
    const path = (connectionId: string) => documentPath({ connectionId, kind: 'agent', id: 'a' }, 'A');
    assert.notEqual(path('custom:one'), path('custom:One'));
  });

  it('is nothing else', () => {
    for (const path of [
      '/',
      '/synth/agents',
      '/synth/agents/A.agent.json',
      '/synth/agents/A (a).environment.json',
      '/synth/sessions/A (a).agent.json',
      '/synth/agents/A (%zz).agent.json',
      '/synth/agents/deep/A (a).agent.json',
    ]) {
      assert.equal(readDocumentPath(path), undefined, path);
    }
  });

  it('gives files of the workspace a harmless name, whose ending says what they are', () => {
    assert.equal(fileName('agent', '../a:b?'), 'a-b.agent.json');
    assert.equal(fileName('environment', ' '), 'unnamed.environment.json');
    assert.equal(kindOfFile('/w/a.agent.json'), 'agent');
    assert.equal(kindOfFile('/w/a.environment.json'), 'environment');
    assert.equal(kindOfFile('/w/agent.json'), undefined);
  });
});
