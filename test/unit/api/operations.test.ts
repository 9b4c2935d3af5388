import assert from 'node:assert/strict';
import { fillPath } from '../../../src/api/client.ts';
import { ApiError } from '../../../src/api/errors.ts';
import { operation, operations } from '../../../src/api/operations.ts';

/** Synth's reference, "Supported Phase 1 operations", in its order. */
const PROXIED = [
  'GET /health',
  'GET /environments',
  'POST /environments',
  'GET /environments/{environment_id}',
  'POST /environments/{environment_id}',
  'POST /environments/{environment_id}/archive',
  'GET /agents',
  'POST /agents',
  'GET /agents/{agent_id}',
  'POST /agents/{agent_id}',
  'POST /agents/{agent_id}/archive',
  'GET /sessions',
  'POST /sessions',
  'GET /sessions/{session_id}',
  'POST /sessions/{session_id}',
  'POST /sessions/{session_id}/archive',
  'POST /sessions/{session_id}/events',
  'GET /sessions/{session_id}/events',
  'GET /sessions/{session_id}/events/stream',
  'GET /sessions/{session_id}/stream',
];

/** The same reference, "Current unproxied operations". */
const UNPROXIED = [
  'GET /agents/{agent_id}/versions',
  'GET /sessions/{session_id}/threads',
  'GET /sessions/{session_id}/threads/{agent_thread_id}/events',
  'GET /threads',
];

const rows = (contract: string) =>
  operations.filter((each) => each.contract === contract).map(({ method, path }) => `${method} ${path}`);

describe('operations', () => {
  it('are the 20 that the reference supports, in its order', () => {
    assert.deepEqual(rows('proxied'), PROXIED);
  });

  it('are the 4 that the reference names as not proxied', () => {
    assert.deepEqual(rows('unproxied'), UNPROXIED);
  });

  it('are 24, each with an id and an address of its own', () => {
    assert.equal(operations.length, 24);
    assert.equal(new Set(operations.map(({ id }) => id)).size, 24);
    assert.equal(new Set(operations.map(({ method, path }) => `${method} ${path}`)).size, 24);
  });

  it('say in a few words what they do, each in its own', () => {
    const summaries = operations.map(({ summary }) => summary);
    assert.equal(new Set(summaries).size, 24);
    for (const summary of summaries) {
      assert.match(summary, /^[A-Z].{5,60}[^.]$/);
    }
  });

  it('carry a body exactly where something is created, changed or sent', () => {
    assert.deepEqual(
      operations.filter((each) => 'body' in each).map(({ id }) => id),
      [
        'createEnvironment',
        'updateEnvironment',
        'createAgent',
        'updateAgent',
        'createSession',
        'updateSession',
        'sendEvents',
      ],
    );
  });

  it('are found by their ids', () => {
    for (const each of operations) {
      assert.equal(operation(each.id), each);
    }
  });
});

describe('fillPath', () => {
  it('puts ids in', () => {
    assert.equal(
      fillPath('/sessions/{session_id}/threads/{agent_thread_id}/events', {
        session_id: 'sesn_1',
        agent_thread_id: 'sthr_2',
      }),
      '/sessions/sesn_1/threads/sthr_2/events',
    );
    assert.equal(fillPath('/health', {}), '/health');
  });

  for (const id of [
    '',
    '.',
    '..',
    'a/b',
    'a?b',
    'a#b',
    '%2e%2e',
    '..\\x',
    '{session_id}',
    'x'.repeat(10_240),
  ]) {
    it(`refuses ${JSON.stringify(id.slice(0, 16))}`, () => {
      assert.throws(
        () => fillPath('/sessions/{session_id}', { session_id: id }),
        (error) => ApiError.is(error, 'badId'),
      );
    });
  }

  it('refuses an id that is not there, and one that only the prototype has', () => {
    for (const template of ['/sessions/{session_id}', '/sessions/{constructor}', '/x/{__proto__}']) {
      assert.throws(
        () => fillPath(template, {}),
        (error) => ApiError.is(error, 'badId'),
      );
    }
  });
});
