import type { JsonObject } from '../../util/json.ts';
import { picture } from './pictures.ts';
import { type Story, tell, text } from './step.ts';

/** Every built-in tool, with results of every kind. */
export function* builtInTools(): Story {
  yield* call('bash', { command: 'rg -n "scheduleRetry" src/billing', timeout_ms: 20_000 }, [
    text(
      Array.from(
        { length: 31 },
        (_, line) => `src/billing/retry.ts:${String(40 + line)}:  scheduleRetry(job)`,
      ).join('\n'),
    ),
  ]);
  yield* call('read', { file_path: '/workspace/src/billing/retry.ts', view_range: [58, 63] }, [
    text(
      '58  send(job) {\n59    return this.client\n60      .post(job)\n61      .catch(() => this.scheduleRetry(job))',
    ),
  ]);
  yield* call('glob', { pattern: 'src/**/*.test.ts', path: '/workspace' }, [
    text('src/billing/retry.test.ts\nsrc/billing/client.test.ts'),
  ]);
  yield* call('grep', { pattern: 'clearTimeout', path: '/workspace/src' }, []);
  yield* call(
    'edit',
    {
      file_path: '/workspace/src/billing/retry.ts',
      old_string:
        'return this.send(job)\n  .catch(() => this.scheduleRetry(job))\n  .finally(() => this.release(job));',
      new_string:
        'return this.send(job)\n  .catch((error) => {\n    clearTimeout(this.timer);\n    this.scheduleRetry(job, error);\n  })\n  .finally(() => this.release(job));',
    },
    [text('The file has been updated.')],
  );
  yield* call(
    'write',
    {
      file_path: '/workspace/src/billing/retry.test.ts',
      content: Array.from(
        { length: 24 },
        (_, line) => `it('counts attempt ${String(line + 1)} once', () => run());`,
      ).join('\n'),
    },
    [text('The file has been created.')],
  );
  yield* call('web_search', { query: 'exponential backoff jitter' }, [
    found(
      'Exponential backoff and jitter',
      'https://example.com/backoff',
      'Full jitter spreads the tries best.',
    ),
    found(
      'Timeouts, retries and backoff',
      'https://example.org/timeouts',
      'Retry only what is safe to repeat.',
    ),
  ]);
  yield* call('web_fetch', { url: 'https://example.com/backoff' }, [
    text('# Exponential backoff and jitter\n\nWait a random time between zero and the cap.'),
    {
      type: 'document',
      title: 'backoff.txt',
      source: {
        type: 'text',
        media_type: 'text/plain',
        data: 'Wait a random time between zero and the cap.\n',
      },
    },
    {
      type: 'document',
      title: 'Backoff, as a paper',
      source: {
        type: 'base64',
        media_type: 'application/pdf',
        data: Buffer.from('%PDF-1.4\n').toString('base64'),
      },
    },
  ]);
  yield* call(
    'bash',
    { command: 'npm test -- retry' },
    [
      text(
        '\u001b[31m1 failing\u001b[0m\n\n  1) retry counts one attempt per failure\n     AssertionError: expected 2 to equal 1',
      ),
    ],
    true,
  );
  yield* call('read', { file_path: '/workspace/docs/flow.png' }, [
    { type: 'image', source: { type: 'base64', media_type: 'image/png', data: picture(320, 120) } },
    { type: 'image', source: { type: 'url', url: 'https://example.com/flow.png' } },
    { type: 'image', source: { type: 'file', file_id: 'file_flow' } },
  ]);
}

/** Tools of others: an MCP server's, the client's own, and a self-hosted environment's. */
export function* foreignTools(): Story {
  const search = yield* tell('agent.mcp_tool_use', {
    mcp_server_name: 'tracker',
    name: 'get_issue',
    input: { number: 4182, fields: ['title', 'state'] },
    evaluated_permission: 'allow',
    evaluation: { type: 'auto', evaluated_permission: { type: 'allow', reason_code: 'read_only' } },
  });
  yield* tell('agent.mcp_tool_result', {
    mcp_tool_use_id: search,
    content: [text('{\n  "title": "Retries fire twice",\n  "state": "open"\n}')],
    is_error: false,
  });
  const custom = yield* tell('agent.custom_tool_use', {
    name: 'ask_release_manager',
    input: { question: 'May the fix go into 4.2?' },
  });
  yield* tell('user.custom_tool_result', {
    custom_tool_use_id: custom,
    content: [text('Yes, with a note in the change log.')],
    is_error: false,
  });
  const own = yield* tell('agent.tool_use', use('bash', { command: 'make package' }));
  yield* tell('user.tool_result', {
    tool_use_id: own,
    content: [text('package.tgz, 41 kB')],
    is_error: false,
  });
}

/** Calls about which somebody decided: the user, both ways, and the agent's rules. */
export function* decidedCalls(): Story {
  const push = yield* tell('agent.tool_use', use('bash', { command: 'git push origin fix/retries' }, 'ask'));
  const tag = yield* tell('agent.tool_use', use('bash', { command: 'git tag v4.2.0' }, 'ask'));
  yield* tell('session.usage', { usage: { input_tokens: 2_400, output_tokens: 610 }, budget: null });
  yield* tell('session.status_idle', {
    stop_reason: { type: 'requires_action', event_ids: [push, tag] },
    stop_details: null,
  });
  yield* tell('user.tool_confirmation', { tool_use_id: push, result: 'allow' }, 20);
  yield* tell('user.tool_confirmation', {
    tool_use_id: tag,
    result: 'deny',
    deny_message: 'Not before the review.',
  });
  yield* tell('session.status_running');
  yield* tell('agent.tool_result', result(push, [text('Everything up-to-date')]));
  yield* tell('agent.tool_result', result(tag, [text('Not before the review.')], true));
  const removed = yield* tell('agent.tool_use', use('bash', { command: 'rm -rf /' }, 'deny'));
  yield* tell('agent.tool_result', result(removed, [text('This tool call is not allowed.')], true));
}

function* call(name: string, input: JsonObject, content: JsonObject[], isError = false): Story {
  const id = yield* tell('agent.tool_use', use(name, input));
  yield* tell('agent.tool_result', result(id, content, isError));
}

export function use(
  name: string,
  input: JsonObject,
  permission: 'allow' | 'ask' | 'deny' = 'allow',
): JsonObject {
  return { name, input, evaluated_permission: permission, evaluation: { type: `always_${permission}` } };
}

function result(id: string, content: JsonObject[], isError = false): JsonObject {
  return { tool_use_id: id, content, is_error: isError };
}

function found(title: string, source: string, words: string): JsonObject {
  return {
    type: 'search_result',
    source,
    title,
    content: [text(words)],
    citations: { enabled: false },
  };
}
