import { isLoopbackHost } from '../../api/connection.ts';

/** A link that may be opened after the user has seen where it leads. */
export interface VisibleLink {
  /** The address as a URL parser reads it; its host in ASCII (punycode). */
  readonly href: string;
  readonly host: string;
  readonly isLoopback: boolean;
}

const MAX_LENGTH = 2_048;

/**
 * Decides about a link from a transcript: https, or http to this machine; without user name or password;
 * of a length that a person can look over. Anything else is no link.
 */
export function visibleLink(text: string): VisibleLink | undefined {
  if (text.length > MAX_LENGTH || !URL.canParse(text)) {
    return undefined;
  }
  const url = new URL(text);
  const isLoopback = isLoopbackHost(url.hostname);
  const isAllowed = url.protocol === 'https:' || (url.protocol === 'http:' && isLoopback);
  const isPlain = url.username === '' && url.password === '' && url.href.length <= MAX_LENGTH;
  if (!isAllowed || !isPlain) {
    return undefined;
  }
  return { href: url.href, host: url.host, isLoopback };
}
