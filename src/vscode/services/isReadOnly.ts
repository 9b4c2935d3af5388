import type { Connection } from '../../api/connection.ts';
import type { Connections } from '../shell.ts';

/**
 * Whether a connection is read-only now. What is open keeps the connection as it was when it was opened; the
 * settings may have changed since, and count at once.
 */
export function isReadOnly(connections: Pick<Connections, 'byId'>, connection: Connection): boolean {
  const now = connections.byId(connection.id);
  const current = now?.origin === connection.origin ? now : connection;
  return current.readOnly === true;
}
