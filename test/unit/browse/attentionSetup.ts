import assert from 'node:assert/strict';
import { type Connection, presets } from '../../../src/api/connection.ts';
import { decodeSession, type Session } from '../../../src/api/resources/session.ts';

const [first, second] = presets;
assert.ok(first !== undefined && second !== undefined);
export const here: Connection = first;
export const elsewhere: Connection = second;

export function sessionOf(id: string, status: string, updated = 0, more: object = {}): Session {
  const session = decodeSession({
    id,
    title: `Title of ${id}`,
    status,
    updated_at: new Date(Date.UTC(2026, 0, 1) + updated).toISOString(),
    ...more,
  });
  assert.ok(session);
  return session;
}
