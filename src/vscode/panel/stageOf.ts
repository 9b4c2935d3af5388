import { type Connection, isLoopbackHost, presets, SANDBOX_ID } from '../../api/connection.ts';
import type { Stage } from '../../protocol/headerMessages.ts';

/** Words by which people call servers where nothing real happens; as a word of the name or of the host. */
const development = /(^|[^a-z])(dev|develop|development|staging|stage|test|testing|qa|preview)([^a-z]|$)/i;

/** Where a connection leads. A server is taken for production only where it is known to be. */
export function stageOf(connection: Connection): Stage {
  const { hostname } = new URL(connection.origin);
  if (connection.id === SANDBOX_ID) {
    return 'sandbox';
  }
  if (isLoopbackHost(hostname)) {
    return 'local';
  }
  if (development.test(hostname) || development.test(connection.name)) {
    return 'development';
  }
  const isKnown = presets.some(({ origin }) => origin === connection.origin);
  return isKnown || /(^|[^a-z])prod(uction)?([^a-z]|$)/i.test(connection.name) ? 'production' : 'other';
}
