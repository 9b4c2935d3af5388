import { createHash, timingSafeEqual } from 'node:crypto';
import type { IncomingHttpHeaders } from 'node:http';
import { SandboxError } from './errors.ts';

/**
 * Keeps web pages out. A page can reach a port on this machine, but it cannot choose the Host header
 * (a rebound DNS name shows there) and it cannot leave out the Origin header of a cross-site request.
 * @throws SandboxError of kind `misdirected` or `forbidden`.
 */
export function checkCaller(headers: IncomingHttpHeaders, port: number): void {
  const host = (headers.host ?? '').toLowerCase();
  if (host !== `127.0.0.1:${String(port)}` && host !== `localhost:${String(port)}`) {
    throw new SandboxError('misdirected', 'This server answers only to its own loopback address');
  }
  if (headers.origin !== undefined) {
    throw new SandboxError('forbidden', 'This server does not answer to web pages');
  }
}

/** Compares a key in a time that says nothing about where it differs. */
export class KeyCheck {
  private readonly expected: Buffer;

  constructor(key: string) {
    this.expected = digest(key);
  }

  /** @throws SandboxError of kind `unauthorized`. */
  check(key: string | undefined): void {
    if (!timingSafeEqual(digest(key ?? ''), this.expected)) {
      throw new SandboxError('unauthorized', 'Invalid API key');
    }
  }
}

/** Equal lengths, whatever was sent. */
function digest(key: string): Buffer {
  return createHash('sha256').update(key, 'utf8').digest();
}
