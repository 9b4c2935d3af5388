import { ManagedAgentsClient } from '../../../src/api/client.ts';
import { type AuthScheme, type Connection, parseBaseUrl } from '../../../src/api/connection.ts';
import { HttpCaller } from '../../../src/api/http/caller.ts';
import { Redactor } from '../../../src/api/http/redact.ts';
import { createUndiciTransport } from '../../../src/api/http/undiciTransport.ts';
import { plainL10n } from '../../../src/l10n.ts';
import type { SmokeCheckId } from '../../../src/smoke/checks.ts';
import { runSmoke } from '../../../src/smoke/run.ts';
import type { SmokeOptions, SmokeProgress } from '../../../src/smoke/smokeOptions.ts';
import type { SmokeReport, SmokeResult } from '../../../src/smoke/smokeReport.ts';
import { type Clock, systemClock } from '../../../src/util/clock.ts';
import {
  type FaultAnswer,
  type FaultServer,
  jsonAnswer,
  type RecordedRequest,
  startFaultServer,
  streamAnswer,
} from '../../support/faultServer.ts';

const PREFIX = '/api/managed-agents/anthropic/v1';
export const KEY = 'smoke-test-key-0123456789';

export interface SmokeSetup extends Partial<Pick<SmokeOptions, 'level' | 'sessionId' | 'signal'>> {
  readonly key?: string;
  readonly auth?: AuthScheme;
  readonly betas?: readonly string[];
  readonly proxy?: string | undefined;
  readonly clock?: Clock;
  readonly onProgress?: (progress: SmokeProgress) => void;
}

/** Runs the checks against a server, over real sockets, as the command line does. */
export async function smokeAt(baseUrl: string, setup: SmokeSetup = {}): Promise<SmokeReport> {
  const base = parseBaseUrl(baseUrl);
  if ('problem' in base) {
    throw new Error(`Bad base URL in a test: ${base.problem}`);
  }
  const { origin, prefix } = base;
  const connection: Connection = {
    id: 'test',
    name: 'Test server',
    origin,
    prefix,
    auth: setup.auth ?? 'bearer',
    version: '2023-06-01',
    betas: setup.betas ?? ['managed-agents-2026-04-01'],
  };
  const key = setup.key ?? KEY;
  const redactor = new Redactor();
  redactor.learn(key);
  const transport = createUndiciTransport();
  const clientAt = (place: Connection) =>
    new ManagedAgentsClient(
      place,
      new HttpCaller({
        connection: place,
        transport,
        key: () => Promise.resolve(key),
        clock: hurried,
        random: () => 0.5,
      }),
    );
  try {
    return await runSmoke({
      client: clientAt(connection),
      elsewhere: (prefix) => clientAt({ ...connection, prefix }),
      level: setup.level ?? 'full',
      sessionId: setup.sessionId,
      signal: setup.signal ?? new AbortController().signal,
      onProgress: setup.onProgress,
      proxy: setup.proxy,
      clock: setup.clock ?? systemClock,
      random: () => 0.5,
      l10n: plainL10n,
      redact: (text) => redactor.redact(text),
      versions: { Test: '1.0' },
    });
  } finally {
    transport.dispose();
  }
}

/** Pauses between repeats are none of these tests' business. */
const hurried: Clock = {
  now: () => Date.now(),
  after: (_ms, callback) => systemClock.after(0, callback),
};

/** The result of one check, and that there is one. */
export function resultOf(report: SmokeReport, id: SmokeCheckId): SmokeResult {
  const result = report.checks.find((check) => check.id === id);
  if (result === undefined) {
    throw new Error(`The report has no check ${id}`);
  }
  return result;
}

/** The statuses of all checks by their ids. */
export function statuses(report: SmokeReport): Record<string, string> {
  return Object.fromEntries(report.checks.map(({ id, status }) => [id, status]));
}

/** What the small server remembers. */
export interface FakeState {
  /** Titles of the sessions that were created, by id. */
  readonly sessions: Map<string, string>;
  readonly archived: Set<string>;
  /** Sessions that were sent a message. */
  readonly messaged: Set<string>;
}

/** The turn that the small server plays for every message. */
export const TURN = [
  { type: 'user.message', id: 'e1', content: [{ type: 'text', text: 'hello' }] },
  { type: 'agent.message', id: 'e2', content: [{ type: 'text', text: 'OK' }] },
  { type: 'session.status_idle', id: 'e3', stop_reason: { type: 'end_turn' } },
];

/** Events as a stream sends them. */
export function frames(events: readonly object[]): string {
  return events.map((event) => `data: ${JSON.stringify(event)}\n\n`).join('');
}

export type Route =
  FaultAnswer | ((request: RecordedRequest, state: FakeState) => FaultAnswer | Promise<FaultAnswer>);

export interface FakeApi extends FakeState {
  readonly server: FaultServer;
}

/**
 * A small healthy server, some of whose routes are replaced by faults: `GET /agents`, below the prefix, or
 * `*` for all of them.
 */
export async function startFakeApi(faults: Readonly<Record<string, Route>> = {}): Promise<FakeApi> {
  const state: FakeState = { sessions: new Map(), archived: new Set(), messaged: new Set() };
  const server = await startFaultServer(async (request) => {
    const route = `${request.method} ${request.path.replace(PREFIX, '')}`;
    const fault = faults[route] ?? faults['*'];
    const answer = typeof fault === 'function' ? await fault(request, state) : fault;
    return answer ?? healthy(route, request, state);
  });
  return { ...state, server };
}

/** Creates a session as the healthy server does, for routes that go wrong only afterwards. */
export function createIn({ sessions }: FakeState, request: RecordedRequest): string {
  const id = `session_${sessions.size + 1}`;
  const { title } = JSON.parse(request.body) as { title: string };
  sessions.set(id, title);
  return id;
}

function healthy(route: string, request: RecordedRequest, state: FakeState): FaultAnswer {
  const id = /\/sessions\/(\w+)/.exec(request.path)?.[1] ?? '';
  switch (route.replace(/\/sessions\/\w+/, '/sessions/{id}')) {
    case 'GET /health':
      return jsonAnswer({ status: 'ok' }, 200, { 'request-id': 'req_health' });
    case 'GET /agents':
      return jsonAnswer({ data: [{ id: 'agent_1' }] }, 200, { 'x-request-id': 'req_agents' });
    case 'GET /environments':
      return jsonAnswer({ data: [{ id: 'env_1' }] });
    case 'GET /sessions':
      return jsonAnswer({ data: [...state.sessions].map(([id, title]) => ({ id, title })) });
    case 'POST /sessions':
      return jsonAnswer({ id: createIn(state, request) }, 201);
    case 'GET /sessions/{id}':
      return jsonAnswer({ id });
    case 'GET /sessions/{id}/events':
      return jsonAnswer({ events: state.messaged.has(id) ? TURN : [] });
    case 'POST /sessions/{id}/events':
      state.messaged.add(id);
      return jsonAnswer({ events: TURN.slice(0, 1) });
    case 'GET /sessions/{id}/events/stream':
    case 'GET /sessions/{id}/stream':
      return { ...streamAnswer(`: hello\n\n${frames(TURN)}`), ending: 'stayOpen' };
    case 'POST /sessions/{id}/archive':
      state.archived.add(id);
      return jsonAnswer({ id });
    default:
      return jsonAnswer({ detail: 'Not Found' }, 404);
  }
}
