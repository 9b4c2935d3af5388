import assert from 'node:assert/strict';
import { asking, decision, idle, result, running, says, TestSession, use } from './transcriptSetup.ts';

const custom = (id: string) => ({ type: 'agent.custom_tool_use', id, name: 'ask', input: {} });
const answer = (id: string, call: string) => ({
  type: 'user.custom_tool_result',
  id,
  custom_tool_use_id: call,
});

describe('approvals', () => {
  it('live from the question to the next turn', () => {
    const session = new TestSession();
    session.arrive(running('s1'), use('a'), use('b'));
    assert.deepEqual(session.transcript.pending, []);
    session.arrive(asking('i1', 'a', 'b'));
    assert.deepEqual(session.states(), ['a:needsApproval', 'b:needsApproval']);
    assert.deepEqual(session.transcript.pending, ['a', 'b']);
    session.arrive(decision('d1', 'a'));
    assert.deepEqual(session.states(), ['a:running', 'b:needsApproval']);
    assert.deepEqual(session.transcript.pending, ['b']);
    session.arrive(asking('i2', 'b'));
    assert.deepEqual(session.states(), ['a:running', 'b:needsApproval']);
    assert.deepEqual(session.transcript.pending, ['b']);
    session.arrive(decision('d2', 'b', 'deny'));
    assert.deepEqual(session.states(), ['a:running', 'b:denied']);
    assert.deepEqual(session.transcript.pending, []);
    session.arrive(running('s2'), result('ra', 'a'), result('rb', 'b', { is_error: true }), idle('i3'));
    assert.deepEqual(session.states(), ['a:done', 'b:denied']);
  });

  it('are cleared by a running session', () => {
    const session = new TestSession();
    session.arrive(use('a'), asking('i', 'a'), running('s'));
    assert.deepEqual(session.states(), ['a:running']);
    assert.deepEqual(session.transcript.pending, []);
  });

  it('are open again where the server asks again after a decision', () => {
    const session = new TestSession();
    session.arrive(use('a'), asking('i1', 'a'), decision('d', 'a'));
    assert.deepEqual(session.transcript.pending, []);
    session.arrive(asking('i2', 'a'));
    assert.deepEqual(session.transcript.pending, ['a']);
    assert.equal(session.tool('a').status, 'needsApproval');
  });

  it('ask for a result where the tool is the client', () => {
    const session = new TestSession();
    session.arrive(custom('c'), use('a'), asking('i', 'c', 'a'));
    assert.deepEqual(session.states(), ['c:needsResult', 'a:needsApproval']);
    session.arrive(answer('r', 'c'));
    assert.deepEqual(session.states(), ['c:done', 'a:needsApproval']);
    assert.deepEqual(session.transcript.pending, ['a']);
  });

  it('stand in the order of the calls, whatever the order of the ids, each once', () => {
    const session = new TestSession();
    session.arrive(use('a'), use('b'), use('c'), asking('i', 'c', 'unknown', 'a', 'c', 'b'));
    assert.deepEqual(session.transcript.pending, ['a', 'b', 'c', 'unknown']);
    session.arrive(asking('i2', 'unknown', 'b', 'a'));
    assert.deepEqual(session.transcript.pending, ['a', 'b', 'unknown']);
  });

  it('wait for a call that is not held yet', () => {
    const session = new TestSession();
    session.arrive(says('m'), asking('i', 'a'));
    assert.deepEqual(session.transcript.pending, ['a']);
    session.older(use('a'));
    assert.deepEqual(session.states(), ['a:needsApproval', 'm']);
  });

  it('know nothing of an older question', () => {
    const session = new TestSession();
    session.arrive(running('s'), says('m'));
    session.older(use('a'), asking('i', 'a'));
    assert.deepEqual(session.transcript.pending, []);
    assert.equal(session.transcript.status?.key, 's');
    assert.equal(session.tool('a').status, 'running');
  });

  it('follow a question whose text changes under the same id', () => {
    const session = new TestSession();
    session.arrive(use('a'), use('b'), asking('i', 'a', 'b'), asking('i', 'b'));
    assert.deepEqual(session.transcript.pending, ['b']);
    session.arrive(idle('i'));
    assert.deepEqual(session.transcript.pending, []);
    assert.deepEqual(session.states(), ['a:interrupted', 'b:interrupted']);
  });

  it('leave rows alone that they are not about', () => {
    const session = new TestSession();
    session.arrive(says('m'), use('a'), asking('i', 'a', 'a'));
    const stamps = () => [0, 1].map((at) => session.transcript.at(at)?.stamp);
    const before = stamps();
    session.arrive({ type: 'session.usage', id: 'u' }, says('n'), {
      type: 'span.model_request_start',
      id: 'x',
    });
    assert.deepEqual(stamps(), before);
  });

  it('survive ids of the wrong kind and in great number', () => {
    const ids = [1, null, '', {}, [], ...Array.from({ length: 100_000 }, (_, index) => `x${index}`)];
    const session = new TestSession();
    session.arrive(use('a'), {
      type: 'session.status_idle',
      id: 'i',
      stop_reason: { type: 'requires_action', event_ids: ids },
    });
    assert.ok(session.transcript.pending.length <= 1_000);
    session.arrive({
      type: 'session.status_idle',
      id: 'j',
      stop_reason: { type: 'requires_action', event_ids: 'a' },
    });
    assert.deepEqual(session.transcript.pending, []);
    session.arrive({ type: 'session.status_idle', id: 'k', stop_reason: 'requires_action' });
    assert.deepEqual(session.transcript.pending, []);
  });
});
