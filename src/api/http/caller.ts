import { boundJson } from '../../util/boundJson.ts';
import { type Clock, sleep } from '../../util/clock.ts';
import type { JsonObject, JsonValue } from '../../util/json.ts';
import { type Connection, keyProblem } from '../connection.ts';
import { ApiError, type ApiErrorReason } from '../errors.ts';
import type { HttpMethod } from '../operations.ts';
import { decodeErrorAnswer, requestIdOf } from './decodeError.ts';
import { readBeginning, readBody } from './readBody.ts';
import { Redactor } from './redact.ts';
import type { HttpResponse, HttpTransport } from './transport.ts';

/** One line of the log about one request. Holds nothing secret by construction: no headers, no bodies. */
export interface CallRecord {
  readonly method: HttpMethod;
  /** Path below the origin, without query values. */
  readonly path: string;
  readonly status: number | undefined;
  readonly ms: number;
  readonly requestId: string | undefined;
  /** The server's own time, in epoch milliseconds, where its answer gave one (RFC 9110, 6.6.1). */
  readonly serverTime?: number | undefined;
  /** Undefined where the call went well. */
  readonly reason: ApiErrorReason | undefined;
}

export interface CallerOptions {
  readonly connection: Connection;
  readonly transport: HttpTransport;
  /** The key for exactly this connection and origin, asked for anew at each request. */
  readonly key: () => Promise<string | undefined>;
  readonly clock: Clock;
  /** From 0 to 1, for the jitter of a repeat. */
  readonly random: () => number;
  readonly onCall?: (record: CallRecord) => void;
  /** Called when the server refuses the key; the one place where that is noticed. */
  readonly onUnauthorized?: (error: ApiError) => void;
  /** Milliseconds until the headers of an answer must be here; 30 s where not given. */
  readonly headersTimeoutMs?: number;
  /** Whether nothing may be changed, asked for anew at each request; as the connection says where not given. */
  readonly isReadOnly?: () => boolean;
}

export interface JsonCall {
  readonly method: HttpMethod;
  /** Path below the connection's prefix, ids already checked. */
  readonly path: string;
  readonly query: Readonly<Record<string, string | number | boolean | readonly string[] | undefined>>;
  readonly body?: JsonObject | undefined;
  readonly signal?: AbortSignal | undefined;
  /** Values of `anthropic-beta` besides those of the connection. */
  readonly betas?: readonly string[];
  /** True where a yes is enough: a word of plain text is then taken for an empty answer. */
  readonly wordsWillDo?: boolean;
}

/** A question about an operation rather than a use of it. */
export interface ProbeCall extends Omit<JsonCall, 'wordsWillDo'> {
  /** What the operation would answer with. */
  readonly accept: 'application/json' | 'text/event-stream';
}

/** What a server answered to a probe, whatever it was. */
export interface ProbeAnswer {
  readonly status: number;
  /** The methods that the server names for the path, or undefined where it names none. */
  readonly allow: string | undefined;
  readonly contentType: string | undefined;
  /** The beginning of the body, free of keys; empty for a stream that was opened. Untrusted. */
  readonly body: string;
}

/** Reads are repeated this often when the failure may pass by itself. Writes never are. */
const REPEATS = 2;
const FIRST_PAUSE_MS = 500;
const HEADERS_TIMEOUT_MS = 30_000;
const passing: readonly ApiErrorReason[] = ['overloaded', 'server', 'reset', 'rateLimited'];
/** A reader waits this long at most for a limit to pass; beyond that the person is told. */
const LONGEST_PAUSE_MS = 10_000;

const neverAborted = new AbortController().signal;

/** Turns a call into a request with the connection's address, headers and key, and its answer into JSON or an error. */
export class HttpCaller {
  private readonly options: CallerOptions;
  private readonly redactor = new Redactor();

  constructor(options: CallerOptions) {
    this.options = options;
  }

  /** A caller that does the same and also tells `onCall` of each request. */
  observed(onCall: (record: CallRecord) => void): HttpCaller {
    return new HttpCaller({
      ...this.options,
      onCall: (record) => {
        this.options.onCall?.(record);
        onCall(record);
      },
    });
  }

  /** Takes the keys that were sent so far out of a text that came back. */
  cutKeys(text: string): string {
    return this.redactor.cutKeys(text);
  }

  /** Calls and answers with the JSON of a 2xx; undefined where the body is empty. */
  async json(call: JsonCall): Promise<JsonValue | undefined> {
    for (let attempt = 0; ; attempt++) {
      try {
        return await this.once(call);
      } catch (error) {
        if (call.method !== 'GET' || attempt >= REPEATS || !ApiError.is(error, ...passing)) {
          throw error;
        }
        const pause =
          error.details.retryAfterMs ?? FIRST_PAUSE_MS * 2 ** attempt * (0.75 + this.options.random() * 0.25);
        if (pause > LONGEST_PAUSE_MS) {
          throw error;
        }
        await sleep(this.options.clock, pause, call.signal).catch(() => {
          throw new ApiError('cancelled', { method: call.method, path: call.path });
        });
      }
    }
  }

  /** Opens an event stream; answers once the headers of a 200 with the right content type are here. */
  async stream(call: JsonCall): Promise<HttpResponse> {
    return await this.recorded(call, async (note) => {
      const response = await this.send(call, 'text/event-stream');
      note(response);
      if (response.status === 204) {
        response.discard();
        throw new ApiError('refusedByServer', { ...about(call), status: 204, sent: true });
      }
      await this.refuseErrors(call, response);
      const contentType = response.header('content-type') ?? '';
      if (!/^\s*text\/event-stream\s*(?:;|$)/i.test(contentType)) {
        const beginning = this.redactor.cutKeys(await readBeginning(response, this.options.clock));
        throw new ApiError('notEventStream', {
          ...about(call),
          status: response.status,
          sent: true,
          contentType: contentType.slice(0, 100),
          ...this.saidIn(beginning, response),
        });
      }
      return response;
    });
  }

  /** Opens an answer of any kind; answers once the headers of a 2xx are here. The body is the caller's to read or discard. */
  async open(call: JsonCall): Promise<HttpResponse> {
    return await this.recorded(call, async (note) => {
      const response = await this.send(call, '*/*');
      note(response);
      await this.refuseErrors(call, response);
      return response;
    });
  }

  /** Asks once and answers with whatever came: a refusal is an answer too. Throws {@link ApiError} where none came. */
  async probe(call: ProbeCall): Promise<ProbeAnswer> {
    return await this.recorded(call, async (note) => {
      const response = await this.send(call, call.accept);
      note(response);
      const contentType = response.header('content-type');
      const isStream = response.status === 200 && /^\s*text\/event-stream/i.test(contentType ?? '');
      if (isStream) {
        response.discard();
      }
      const body = isStream ? '' : this.redactor.cutKeys(await readBeginning(response, this.options.clock));
      return { status: response.status, allow: response.header('allow'), contentType, body };
    });
  }

  private async once(call: JsonCall): Promise<JsonValue | undefined> {
    return await this.recorded(call, async (note) => {
      const response = await this.send(call, 'application/json');
      note(response);
      await this.refuseErrors(call, response);
      const body = await readBody(response, this.options.clock);
      // Events are for reading. What can be changed and sent back must stay as it is.
      const text = call.path.endsWith('/events') ? this.redactor.cutKeys(body) : body;
      if (text.trim() === '') {
        return undefined;
      }
      const bounded = boundJson(text);
      if (bounded === undefined) {
        throw new ApiError('responseTooLarge', { ...about(call), status: response.status, sent: true });
      }
      try {
        return JSON.parse(bounded) as JsonValue;
      } catch {
        const contentType = response.header('content-type') ?? '';
        if (call.wordsWillDo === true && /^\s*text\/plain\s*(?:;|$)/i.test(contentType)) {
          return undefined;
        }
        throw new ApiError('notJson', {
          ...about(call),
          status: response.status,
          sent: true,
          contentType: contentType.slice(0, 100),
          ...this.saidIn(this.redactor.cutKeys(text), response),
        });
      }
    });
  }

  private async send(call: JsonCall, accept: string): Promise<HttpResponse> {
    const { connection, transport } = this.options;
    this.refuseChanges(call);
    const answer = await transport.request({
      method: call.method,
      url: buildUrl(connection, call),
      headers: {
        ...(await this.headers(accept, call.signal ?? neverAborted, call.betas)),
        ...(call.body !== undefined && { 'content-type': 'application/json' }),
      },
      ...(call.body !== undefined && { body: JSON.stringify(call.body) }),
      signal: call.signal ?? neverAborted,
      headersTimeoutMs: this.options.headersTimeoutMs ?? HEADERS_TIMEOUT_MS,
    });
    // A server may echo the key. It is cut out here, before anything is shortened and part of it is left over.
    const header = (name: string) => {
      const value = answer.header(name);
      return value === undefined ? undefined : this.redactor.cutKeys(value);
    };
    return { status: answer.status, header, body: answer.body, discard: () => answer.discard() };
  }

  /** The one place that keeps a read-only connection from changing anything: nothing else builds a request. */
  private refuseChanges(call: JsonCall): void {
    const { connection, isReadOnly = () => connection.readOnly === true } = this.options;
    if (call.method !== 'GET' && call.method !== 'OPTIONS' && isReadOnly()) {
      throw new ApiError('readOnly', { ...about(call), sent: false });
    }
  }

  private async headers(
    accept: string,
    signal: AbortSignal,
    more: readonly string[] = [],
  ): Promise<Record<string, string>> {
    const { connection } = this.options;
    const betas = [...new Set([...more, ...connection.betas])];
    const key = await orAborted(this.options.key, signal).catch((error: unknown) => {
      throw ApiError.is(error) ? error : new ApiError('noKey', { sent: false, cause: error });
    });
    if (key === undefined) {
      throw new ApiError('noKey', { sent: false });
    }
    if (keyProblem(key) !== undefined) {
      throw new ApiError('badKey', { sent: false });
    }
    this.redactor.learn(key);
    return {
      accept,
      ...(accept === 'text/event-stream' && { 'cache-control': 'no-cache', 'accept-encoding': 'identity' }),
      ...(connection.auth === 'bearer' ? { authorization: `Bearer ${key}` } : { 'x-api-key': key }),
      'anthropic-version': connection.version,
      ...(betas.length > 0 && { 'anthropic-beta': betas.join(',') }),
    };
  }

  private async refuseErrors(call: JsonCall, response: HttpResponse): Promise<void> {
    if (response.status >= 200 && response.status < 300) {
      return;
    }
    const error = decodeErrorAnswer(
      response,
      this.redactor.cutKeys(await readBeginning(response, this.options.clock)),
      about(call),
      this.options.clock.now(),
      (text) => this.redactor.cutKeys(text),
    );
    if (error.reason === 'unauthorized') {
      this.options.onUnauthorized?.(error);
    }
    throw error;
  }

  /** What an answer of the wrong kind says in words: the title of a sign-in page, an error in a 200. */
  private saidIn(body: string, response: HttpResponse): { serverMessage?: string; requestId?: string } {
    const { serverMessage, requestId } = decodeErrorAnswer(
      response,
      body,
      { method: 'GET', path: '' },
      0,
      (text) => this.redactor.cutKeys(text),
    ).details;
    return {
      ...(serverMessage !== undefined && { serverMessage }),
      ...(requestId !== undefined && { requestId }),
    };
  }

  private async recorded<T>(
    call: JsonCall,
    run: (note: (response: HttpResponse) => void) => Promise<T>,
  ): Promise<T> {
    const { clock, connection, onCall } = this.options;
    const started = clock.now();
    let response: HttpResponse | undefined;
    const record = (reason: ApiErrorReason | undefined) =>
      onCall?.({
        method: call.method,
        path: `${connection.prefix}${call.path}`,
        status: response?.status,
        ms: clock.now() - started,
        requestId: response === undefined ? undefined : requestIdOf(response),
        serverTime: dateOf(response),
        reason,
      });
    try {
      const result = await run((answer) => {
        response = answer;
      });
      record(undefined);
      return result;
    } catch (error) {
      const known = asApiError(error, call);
      record(known.reason);
      throw known;
    }
  }
}

function dateOf(response: HttpResponse | undefined): number | undefined {
  const time = Date.parse(response?.header('date') ?? '');
  return Number.isNaN(time) ? undefined : time;
}

/** Nothing else than an {@link ApiError} leaves this layer; a surprise becomes one and keeps its cause. */
function asApiError(error: unknown, call: JsonCall): ApiError {
  if (ApiError.is(error)) {
    return error.details.path === undefined
      ? new ApiError(error.reason, { ...error.details, ...about(call) })
      : error;
  }
  return new ApiError('network', { ...about(call), cause: error });
}

/** Asks, and stops waiting when the caller gives up: a keyring may wait for a person. */
async function orAborted<T>(ask: () => Promise<T>, signal: AbortSignal): Promise<T> {
  let giveUp = (): void => undefined;
  const aborted = new Promise<never>((_, reject) => {
    giveUp = () => reject(new ApiError('cancelled'));
  });
  if (signal.aborted) {
    giveUp();
    return await aborted;
  }
  signal.addEventListener('abort', giveUp, { once: true });
  try {
    return await Promise.race([ask(), aborted]);
  } finally {
    signal.removeEventListener('abort', giveUp);
  }
}

function about(call: JsonCall): { readonly method: HttpMethod; readonly path: string } {
  return { method: call.method, path: call.path };
}

/** The address of a call. Built from checked parts; a value goes through the query's own encoding. */
function buildUrl(connection: Connection, call: JsonCall): URL {
  const url = new URL(`${connection.prefix}${call.path}`, connection.origin);
  for (const [name, value] of Object.entries(call.query)) {
    for (const each of typeof value === 'object' ? value : value === undefined ? [] : [value]) {
      url.searchParams.append(name, String(each));
    }
  }
  return url;
}
