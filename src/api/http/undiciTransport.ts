import type { Dispatcher } from 'undici';
import api from 'undici/lib/api/index.js';
import Agent from 'undici/lib/dispatcher/agent.js';
import { decodeContent } from './decodeContent.ts';
import { guardBody } from './guardBody.ts';
import { networkError } from './networkError.ts';
import type { HttpRequest, HttpResponse, HttpTransport } from './transport.ts';

const CONNECT_TIMEOUT_MS = 10_000;

/**
 * Direct connections through undici's dispatcher core. Only these two files of undici are imported, which
 * leaves the process-wide dispatcher slots alone. No redirect is followed, no cookie kept, and a body may be
 * silent for as long as it likes.
 */
export function createUndiciTransport(): HttpTransport {
  const agent = new Agent({ connect: { timeout: CONNECT_TIMEOUT_MS }, bodyTimeout: 0, allowH2: false });
  return {
    async request(request: HttpRequest): Promise<HttpResponse> {
      const { url, signal } = request;
      try {
        const answer = await api.request.call(agent, {
          origin: url.origin,
          path: `${url.pathname}${url.search}`,
          method: request.method,
          headers: request.headers,
          body: request.body ?? null,
          signal,
          headersTimeout: request.headersTimeoutMs,
          bodyTimeout: 0,
        });
        return toResponse(answer, signal, url.host);
      } catch (error) {
        throw networkError(error, signal, url.host);
      }
    },
    dispose() {
      agent.destroy().catch(() => undefined);
    },
  };
}

function toResponse(answer: Dispatcher.ResponseData, signal: AbortSignal, host: string): HttpResponse {
  const discard = () => {
    // Destroying an unread body is reported as an error on it, which nobody else listens for.
    answer.body.on('error', () => undefined);
    answer.body.destroy();
  };
  const header = (name: string) => {
    const value = answer.headers[name];
    return Array.isArray(value) ? value.join(', ') : value;
  };
  try {
    const body = decodeContent(answer.body as AsyncIterable<Uint8Array>, header('content-encoding'));
    return { status: answer.statusCode, header, body: guardBody(body, signal, host), discard };
  } catch (error) {
    discard();
    throw error;
  }
}
