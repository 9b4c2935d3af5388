import { ApiError } from '../errors.ts';
import { guardBody } from './guardBody.ts';
import { networkError } from './networkError.ts';
import type { HttpRequest, HttpResponse, HttpTransport } from './transport.ts';

const uncheckedVariable = 'NODE_TLS_REJECT_UNAUTHORIZED';

/**
 * Requests through the `fetch` that the editor patches for its extensions: it knows the user's proxy
 * settings, their sign-in and the certificates that the system trusts. It is looked up at each call, because
 * the editor may put it in place after us. It undoes content coding itself, and it ends a body that was
 * silent for 300 s, which arrives here as an ordinary break.
 *
 * Certificates are checked as the editor does it, and the editor leaves the check out where the environment
 * says so (NODE_TLS_REJECT_UNAUTHORIZED=0), whatever a caller asks for. Nothing is sent over TLS then.
 * @param environment read at each request.
 */
export function createEditorTransport(
  environment: Readonly<Record<string, string | undefined>> = {},
): HttpTransport {
  return {
    async request(request: HttpRequest): Promise<HttpResponse> {
      const { url, signal } = request;
      if (url.protocol === 'https:' && environment[uncheckedVariable] === '0') {
        throw new ApiError('tls', { sent: false, origin: url.host, code: uncheckedVariable });
      }
      const giveUp = new AbortController();
      const timer = setTimeout(
        () => giveUp.abort(new ApiError('headersTimeout', { sent: true, origin: url.host })),
        request.headersTimeoutMs,
      );
      const either = AbortSignal.any([signal, giveUp.signal]);
      try {
        const answer = await globalThis.fetch(url, {
          method: request.method,
          headers: { ...request.headers },
          body: request.body ?? null,
          redirect: 'manual',
          credentials: 'omit',
          signal: either,
        });
        if (answer.type === 'opaqueredirect') {
          throw new ApiError('redirected', { sent: true });
        }
        return toResponse(answer, either, url.host, () => giveUp.abort());
      } catch (error) {
        throw networkError(error, either, url.host);
      } finally {
        clearTimeout(timer);
      }
    },
    dispose() {
      // The editor owns its connections.
    },
  };
}

function toResponse(answer: Response, signal: AbortSignal, host: string, discard: () => void): HttpResponse {
  const body: AsyncIterable<Uint8Array> = answer.body ?? empty();
  return {
    status: answer.status,
    header: (name) => answer.headers.get(name) ?? undefined,
    body: guardBody(body, signal, host),
    discard,
  };
}

async function* empty(): AsyncGenerator<Uint8Array> {
  // A body that is not there has nothing to give.
}
