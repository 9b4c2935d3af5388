import assert from 'node:assert/strict';
import { Redactor } from '../../../../src/api/http/redact.ts';
import { ExportFilter, type ExportContents } from '../../../../src/transcript/export/exportFilter.ts';
import { markdownDocument } from '../../../../src/transcript/export/exportMarkdown.ts';
import { type PersonalKind, redactedJson, redaction } from '../../../../src/transcript/export/redaction.ts';
import type { JsonObject } from '../../../../src/util/json.ts';
import { asks, result, says, TestSession, use } from '../transcriptSetup.ts';
import { bodiesOf, head, texts } from './exportSetup.ts';

const key = 'our-own-key-1234567890';

function cutter(also: readonly PersonalKind[] = [], userName?: string): (text: string) => string {
  const redactor = new Redactor();
  redactor.learn(key);
  return redaction({ cutKeys: (text) => redactor.redact(text), also, userName });
}

function filter(contents: Partial<ExportContents> = {}, also: readonly PersonalKind[] = []): ExportFilter {
  const options = { toolOutputs: true, thinking: true, ...contents };
  return new ExportFilter({ ...options, redact: cutter(also), leftOut: '(left out)' });
}

function written(session: TestSession, chosen: ExportFilter): string {
  const rows = chosen.rows(session.transcript);
  return [...markdownDocument(head, [], rows, chosen.bodies(bodiesOf(session)), texts)].join('');
}

describe('what is cut out of an export', () => {
  it('is every key: those that are known, and those of a known shape', () => {
    const cut = cutter();
    const keys = [
      key,
      `sk-${'ant-api03-'.repeat(3)}`,
      `ghp_${'a1B2'.repeat(9)}`,
      `github_pat_${'a1B2'.repeat(9)}`,
      'AKIAIOSFODNN7EXAMPLE',
      `AIza${'Sy0_-'.repeat(7)}`,
      'xoxb-1234567890-abcdef',
      `eyJhbGciOiJI.eyJzdWIiOiIx.c2lnbmF0dXJl`,
      `-----BEGIN RSA PRIVATE KEY-----\nMIIEow+/=\nabc\n-----END RSA PRIVATE KEY-----`,
    ];
    for (const each of keys) {
      const text = cut(`before ${each} after`);
      assert.ok(text.startsWith('before •••'), text);
      assert.ok(!text.includes(each.slice(-12)), text);
    }
    const token = 'eyJhbGciOiJI.eyJzdWIiOiIx.c2lnbmF0dXJl';
    assert.equal(cut(`session-${token}, v1.${token}.x`), 'session-•••, v1.•••.x');
    assert.equal(cut('eyJnothing.eyJust.words'), 'eyJnothing.eyJust.words');
    assert.equal(cut('risk-assessment of a task-list'), 'risk-assessment of a task-list');
  });

  it('is what a field names as a secret, and leaves JSON as well formed as it was', () => {
    const raw: JsonObject = {
      id: 'a',
      api_key: 'abc',
      headers: { Authorization: 'Basic Zm9v', accept: 'x' },
      note: 'Authorization: Bearer abc"\nnext line',
      input_tokens: 5,
      token: 'kept: a word, no secret by its name',
    };
    const cut = redactedJson(raw, cutter());
    assert.deepEqual(cut['headers'], { Authorization: '•••', accept: 'x' });
    assert.equal(cut['api_key'], '•••');
    assert.equal(cut['note'], 'Authorization: Bearer •••"\nnext line');
    assert.equal(cut['input_tokens'], 5);
    assert.equal(cut['token'], raw['token']);
    assert.deepEqual(JSON.parse(JSON.stringify(cut)), cut);
  });

  it('is nothing of a person unless it is asked for', () => {
    const text = 'ada@example.com ran /home/ada/app/main.ts';
    assert.equal(cutter()(text), text);
  });

  it('is e-mail addresses, names of home folders and paths, each for itself', () => {
    const text =
      'ada@example.com: /home/ada/app/main.ts, C:\\Users\\Ada\\x.txt, https://a.example/one/two, and/or, Ada';
    assert.equal(cutter(['emails'])(text), text.replace('ada@example.com', '[e-mail]'));
    assert.equal(
      cutter(['userNames'])(text),
      'ada@example.com: /home/[user]/app/main.ts, C:\\Users\\[user]\\x.txt, https://a.example/one/two, and/or, Ada',
    );
    assert.equal(
      cutter(['paths'])(text),
      'ada@example.com: …/main.ts, …\\x.txt, https://a.example/one/two, and/or, Ada',
    );
    assert.equal(cutter(['userNames'], 'ada')('Ada and Adam, ada_x, ADA'), '[user] and Adam, ada_x, [user]');
    assert.equal(cutter(['userNames'], 'root')('the root of it'), 'the root of it');
  });

  it('comes to an end with texts that make patterns search and search again', () => {
    const cut = cutter(['emails', 'userNames', 'paths'], 'ada');
    for (const unit of [
      '/',
      'a',
      'a.',
      '/a',
      '\\a',
      'C:',
      'C:\\',
      '@',
      'eyJ',
      'eyJaaaaaaaa.',
      'eyJ-',
      'a-',
      '-----BEGIN ',
    ]) {
      const text = unit.repeat(200_000 / unit.length);
      assert.ok(cut(text).length <= text.length, unit);
    }
  });

  it('does not touch the bytes of a picture', () => {
    const source = { type: 'base64', media_type: 'image/jpeg', data: '/9j/4AAQ/SkZJRg/aa' };
    assert.deepEqual(redactedJson(source, cutter(['paths'])), source);
  });
});

describe('what goes into an export', () => {
  const thought = { id: 't1', type: 'agent.thinking', thinking: 'a secret thought' };

  function session(): TestSession {
    const made = new TestSession();
    made.arrive(asks('u1'), thought, says('a1', 'Done'), use('c1'), result('o1', 'c1'));
    return made;
  }

  it('is everything, unless it is left out', () => {
    const text = written(session(), filter());
    assert.match(text, /a secret thought/);
    assert.match(text, /result o1/);
  });

  it('is without tool outputs: calls stay, and what they gave back says that it was left out', () => {
    const made = session();
    const chosen = filter({ toolOutputs: false });
    const text = written(made, chosen);
    assert.match(text, /echo c1/);
    assert.match(text, /\(left out\)/);
    assert.doesNotMatch(text, /result o1/);
    const stored = made.store.get('o1');
    assert.ok(stored !== undefined);
    const event = chosen.event(stored.event);
    assert.deepEqual(event?.raw['content'], [{ type: 'text', text: '(left out)' }]);
    assert.notEqual(event.raw['tool_use_id'], undefined, 'it is still known whose result it is');
  });

  it('leaves a result that the model wrote as a block with its call', () => {
    const made = new TestSession();
    const block = { type: 'tool_result', tool_use_id: 'c1', content: [{ type: 'text', text: 'inside' }] };
    made.arrive(use('c1'), { id: 'o1', type: 'agent.tool_result', content: [block] });
    const stored = made.store.get('o1');
    assert.ok(stored !== undefined);
    assert.deepEqual(filter({ toolOutputs: false }).event(stored.event)?.raw['content'], [
      { ...block, content: [{ type: 'text', text: '(left out)' }] },
    ]);
  });

  it('is without thinking', () => {
    const made = session();
    const chosen = filter({ thinking: false });
    assert.doesNotMatch(written(made, chosen), /secret thought/);
    const events = made.store.get('t1');
    assert.ok(events !== undefined);
    assert.equal(chosen.event(events.event), undefined);
  });

  it('has no key in any row, also not in what is cut for the screen', () => {
    const made = new TestSession();
    made.arrive(
      use('c1', { input: { command: `curl -H "x-api-key: ${key}"` } }),
      result('o1', 'c1', { content: `Bearer ${key}` }),
      { id: 'n', type: 'session.error', error: { type: 'unknown_error', message: `bad key ${key}` } },
      { id: 'x', type: 'agent.telepathy', [key]: key },
    );
    const text = written(made, filter());
    assert.ok(!text.includes(key), text);
    assert.match(text, /•••/);
  });
});
