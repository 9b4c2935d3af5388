import assert from 'node:assert/strict';
import Anthropic from '@anthropic-ai/sdk';
import type { Sandbox } from '../../../src/sandbox/server.ts';
import { eventually } from '../../support/eventually.ts';
import { Sandboxes } from './wire.ts';

type Beta = Anthropic['beta'];
type StreamEvent =
  Awaited<ReturnType<Beta['sessions']['events']['stream']>> extends AsyncIterable<infer E> ? E : never;

describe('sandbox: the official SDK', () => {
  const sandboxes = new Sandboxes();
  let sandbox: Sandbox;
  let beta: Beta;

  beforeEach(async () => {
    sandbox = await sandboxes.start();
    beta = new Anthropic({ apiKey: sandbox.key, baseURL: sandbox.url, maxRetries: 0 }).beta;
  });
  afterEach(() => sandboxes.closeAll());

  async function newSession() {
    const environment = await beta.environments.create({
      name: 'node',
      config: { type: 'cloud', networking: { type: 'limited', allowed_hosts: ['example.com'] } },
    });
    const agent = await beta.agents.create({
      name: 'Reviewer',
      model: 'claude-sonnet-4-6',
      system: 'Be brief.',
      tools: [{ type: 'agent_toolset_20260401' }],
      metadata: { team: 'core' },
    });
    const session = await beta.sessions.create({
      agent: agent.id,
      environment_id: environment.id,
      title: 'SDK',
    });
    return { environment, agent, session };
  }

  function say(sessionId: string, text: string) {
    return beta.sessions.events.send(sessionId, {
      events: [{ type: 'user.message', content: [{ type: 'text', text }] }],
    });
  }

  /** Reads on until the session is idle. */
  async function untilIdle(reader: AsyncIterator<StreamEvent>): Promise<StreamEvent[]> {
    const seen: StreamEvent[] = [];
    for (;;) {
      const next = await reader.next();
      assert.ok(next.done !== true, 'the stream goes on');
      seen.push(next.value);
      if (next.value.type === 'session.status_idle') {
        return seen;
      }
    }
  }

  it('makes, reads, updates and archives environments and agents', async () => {
    const { environment, agent } = await newSession();
    assert.equal((await beta.environments.retrieve(environment.id)).name, 'node');
    assert.equal((await beta.environments.update(environment.id, { name: 'node 24' })).name, 'node 24');
    const changed = await beta.agents.update(agent.id, { version: agent.version, system: 'Be very brief.' });
    assert.equal(changed.version, 2);
    assert.equal((await beta.agents.retrieve(agent.id, { version: 1 })).system, 'Be brief.');
    const versions = [];
    for await (const version of beta.agents.versions.list(agent.id, { limit: 1 })) {
      versions.push(version.version);
    }
    assert.deepEqual(versions, [2, 1]);
    await assert.rejects(beta.agents.update(agent.id, { version: 1, system: '' }), Anthropic.ConflictError);
    assert.ok((await beta.agents.archive(agent.id)).archived_at !== null);
    assert.ok((await beta.environments.archive(environment.id)).archived_at !== null);
  });

  it('streams two turns to idle, with deltas that are the final text', async () => {
    const { session } = await newSession();
    assert.equal(session.status, 'idle');
    assert.equal(session.agent.name, 'Reviewer');
    const stream = await beta.sessions.events.stream(session.id, { event_deltas: ['agent.message'] });
    const reader = stream[Symbol.asyncIterator]();

    for (const text of ['Hello there.', 'And once more: grüße 🎉']) {
      const sent = await say(session.id, text);
      assert.equal(sent.data?.[0]?.type, 'user.message');
      const seen = await untilIdle(reader);

      const previews = new Map<string, string>();
      for (const event of seen) {
        if (event.type === 'event_start') {
          previews.set(event.event.id, '');
        } else if (event.type === 'event_delta') {
          previews.set(event.event_id, (previews.get(event.event_id) ?? '') + event.delta.content.text);
        }
      }
      const messages = seen.filter((event) => event.type === 'agent.message');
      assert.equal(messages.length, 2);
      for (const message of messages) {
        const texts = message.content.map((block) => (block.type === 'text' ? block.text : ''));
        assert.equal(previews.get(message.id), texts.join(''));
      }
      const idle = seen.at(-1);
      assert.ok(idle?.type === 'session.status_idle');
      assert.equal(idle.stop_reason.type, 'end_turn');
    }
    stream.controller.abort();

    const history = [];
    for await (const event of beta.sessions.events.list(session.id, { limit: 7 })) {
      history.push(event);
    }
    assert.equal(history.filter((event) => event.type === 'session.status_idle').length, 2);
    assert.equal(new Set(history.map((event) => event.id)).size, history.length);
    const filtered = await beta.sessions.events.list(session.id, {
      types: ['agent.tool_use'],
      order: 'desc',
    });
    assert.deepEqual(
      filtered.data.map((event) => event.type),
      ['agent.tool_use', 'agent.tool_use'],
    );
  });

  it('asks for approval, is told no, and says so', async () => {
    const { session } = await newSession();
    const stream = await beta.sessions.events.stream(session.id);
    const reader = stream[Symbol.asyncIterator]();
    await say(session.id, '/approve');
    const waiting = (await untilIdle(reader)).at(-1);
    assert.ok(waiting?.type === 'session.status_idle');
    assert.ok(waiting.stop_reason.type === 'requires_action');
    const toolUseId = waiting.stop_reason.event_ids[0];
    assert.ok(toolUseId !== undefined);
    await beta.sessions.events.send(session.id, {
      events: [
        { type: 'user.tool_confirmation', tool_use_id: toolUseId, result: 'deny', deny_message: 'too early' },
      ],
    });
    const seen = await untilIdle(reader);
    stream.controller.abort();
    const result = seen.find((event) => event.type === 'agent.tool_result');
    assert.deepEqual([result?.tool_use_id, result?.is_error], [toolUseId, true]);
    const answer = seen.find((event) => event.type === 'agent.message');
    assert.ok(answer?.content[0]?.type === 'text');
    assert.match(answer.content[0].text, /too early/);
  });

  it('starts at once with initial events, and lists and archives sessions', async () => {
    const { agent, environment, session } = await newSession();
    const started = await beta.sessions.create({
      agent: { type: 'agent', id: agent.id, version: 1 },
      environment_id: environment.id,
      initial_events: [{ type: 'user.message', content: [{ type: 'text', text: 'Go.' }] }],
    });
    assert.equal(started.status, 'running');
    await eventually(async () => (await beta.sessions.retrieve(started.id)).status === 'idle');

    const listed = [];
    for await (const item of beta.sessions.list({ limit: 1, agent_id: agent.id, statuses: ['idle'] })) {
      listed.push(item.id);
    }
    assert.deepEqual(listed, [started.id, session.id]);

    const stream = await beta.sessions.events.stream(session.id);
    const archived = await beta.sessions.archive(session.id);
    assert.equal(archived.status, 'terminated');
    const last = [];
    for await (const event of stream) {
      last.push(event.type);
    }
    assert.equal(last.at(-1), 'session.status_terminated');
    assert.deepEqual(
      (await beta.sessions.list()).data.map((item) => item.id),
      [started.id],
    );
    await assert.rejects(say(session.id, 'too late'), Anthropic.BadRequestError);

    const threads = await beta.sessions.threads.list(started.id);
    assert.equal(threads.data.length, 1);
    const thread = threads.data[0];
    assert.equal(thread?.parent_thread_id, null);
    const events = await beta.sessions.threads.events.list(thread.id, { session_id: started.id });
    assert.ok(events.data.some((event) => event.type === 'agent.message'));
  });

  it('names errors as the service does', async () => {
    await assert.rejects(beta.sessions.retrieve('sesn_none'), (error) => {
      assert.ok(error instanceof Anthropic.NotFoundError);
      assert.match(error.requestID ?? '', /^req_/);
      return true;
    });
    const stranger = new Anthropic({ apiKey: 'wrong', baseURL: sandbox.url, maxRetries: 0 });
    await assert.rejects(stranger.beta.agents.list(), Anthropic.AuthenticationError);
  });
});
