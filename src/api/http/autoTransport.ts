import { isLoopbackHost } from '../connection.ts';
import { ApiError, type ApiErrorReason } from '../errors.ts';
import type { HttpRequest, HttpResponse, HttpTransport } from './transport.ts';

/** What decides between the two ways out. */
export interface AutoTransportOptions {
  /** The direct way. */
  readonly direct: HttpTransport;
  /** The editor's way. */
  readonly editor: HttpTransport;
  /** What the user asked for; read at each request. */
  readonly choice: () => 'auto' | 'undici' | 'editor';
  /** Whether the editor or the environment names a proxy; read at each request. */
  readonly proxyConfigured: () => boolean;
  /** Told once per origin when the direct way failed and the editor's was taken instead. */
  readonly onSwitch?: (origin: string, reason: ApiErrorReason) => void;
}

/** Failures of the connection itself, which the editor's knowledge of proxies and certificates may cure. */
const curable: readonly ApiErrorReason[] = ['dns', 'refused', 'unreachable', 'connectTimeout', 'tls'];

/**
 * Chooses the way out. Loopback is always direct. Behind a configured proxy the editor knows better.
 * Elsewhere the direct way is tried first; where its connection fails before a byte was sent, the request is
 * made once more through the editor, and that origin stays with the editor if it answers.
 */
export function createAutoTransport(options: AutoTransportOptions): HttpTransport {
  const editorOrigins = new Set<string>();
  /**
   * The second way, after the first failed. Where neither sent a byte the first failure tells more, unless
   * the second met a proxy that asks for a sign-in: that is what the person can do something about.
   */
  const viaEditorInstead = async (request: HttpRequest, first: ApiError) => {
    try {
      const answer = await options.editor.request(request);
      const { origin } = request.url;
      if (!editorOrigins.has(origin)) {
        editorOrigins.add(origin);
        options.onSwitch?.(origin, first.reason);
      }
      return answer;
    } catch (error) {
      // The first failure claims that nothing was sent, which must hold for the second way too.
      const isUnsent = ApiError.is(error) && error.details.sent === false;
      throw isUnsent && error.reason !== 'proxyAuth' && !request.signal.aborted ? first : error;
    }
  };

  return {
    async request(request: HttpRequest): Promise<HttpResponse> {
      const { origin, hostname } = request.url;
      const choice = options.choice();
      if (isLoopbackHost(hostname) || choice === 'undici') {
        return await options.direct.request(request);
      }
      if (choice === 'editor' || options.proxyConfigured() || editorOrigins.has(origin)) {
        return await options.editor.request(request);
      }
      try {
        return await options.direct.request(request);
      } catch (error) {
        if (!ApiError.is(error, ...curable) || error.details.sent !== false || request.signal.aborted) {
          throw error;
        }
        return await viaEditorInstead(request, error);
      }
    },
    dispose() {
      options.editor.dispose();
      options.direct.dispose();
    },
  };
}
