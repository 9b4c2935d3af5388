import { ApiError } from '../api/errors.ts';
import type { Refusals } from './filteredSessions.ts';

/**
 * Reads a page with what is archived where that is wanted and the server takes `include_archived`. One that refuses it
 * with 400 or 422 is asked without, now and from then on.
 * @param what the list, as it is remembered: `agents`.
 */
export async function withArchived<Page>(
  list: (includeArchived: boolean) => Promise<Page>,
  what: string,
  isWanted: boolean,
  refusals: Refusals,
): Promise<Page> {
  const key = `archived ${what}`;
  if (!isWanted || refusals.has(key)) {
    return await list(false);
  }
  try {
    return await list(true);
  } catch (error) {
    if (!ApiError.is(error, 'invalid')) {
      throw error;
    }
    const page = await list(false); // only a server that takes the rest has refused this
    refusals.add(key);
    return page;
  }
}
