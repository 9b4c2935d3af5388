/** What goes wrong with a turn, with the clock, and with the path, each named by its own cause. */
import assert from 'node:assert/strict';
import type { CauseId } from '../../../src/smoke/runbook.ts';
import { eventually } from '../../support/eventually.ts';
import { jsonAnswer, startFaultServer, streamAnswer } from '../../support/faultServer.ts';
import { ManualClock } from '../../support/manualClock.ts';
import { frames, resultOf, type Route, smokeAt, startFakeApi, TURN } from './smokeSetup.ts';

const STREAM = 'GET /sessions/session_1/events/stream';
const HISTORY = 'GET /sessions/session_1/events';
const MESSAGE = TURN.slice(0, 1);

/** Runs all checks, with the clock going on whenever the run does nothing but wait. */
async function causeOfTurn(faults: Readonly<Record<string, Route>>): Promise<CauseId | undefined> {
  const clock = new ManualClock();
  const api = await startFakeApi(faults);
  try {
    let isOver = false;
    const running = smokeAt(api.server.url, { clock }).finally(() => (isOver = true));
    await eventually(() => {
      if (!isOver) {
        clock.advance(250);
      }
      return isOver;
    });
    return resultOf(await running, 'agentReplies').diagnosis?.cause;
  } finally {
    await api.server.close();
  }
}

describe('a turn of the smoke checks', function () {
  this.timeout(30_000);

  it('names a message that was not posted', async () => {
    const cause = await causeOfTurn({
      [STREAM]: streamAnswer(':\n\n'),
      [HISTORY]: jsonAnswer({ events: [] }),
    });
    assert.equal(cause, 'notPosted');
  });

  it('names a stream that tells nothing of what the history has', async () => {
    assert.equal(await causeOfTurn({ [STREAM]: streamAnswer(':\n\n') }), 'nothingArrives');
  });

  it('names a stream that is held back', async () => {
    assert.equal(await causeOfTurn({ [STREAM]: streamAnswer(frames(MESSAGE)) }), 'buffered');
  });

  it('names a stream that is cut off in the middle of a turn', async () => {
    const cause = await causeOfTurn({
      [STREAM]: streamAnswer(frames(MESSAGE), 'end'),
      [HISTORY]: (_request, { messaged }) => jsonAnswer({ events: messaged.size > 0 ? MESSAGE : [] }),
    });
    assert.equal(cause, 'idleCut');
  });

  it('names an agent that says nothing, and a turn that failed', async () => {
    const silent = TURN.filter(({ type }) => type !== 'agent.message');
    assert.equal(await causeOfTurn({ [STREAM]: streamAnswer(frames(silent)) }), 'noReply');
    const error = { type: 'session.error', id: 'e9', error: { type: 'model_error', message: 'no credit' } };
    const failed = [...MESSAGE, error, ...TURN.slice(2)];
    assert.equal(await causeOfTurn({ [STREAM]: streamAnswer(frames(failed)) }), 'turnFailed');
  });
});

describe('what only the whole run can tell', () => {
  it('names a wrong path where another one of the same server answers', async () => {
    const server = await startFaultServer(({ path }) =>
      path.startsWith('/v1/') ? jsonAnswer({ data: [] }) : jsonAnswer({ detail: 'Not Found' }, 404),
    );
    try {
      const report = await smokeAt(server.url, { level: 'quick' });
      const { diagnosis } = resultOf(report, 'authentication');
      assert.equal(diagnosis?.cause, 'wrongPrefix');
      assert.ok(diagnosis.nextStep.includes(`${server.url}/v1`), diagnosis.nextStep);
    } finally {
      await server.close();
    }
  });

  it('names clocks that differ where the key is refused', async () => {
    const date = new Date(Date.now() - 3_600_000).toUTCString();
    const api = await startFakeApi({ '*': jsonAnswer({ detail: 'Invalid API key' }, 401, { date }) });
    try {
      const { diagnosis } = resultOf(await smokeAt(api.server.url), 'authentication');
      assert.equal(diagnosis?.cause, 'clockSkew');
      assert.match(diagnosis.likelyCause, /60 minutes/);
    } finally {
      await api.server.close();
    }
  });

  it('names a missing beta header', async () => {
    const api = await startFakeApi({ 'GET /agents': jsonAnswer({ detail: 'beta required' }, 400) });
    try {
      const report = await smokeAt(api.server.url, { betas: [] });
      assert.equal(resultOf(report, 'authentication').diagnosis?.cause, 'betaMissing');
    } finally {
      await api.server.close();
    }
  });
});
