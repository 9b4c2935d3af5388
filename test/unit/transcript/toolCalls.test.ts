import assert from 'node:assert/strict';
import { at } from '../../support/storeEvents.ts';
import { asks, decision, idle, result, running, says, TestSession, use } from './transcriptSetup.ts';

describe('tool calls', () => {
  it('take their result, which has no row of its own', () => {
    const session = new TestSession();
    session.arrive(use('u', { processed_at: at(1) }), result('r', 'u', { processed_at: at(3) }), says('m'));
    assert.deepEqual(session.states(), ['u:done', 'm']);
    const { result: blocks, durationMs } = session.tool('u');
    assert.deepEqual(blocks, [{ type: 'text', text: 'result r', total: 8 }]);
    assert.equal(durationMs, 2_000);
  });

  it('of each family take the result under its own name', () => {
    const session = new TestSession();
    session.arrive(
      { type: 'agent.mcp_tool_use', id: 'm', name: 'search', mcp_server_name: 'docs', input: {} },
      { type: 'agent.custom_tool_use', id: 'c', name: 'ask', input: {} },
      use('s'),
      { type: 'agent.mcp_tool_result', id: 'mr', mcp_tool_use_id: 'm', content: 'M' },
      { type: 'user.custom_tool_result', id: 'cr', custom_tool_use_id: 'c', content: 'C' },
      { type: 'user.tool_result', id: 'sr', tool_use_id: 's', content: 'S', is_error: true },
    );
    assert.deepEqual(session.states(), ['m:done', 'c:done', 's:failed']);
    const [mcp, custom, own] = ['m', 'c', 's'].map((key) => session.tool(key));
    assert.deepEqual([mcp?.family, mcp?.server], ['mcp', 'docs']);
    assert.deepEqual([custom?.family, custom?.input], ['custom', { view: 'json' }]);
    assert.deepEqual([own?.family, own?.input], ['builtin', { view: 'shell', command: 'echo s' }]);
  });

  it('take a result that was read before them, whose own row goes', () => {
    const session = new TestSession();
    session.arrive(result('r', 'u'), decision('d', 'u'), says('m'));
    assert.deepEqual(session.states(), ['r', 'd', 'm']);
    session.older(says('a'), use('u'));
    assert.deepEqual(session.states(), ['a', 'u:done', 'm']);
    assert.equal(session.transcript.positionOf('r'), undefined);
    assert.equal(session.transcript.positionOf('d'), undefined);
  });

  it('leave a result visible whose call never comes, also where its id is that of something else', () => {
    const session = new TestSession();
    session.arrive(says('m'), result('r', 'm'), result('s', 's'), result('t', 'nobody'), says('n'));
    assert.deepEqual(session.states(), ['m', 'r', 's', 't', 'n']);
    const row = session.row('r');
    assert.ok(row.kind === 'notice' && row.code === 'toolResult');
    assert.deepEqual(row.blocks, [{ type: 'text', text: 'result r', total: 8 }]);
  });

  it('show the last of several results, whichever was read first', () => {
    for (const isOlderLater of [false, true]) {
      const session = new TestSession();
      const early = [use('u'), result('r1', 'u', { is_error: true })];
      if (isOlderLater) {
        session.arrive(result('r2', 'u'));
        session.older(...early);
      } else {
        session.arrive(...early, result('r2', 'u'));
      }
      assert.deepEqual(session.states(), ['u:done']);
      assert.equal(session.transcript.resultOf('u')?.id, 'r2');
    }
  });

  it('take the same result twice without harm', () => {
    const session = new TestSession();
    session.arrive(use('u'), result('r', 'u'), result('r', 'u'));
    session.older(use('u'), result('r', 'u'));
    assert.deepEqual(session.states(), ['u:done']);
  });

  it('lose a result that history takes back', () => {
    const session = new TestSession();
    const nameless = { type: 'agent.tool_result', tool_use_id: 'u', content: 'x' };
    session.arrive(use('u'), nameless, says('m'));
    assert.deepEqual(session.states(), ['u:done', 'm']);
    session.older(use('u'), says('m'));
    assert.deepEqual(session.states(), ['u:running', 'm']);
  });

  it('are running until their turn ends, and interrupted from then on', () => {
    const session = new TestSession();
    session.arrive(running('s1'), use('u'), use('v'), result('r', 'v', { is_error: true }));
    assert.deepEqual(session.states(), ['u:running', 'v:failed']);
    session.arrive({ type: 'user.interrupt', id: 'i' });
    assert.equal(session.tool('u').status, 'running');
    session.arrive(idle('s2'));
    assert.equal(session.tool('u').status, 'interrupted');
    session.arrive(running('s3'), use('w'));
    assert.deepEqual(
      session.states().filter((state) => state !== 'i'),
      ['u:interrupted', 'v:failed', 'w:running'],
    );
    session.arrive(result('late', 'u'));
    assert.equal(session.tool('u').status, 'done');
  });

  it('end with every kind of end', () => {
    for (const type of ['session.turn_released', 'session.status_terminated', 'session.deleted']) {
      const session = new TestSession();
      session.arrive(use('u'), { type, id: 'end' });
      assert.equal(session.tool('u').status, 'interrupted', type);
    }
    for (const type of ['session.status_rescheduled', 'session.status_running', 'session.error']) {
      const session = new TestSession();
      session.arrive(use('u'), { type, id: 's' });
      assert.equal(session.tool('u').status, 'running', type);
    }
  });

  it('run again where the end of the turn is taken back', () => {
    const session = new TestSession();
    session.arrive(says('m'), use('u'), { type: 'session.status_idle' }, says('n'));
    assert.equal(session.tool('u').status, 'interrupted');
    session.older(says('m'), use('u'), says('n'));
    assert.equal(session.tool('u').status, 'running');
  });

  it('are denied before and after their result', () => {
    const session = new TestSession();
    session.arrive(use('u'), decision('d', 'u', 'deny'));
    assert.equal(session.tool('u').status, 'denied');
    session.arrive(idle('i'));
    assert.equal(session.tool('u').status, 'denied');
    session.arrive(result('r', 'u', { is_error: true }));
    assert.equal(session.tool('u').status, 'denied');
  });

  it('become something else where the server says so, and give their answers back', () => {
    const session = new TestSession();
    session.arrive(use('u'), result('r', 'u'), says('m'));
    session.arrive(says('u', 'no call'));
    assert.deepEqual(session.states(), ['u', 'r', 'm']);
    session.arrive(use('u'));
    assert.deepEqual(session.states(), ['u:done', 'm']);
  });
});

describe('messages in the queue', () => {
  it('change their stamp when they are worked on, also where they keep their place', () => {
    const session = new TestSession();
    session.arrive(asks('q', { processed_at: null }), running('s'));
    const before = session.transcript.at(0);
    assert.equal(session.states()[0], 'q:queued');
    session.arrive(asks('q', { processed_at: at(1) }));
    const after = session.transcript.at(0);
    assert.deepEqual(session.states(), ['q:done']);
    assert.equal(after?.key, before?.key);
    assert.notEqual(after?.stamp, before?.stamp);
  });

  it('are dropped by what flushes the queue, and by nothing else', () => {
    const retry = (type: string) => ({ type: 'session.error', id: 'e', error: { retry_status: { type } } });
    const waiting = {
      type: 'session.status_idle',
      id: 'e',
      stop_reason: { type: 'requires_action', event_ids: ['x'] },
    };
    const cases = [
      [retry('exhausted'), 'dropped'],
      [retry('terminal'), 'dropped'],
      [idle('e', 'retries_exhausted'), 'dropped'],
      [{ type: 'session.status_terminated', id: 'e' }, 'dropped'],
      [{ type: 'session.deleted', id: 'e' }, 'dropped'],
      [retry('retrying'), 'queued'],
      [waiting, 'queued'],
      [idle('e'), 'queued'],
      [running('e'), 'queued'],
    ] as const;
    for (const [json, state] of cases) {
      const session = new TestSession();
      session.arrive(asks('q', { processed_at: null }), json);
      assert.equal(session.states()[0], `q:${state}`, JSON.stringify(json));
      session.arrive(running('later'), asks('q2', { processed_at: null }));
      assert.equal(session.states()[0], `q:${state}`, 'stays so in the next turn');
      assert.equal(session.states().at(-1), 'q2:queued');
    }
  });
});
