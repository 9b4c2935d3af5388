// A session server for measurements, in a thread of its own so that whoever measures does not hold it up.
import { createServer, type ServerResponse } from 'node:http';
import { parentPort } from 'node:worker_threads';
import { asText, type JsonObject } from '../../../src/util/json.ts';
import { eventAt, listedSession, liveEvent } from './sessionShape.ts';
import { wallClock } from './wallClock.ts';

/** What the thread is asked to do; it answers each with the same id. */
export type ServerRequest =
  /** Each answer is given `roundTripMs` after its question, as by a server that is not next door. */
  | { readonly id: number; readonly do: 'start'; readonly roundTripMs: number; readonly listed: number }
  /** Lets events happen in sessions by turns, evenly spread. Answers with the moment of each when all are out. */
  | {
      readonly id: number;
      readonly do: 'play';
      readonly sessions: readonly string[];
      readonly first: number;
      readonly count: number;
      readonly perSecond: number;
    }
  /** Whether somebody listens to the session, and how many of its events were asked for. */
  | { readonly id: number; readonly do: 'look'; readonly session: string }
  /** The session's turn ends. */
  | { readonly id: number; readonly do: 'rest'; readonly session: string }
  /** Ends the session. */
  | { readonly id: number; readonly do: 'end'; readonly session: string }
  /** Breaks the connections of the session's streams. An event happens right behind that. Answers when. */
  | { readonly id: number; readonly do: 'drop'; readonly session: string }
  | { readonly id: number; readonly do: 'stop' };

export interface SessionLook {
  readonly listeners: number;
  readonly eventsRead: number;
  /** Bytes of JSON of those. */
  readonly bytesRead: number;
}

/**
 * A session is made by asking for it: `session_100000_desc_3` has so many events and pages newest first,
 * `session_100000_asc_3` refuses to.
 */
const NAME = /^session_(\d+)_(asc|desc)_\w+$/;

interface Served {
  readonly streams: Set<ServerResponse>;
  readonly live: JsonObject[];
  eventsRead: number;
  bytesRead: number;
}

/** Comments keep the streams alive this often, as those of real servers do. */
const HEARTBEAT_MS = 15_000;

const now = wallClock();
let roundTripMs = 0;
/** How many sessions the list has. */
let listed = 0;
const sessions = new Map<string, Served>();

function served(session: string): Served {
  const known = sessions.get(session) ?? { streams: new Set(), live: [], eventsRead: 0, bytesRead: 0 };
  sessions.set(session, known);
  return known;
}

const server = createServer((request, response) => {
  const url = new URL(request.url ?? '/', 'http://server');
  const [, session = '', rest = ''] = /\/sessions\/([^/]+)(.*)$/.exec(url.pathname) ?? [];
  const name = NAME.exec(session);
  if (name === null) {
    answer(response, url.pathname.endsWith('/sessions') ? sessionPage(url.searchParams) : '{"data":[]}');
  } else if (rest === '') {
    answer(response, JSON.stringify({ id: session, title: session, status: 'active' }));
  } else if (rest === '/events') {
    answer(response, page(session, Number(name[1]), name[2] === 'desc', url.searchParams));
  } else if (rest.endsWith('/stream')) {
    openStream(session, response);
  } else {
    response.writeHead(404).end();
  }
});

function answer(response: ServerResponse, body: string): void {
  later(() => {
    response.writeHead(200, { 'content-type': 'application/json' });
    response.end(body);
  });
}

function later(send: () => void): void {
  if (roundTripMs === 0) {
    send();
  } else {
    setTimeout(send, roundTripMs);
  }
}

/** One page of the list of sessions, where somebody asked for some. */
function sessionPage(query: URLSearchParams): string {
  const from = Number(query.get('page') ?? 0);
  const end = Math.min(listed, from + Math.min(100, Number(query.get('limit') ?? 20)));
  const data = [];
  for (let index = from; index < end; index += 1) {
    data.push(listedSession(index));
  }
  return JSON.stringify({ data, next_page: end < listed ? String(end) : null });
}

/** One page of the list; the cursor is the number of events before it in the chosen direction. */
function page(session: string, count: number, canDescend: boolean, query: URLSearchParams): string {
  const known = served(session);
  const total = count + known.live.length;
  const isDescending = canDescend && query.get('order') === 'desc';
  const from = Number(query.get('page') ?? 0);
  const end = Math.min(total, from + Math.min(1_000, Number(query.get('limit') ?? 1_000)));
  const events: string[] = [];
  for (let index = from; index < end; index += 1) {
    const at = isDescending ? total - 1 - index : index;
    events.push(JSON.stringify(at < count ? eventAt(at, count) : known.live[at - count]));
  }
  const body = `{"data":[${events.join(',')}],"next_page":${end < total ? `"${end}"` : 'null'}}`;
  known.eventsRead += events.length;
  known.bytesRead += body.length;
  return body;
}

function openStream(session: string, response: ServerResponse): void {
  const { streams } = served(session);
  later(() => {
    response.writeHead(200, { 'content-type': 'text/event-stream', 'cache-control': 'no-cache' });
    response.flushHeaders();
    response.socket?.setNoDelay(true);
    streams.add(response);
    const beats = setInterval(() => response.write(': alive\n\n'), HEARTBEAT_MS);
    response.once('close', () => {
      clearInterval(beats);
      streams.delete(response);
    });
  });
}

function send(session: string, event: JsonObject): void {
  const { streams, live } = served(session);
  live.push(event);
  const frame = `event: ${asText(event['type']) ?? 'message'}\ndata: ${JSON.stringify(event)}\n\n`;
  for (const stream of streams) {
    stream.write(frame);
  }
}

/** Sends each event at its own moment, as near as a timer comes to it. */
function play(
  sessions: readonly string[],
  first: number,
  count: number,
  perSecond: number,
): Promise<number[]> {
  const stamps: number[] = [];
  const startedAt = now();
  return new Promise((resolve) => {
    const timer = setInterval(() => {
      const due = Math.min(count, Math.floor(((now() - startedAt) * perSecond) / 1_000) + 1);
      while (stamps.length < due) {
        const at = now();
        const index = stamps.length;
        stamps.push(at);
        send(sessions[index % sessions.length] ?? '', liveEvent(first + index, at));
      }
      if (stamps.length === count) {
        clearInterval(timer);
        resolve(stamps);
      }
    }, 1);
  });
}

function look(session: string): SessionLook {
  const { streams, eventsRead, bytesRead } = served(session);
  return { listeners: streams.size, eventsRead, bytesRead };
}

function rest(session: string): void {
  const at = new Date(now()).toISOString();
  const stop_reason = { type: 'end_turn' };
  send(session, { id: 'the_rest', type: 'session.status_idle', stop_reason, processed_at: at });
}

function end(session: string): void {
  const at = new Date(now()).toISOString();
  send(session, { id: 'the_end', type: 'session.status_terminated', processed_at: at });
}

function drop(session: string): number {
  const { streams, live } = served(session);
  for (const stream of streams) {
    stream.destroy();
  }
  streams.clear();
  const at = now();
  live.push(liveEvent(live.length, at));
  return at;
}

async function perform(request: ServerRequest): Promise<unknown> {
  switch (request.do) {
    case 'start': {
      ({ roundTripMs, listed } = request);
      await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
      const address = server.address();
      return `http://127.0.0.1:${typeof address === 'object' && address !== null ? address.port : 0}`;
    }
    case 'play':
      return await play(request.sessions, request.first, request.count, request.perSecond);
    case 'look':
      return look(request.session);
    case 'rest':
      rest(request.session);
      return undefined;
    case 'end':
      end(request.session);
      return undefined;
    case 'drop':
      return drop(request.session);
    case 'stop':
      server.closeAllConnections();
      server.close();
      return undefined;
  }
}

parentPort?.on('message', (request: ServerRequest) => {
  void perform(request).then((value) => parentPort?.postMessage({ id: request.id, value }));
});
