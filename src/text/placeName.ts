import type { Connection } from '../api/connection.ts';
import type { L10n } from '../l10n.ts';
import { visible } from './visible.ts';

/** A connection as titles name it: one where nothing can be changed says so. In words, since fonts lack the lock. */
export function placeName(connection: Connection, isReadOnly: boolean, l10n: L10n): string {
  const name = visible(connection.name, 60);
  return isReadOnly ? l10n.t('{name} (read-only)', { name }) : name;
}
