import type { Dispatcher } from 'undici';
import request from 'undici/lib/api/api-request.js';
import Agent from 'undici/lib/dispatcher/agent.js';

const CONNECT_TIMEOUT_MS = 10_000;

/** What is used of undici: one way to make a request, over pooled connections. */
export interface UndiciCore {
  request(options: Dispatcher.RequestOptions): Promise<Dispatcher.ResponseData>;
  destroy(): Promise<void>;
}

/**
 * The dispatcher core of undici, and nothing else of it: its index would put its own agent into the
 * process-wide slots through which every other extension's `fetch` goes. This file is a bundle of its own,
 * loaded at the first request; it shares no code with the rest.
 */
export function createUndiciCore(): UndiciCore {
  // Said here, so that NODE_TLS_REJECT_UNAUTHORIZED in the environment changes nothing.
  const connect = { timeout: CONNECT_TIMEOUT_MS, rejectUnauthorized: true };
  const agent = new Agent({ connect, bodyTimeout: 0, allowH2: false });
  return {
    request: async (options) => await request.call(agent, options),
    destroy: async () => await agent.destroy(),
  };
}
