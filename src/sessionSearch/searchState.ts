import type { Session } from '../api/resources/session.ts';
import type { Shortfall } from './readHistory.ts';
import type { FoundInSession } from './searchRows.ts';

/** A session with matches. */
export interface SessionResult extends FoundInSession {
  readonly session: Session;
  /** Why not all of it was looked through. */
  readonly shortfall: Shortfall | undefined;
}

/** A session that could not be read. */
interface UnreadSession {
  readonly session: Session;
  readonly error: unknown;
}

/** How a search stands. `stopped`: by the user; `failed`: nothing more can be had for now. */
export type SearchPhase =
  | { readonly kind: 'running' }
  /** The server asked to wait, until then in epoch milliseconds. */
  | { readonly kind: 'waiting'; readonly until: number }
  | { readonly kind: 'done' }
  | { readonly kind: 'stopped' }
  | { readonly kind: 'failed'; readonly error: unknown };

/** Why nothing more is kept. */
export type CacheProblem = 'full' | 'failed';

export interface SearchState {
  readonly phase: SearchPhase;
  /** Sessions that are to be looked through, as far as they are known. */
  readonly size: number;
  /** Whether the server has listed all of them. */
  readonly isListed: boolean;
  readonly searched: number;
  /** Of these, how many did not have to be read again. */
  readonly unchanged: number;
  /** Matches in all sessions. */
  readonly hits: number;
  /** The sessions with matches, in the order of the list. */
  readonly results: readonly SessionResult[];
  /** Sessions that could not be read, and may be tried again. */
  readonly unread: readonly UnreadSession[];
  /** Sessions that were deleted between being listed and being read. */
  readonly gone: number;
  /** Sessions of which only a part was looked through, with matches or without. */
  readonly partial: number;
  /** Whether the server cannot tell what is newest in a session, so that a changed one shows only when it is read. */
  readonly lacksOrder: boolean;
  readonly cacheProblem: CacheProblem | undefined;
}
