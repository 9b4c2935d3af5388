import type { Connection } from '../../api/connection.ts';

/**
 * Whether a connection is there and still leads to the server that a page's session was on. Otherwise the id of
 * that session would be asked for at another server, with that server's key.
 * @param origin as the page had kept it; empty where an older version kept none, which any server will do for
 */
export function leadsTo<T extends Pick<Connection, 'origin'>>(
  connection: T | undefined,
  origin: string,
): connection is T {
  return connection !== undefined && (origin === '' || connection.origin === origin);
}
