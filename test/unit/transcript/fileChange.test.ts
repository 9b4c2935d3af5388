import assert from 'node:assert/strict';
import {
  changedText,
  type FileChange,
  fileChangeOf,
  filePathOf,
} from '../../../src/transcript/fileChange.ts';
import type { JsonObject } from '../../../src/util/json.ts';
import { event } from '../../support/storeEvents.ts';

const call = (name: string, input: JsonObject, type = 'agent.tool_use') =>
  event({ id: 'c', type, name, input });
const edit = (before: string, after: string, all = false): FileChange => ({
  kind: 'edit',
  path: 'a.ts',
  before,
  after,
  all,
});

describe('the change that a call makes to a file', () => {
  it('is read from the calls of the file tools, and from no other event', () => {
    const input = { file_path: 'a.ts', old_string: 'x', new_string: 'y', replace_all: true };
    assert.deepEqual(fileChangeOf(call('edit', input)), edit('x', 'y', true));
    assert.deepEqual(fileChangeOf(call('write', { path: 'b', content: '' })), {
      kind: 'write',
      path: 'b',
      content: '',
    });
    assert.equal(filePathOf(call('read', { file_path: 'c' })), 'c');
    assert.equal(fileChangeOf(call('read', { file_path: 'c' })), undefined);
    assert.equal(fileChangeOf(call('edit', { ...input, new_string: 3 })), undefined);
    assert.equal(fileChangeOf(call('edit', { ...input, replace_all: 'yes' }))?.kind, 'edit');
    assert.equal(filePathOf(call('edit', input, 'agent.mcp_tool_use')), undefined);
  });

  it('replaces the one passage that is meant', () => {
    const result = changedText('one two three', edit('two', '2$&'));
    assert.deepEqual(result, {
      kind: 'changed',
      text: 'one 2$& three',
      replacements: [{ start: 4, end: 7, text: '2$&' }],
    });
  });

  it('changes nothing where the passage is missing, is there twice, or is what comes', () => {
    assert.deepEqual(changedText('one', edit('two', 'x')), { kind: 'notFound' });
    assert.deepEqual(changedText('one', edit('', 'x')), { kind: 'notFound' });
    assert.deepEqual(changedText('a b a', edit('a', 'x')), { kind: 'notUnique', count: 2 });
    assert.deepEqual(changedText('a b', edit('a', 'a')), { kind: 'same' });
    assert.deepEqual(changedText('a', { kind: 'write', path: 'p', content: 'a' }), { kind: 'same' });
  });

  it('replaces all where that is said', () => {
    const result = changedText('aa b aa', edit('a', 'x', true));
    assert.ok(result.kind === 'changed');
    assert.equal(result.text, 'xx b xx');
    assert.equal(result.replacements.length, 4);
  });

  it('follows the line breaks of the file', () => {
    const result = changedText('one\r\ntwo\r\nthree', edit('one\ntwo', 'a\nb'));
    assert.ok(result.kind === 'changed');
    assert.equal(result.text, 'a\r\nb\r\nthree');
    const written = changedText('x\r\n', { kind: 'write', path: 'p', content: 'a\nb\r\n' });
    assert.ok(written.kind === 'changed');
    assert.equal(written.text, 'a\r\nb\r\n');
  });
});
