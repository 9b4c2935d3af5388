import assert from 'node:assert/strict';
import { presets } from '../../../src/api/connection.ts';
import { decodeSession } from '../../../src/api/resources/session.ts';
import type { FeedEnd, FeedState } from '../../../src/stream/feedState.ts';
import type { SessionActivity } from '../../../src/transcript/row.ts';
import type { JsonObject, JsonValue } from '../../../src/util/json.ts';
import { type HeaderFacts, headerOf } from '../../../src/vscode/panel/headerOf.ts';
import { at, event } from '../../support/storeEvents.ts';

interface Given {
  /** Type of the latest status event. */
  readonly status?: string;
  /** The session as the server describes it. */
  readonly session?: JsonObject;
  readonly state?: FeedState;
  readonly pending?: readonly string[];
  readonly isStopping?: boolean;
  readonly usage?: JsonObject;
  readonly knownTitle?: string;
  readonly newTitle?: string;
  /** Why the session is idle. */
  readonly stopReason?: string;
  readonly names?: Partial<HeaderFacts['names']>;
}

function header(given: Given) {
  const [connection] = presets;
  assert.ok(connection !== undefined);
  const { status, state = { kind: 'live' } } = given;
  return headerOf({
    connection,
    sessionId: 'sesn_1',
    knownTitle: given.knownTitle,
    newTitle: given.newTitle,
    session: given.session && decodeSession({ id: 'sesn_1', ...given.session }),
    names: { agent: undefined, model: undefined, environment: undefined, ...given.names },
    status:
      status === undefined
        ? undefined
        : {
            key: 'k',
            position: 0,
            weight: 0,
            event: event({
              type: status,
              id: 'k',
              processed_at: at(5),
              ...(given.stopReason !== undefined && { stop_reason: { type: given.stopReason } }),
            }),
          },
    pending: given.pending ?? [],
    usage: given.usage,
    feed: { state, history: { kind: 'complete' }, lastByteAt: undefined, unreadableFrames: 0 },
    isStopping: given.isStopping ?? false,
  });
}

const described = (status: JsonValue): JsonObject => ({ status });
const ended = (why: FeedEnd): FeedState => ({ kind: 'ended', why });

const cases: readonly (readonly [given: Given, activity: SessionActivity])[] = [
  // by events
  [{ status: 'session.status_running' }, 'running'],
  [{ status: 'session.status_active' }, 'running'],
  [{ status: 'session.status_running', isStopping: true }, 'stopping'],
  [{ status: 'session.status_running', pending: ['a'] }, 'running'],
  [{ status: 'session.status_rescheduled' }, 'rescheduling'],
  [{ status: 'session.status_rescheduled', isStopping: true }, 'rescheduling'],
  [{ status: 'session.status_idle' }, 'idle'],
  [{ status: 'session.status_idle', isStopping: true }, 'idle'],
  [{ status: 'session.status_idle', pending: ['a'] }, 'needsYou'],
  [{ status: 'session.status_idle', pending: ['a'], isStopping: true }, 'stopping'],
  [{ status: 'session.turn_released' }, 'idle'],
  [{ status: 'session.status_terminated', pending: ['a'] }, 'ended'],
  [{ status: 'session.deleted' }, 'ended'],
  // events know better than the description, which may be late
  [{ status: 'session.status_idle', session: described('running') }, 'idle'],
  [{ status: 'session.status_running', session: described('idle') }, 'running'],
  [{ status: 'session.status_terminated', session: described('running') }, 'ended'],
  // by the description where there are no events
  [{ session: described('running') }, 'running'],
  [{ session: described('running'), isStopping: true }, 'stopping'],
  [{ session: described('idle') }, 'idle'],
  [{ session: described('rescheduling') }, 'rescheduling'],
  [{ session: described('rescheduled') }, 'rescheduling'],
  [{ session: described('terminated') }, 'ended'],
  [{ session: described('active') }, 'idle'],
  [{ session: described('dancing') }, 'unknown'],
  [{ session: described(7) }, 'unknown'],
  [{ session: {} }, 'unknown'],
  [{}, 'unknown'],
  [{ state: { kind: 'connecting' } }, 'unknown'],
  // by the end of the feed
  [{ state: ended('sessionTerminated'), status: 'session.status_running' }, 'ended'],
  [{ state: ended('sessionDeleted') }, 'ended'],
  [{ state: ended('sessionArchived'), status: 'session.status_idle', pending: ['a'] }, 'ended'],
  // the end of a feed that says nothing about the session
  [{ state: ended('unauthorized'), status: 'session.status_running' }, 'running'],
  [{ state: ended('serverClosed'), status: 'session.status_idle', pending: ['a'] }, 'needsYou'],
  [{ state: ended('notFound') }, 'unknown'],
];

const costs: readonly (readonly [cost: JsonValue, text: string | null])[] = [
  [{ amount: '1234', currency: 'USD' }, '$12.34'],
  [{ amount: '0', currency: 'USD' }, '$0.00'],
  [{ amount: '0.5' }, '$0.01'],
  [{ amount: 250 }, '$2.50'],
  [{ amount: '250', currency: 'EUR' }, '2.50 EUR'],
  [{ amount: '250', currency: 'X'.repeat(100) }, `2.50 ${'X'.repeat(8)}`],
  [{ amount: '250', currency: 5 }, '$2.50'],
  [{ amount: '12 apples' }, null],
  [{ amount: 'Infinity' }, null],
  [{ amount: '1e9' }, null],
  [{ amount: '' }, null],
  [{ amount: '9'.repeat(400) }, null],
  [{ amount: Number.POSITIVE_INFINITY }, null],
  [{ amount: null }, null],
  [{ amount: { a: 1 } }, null],
  [{}, null],
  ['12', null],
  [null, null],
  [['1'], null],
];

describe('headerOf', () => {
  for (const [given, activity] of cases) {
    it(`says ${activity} for ${JSON.stringify(given)}`, () => assert.equal(header(given).activity, activity));
  }

  it('formats the cost as the server gives it, and nothing else', () => {
    for (const [cost, text] of costs) {
      assert.equal(header({ usage: { list_cost: cost } }).cost, text, JSON.stringify(cost));
    }
  });

  it('takes the usage of the events, else that of the description', () => {
    const session = { usage: { input_tokens: 1, output_tokens: 2, list_cost: { amount: '3' } } };
    const tokens = (given: Given) => [
      header(given).inputTokens,
      header(given).outputTokens,
      header(given).cost,
    ];
    assert.deepEqual(tokens({ session }), [1, 2, '$0.03']);
    assert.deepEqual(tokens({ session, usage: { input_tokens: 9, output_tokens: '2' } }), [9, null, null]);
    assert.deepEqual(tokens({}), [null, null, null]);
  });

  it('says since when a turn runs, while it runs', () => {
    const since = Date.parse(at(5));
    assert.equal(header({ status: 'session.status_running' }).runningSince, since);
    assert.equal(header({ status: 'session.status_running', isStopping: true }).runningSince, since);
    assert.equal(header({ status: 'session.status_idle' }).runningSince, null);
    assert.equal(header({ session: described('running') }).runningSince, null);
  });

  it('calls things by the best name there is', () => {
    const session = { title: 'T', agent: 'agent_1', environment_id: 'env_1', status: 'idle' };
    const full = header({ session, knownTitle: 'K', names: { agent: 'A', model: 'M', environment: 'E' } });
    assert.deepEqual([full.title, full.agent, full.model, full.environment], ['T', 'A', 'M', 'E']);
    const ids = header({ session });
    assert.deepEqual([ids.agent, ids.model, ids.environment], ['agent_1', null, 'env_1']);
    assert.equal(header({ knownTitle: 'K' }).title, 'K');
    assert.equal(header({}).title, 'sesn_1');
    assert.deepEqual([header({}).agent, header({}).environment], [null, null]);
  });

  it('shows a title that was given here at once, and the id where it was taken away', () => {
    const session = { title: 'T' };
    assert.equal(header({ session, newTitle: 'N' }).title, 'N');
    assert.equal(header({ session, newTitle: '' }).title, 'sesn_1');
    // An empty title of the description counts, a missing one does not.
    assert.equal(header({ session: { title: null }, knownTitle: 'K' }).title, 'sesn_1');
    assert.equal(header({ session: {}, knownTitle: 'K' }).title, 'K');
  });

  it('tells a turn that failed from one that ended', () => {
    const status = 'session.status_idle';
    assert.equal(header({ status, stopReason: 'retries_exhausted' }).failed, true);
    assert.equal(header({ status, stopReason: 'end_turn' }).failed, false);
    assert.equal(header({ status: 'session.status_running' }).failed, false);
    assert.equal(header({ session: described('idle') }).failed, false);
  });

  it('counts the time at work, and never the present turn twice', () => {
    const session = { stats: { active_seconds: 90 } };
    const running = { status: 'session.status_running', session };
    assert.equal(header({ session }).workedMs, 90_000);
    assert.equal(header({ session: { usage: { active_seconds: 1.5 } } }).workedMs, 1_500);
    assert.equal(header({ ...running, usage: { active_seconds: 60 } }).workedMs, 60_000);
    assert.equal(header(running).workedMs, null);
    assert.equal(header({ session: { stats: { active_seconds: -1 } } }).workedMs, null);
    assert.equal(header({}).workedMs, null);
  });

  it('counts what the cache saved, in both forms of the wire', () => {
    const cache = (usage: JsonObject) => {
      const { cacheReadTokens, cacheWriteTokens } = header({ usage });
      return [cacheReadTokens, cacheWriteTokens];
    };
    assert.deepEqual(cache({ cache_read_input_tokens: 5, cache_creation_input_tokens: 6 }), [5, 6]);
    assert.deepEqual(
      cache({ cache_creation: { ephemeral_5m_input_tokens: 7, ephemeral_1h_input_tokens: 1, note: 'x' } }),
      [null, 8],
    );
    assert.deepEqual(cache({ cache_creation: 'much' }), [null, null]);
  });

  it('offers only what can be done', () => {
    const alive = header({ status: 'session.status_idle' });
    assert.ok(alive.menu.includes('archive') && alive.menu.includes('defineOutcome') && alive.renamable);
    const over = header({ state: ended('sessionTerminated') });
    assert.ok(over.menu.includes('archive') && !over.menu.includes('defineOutcome') && !over.renamable);
    const archived = header({ state: ended('sessionArchived'), session: { archived_at: at(1) } });
    assert.ok(!archived.menu.includes('archive') && archived.menu.includes('export'));
    assert.ok(!header({ state: ended('sessionDeleted') }).menu.includes('archive'));
  });
});
