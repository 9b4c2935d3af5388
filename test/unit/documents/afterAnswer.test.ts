import assert from 'node:assert/strict';
import { inOrderOf, shownAfter, withUnansweredKept } from '../../../src/documents/afterAnswer.ts';

describe('what a document shows of an answer', () => {
  it('is the answer, with what was written and is never answered', () => {
    const answered = { name: 'A', model: { id: 'm' }, servers: [{ name: 's', url: 'u' }] };
    const written = { name: 'a', model: 'm', secret: 'x', gone: null, servers: [{ name: 's', token: 't' }] };
    assert.deepEqual(withUnansweredKept(answered, written), {
      name: 'A',
      model: { id: 'm' },
      servers: [{ name: 's', url: 'u', token: 't' }],
      secret: 'x',
    });
  });

  it('never gives a secret to another entry of a list', () => {
    const answered = { servers: [{ name: 'b' }, { name: 'a' }] };
    const written = { servers: [{ name: 'a', token: 'of a' }, { name: 'b' }] };
    assert.deepEqual(withUnansweredKept(answered, written), answered);
    const shorter = { servers: [{ name: 'a' }] };
    assert.deepEqual(withUnansweredKept(shorter, written), shorter);
  });

  it('does not bring back what somebody else took away', () => {
    const before = { part: { name: 'A', old: 1, secret: 's' }, server: { name: 'A', old: 1 } };
    const written = { name: 'B', old: 1, secret: 's', fresh: 't' };
    const shown = shownAfter({ name: 'B' }, written, before, new Set(['name', 'fresh']));
    assert.deepEqual(shown, { name: 'B', secret: 's', fresh: 't' });
  });

  it('keeps the order of the names as they were written', () => {
    const value = { a: 1, b: { x: 1, y: 2 }, c: [{ m: 1, n: 2 }] };
    const model = { c: [{ n: 0 }], missing: 1, b: { y: 0 } };
    assert.equal(JSON.stringify(inOrderOf(value, model)), '{"c":[{"n":2,"m":1}],"b":{"y":2,"x":1},"a":1}');
  });
});
