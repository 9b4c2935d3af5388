import assert from 'node:assert/strict';
import { decodeAgent } from '../../../src/api/resources/agent.ts';
import { decodeEnvironment } from '../../../src/api/resources/environment.ts';
import { decodeEvent } from '../../../src/api/resources/event.ts';
import { decodeSession } from '../../../src/api/resources/session.ts';
import { parseTime } from '../../../src/api/resources/time.ts';

const T = Date.UTC(2026, 3, 14, 8, 30, 15);

describe('parseTime', () => {
  const times: readonly (readonly [value: unknown, time: number | undefined])[] = [
    ['2026-04-14T08:30:15Z', T],
    ['2026-04-14T08:30:15.250Z', T + 250],
    ['2026-04-14T08:30:15.250999Z', T + 250],
    ['2026-04-14T10:30:15+02:00', T],
    ['2026-04-14T08:30:15+00:00', T],
    // Without a zone, UTC is meant.
    ['2026-04-14 08:30:15', T],
    ['2026-04-14T08:30:15', T],
    ['2026-04-14 08:30:15.250', T + 250],
    ['2026-04-14 08:30', T - 15_000],
    ['2026-04-14 08:30:15+00:00', T],
    ['2026-04-14 08:30:15 UTC', T],
    ['2026-04-14', Date.UTC(2026, 3, 14)],
    [T, T],
    [T / 1_000, T],
    [T / 1_000 + 0.25, T + 250],
    // Seconds and milliseconds are told apart by their size.
    [1e11 - 1, (1e11 - 1) * 1_000],
    [1e11, 1e11],
    [null, undefined],
    [undefined, undefined],
    ['', undefined],
    ['soon', undefined],
    ['version 5', undefined],
    ['5', undefined],
    ['2026-13-45T99:99:99Z', undefined],
    ['2026-04-14T08:30:15Z'.padEnd(65), undefined],
    [0, undefined],
    [-5, undefined],
    [Number.NaN, undefined],
    [Number.POSITIVE_INFINITY, undefined],
    [1e300, undefined],
    [{}, undefined],
    [true, undefined],
  ];
  const zone = process.env.TZ;
  afterEach(() => {
    if (zone === undefined) {
      delete process.env.TZ;
    } else {
      process.env.TZ = zone;
    }
  });
  for (const [value, time] of times) {
    it(`reads ${typeof value === 'string' ? `"${value}"` : String(value)}, wherever the machine stands`, () => {
      for (const place of ['UTC', 'America/New_York', 'Asia/Kolkata']) {
        process.env.TZ = place;
        assert.equal(parseTime(value), time);
      }
    });
  }
});

describe('resources', () => {
  const decoders = [decodeAgent, decodeEnvironment, decodeSession] as const;

  it('are nothing without an id', () => {
    for (const decode of decoders) {
      for (const value of [undefined, null, 7, 'x', [], {}, { id: '' }, { id: 7 }, { id: null }]) {
        assert.equal(decode(value), undefined);
      }
      assert.equal(decode(Object.create({ id: 'inherited' })), undefined);
    }
  });

  it('keep what the server sent, unknown fields included', () => {
    for (const decode of decoders) {
      const wire = { id: 'x', future: { thing: [1] }, type: 'other' };
      assert.equal(decode(wire)?.raw, wire);
    }
  });

  it('need nothing but an id', () => {
    const nothing = { createdAt: undefined, updatedAt: undefined, archivedAt: undefined, raw: { id: 'x' } };
    assert.deepEqual(decodeAgent({ id: 'x' }), {
      id: 'x',
      name: 'x',
      description: undefined,
      model: undefined,
      version: undefined,
      tools: [],
      ...nothing,
    });
    assert.deepEqual(decodeEnvironment({ id: 'x' }), {
      id: 'x',
      name: 'x',
      description: undefined,
      kind: undefined,
      networking: undefined,
      ...nothing,
    });
    assert.deepEqual(decodeSession({ id: 'x' }), {
      id: 'x',
      title: undefined,
      agent: { id: undefined, name: undefined, model: undefined, version: undefined },
      environmentId: undefined,
      status: 'other',
      statusText: undefined,
      ...nothing,
    });
  });

  it('survive fields of another kind than expected', () => {
    const odd = [null, 7, true, [], {}, '', ['x'], { id: 7 }];
    const names =
      'name description model version tools config title agent environment_id status created_at updated_at archived_at';
    for (const value of odd) {
      const wire = { ...Object.fromEntries(names.split(' ').map((name) => [name, value])), id: 'x' };
      for (const decode of decoders) {
        assert.equal(decode(wire)?.id, 'x');
      }
    }
  });

  it('have their times in milliseconds', () => {
    const wire = { id: 'x', created_at: '2026-04-14 08:30:15', updated_at: T, archived_at: null };
    for (const decode of decoders) {
      const { createdAt, updatedAt, archivedAt } = decode(wire) ?? {};
      assert.deepEqual([createdAt, updatedAt, archivedAt], [T, T, undefined]);
    }
  });
});

describe('decodeAgent', () => {
  it('takes the model and the version in either form', () => {
    assert.equal(decodeAgent({ id: 'x', model: 'gpt-5.4-mini:codex' })?.model, 'gpt-5.4-mini:codex');
    assert.equal(
      decodeAgent({ id: 'x', model: { id: 'claude-opus-5', speed: 'fast' } })?.model,
      'claude-opus-5',
    );
    assert.equal(decodeAgent({ id: 'x', version: 3 })?.version, '3');
    assert.equal(decodeAgent({ id: 'x', version: 'v3' })?.version, 'v3');
  });

  it('names its tools', () => {
    const tools = [
      { type: 'agent_toolset_20260401' },
      { type: 'custom', name: 'lookup' },
      { type: 'mcp_toolset', mcp_server_name: 'github' },
      'bash',
      null,
      {},
    ];
    assert.deepEqual(decodeAgent({ id: 'x', tools })?.tools, ['agent_toolset_20260401', 'lookup', 'github']);
  });
});

describe('decodeEnvironment', () => {
  it('says of what kind it is', () => {
    const config = { type: 'cloud', networking: { type: 'unrestricted' } };
    const environment = decodeEnvironment({ id: 'x', name: 'docs-env', config });
    assert.deepEqual(
      [environment?.name, environment?.kind, environment?.networking],
      ['docs-env', 'cloud', 'unrestricted'],
    );
  });
});

describe('decodeSession', () => {
  it('takes the agent as an id and as a whole', () => {
    assert.deepEqual(decodeSession({ id: 'x', agent: 'agent_1' })?.agent, {
      id: 'agent_1',
      name: undefined,
      model: undefined,
      version: undefined,
    });
    const whole = { type: 'agent', id: 'agent_1', name: 'A', model: { id: 'm' }, version: 2 };
    assert.deepEqual(decodeSession({ id: 'x', agent: whole })?.agent, {
      id: 'agent_1',
      name: 'A',
      model: 'm',
      version: '2',
    });
  });

  const statuses: readonly (readonly [wire: unknown, status: string, text: string | undefined])[] = [
    ['idle', 'idle', 'idle'],
    ['running', 'running', 'running'],
    ['terminated', 'terminated', 'terminated'],
    ['active', 'active', 'active'],
    ['rescheduling', 'rescheduling', 'rescheduling'],
    ['rescheduled', 'rescheduling', 'rescheduled'],
    ['hibernating', 'other', 'hibernating'],
    ['IDLE', 'other', 'IDLE'],
    [undefined, 'other', undefined],
    [7, 'other', undefined],
  ];
  for (const [wire, status, text] of statuses) {
    it(`reads the status ${String(wire)}`, () => {
      const session = decodeSession({ id: 'x', status: wire });
      assert.deepEqual([session?.status, session?.statusText], [status, text]);
    });
  }
});

describe('decodeEvent', () => {
  it('is nothing where there is no object', () => {
    for (const value of [undefined, null, 7, 'x', ['x']]) {
      assert.equal(decodeEvent(value), undefined);
    }
  });

  it('keeps a type that it does not know, and does without one', () => {
    assert.equal(decodeEvent({ type: 'future.thing' })?.type, 'future.thing');
    for (const type of [undefined, null, '', 7]) {
      assert.equal(decodeEvent({ type })?.type, 'unknown');
    }
  });

  const names: readonly (readonly [older: string, present: string])[] = [
    ['session.thread_idle', 'session.thread_status_idle'],
    ['session.outcome_evaluated', 'span.outcome_evaluation_end'],
    ['session.status_active', 'session.status_running'],
  ];
  for (const [older, present] of names) {
    it(`calls ${older} by its present name`, () => {
      const wire = { type: older };
      assert.equal(decodeEvent(wire)?.type, present);
      assert.deepEqual(decodeEvent(wire)?.raw, wire);
    });
  }

  const ids: readonly (readonly [wire: object, id: string | undefined])[] = [
    [{ id: 'sevt_1', message_id: 'm', seq: 1 }, 'sevt_1'],
    [{ message_id: 'm', seq: 1 }, 'm'],
    [{ seq: 1, sequence: 2 }, '#1'],
    [{ sequence: 0 }, '#0'],
    [{ id: null, sequence: 2 }, '#2'],
    [{ id: '__proto__' }, '__proto__'],
    [{ payload: { id: 'inner' } }, 'inner'],
    [{ id: 'outer', payload: { id: 'inner' } }, 'outer'],
    [{}, undefined],
  ];
  for (const [wire, id] of ids) {
    it(`finds the identity of ${JSON.stringify(wire)}`, () => {
      assert.equal(decodeEvent(wire)?.id, id);
    });
  }

  it('takes the fields out of a payload, and keeps what arrived', () => {
    const wire = { type: 'session.error', sequence: 17, payload: { error: { kind: 'k' }, sequence: 1 } };
    const event = decodeEvent(wire);
    assert.deepEqual(event?.body['error'], { kind: 'k' });
    assert.equal(event.id, '#17');
    assert.equal(event.raw, wire);
  });

  it('pollutes nothing by a payload that names a prototype', () => {
    const event = decodeEvent(
      JSON.parse('{"payload":{"__proto__":{"x":1},"constructor":{"prototype":{"y":1}}}}'),
    );
    const clean: Record<string, unknown> = {};
    assert.deepEqual([clean['x'], clean['y']], [undefined, undefined]);
    assert.equal(event?.body['x'], undefined);
  });

  it('says when it was processed, and whether it is still queued', () => {
    const times = (wire: object) => {
      const event = decodeEvent(wire);
      return [event?.processedAt, event?.queued];
    };
    assert.deepEqual(times({ processed_at: '2026-04-14T08:30:15Z', created_at: 1 }), [T, false]);
    assert.deepEqual(times({ processed_at: null }), [undefined, true]);
    assert.deepEqual(times({ processed_at: null, created_at: T }), [T, true]);
    assert.deepEqual(times({ timestamp: T }), [T, false]);
    assert.deepEqual(times({}), [undefined, false]);
  });
});
