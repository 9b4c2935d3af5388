import type { Session } from '../../../src/api/resources/session.ts';
import { decodeSession } from '../../../src/api/resources/session.ts';
import type { JsonObject } from '../../../src/util/json.ts';

/** A session as a server sends it, decoded. */
export function session(id: string, fields: JsonObject = {}): Session {
  const decoded = decodeSession({ id, ...fields });
  if (decoded === undefined) {
    throw new Error(`${id} is no session`);
  }
  return decoded;
}
