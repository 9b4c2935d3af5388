import { ApiError } from './errors.ts';

/** How the key travels: `Authorization: Bearer <key>` or `x-api-key: <key>`. */
export type AuthScheme = 'bearer' | 'x-api-key';

/** A named place to talk to. Holds no key; a key is kept apart, for exactly this id and origin. */
export interface Connection {
  readonly id: string;
  /** Shown to people in the tree, the titles and the messages. */
  readonly name: string;
  /** Scheme, host and port, as `URL.origin` gives them. */
  readonly origin: string;
  /** Path before every operation's path: empty, or starting with a slash and not ending in one. */
  readonly prefix: string;
  readonly auth: AuthScheme;
  /** Value of the header `anthropic-version`. */
  readonly version: string;
  /** Values of the header `anthropic-beta`, sent in one header; none sends no header. */
  readonly betas: readonly string[];
  /** True where nothing on the server may be changed from here. */
  readonly readOnly?: true;
}

export const DEFAULT_VERSION = '2023-06-01';
export const DEFAULT_BETAS: readonly string[] = ['managed-agents-2026-04-01'];

const SYNTH_PREFIX = '/api/managed-agents/anthropic/v1';
const ANTHROPIC_PREFIX = '/v1';
const ANTHROPIC_HOST = 'api.anthropic.com';

/** The connections that exist without any setting. The first one is the default. */
export const presets: readonly Connection[] = [
  {
    id: 'synth',
    name: 'Synth',
    origin: 'https://api.usesynth.ai',
    prefix: SYNTH_PREFIX,
    auth: 'bearer',
    version: DEFAULT_VERSION,
    betas: DEFAULT_BETAS,
  },
  {
    id: 'synth-dev',
    name: 'Synth dev',
    origin: 'https://api-dev.usesynth.ai',
    prefix: SYNTH_PREFIX,
    auth: 'bearer',
    version: DEFAULT_VERSION,
    betas: DEFAULT_BETAS,
  },
  {
    id: 'anthropic',
    name: 'Anthropic',
    origin: `https://${ANTHROPIC_HOST}`,
    prefix: ANTHROPIC_PREFIX,
    auth: 'x-api-key',
    version: DEFAULT_VERSION,
    betas: DEFAULT_BETAS,
  },
];

/** The id of the connection to the embedded sandbox. */
export const SANDBOX_ID = 'sandbox';

/** The connection to an embedded sandbox that listens at `origin`; it speaks Synth's dialect. */
export function sandboxConnection(origin: string): Connection {
  return {
    id: SANDBOX_ID,
    name: 'Local sandbox',
    origin,
    prefix: SYNTH_PREFIX,
    auth: 'bearer',
    version: DEFAULT_VERSION,
    betas: DEFAULT_BETAS,
  };
}

/** Why a base URL was refused. */
export type BaseUrlProblem =
  | 'empty'
  | 'notAUrl'
  | 'notHttps' // http to a host that is not this machine
  | 'scheme' // neither https nor http
  | 'credentials' // a user name or password inside
  | 'queryOrFragment'
  | 'path'; // a path with dots, escapes or characters that could change its meaning

export interface BaseUrl {
  readonly origin: string;
  readonly prefix: string;
}

/**
 * Takes a base URL apart and decides whether we may talk to it: https, or http on this machine only.
 * An origin alone gets the prefix of its kind of server; a path that is given is used as it is.
 * Decides on the parsed URL, never on the text, since URL parsers repair a great deal.
 */
export function parseBaseUrl(text: string): BaseUrl | { readonly problem: BaseUrlProblem } {
  const trimmed = text.trim();
  if (trimmed === '') {
    return { problem: 'empty' };
  }
  const isWritten = /^[a-z][a-z0-9+.-]*:\/\//i.test(trimmed) && !/[\s\\\u0000-\u001f\u007f]/.test(trimmed);
  // After three slashes a parser takes the first word of the path for the host.
  if (!isWritten || /^https?:\/\/\//i.test(trimmed) || !URL.canParse(trimmed)) {
    return { problem: 'notAUrl' };
  }
  const url = new URL(trimmed);
  if (url.protocol !== 'https:' && url.protocol !== 'http:') {
    return { problem: 'scheme' };
  }
  if (
    url.username !== '' ||
    url.password !== '' ||
    trimmed
      .replace(/^[^/]*\/\//, '')
      .split('/')[0]
      ?.includes('@') === true
  ) {
    return { problem: 'credentials' };
  }
  if (url.protocol === 'http:' && !isLoopbackHost(url.hostname)) {
    return { problem: 'notHttps' };
  }
  if (trimmed.includes('?') || trimmed.includes('#')) {
    return { problem: 'queryOrFragment' };
  }
  const path = trimmed.replace(/^[^/]*\/\/[^/]*/, '').replace(/\/+$/, '');
  if (path === '') {
    return { origin: url.origin, prefix: url.hostname === ANTHROPIC_HOST ? ANTHROPIC_PREFIX : SYNTH_PREFIX };
  }
  const safe = path
    .split('/')
    .slice(1)
    .every((segment) => /^[A-Za-z0-9._~-]+$/.test(segment) && !/^\.+$/.test(segment));
  return safe ? { origin: url.origin, prefix: path } : { problem: 'path' };
}

/**
 * Whether a URL's host is this machine: 127.0.0.0/8, ::1 or the name localhost, in the canonical form
 * that `URL.hostname` gives. IPv6-mapped, unspecified and trailing-dot forms are not taken for it.
 */
export function isLoopbackHost(hostname: string): boolean {
  return hostname === 'localhost' || hostname === '[::1]' || /^127(?:\.\d{1,3}){3}$/.test(hostname);
}

/** Whether an origin is on this machine. */
export function isLoopbackOrigin(origin: string): boolean {
  return URL.canParse(origin) && isLoopbackHost(new URL(origin).hostname);
}

/**
 * What is wrong with a key's form, if anything: only visible ASCII can travel in a header, and a longer or
 * shorter text is a paste gone wrong. Never says the key.
 */
export function keyProblem(key: string): 'empty' | 'characters' | 'length' | undefined {
  // What a script pastes that found nothing.
  if (key === '' || key === 'undefined' || key === 'null') {
    return 'empty';
  }
  if (!/^[\x21-\x7e]+$/.test(key)) {
    return 'characters';
  }
  return key.length >= 8 && key.length <= 512 ? undefined : 'length';
}

/** Whether a text can be an id: ids are opaque, but every known one fits this, and none changes a path's meaning. */
export function isId(text: string): boolean {
  return /^[A-Za-z0-9_-]{1,128}$/.test(text);
}

/** Refuses an id that could change the meaning of a path. */
export function checkId(id: string): string {
  if (!isId(id)) {
    throw new ApiError('badId');
  }
  return id;
}
