import assert from 'node:assert/strict';
import { isFailure, kindMask, kindOf, maskOf } from '../../../src/eventLog/eventKind.ts';
import { event } from '../../support/storeEvents.ts';

describe('the kind of an event', () => {
  it('is known for every type of the contract, and other for the rest', () => {
    const expected: Record<string, string> = {
      'user.message': 'messages',
      'agent.message': 'messages',
      'system.message': 'messages',
      'agent.thinking': 'thinking',
      'agent.tool_use': 'tools',
      'agent.mcp_tool_result': 'tools',
      'agent.custom_tool_use': 'tools',
      'user.tool_confirmation': 'tools',
      'user.custom_tool_result': 'tools',
      'span.model_request_start': 'spans',
      'span.something_new': 'spans',
      'span.outcome_evaluation_ongoing': 'outcomes',
      'user.define_outcome': 'outcomes',
      'session.status_idle': 'status',
      'session.turn_released': 'status',
      'user.interrupt': 'status',
      'session.thread_status_idle': 'threads',
      'agent.thread_message_sent': 'threads',
      'workflow_run.phase_started': 'threads',
      'workflow_run.error': 'errors',
      'session.error': 'errors',
      'agent.some_error': 'errors',
      'agent.thread_context_compacted': 'other',
      'future.kind': 'other',
      unknown: 'other',
      constructor: 'other',
      ['__proto__']: 'other',
    };
    for (const [type, kind] of Object.entries(expected)) {
      assert.equal(kindOf(type), kind, type);
    }
  });

  it('counts a failed tool or request to errors as well, and no other flag', () => {
    const failed = event({ type: 'agent.tool_result', tool_use_id: 'a', is_error: true });
    assert.equal(kindMask(failed), maskOf(['tools', 'errors']));
    const request = event({ type: 'span.model_request_end', is_error: true });
    assert.equal(kindMask(request), maskOf(['spans', 'errors']));
    assert.equal(isFailure(event({ type: 'agent.message', is_error: true })), false);
    assert.equal(isFailure(event({ type: 'agent.tool_result', tool_use_id: 'a', is_error: 'yes' })), false);
  });
});
