import type { L10n } from '../l10n.ts';
import { visible, withoutLinks } from './visible.ts';

/** What a message can offer to do; the shell knows how. */
export type ErrorAction =
  | 'setKey'
  | 'retry'
  | 'chooseConnection'
  | 'editConnection'
  | 'useSandbox'
  | 'runSmokeChecks'
  | 'showLog'
  | 'reloadWindow';

/** An error for a person: what happened, why, and what to do. Each is one or more whole sentences. */
export interface Explanation {
  readonly title: string;
  readonly why: string;
  readonly next: string;
  /** What helps, the likeliest first. */
  readonly actions: readonly ErrorAction[];
}

/** Where an error happened. */
export interface ErrorPlace {
  /** The connection's name. */
  readonly connection: string;
  readonly origin: string;
  /** What was being done, as a short phrase in the user's language; put before the title. */
  readonly what?: string | undefined;
  /** True where the place says already which server it is about: its host is then left out. */
  readonly brief?: boolean;
}

/** The server as a person knows it: the connection's name and the host, once if they are the same. */
export function serverName(place: ErrorPlace): string {
  if (place.brief === true) {
    return visible(place.connection, 60);
  }
  const host = URL.canParse(place.origin) ? new URL(place.origin).host : place.origin;
  return host === place.connection ? host : `${visible(place.connection, 60)} (${host})`;
}

/** What the server said, as a sentence of its own; empty where it said nothing. */
export function serverSaid(message: string | undefined, l10n: L10n): string {
  return message === undefined || message === ''
    ? ''
    : l10n.t('It says: “{message}”.', { message: withoutLinks(visible(message, 300)) });
}

/** Sentences, one after the other, without the empty ones. */
export function sentences(...parts: readonly string[]): string {
  return parts.filter((part) => part !== '').join(' ');
}
