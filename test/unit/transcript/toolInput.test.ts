import assert from 'node:assert/strict';
import { toolInput } from '../../../src/transcript/toolInput.ts';
import type { JsonObject } from '../../../src/util/json.ts';

const json = { view: 'json' };
const cases: readonly (readonly [name: string, input: JsonObject, view: unknown])[] = [
  ['bash', { command: 'ls' }, { view: 'shell', command: 'ls' }],
  ['bash', { command: '' }, { view: 'shell', command: '' }],
  ['bash', { restart: true }, json],
  ['bash', { command: ['ls'] }, json],
  ['read', { file_path: '/a' }, { view: 'path', path: '/a', detail: null }],
  ['read', { path: '/a', view_range: [1, 9] }, { view: 'path', path: '/a', detail: '1–9' }],
  ['read', { path: '/a', view_range: 'all' }, { view: 'path', path: '/a', detail: 'all' }],
  ['read', { path: '/a', view_range: [1] }, { view: 'path', path: '/a', detail: null }],
  ['read', {}, json],
  ['write', { file_path: '/a', content: 'c' }, { view: 'write', path: '/a', content: 'c', total: 1 }],
  ['write', { file_path: '/a' }, json],
  [
    'edit',
    { file_path: '/a', old_string: 'x', new_string: '' },
    { view: 'edit', path: '/a', before: 'x', after: '' },
  ],
  ['edit', { file_path: '/a', old_string: 'x' }, json],
  ['glob', { pattern: '*' }, { view: 'search', pattern: '*', path: null }],
  ['grep', { pattern: 'x', path: '/a' }, { view: 'search', pattern: 'x', path: '/a' }],
  ['grep', { path: '/a' }, json],
  [
    'web_fetch',
    { url: 'https://e.example' },
    { view: 'web', text: 'https://e.example', url: 'https://e.example' },
  ],
  ['web_search', { query: 'q' }, { view: 'web', text: 'q', url: null }],
  ['web_search', {}, json],
  ['rm_rf', { command: 'ls' }, json],
  ['constructor', { command: 'ls' }, json],
];

describe('the input of a tool', () => {
  it('is shown for what it is where it has the documented fields, else as JSON', () => {
    for (const [name, input, view] of cases) {
      assert.deepEqual(toolInput(name, input), view, `${name} ${JSON.stringify(input)}`);
    }
  });

  it('never looks at the prototype', () => {
    const input = JSON.parse('{"__proto__":{"command":"rm"}}') as JsonObject;
    assert.deepEqual(toolInput('bash', input), json);
  });

  it('is cut to what a screen can use', () => {
    const shown = toolInput('write', { path: 'p'.repeat(5_000), content: 'c'.repeat(50_000) });
    assert.ok(shown.view === 'write');
    assert.deepEqual([shown.path.length, shown.content.length, shown.total], [1_000, 16_384, 50_000]);
  });
});
