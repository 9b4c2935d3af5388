import assert from 'node:assert/strict';
import { markdownDocument } from '../../../../src/transcript/export/exportMarkdown.ts';
import { at } from '../../../support/storeEvents.ts';
import { asks, decision, idle, result, running, says, TestSession, use } from '../transcriptSetup.ts';
import { bodiesOf, head, texts } from './exportSetup.ts';

function written(session: TestSession, complete = true): string {
  const { transcript } = session;
  const lines = [['Agent', 'coder'] as const];
  return [...markdownDocument({ ...head, complete }, lines, transcript, bodiesOf(session), texts)].join('');
}

describe('a Markdown export', () => {
  it('has title, facts, and each row with its time and id', () => {
    const session = new TestSession();
    session.arrive(asks('u1', { processed_at: at(1) }), running('r'), says('a1', 'Hello **you**'), idle('i'));
    const text = written(session);
    assert.match(text, /^# Fix it\n\n- Agent: coder\n\n/);
    assert.match(text, /\n## You · 2026-01-01T00:00:01\.000Z · `u1`\n\nu1\n\n/);
    assert.match(text, /\n## Agent · `a1`\n\nHello \*\*you\*\*\n\n/);
  });

  it('holds bodies whole, however long', () => {
    const session = new TestSession();
    const long = `begin ${'x'.repeat(600_000)} end`;
    const output = `first ${'y'.repeat(300_000)} last`;
    session.arrive(
      says('a1', long),
      use('c1', { input: { command: `echo ${'z'.repeat(90_000)}; tail` } }),
      result('o1', 'c1', { content: [{ type: 'text', text: output }] }),
    );
    const text = written(session);
    assert.ok(text.includes(long));
    assert.ok(text.includes(output));
    assert.ok(text.includes(`${'z'.repeat(90_000)}; tail`));
  });

  it('shows a call with input and result, and one that was denied without', () => {
    const session = new TestSession();
    session.arrive(use('c1'), result('o1', 'c1'), use('c2'), decision('d2', 'c2', 'deny'));
    const text = written(session);
    assert.match(text, /### Tool bash · Done · .*`c1`\n\n\*\*Input\*\*\n\n```sh\necho c1\n```\n\n/);
    assert.match(text, /\*\*Result\*\*\n\n```\nresult o1\n```/);
    assert.match(text, /### Tool bash · Denied · `c2`/);
    assert.equal(text.split('**Result**').length, 2);
  });

  it('lets no content end its fence, and no name be markup', () => {
    const session = new TestSession();
    const evil = 'before\n```\n# Fake\n`````\nafter';
    session.arrive(
      use('c1', { name: 'x](https://evil.example) `*<b>\n# Heading' }),
      result('o1', 'c1', { content: [{ type: 'text', text: evil }] }),
    );
    const text = written(session);
    assert.ok(text.includes(`\`\`\`\`\`\`\n${evil}\n\`\`\`\`\`\``));
    const heading = text.split('\n').find((line) => line.startsWith('### Tool')) ?? '';
    assert.ok(heading.includes('x\\](https://evil.example) \\`\\*\\<b\\> \\# Heading'));
  });

  it('names pictures and documents instead of writing their bytes', () => {
    const session = new TestSession();
    session.arrive(
      asks('u1', {
        content: [
          { type: 'text', text: 'Look' },
          { type: 'image', source: { type: 'base64', media_type: 'image/png', data: 'A'.repeat(50_000) } },
          { type: 'document', title: 'Plan *B*', source: { media_type: 'application/pdf', data: 'BBBB' } },
        ],
      }),
    );
    const text = written(session);
    assert.match(text, /Look\n\n\*Image · image\/png\*\n\n\*Document · Plan \\\*B\\\* · application\/pdf\*/);
    assert.ok(text.length < 2_000);
  });

  it('says that older events are missing, where they are', () => {
    assert.match(written(new TestSession(), false), /> Older events of this session could not be read/);
    assert.doesNotMatch(written(new TestSession()), /could not be read/);
  });

  it('leaves out what the server does not have yet', () => {
    const session = new TestSession();
    session.arrive(
      { type: 'event_start', event: { type: 'agent.message', id: 'p1' } },
      {
        type: 'event_delta',
        event_id: 'p1',
        delta: { type: 'content_delta', index: 0, content: { type: 'text', text: 'half a sent' } },
      },
    );
    assert.ok(session.rows().length > 0, 'there is a preview');
    assert.doesNotMatch(written(session), /half a sent/);
  });
});
