import assert from 'node:assert/strict';
import type { Cursor, Page } from '../../../src/api/pagination.ts';
import type { Session } from '../../../src/api/resources/session.ts';
import { MAX_USAGE_PAGES, readAgentUsage } from '../../../src/browse/agentUsage.ts';
import { agentUsageReport } from '../../../src/browse/agentUsageReport.ts';
import { plainL10n } from '../../../src/l10n.ts';
import type { JsonObject } from '../../../src/util/json.ts';
import { session } from './sessions.ts';

const AGENT = 'agent_1';
const used = (id: string, cents: number, fields: JsonObject = {}): Session =>
  session(id, {
    agent: AGENT,
    title: `Session ${id}`,
    status: 'idle',
    usage: {
      input_tokens: 1_000,
      output_tokens: 100,
      cache_read_input_tokens: 9_000,
      cache_creation: { ephemeral_5m_input_tokens: 40, ephemeral_1h_input_tokens: 2 },
      list_cost: { amount: String(cents), currency: 'USD' },
    },
    stats: { active_seconds: 90 },
    ...fields,
  });

function pagesOf(...pages: readonly (readonly Session[])[]) {
  let asked = 0;
  const fetchPage = (cursor: Cursor | undefined): Promise<Page<Session>> => {
    asked++;
    const at = cursor === undefined ? 0 : Number(cursor.value);
    const next = at + 1 < pages.length ? ({ parameter: 'page', value: String(at + 1) } as const) : undefined;
    return Promise.resolve({ items: pages[at] ?? [], next, skipped: 0 });
  };
  return { fetchPage, asked: () => asked };
}

const facts = {
  agentName: 'Coder | *bold*',
  agentId: AGENT,
  connection: 'local',
  hasArchived: true,
  readAt: '20 November 2026',
  locale: 'en-GB',
};

const read = async (
  fetchPage: (cursor: Cursor | undefined) => Promise<Page<Session>>,
  signal?: AbortSignal,
) =>
  await readAgentUsage({
    agentId: AGENT,
    fetchPage,
    signal: signal ?? new AbortController().signal,
    onProgress: () => undefined,
  });

describe('the usage of an agent', () => {
  it('is summed up over all pages, once for each session, and for no other agent', async () => {
    const other = session('x', { agent: 'agent_2', usage: { input_tokens: 5 } });
    const { fetchPage, asked } = pagesOf(
      [used('a', 120), other],
      [used('a', 120), used('b', 300, { status: 'running' })],
      [used('c', 7.5, { archived_at: '2026-01-01T00:00:00Z' })],
    );
    const usage = await read(fetchPage);
    assert.equal(asked(), 3);
    assert.equal(usage.sessions, 3);
    assert.deepEqual(usage.sums.input, { sum: 3_000, told: 3 });
    assert.deepEqual(usage.sums.cacheWrite, { sum: 126, told: 3 });
    assert.deepEqual(usage.sums.activeMs, { sum: 270_000, told: 3 });
    assert.deepEqual([...usage.costs], [['USD', 427.5]]);
    assert.deepEqual(
      usage.dearest.map((each) => each.session.id),
      ['b', 'a', 'c'],
    );
    assert.deepEqual(
      [...usage.statuses.values()].map(({ count }) => count),
      [1, 1, 1],
    );
  });

  it('reads no more than so many pages, and what it has when it is stopped', async () => {
    const endless = (cursor: Cursor | undefined): Promise<Page<Session>> => {
      const at = Number(cursor?.value ?? 0);
      const next = { parameter: 'page', value: String(at + 1) } as const;
      return Promise.resolve({ items: [used(`s${at}`, 1)], next, skipped: 0 });
    };
    const limited = await read(endless);
    assert.deepEqual([limited.stopped, limited.sessions], ['limit', MAX_USAGE_PAGES]);
    assert.equal(limited.dearest.length, 10);
    const abort = new AbortController();
    const stopped = await read(async (cursor) => {
      if (cursor?.value === '3') {
        abort.abort();
        throw new Error('aborted');
      }
      return await endless(cursor);
    }, abort.signal);
    assert.deepEqual([stopped.stopped, stopped.sessions], ['cancelled', 3]);
    // The same cursor again and again is no reason to go on.
    const stuck = await read(() =>
      Promise.resolve({ items: [], next: { parameter: 'page', value: 'same' }, skipped: 0 }),
    );
    assert.equal(stuck.stopped, 'no');
    await assert.rejects(
      read(() => Promise.reject(new Error('the server is away'))),
      /away/,
    );
  });

  it('is told in a document that says what the server did not give', async () => {
    const bare = session('bare', { agent: AGENT, status: 'active' });
    const text = agentUsageReport(
      await read(pagesOf([used('a', 120), used('b', 300), bare]).fetchPage),
      { ...facts, hasArchived: false },
      plainL10n,
    );
    for (const line of [
      '# Usage of Coder \\| \\*bold\\*',
      '| Sessions | 3 |',
      '| Time the agent worked | 3 mins 0 secs in 2 of 3 sessions |',
      '| Tokens in | 2,000 in 2 of 3 sessions |',
      '| List cost | US$4.20 |',
      '| idle | 2 |',
      '## The sessions that cost most',
      '- List cost: for 1 sessions',
      '- Archived sessions: it lists none',
    ]) {
      assert.ok(text.includes(`${line}\n`), `${line} in\n${text}`);
    }
    assert.ok(text.indexOf('| Session b |') < text.indexOf('| Session a |'));
  });

  it('is told of a server that gives nothing, and of an agent without sessions', async () => {
    const bare = session('bare', {
      agent: AGENT,
      usage: { input_tokens: -5, list_cost: { amount: 'much' } },
    });
    const text = agentUsageReport(await read(pagesOf([bare]).fetchPage), facts, plainL10n);
    assert.ok(text.includes('| Tokens in | not given |'), text);
    assert.ok(text.includes('- Time the agent worked: for no session\n'), text);
    assert.ok(!text.includes('most'), text);
    const none = agentUsageReport(await read(pagesOf([]).fetchPage), facts, plainL10n);
    assert.ok(none.includes('This agent has no sessions.'), none);
  });

  it('lets nothing of a title become markup', async () => {
    const title = '[click](https://evil.example) <img src=x> | `x`';
    const text = agentUsageReport(await read(pagesOf([used('a', 1, { title })]).fetchPage), facts, plainL10n);
    assert.ok(!/(?<!\\)\]\(|<img|(?<!\\)`x/.test(text), text);
  });
});
