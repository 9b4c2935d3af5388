import assert from 'node:assert/strict';
import type { Cursor, Page } from '../../../src/api/pagination.ts';
import type { Session } from '../../../src/api/resources/session.ts';
import { matchesTyped, typedId } from '../../../src/browse/matchSession.ts';
import { SessionFinder } from '../../../src/browse/sessionFinder.ts';
import { session } from './sessions.ts';

/** A server of many sessions, a hundred to a page. */
function server(count: number) {
  const requests: (string | undefined)[] = [];
  const all = Array.from({ length: count }, (_, index) =>
    session(`session_${index}`, { title: index % 1_000 === 999 ? `Rare ${index}` : `Common ${index}` }),
  );
  let failure: Error | undefined;
  const fetchPage = (cursor: Cursor | undefined, signal: AbortSignal): Promise<Page<Session>> => {
    requests.push(cursor?.value);
    if (failure !== undefined || signal.aborted) {
      return Promise.reject(failure ?? new Error('aborted'));
    }
    const start = Number(cursor?.value ?? 0);
    const end = start + 100;
    const next = end < count ? ({ parameter: 'page', value: String(end) } as const) : undefined;
    return Promise.resolve({ items: all.slice(start, end), next, skipped: 0 });
  };
  const finder = new SessionFinder({ fetchPage, known: all.slice(0, 50), agentName: () => undefined });
  return { finder, requests, fail: (error: Error | undefined) => (failure = error) };
}

describe('matching what is typed', () => {
  it('looks at title, id and agent, every word anywhere, whatever the case', () => {
    const one = session('session_abc', {
      title: 'Fix the Build',
      agent: { id: 'agent_x', name: 'Reviewer' },
    });
    for (const typed of ['', 'build fix', 'ABC', 'reviewer', 'agent_x build']) {
      assert.equal(matchesTyped(one, typed), true, typed);
    }
    assert.equal(matchesTyped(one, 'build deploy'), false);
    assert.equal(matchesTyped(session('s', { agent: 'agent_y' }), 'helper', 'The Helper'), true);
  });

  it('tells an id from a word', () => {
    assert.equal(typedId(' session_abc123 '), 'session_abc123');
    assert.equal(typedId('sesn_011CZ'), 'sesn_011CZ');
    assert.equal(typedId('build'), undefined);
    assert.equal(typedId('session_abc/../x'), undefined);
  });
});

describe('SessionFinder', () => {
  it('shows what is known without a request', () => {
    const { finder, requests } = server(500);
    assert.equal(finder.matches.length, 50);
    assert.deepEqual(requests, []);
  });

  it('stops reading when enough was found', async () => {
    const { finder, requests } = server(500);
    await finder.search('common');
    assert.deepEqual(requests, []);
  });

  it('reads page after page for what is rare, up to a bound, and goes on when asked', async () => {
    const { finder, requests } = server(5_000);
    await finder.search('rare');
    assert.equal(requests.length, 10);
    assert.equal(finder.searched, 1_000);
    assert.equal(finder.matches.length, 1);
    assert.equal(finder.hasMore, true);
    await finder.readMore();
    assert.equal(requests.length, 20);
    assert.equal(finder.searched, 2_000);
  });

  it('reads one page at a time, however fast somebody types', async () => {
    const { finder, requests } = server(300);
    await Promise.all([finder.search('r'), finder.search('ra'), finder.search('rare')]);
    assert.equal(new Set(requests).size, requests.length);
    assert.equal(finder.hasMore, false);
    assert.equal(finder.searched, 300);
  });

  it('keeps what it has when a page fails, and tries again when asked', async () => {
    const { finder, fail } = server(300);
    fail(new Error('down'));
    await finder.search('rare');
    assert.equal(finder.error?.message, 'down');
    assert.equal(finder.searched, 50);
    fail(undefined);
    await finder.readMore();
    assert.equal(finder.error, undefined);
    assert.equal(finder.searched, 300);
  });

  it('asks nothing more once it is closed', async () => {
    const { finder, requests } = server(5_000);
    const reading = finder.search('rare');
    finder.dispose();
    await reading;
    assert.ok(requests.length <= 1);
  });
});
