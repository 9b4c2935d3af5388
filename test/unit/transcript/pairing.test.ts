import assert from 'node:assert/strict';
import { inputHash } from '../../../src/transcript/inputHash.ts';
import { at, event } from '../../support/storeEvents.ts';
import { asking, decision, idle, result, running, says, TestSession, use } from './transcriptSetup.ts';

describe('calls of servers that pair by the id of the model', () => {
  const call = (id: string, modelId: string) => use(id, { tool_use_id: modelId });

  it('take the results and the decisions that name that id', () => {
    const session = new TestSession();
    session.arrive(call('u', 'toolu_1'), call('v', 'toolu_2'), result('r', 'toolu_2'), says('m'));
    assert.deepEqual(session.states(), ['u:running', 'v:done', 'm']);
    session.arrive(decision('d', 'toolu_1', 'deny'));
    assert.deepEqual(session.states(), ['u:denied', 'v:done', 'm']);
    assert.equal(session.transcript.resultOf('v')?.id, 'r');
  });

  it('take a result that was read before them, whose own row goes and comes back', () => {
    const session = new TestSession();
    session.arrive(result('r', 'toolu_1'), says('m'));
    assert.deepEqual(session.states(), ['r', 'm']);
    session.older(call('u', 'toolu_1'));
    assert.deepEqual(session.states(), ['u:done', 'm']);
    session.arrive(says('u'));
    assert.deepEqual(session.states(), ['u', 'r', 'm']);
  });

  it('leave an id to the event that has it', () => {
    const session = new TestSession();
    session.arrive(call('u', 'w'), use('w'), result('r', 'w'));
    assert.deepEqual(session.states(), ['u:running', 'w:done']);
  });

  it('wait for the user also where the session asks by that id, and are answered by it', () => {
    const session = new TestSession();
    session.arrive(running('s'), asking('i', 'toolu_1', 'v'));
    assert.deepEqual(session.transcript.pending, ['toolu_1', 'v']);
    session.older(call('u', 'toolu_1'), use('v'), running('s'));
    assert.deepEqual(session.transcript.pending, ['u', 'v']);
    assert.equal(session.tool('u').status, 'needsApproval');
    assert.equal(session.transcript.askedId('u'), 'toolu_1');
    assert.equal(session.transcript.askedId('v'), 'v');
    session.arrive(decision('d', 'toolu_1'));
    assert.deepEqual(session.transcript.pending, ['v']);
    session.arrive(result('r', 'v'));
    assert.deepEqual(session.transcript.pending, []);
  });

  it('are read from a block of their content as well', () => {
    const block = { type: 'tool_use', id: 'toolu_1', name: 'bash', input: { command: 'ls' } };
    const session = new TestSession();
    session.arrive(
      { type: 'agent.tool_use', id: 'u', content: [block] },
      {
        type: 'agent.tool_result',
        id: 'r',
        content: [{ type: 'tool_result', tool_use_id: 'toolu_1', content: 'out', is_error: true }],
      },
    );
    const row = session.tool('u');
    assert.deepEqual([row.name, row.input, row.status], ['bash', { view: 'shell', command: 'ls' }, 'failed']);
    assert.deepEqual(row.result, [{ type: 'text', text: 'out', total: 3 }]);
    const flat = event({ type: 'agent.tool_use', name: 'bash', input: { command: 'ls' } });
    const other = event({ type: 'agent.tool_use', name: 'bash', input: { command: 'rm' } });
    const nested = event({ type: 'agent.tool_use', content: [block] });
    assert.equal(inputHash(nested), inputHash(flat));
    assert.notEqual(inputHash(nested), inputHash(other));
  });
});

describe('calls of other threads', () => {
  const created = { type: 'session.thread_created', session_thread_id: 't', agent_name: 'Researcher' };
  const asked = use('u', { session_thread_id: 't', processed_at: at(1) });

  it('carry the name of the agent, as soon as it is known', () => {
    const session = new TestSession();
    session.arrive(asked, use('v'));
    assert.deepEqual([session.tool('u').thread, session.tool('v').thread], ['', null]);
    session.arrive({ ...created, id: 'c' });
    assert.equal(session.tool('u').thread, 'Researcher');
  });

  it('are neither running nor interrupted here, but go on in their thread', () => {
    const session = new TestSession();
    session.arrive({ ...created, id: 'c' }, asked, asking('i', 'u'));
    assert.equal(session.tool('u').status, 'needsApproval');
    session.arrive(decision('d', 'u'), running('s'));
    assert.equal(session.tool('u').status, 'inThread');
    session.arrive(idle('e'));
    assert.equal(session.tool('u').status, 'inThread');
    session.arrive(result('r', 'u'));
    assert.equal(session.tool('u').status, 'done');
  });

  it('show what their thread does', () => {
    const session = new TestSession();
    const state = () => {
      const row = session.row('c');
      return row.kind === 'notice' ? row.args['state'] : undefined;
    };
    session.arrive({ ...created, id: 'c' });
    assert.equal(state(), '');
    for (const status of ['running', 'idle', 'rescheduled', 'terminated']) {
      session.arrive({ type: `session.thread_status_${status}`, id: status, session_thread_id: 't' });
      session.arrive({ type: 'session.thread_status_idle', id: `o${status}`, session_thread_id: 'other' });
      assert.equal(state(), status);
    }
  });
});

describe('decisions about calls', () => {
  it('stay visible with who decided, when and why', () => {
    const session = new TestSession();
    session.arrive(
      use('a'),
      use('b'),
      use('c', { evaluated_permission: 'allow', evaluation: { type: 'always_allow' } }),
      use('d', { evaluated_permission: 'deny', evaluation: { type: 'always_deny' } }),
      use('e', {
        evaluation: { type: 'auto', evaluated_permission: { type: 'deny', reason_code: 'network' } },
      }),
      use('f', { evaluation: { type: 'auto', evaluated_permission: { type: 'allow' } } }),
      { ...decision('x', 'a'), processed_at: at(7) },
      { ...decision('y', 'b', 'deny'), deny_message: 'Not now.', processed_at: at(8) },
      result('r', 'a'),
    );
    const decisions = ['a', 'b', 'c', 'd', 'e', 'f'].map((key) => session.tool(key).decision);
    assert.deepEqual(decisions, [
      { by: 'user', allowed: true, at: Date.parse(at(7)), reason: null },
      { by: 'user', allowed: false, at: Date.parse(at(8)), reason: 'Not now.' },
      null,
      { by: 'rules', allowed: false, at: null, reason: null },
      { by: 'judge', allowed: false, at: null, reason: 'network' },
      { by: 'judge', allowed: true, at: null, reason: null },
    ]);
    assert.deepEqual(
      ['a', 'b', 'c', 'd', 'e', 'f'].map((key) => session.tool(key).status),
      ['done', 'denied', 'running', 'denied', 'denied', 'running'],
    );
  });

  it('tell an answer of the user from the work of a tool', () => {
    const session = new TestSession();
    session.arrive(
      { type: 'agent.custom_tool_use', id: 'c', name: 'ask', input: {}, processed_at: at(1) },
      {
        type: 'user.custom_tool_result',
        id: 'a',
        custom_tool_use_id: 'c',
        content: 'yes',
        processed_at: at(9),
      },
      use('s', { processed_at: at(1) }),
      { type: 'user.tool_result', id: 'b', tool_use_id: 's', content: 'out', processed_at: at(3) },
    );
    const [custom, own] = [session.tool('c'), session.tool('s')];
    assert.deepEqual(
      [custom.resultBy, custom.resultAt, custom.durationMs],
      ['user', Date.parse(at(9)), null],
    );
    assert.deepEqual([own.resultBy, own.durationMs], ['environment', 2_000]);
  });
});
