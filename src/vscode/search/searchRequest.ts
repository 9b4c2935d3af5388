import type { Connection } from '../../api/connection.ts';
import { noFilter, type SessionFilter } from '../../browse/sessionFilter.ts';
import type { SearchQuery } from '../../transcript/searchMatcher.ts';

/** What a person looks for, and where. */
export interface SearchRequest extends SearchQuery {
  readonly connection: Connection;
  /** The filter of the list at that time, or none where all sessions are meant. */
  readonly filter: SessionFilter;
}

/** What a search is narrowed to. */
export interface SearchScope {
  /** Only the sessions that the list's filter lets through. */
  readonly isFiltered: boolean;
  readonly withArchived: boolean;
}

/** The filter of a search: that of the list or none, with archived sessions or without. */
export function filterOf(list: SessionFilter, { isFiltered, withArchived }: SearchScope): SessionFilter {
  return { ...(isFiltered ? list : noFilter), showsArchived: withArchived };
}
