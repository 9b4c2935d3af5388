import assert from 'node:assert/strict';
import type { StoredEvent } from '../../../src/stream/eventStore.ts';
import {
  attachmentAt,
  editBodies,
  inputBody,
  messageBody,
  rawBody,
  resultBody,
} from '../../../src/transcript/bodies.ts';
import { prettyJson } from '../../../src/transcript/prettyJson.ts';
import type { JsonObject, JsonValue } from '../../../src/util/json.ts';
import { event } from '../../support/storeEvents.ts';
import { says, use } from './transcriptSetup.ts';

const stored = (json: JsonObject): StoredEvent => ({ key: 'k', position: 0, weight: 0, event: event(json) });

describe('bodies', () => {
  it('give what the page shows the beginning of, whole', () => {
    const long = 'x'.repeat(200_000);
    assert.deepEqual(messageBody(stored(says('m', long))), { text: long, language: 'markdown' });
    assert.deepEqual(inputBody(stored(use('u', { input: { command: long } }))), {
      text: long,
      language: 'shellscript',
    });
    assert.deepEqual(resultBody(event({ type: 'agent.tool_result', content: long })), {
      text: long,
      language: 'plaintext',
    });
  });

  it('give a command alone only where it is all of the input', () => {
    const more = { command: 'ls', env: { LD_PRELOAD: 'evil' } };
    const body = inputBody(stored(use('u', { input: more })));
    assert.deepEqual(body, { text: prettyJson(more), language: 'json' });
  });

  it('give JSON where there is no text', () => {
    assert.deepEqual(inputBody(stored(use('u', { input: { a: 1 } }))), {
      text: '{\n  "a": 1\n}',
      language: 'json',
    });
    assert.deepEqual(
      inputBody(stored({ type: 'agent.custom_tool_use', input: { command: 'c' } })).language,
      'json',
    );
    assert.deepEqual(inputBody(stored({ type: 'agent.tool_use' })), { text: '{}', language: 'json' });
    assert.deepEqual(resultBody(event({ type: 'agent.tool_result' })), { text: 'null', language: 'json' });
    assert.equal(
      resultBody(event({ type: 'agent.tool_result', content: [{ type: 'image' }] })).language,
      'json',
    );
  });

  it('give the event exactly as it came', () => {
    const json = { type: 'x', payload: { a: '\u202e<script>' }, sequence: 3 };
    assert.deepEqual(JSON.parse(rawBody(stored(json)).text), json);
  });

  it('give both sides of an edit, and of nothing else', () => {
    const edit = { file_path: '/a', old_string: 'x', new_string: '' };
    assert.deepEqual(editBodies(stored(use('u', { input: edit }))), { path: '/a', before: 'x', after: '' });
    assert.equal(editBodies(stored(use('u', { input: { ...edit, new_string: 1 } }))), undefined);
    assert.equal(editBodies(stored(use('u', { input: 'x' }))), undefined);
    assert.equal(editBodies(stored(says('m'))), undefined);
  });
});

describe('attachments', () => {
  const source = { type: 'base64', media_type: 'image/png', data: 'AAAA' };
  const body = {
    content: [
      { type: 'text', text: 'a' },
      { type: 'image', source },
      { type: 'document', title: 'd', source: { type: 'text', data: 'words' } },
      { type: 'image', source: { type: 'url', url: 'https://e.example' } },
      { type: 'other', source },
    ],
  };

  it('are found by their place among the blocks, and nothing else is one', () => {
    assert.deepEqual(attachmentAt(body, 1), {
      kind: 'bytes',
      data: 'AAAA',
      mediaType: 'image/png',
      title: undefined,
    });
    assert.deepEqual(attachmentAt(body, 2), {
      kind: 'text',
      data: 'words',
      mediaType: undefined,
      title: 'd',
    });
    for (const index of [0, 3, 4, 5, -1, 0.5]) {
      assert.equal(attachmentAt(body, index), undefined, String(index));
    }
    assert.equal(attachmentAt({ content: { type: 'image', source } }, 0)?.data, 'AAAA');
    assert.equal(attachmentAt({}, 0), undefined);
  });
});

describe('prettyJson', () => {
  it('writes what JSON.stringify writes', () => {
    const values: (JsonValue | undefined)[] = [
      null,
      true,
      1.5,
      'a"\n\u2028',
      [],
      {},
      [[], {}],
      { a: [], b: {} },
      [1, [2, { c: null }], 'x'],
      { '': { '"': 1 } },
      JSON.parse('{"__proto__":{"a":1}}') as JsonValue,
      '\ud800',
    ];
    for (const value of values) {
      assert.equal(prettyJson(value), JSON.stringify(value, undefined, 2));
    }
    assert.equal(prettyJson(undefined), 'null');
  });

  it('stops at a depth and a length that nobody reads', () => {
    const deep = JSON.parse(`${'['.repeat(100_000)}${']'.repeat(100_000)}`) as JsonValue;
    const text = prettyJson(deep);
    assert.ok(text.includes('…') && text.length < 100_000);
    const long = prettyJson(Array.from({ length: 2_000_000 }, () => 'xxxxxxxx'));
    assert.ok(long.length < 5_000_000 && long.endsWith('…\n]'));
  });
});
