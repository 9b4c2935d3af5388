import assert from 'node:assert/strict';
import { smokeChecks } from '../../../src/smoke/checks.ts';
import { plainL10n } from '../../../src/l10n.ts';
import { eventually } from '../../support/eventually.ts';
import { jsonAnswer, streamAnswer } from '../../support/faultServer.ts';
import { ManualClock } from '../../support/manualClock.ts';
import { createIn, resultOf, smokeAt, startFakeApi, statuses } from './smokeSetup.ts';

const STREAM = 'GET /sessions/session_1/events/stream';

describe('a smoke run that is cancelled', () => {
  for (const check of smokeChecks.filter(({ cleanup }) => cleanup !== true)) {
    it(`leaves nothing behind when it is cancelled at “${check.title(plainL10n)}”`, async () => {
      const api = await startFakeApi();
      const controller = new AbortController();
      try {
        const report = await smokeAt(api.server.url, {
          signal: controller.signal,
          onProgress: (progress) => {
            if (progress.kind === 'started' && progress.title === check.title(plainL10n)) {
              controller.abort();
            }
          },
        });
        assert.deepEqual([...api.sessions.keys()], [...api.archived]);
        assert.equal(report.outcome, 'cancelled');
        assert.equal(report.counts.failed, 0);
        const later = smokeChecks.slice(smokeChecks.indexOf(check) + 1);
        for (const { id } of later.filter(({ cleanup }) => cleanup !== true)) {
          assert.equal(resultOf(report, id).status, 'cancelled');
        }
        await eventually(() => api.server.open === 0);
      } finally {
        await api.server.close();
      }
    });
  }

  it('waits for a session that is being created, and archives it', async () => {
    const controller = new AbortController();
    const answering = Promise.withResolvers<undefined>();
    const api = await startFakeApi({
      'POST /sessions': (request, state) => {
        const id = createIn(state, request);
        controller.abort();
        setImmediate(() => answering.resolve(undefined));
        return { ...jsonAnswer({ id }, 201), after: answering.promise };
      },
    });
    try {
      const report = await smokeAt(api.server.url, { signal: controller.signal });
      assert.equal(resultOf(report, 'createSession').status, 'passed');
      assert.equal(resultOf(report, 'listEvents').status, 'cancelled');
      assert.equal(resultOf(report, 'archiveSession').status, 'passed');
      assert.deepEqual([...api.archived], ['session_1']);
    } finally {
      await api.server.close();
    }
  });

  it('finds by its title a session whose creation was never answered', async () => {
    const controller = new AbortController();
    const clock = new ManualClock();
    const api = await startFakeApi({
      'POST /sessions': (request, state) => {
        createIn(state, request);
        return { ending: 'silent' };
      },
    });
    try {
      const running = smokeAt(api.server.url, { signal: controller.signal, clock });
      await eventually(() => api.sessions.size === 1);
      controller.abort();
      clock.advance(10_000);
      const report = await running;
      assert.equal(resultOf(report, 'createSession').status, 'cancelled');
      assert.equal(resultOf(report, 'archiveSession').status, 'passed');
      assert.deepEqual([...api.archived], ['session_1']);
      assert.equal(clock.pending, 0);
    } finally {
      await api.server.close();
    }
  });

  it('leaves a stream that has nothing to deliver at once', async () => {
    const controller = new AbortController();
    const api = await startFakeApi({
      [STREAM]: streamAnswer(''),
      'POST /sessions/session_1/archive': async (_request, { archived }) => {
        await eventually(() => api.server.open === 1);
        archived.add('session_1');
        return jsonAnswer({});
      },
    });
    try {
      const report = await smokeAt(api.server.url, {
        signal: controller.signal,
        clock: new ManualClock(),
        onProgress: (progress) => {
          if (progress.kind === 'started' && progress.title === 'Stream: read') {
            setImmediate(() => controller.abort());
          }
        },
      });
      assert.equal(resultOf(report, 'streamRead').status, 'cancelled');
      assert.deepEqual([...api.archived], ['session_1'], 'the stream was gone by then');
    } finally {
      await api.server.close();
    }
  });
});

describe('time in a smoke run', () => {
  it('is limited for each check, and the others go on', async () => {
    const clock = new ManualClock();
    const api = await startFakeApi({ 'GET /sessions/session_1/events': { ending: 'silent' } });
    try {
      const running = smokeAt(api.server.url, { clock });
      await eventually(() => api.server.requests.some(({ path }) => path.endsWith('/events')));
      clock.advance(30_000);
      const report = await running;
      assert.equal(resultOf(report, 'listEvents').status, 'failed');
      assert.equal(resultOf(report, 'listEvents').ms, 30_000);
      assert.equal(resultOf(report, 'listEvents').diagnosis?.cause, 'noAnswer');
      assert.equal(resultOf(report, 'streamClose').status, 'passed');
      assert.deepEqual([...api.archived], ['session_1']);
      assert.equal(clock.pending, 0);
    } finally {
      await api.server.close();
    }
  });

  it('is enough for a stream when it stays open and quiet for a second', async () => {
    const clock = new ManualClock();
    const api = await startFakeApi({ [STREAM]: streamAnswer('') });
    try {
      let isReading = false;
      const running = smokeAt(api.server.url, {
        clock,
        level: 'quick',
        sessionId: 'session_1',
        onProgress: (progress) =>
          (isReading ||= progress.kind === 'started' && progress.title === 'Stream: read'),
      });
      await eventually(() => isReading && clock.pending === 2);
      clock.advance(1_000);
      const report = await running;
      assert.equal(resultOf(report, 'streamRead').status, 'passed');
      assert.match(resultOf(report, 'streamRead').came, /stayed open/);
      assert.equal(resultOf(report, 'streamClose').status, 'passed');
    } finally {
      await api.server.close();
    }
  });

  it('archives a session that was made although its creation failed', async () => {
    const api = await startFakeApi({
      'POST /sessions': (request, state) => {
        createIn(state, request);
        return { ending: 'drop' };
      },
    });
    try {
      const report = await smokeAt(api.server.url);
      assert.equal(resultOf(report, 'createSession').status, 'failed');
      assert.equal(resultOf(report, 'createSession').diagnosis?.cause, 'broken');
      assert.equal(resultOf(report, 'archiveSession').status, 'passed');
      assert.deepEqual([...api.archived], ['session_1']);
      assert.deepEqual(statuses(report)['streamConnect'], 'skipped');
    } finally {
      await api.server.close();
    }
  });
});
