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
    session: given.session && decodeSession({ id: 'sesn_1', ...given.session }),
    names: { agent: undefined, model: undefined, environment: undefined, ...given.names },
    status:
      status === undefined
        ? undefined
        : { key: 'k', position: 0, event: event({ type: status, id: 'k', processed_at: at(5) }) },
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
  [{ status: 'session.status_idle', pending: ['a'], isStopping: true }, 'needsYou'],
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
});
