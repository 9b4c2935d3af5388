import assert from 'node:assert/strict';
import { systemClock } from '../../../src/util/clock.ts';
import type { JsonObject } from '../../../src/util/json.ts';
import { asArray, asObject } from '../../../src/util/json.ts';
import { eventually } from '../../support/eventually.ts';
import { listIn, noPause, only, saidIn, Sandboxes, textIn, typesOf, type Wire } from './wire.ts';

const ofType = (events: readonly JsonObject[], type: string) =>
  events.filter((event) => event['type'] === type);

function stopReason(event: JsonObject | undefined): JsonObject {
  return asObject(event?.['stop_reason']) ?? {};
}

function waitingIds(events: readonly JsonObject[]): string[] {
  const idle = ofType(events, 'session.status_idle').at(-1);
  assert.equal(stopReason(idle)['type'], 'requires_action');
  return asArray(stopReason(idle)['event_ids']).map(String);
}

describe('sandbox: the scripted agent', () => {
  const sandboxes = new Sandboxes();
  let wire: Wire;
  let session: string;

  beforeEach(async () => {
    wire = await sandboxes.wire('anthropic');
    session = await wire.newSession();
  });
  afterEach(() => sandboxes.closeAll());

  const send = (...events: JsonObject[]) => wire.post(`/sessions/${session}/events`, { events });
  const userMessage = (text: string): JsonObject => ({
    type: 'user.message',
    content: [{ type: 'text', text }],
  });
  const statusNow = async () => (await wire.get(`/sessions/${session}`))['status'];

  it('plays a whole turn in the order of the real service', async () => {
    await wire.say(session, 'Hello');
    const events = await wire.idle(session);
    assert.deepEqual(typesOf(events), [
      'session.status_running',
      'session.thread_status_running',
      'user.message',
      'span.model_request_start',
      'agent.thinking',
      'agent.message',
      'agent.tool_use',
      'span.model_request_end',
      'agent.tool_result',
      'span.model_request_start',
      'agent.message',
      'span.model_request_end',
      'session.usage',
      'session.status_idle',
      'session.thread_status_idle',
    ]);
    const use = only(events, 'agent.tool_use');
    assert.equal(only(events, 'agent.tool_result')['tool_use_id'], use['id']);
    assert.equal(use['name'], 'bash');
    const span = ofType(events, 'span.model_request_end')[0];
    assert.equal(span?.['model_request_start_id'], events[3]?.['id']);
    assert.ok(Number(asObject(span?.['model_usage'])?.['output_tokens']) > 0);
    assert.deepEqual(stopReason(only(events, 'session.status_idle')), { type: 'end_turn' });
    const usage = asObject((await wire.get(`/sessions/${session}`))['usage']);
    assert.deepEqual(usage, asObject(only(events, 'session.usage')['usage']));
  });

  it('says in its first answer, and only there, that it is a script', async () => {
    await wire.say(session, 'Who are you?');
    await wire.idle(session);
    await wire.say(session, 'And now?');
    const said = ofType(await wire.idle(session, 2), 'agent.message').map(saidIn);
    assert.equal(said.length, 4);
    assert.deepEqual(
      said.map((text) => text.includes('A script answers here, not a model')),
      [true, false, false, false],
    );
  });

  it('queues what is sent while it runs, and takes it afterwards', async () => {
    const stream = await wire.stream(session);
    const first = listIn(await wire.say(session, 'one'), 'data')[0];
    const second = listIn(await wire.say(session, 'two'), 'data')[0];
    assert.deepEqual([first?.['processed_at'], second?.['processed_at']], [null, null]);
    const tail = (await wire.events(session)).at(-1);
    assert.equal(tail?.['id'], second?.['id'], 'a queued event is the tail of the history');
    await wire.idle(session, 2);
    await eventually(
      () => stream.frames.filter((frame) => frame.event === 'session.status_idle').length === 2,
    );
    await stream.close();

    const copies = stream.frames.filter((frame) => frame.data['id'] === second?.['id']);
    assert.equal(copies.length, 2);
    assert.equal(copies[0]?.data['processed_at'], null);
    assert.match(textIn(copies[1]?.data, 'processed_at'), /^\d{4}-/);
    const types = stream.frames.map((frame) => frame.event);
    const taken = stream.frames.findIndex((frame) => frame === copies[1]);
    assert.ok(types.indexOf('session.status_idle') < taken, 'the first turn ends before the second message');
    const events = await wire.events(session);
    assert.equal(ofType(events, 'user.message').length, 2);
    const times = events.map((event) => textIn(event, 'processed_at'));
    assert.deepEqual(times, [...times].sort());
  });

  it('keeps its history in order when the machine’s clock is set back', async () => {
    let now = Date.parse('2026-01-01T12:00:00Z');
    const own = await sandboxes.wire('synth', { clock: { ...systemClock, now: () => (now -= 1_000) } });
    const id = await own.newSession();
    await own.say(id, 'Hello');
    const times = (await own.idle(id)).map((event) => textIn(event, 'processed_at'));
    assert.deepEqual(times, [...times].sort());
  });

  it('takes a system message together with the message that it follows', async () => {
    const system: JsonObject = { type: 'system.message', content: [{ type: 'text', text: 'Be brief.' }] };
    const echo = listIn(await send(userMessage('Hello'), system), 'data');
    assert.deepEqual(
      echo.map((event) => event['processed_at']),
      [null, null],
    );
    const events = await wire.idle(session);
    assert.ok(typeof only(events, 'system.message')['processed_at'] === 'string');
    for (const wrong of [[system], [system, userMessage('x')], [userMessage('x'), system, system]]) {
      assert.equal((await wire.tryPost(`/sessions/${session}/events`, { events: wrong })).status, 400);
    }
  });

  it('lists its commands on /help and on an unknown one', async () => {
    await wire.say(session, '/help');
    await wire.say(session, '/nonsense');
    const said = ofType(await wire.idle(session, 2), 'agent.message').map(saidIn);
    for (const command of ['tool', 'approve', 'custom', 'edit', 'think', 'slow', 'long', 'burst', 'error']) {
      for (const text of said) {
        assert.match(text, new RegExp(`\\| \`/${command}`));
      }
    }
    assert.match(said[1] ?? '', /does not know that command/);
  });

  it('waits for an approval and goes on when it is allowed', async () => {
    await wire.say(session, '/approve');
    const waiting = await wire.idle(session);
    const use = only(waiting, 'agent.tool_use');
    assert.deepEqual(waitingIds(waiting), [use['id']]);
    assert.equal(use['evaluated_permission'], 'ask');
    assert.deepEqual(ofType(waiting, 'agent.tool_result'), []);
    assert.equal(await statusNow(), 'idle');
    const confirm = { type: 'user.tool_confirmation', tool_use_id: textIn(use, 'id'), result: 'allow' };
    const echo = listIn(await send(confirm), 'data')[0];
    assert.ok(typeof echo?.['processed_at'] === 'string', 'a confirmation is handled on receipt');
    const events = await wire.idle(session, 2);
    assert.equal(only(events, 'agent.tool_result')['is_error'], false);
    assert.equal((await wire.tryPost(`/sessions/${session}/events`, { events: [confirm] })).status, 400);
  });

  it('idles again with the rest when only some approvals are answered', async () => {
    await wire.say(session, '/approve 3');
    const ids = waitingIds(await wire.idle(session));
    assert.equal(ids.length, 3);
    await send({
      type: 'user.tool_confirmation',
      tool_use_id: ids[1] ?? '',
      result: 'deny',
      deny_message: 'no',
    });
    assert.deepEqual(waitingIds(await wire.idle(session, 2)), [ids[0], ids[2]]);
    await send(
      { type: 'user.tool_confirmation', tool_use_id: ids[0] ?? '', result: 'allow' },
      { type: 'user.tool_confirmation', tool_use_id: ids[2] ?? '', result: 'deny' },
    );
    const events = await wire.idle(session, 3);
    const results = new Map(
      ofType(events, 'agent.tool_result').map((event) => [event['tool_use_id'], event['is_error']]),
    );
    assert.deepEqual(
      ids.map((id) => results.get(id)),
      [false, true, true],
    );
    assert.deepEqual(stopReason(ofType(events, 'session.status_idle').at(-1)), { type: 'end_turn' });
  });

  it('asks for approval where the agent has such a policy', async () => {
    const agent = await wire.post('/agents', {
      name: 'Careful',
      model: 'm',
      tools: [
        { type: 'agent_toolset_20260401', default_config: { permission_policy: { type: 'always_ask' } } },
      ],
    });
    const careful = await wire.newSession({ agent: textIn(agent, 'id') });
    await wire.say(careful, 'Hello');
    assert.equal(waitingIds(await wire.idle(careful)).length, 1);
  });

  it('refuses answers to calls that do not wait, and takes none of the request', async () => {
    await wire.say(session, '/approve');
    const events = await wire.idle(session);
    const [id = ''] = waitingIds(events);
    const allow = { type: 'user.tool_confirmation', tool_use_id: id, result: 'allow' };
    const wrong: JsonObject[][] = [
      [{ ...allow, tool_use_id: 'sevt_none' }],
      [{ ...allow, tool_use_id: textIn(ofType(events, 'agent.message')[0], 'id') }],
      [{ type: 'user.custom_tool_result', custom_tool_use_id: id }],
      [allow, allow],
      [{ ...allow, result: 'maybe' }],
      [{ ...allow, deny_message: 'but allowed' }],
    ];
    for (const given of wrong) {
      const { status } = await wire.tryPost(`/sessions/${session}/events`, { events: given });
      assert.equal(status, 400, JSON.stringify(given));
    }
    assert.deepEqual(await wire.events(session), events);
  });

  it('uses what the client’s own tool answers', async () => {
    await wire.say(session, '/custom');
    const waiting = await wire.idle(session);
    const use = only(waiting, 'agent.custom_tool_use');
    assert.deepEqual(waitingIds(waiting), [use['id']]);
    await send({
      type: 'user.custom_tool_result',
      custom_tool_use_id: textIn(use, 'id'),
      content: [{ type: 'text', text: 'shipped on Tuesday' }],
    });
    const said = ofType(await wire.idle(session, 2), 'agent.message').map(saidIn);
    assert.match(said.at(-1) ?? '', /shipped on Tuesday/);
  });

  it('edits a file with the old and the new text', async () => {
    await wire.say(session, '/edit');
    const input = asObject(only(await wire.idle(session), 'agent.tool_use')['input']);
    assert.deepEqual(Object.keys(input ?? {}).sort(), ['file_path', 'new_string', 'old_string']);
  });

  it('plays every other scene to its end', async () => {
    for (const command of ['/tool', '/think', '/slow 3', '/long 8', '/error retrying']) {
      const own = await wire.newSession();
      await wire.say(own, command);
      const events = await wire.idle(own);
      assert.deepEqual(
        stopReason(ofType(events, 'session.status_idle').at(-1)),
        { type: 'end_turn' },
        command,
      );
      assert.ok(ofType(events, 'agent.message').length > 0, command);
    }
  });

  it('writes as many seconds, paragraphs and events as asked', async () => {
    await wire.say(session, '/slow 3');
    await wire.say(session, '/long 8');
    await wire.say(session, '/burst 700');
    const events = await wire.idle(session, 3);
    const said = ofType(events, 'agent.message').map(saidIn);
    assert.equal(said.filter((text) => text.includes('Second ')).length, 3);
    assert.equal(said.find((text) => text.includes('## Part 1'))?.split('## Part ').length, 9);
    assert.equal(said.filter((text) => text.startsWith('Burst event')).length, 700);
  });

  it('recovers from an error, gives up after one, or ends with one', async () => {
    await wire.say(session, '/error retrying');
    const retried = typesOf(await wire.idle(session));
    assert.ok(retried.indexOf('session.error') < retried.indexOf('session.status_rescheduled'));
    assert.ok(retried.indexOf('session.status_rescheduled') < retried.lastIndexOf('session.status_running'));

    const [, queued] = listIn(await send(userMessage('/error exhausted'), userMessage('dropped')), 'data');
    const exhausted = await wire.idle(session, 2);
    assert.deepEqual(stopReason(ofType(exhausted, 'session.status_idle').at(-1)), {
      type: 'retries_exhausted',
    });
    assert.equal(exhausted.find((event) => event['id'] === queued?.['id'])?.['processed_at'], null);

    await wire.say(session, '/error terminal');
    await eventually(async () => (await statusNow()) === 'terminated');
    const last = ofType(await wire.events(session), 'session.error').at(-1);
    assert.deepEqual(asObject(asObject(last?.['error'])?.['retry_status']), { type: 'terminal' });
    assert.equal(
      (await wire.tryPost(`/sessions/${session}/events`, { events: [userMessage('?')] })).status,
      400,
    );
  });

  it('works towards an outcome', async () => {
    await send({
      type: 'user.define_outcome',
      description: 'All green',
      rubric: { type: 'text', content: 'tests' },
    });
    const events = await wire.idle(session);
    const results = ofType(events, 'span.outcome_evaluation_end').map((event) => event['result']);
    assert.deepEqual(results, ['needs_revision', 'satisfied']);
    const evaluations = listIn(await wire.get(`/sessions/${session}`), 'outcome_evaluations');
    assert.deepEqual([evaluations[0]?.['result'], evaluations[0]?.['iteration']], ['satisfied', 2]);
  });

  it('refuses events that are none, or of no known kind', async () => {
    const wrong: unknown[] = [
      {},
      { events: [] },
      { events: 'hello' },
      { events: [{}] },
      { events: [{ type: 'agent.message', content: [] }] },
      { events: [{ type: 'user.message' }] },
      { events: [{ type: 'user.message', content: [] }] },
      { events: [{ type: 'user.message', content: 'hello' }] },
      { events: [{ type: 'user.message', content: [{ type: 'text', text: '' }] }] },
      { events: [{ type: 'user.message', content: [{ type: 'image' }] }] },
      { events: [{ type: 'user.message', content: [{ type: 'redacted' }] }] },
      { events: [{ type: 'user.define_outcome', description: 'x' }] },
    ];
    for (const body of wrong) {
      assert.equal(
        (await wire.tryPost(`/sessions/${session}/events`, body)).status,
        400,
        JSON.stringify(body),
      );
    }
    assert.deepEqual(await wire.events(session), []);
  });

  it('archives a waiting session for good', async () => {
    await wire.say(session, '/approve');
    await wire.idle(session);
    assert.equal((await wire.post(`/sessions/${session}/archive`))['status'], 'terminated');
    const events = await wire.events(session);
    assert.equal(events.at(-1)?.['type'], 'session.status_terminated');
    assert.equal((await wire.post(`/sessions/${session}/archive`))['status'], 'terminated');
    assert.deepEqual(await wire.events(session), events);
    assert.equal((await wire.tryPost(`/sessions/${session}`, { title: 'x' })).status, 400);
  });
});

describe('sandbox: interrupts', () => {
  const sandboxes = new Sandboxes();
  afterEach(() => sandboxes.closeAll());

  const interrupt = { events: [{ type: 'user.interrupt' }] };
  const hour = 3_600_000;

  it('stop a turn at every kind of wait', async () => {
    const cases = [
      { text: '/slow 3', pace: { ...noPause, secondMs: hour }, until: 'agent.message' },
      { text: '/tool', pace: { ...noPause, stepMs: hour }, until: 'session.thread_status_running' },
      { text: '/long 2', pace: { ...noPause, pieceMs: hour }, until: 'span.model_request_start' },
    ];
    for (const { text, pace, until } of cases) {
      const wire = await sandboxes.wire('anthropic', { pace });
      const session = await wire.newSession();
      await wire.say(session, text);
      await eventually(async () => typesOf(await wire.events(session)).includes(until));
      assert.equal((await wire.tryPost(`/sessions/${session}/archive`)).status, 400, 'it runs');
      await wire.post(`/sessions/${session}/events`, interrupt);
      const events = await wire.idle(session);
      assert.deepEqual(stopReason(ofType(events, 'session.status_idle').at(-1)), { type: 'end_turn' }, text);
      const starts = ofType(events, 'span.model_request_start').length;
      assert.equal(ofType(events, 'span.model_request_end').length, starts, 'every span is closed');
      assert.ok(events.every((event) => event['processed_at'] !== null));
    }
  });

  it('leave no final message behind a preview that was cut', async () => {
    const wire = await sandboxes.wire('anthropic', { pace: { ...noPause, pieceMs: hour } });
    const session = await wire.newSession();
    const stream = await wire.stream(session, '?event_deltas[]=agent.message');
    await wire.say(session, '/long 2');
    await eventually(() => stream.frames.some((frame) => frame.event === 'event_delta'));
    await wire.post(`/sessions/${session}/events`, interrupt);
    await eventually(() => stream.frames.some((frame) => frame.event === 'session.status_idle'));
    await stream.close();
    const types = stream.frames.map((frame) => frame.event);
    assert.ok(!types.includes('agent.message'));
    assert.ok(types.indexOf('span.model_request_end') > types.indexOf('event_delta'));
  });

  it('close waiting calls with error results', async () => {
    const wire = await sandboxes.wire('anthropic');
    const session = await wire.newSession();
    await wire.say(session, '/approve 2');
    const ids = waitingIds(await wire.idle(session));
    await wire.post(`/sessions/${session}/events`, interrupt);
    const events = await wire.idle(session, 2);
    const results = ofType(events, 'agent.tool_result');
    assert.deepEqual(
      results.map((event) => [event['tool_use_id'], event['is_error']]),
      ids.map((id) => [id, true]),
    );
    const late = { type: 'user.tool_confirmation', tool_use_id: ids[0], result: 'allow' };
    assert.equal((await wire.tryPost(`/sessions/${session}/events`, { events: [late] })).status, 400);
  });

  it('may share a request with the message that redirects the agent', async () => {
    const wire = await sandboxes.wire('synth', { pace: { ...noPause, secondMs: hour } });
    const session = await wire.newSession();
    await wire.say(session, '/slow 5');
    await eventually(async () => typesOf(await wire.events(session)).includes('agent.message'));
    await wire.post(`/sessions/${session}/events`, {
      events: [...interrupt.events, { type: 'user.message', content: [{ type: 'text', text: '/think' }] }],
    });
    const events = await wire.idle(session, 2);
    const types = typesOf(events);
    assert.ok(types.indexOf('user.interrupt') < types.indexOf('session.status_idle'));
    assert.match(ofType(events, 'agent.message').map(saidIn).at(-1) ?? '', /thought about it twice/);
  });

  it('are taken calmly when nothing runs', async () => {
    const wire = await sandboxes.wire('anthropic');
    const session = await wire.newSession();
    await wire.post(`/sessions/${session}/events`, interrupt);
    assert.deepEqual(typesOf(await wire.events(session)), ['user.interrupt']);
  });
});
