import type { HttpMethod } from '../operations.ts';

/** One request as the transports see it: everything is decided, nothing is looked up. */
export interface HttpRequest {
  readonly method: HttpMethod;
  readonly url: URL;
  readonly headers: Readonly<Record<string, string>>;
  readonly body?: string;
  readonly signal: AbortSignal;
  /** Milliseconds until the connection must stand and the headers must be here. */
  readonly headersTimeoutMs: number;
}

/** An answer whose body is still on its way. */
export interface HttpResponse {
  readonly status: number;
  /** A header by its lower-case name; several of one name are joined with a comma. */
  header(name: string): string | undefined;
  /** The decoded bytes. Leaving the loop early closes the connection. */
  readonly body: AsyncIterable<Uint8Array>;
  /** Lets go of a body that nobody will read. */
  discard(): void;
}

/**
 * Carries requests. Follows no redirect, adds no header of its own that names the user or the machine,
 * and sets no time limit on a body: a quiet stream is somebody else's decision.
 * Rejects with an {@link import('../errors.ts').ApiError} of a network reason; `details.sent` is false only
 * where no byte of the request can have reached the server.
 */
export interface HttpTransport {
  request(request: HttpRequest): Promise<HttpResponse>;
  dispose(): void;
}
