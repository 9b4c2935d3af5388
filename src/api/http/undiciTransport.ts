import type { Dispatcher } from 'undici';
import { decodeContent } from './decodeContent.ts';
import { guardBody } from './guardBody.ts';
import { networkError } from './networkError.ts';
import type { HttpRequest, HttpResponse, HttpTransport } from './transport.ts';
import type { UndiciCore } from './undiciCore.ts';

/**
 * Direct connections. No redirect is followed, no cookie kept, and a body may be silent for as long as it
 * likes. The library behind it is loaded by the first request.
 */
export function createUndiciTransport(): HttpTransport {
  let loading: Promise<UndiciCore> | undefined;
  const load = async () => {
    const { createUndiciCore } = await import('./undiciCore.ts');
    return createUndiciCore();
  };
  return {
    async request(request: HttpRequest): Promise<HttpResponse> {
      const { url, signal } = request;
      loading ??= load();
      const core = await loading;
      try {
        const answer = await core.request({
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
      loading?.then((core) => core.destroy()).catch(() => undefined);
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
    const body = decodeContent(answer.body, header('content-encoding'));
    return { status: answer.statusCode, header, body: guardBody(body, signal, host), discard };
  } catch (error) {
    discard();
    throw error;
  }
}
