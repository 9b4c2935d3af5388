import { ApiError } from '../../api/errors.ts';
import { isSurfaceMissing } from '../../text/explainAnswer.ts';
import { isConnectionReason } from '../../text/errorReasons.ts';
import type { AuthState, KeyPresence } from '../shell.ts';

/**
 * What the view as a whole has to say. Only `rows` shows the tree; every other state has its own welcome
 * text in the manifest, with the buttons that lead out of it.
 */
export type ViewState =
  | 'starting' // the view has not been opened yet
  | 'rows'
  | 'noKey'
  | 'keyUnavailable' // the editor's secret store failed or does not answer
  | 'rejected'
  | 'unreachable'
  | 'notOffered'
  | 'empty';

/** A list as far as the view's state depends on it. */
export interface ListFacts {
  readonly isLoaded: boolean;
  readonly isEmpty: boolean;
  readonly error: unknown;
}

export function viewState(
  key: KeyPresence | undefined,
  auth: AuthState,
  lists: readonly ListFacts[],
): ViewState {
  if (key === undefined) {
    return 'starting';
  }
  if (key !== 'present') {
    return key === 'absent' ? 'noKey' : 'keyUnavailable';
  }
  if (auth === 'rejected') {
    return 'rejected';
  }
  if (lists.some((list) => list.isLoaded && !list.isEmpty)) {
    return 'rows';
  }
  if (lists.every((list) => list.isLoaded && list.isEmpty && list.error === undefined)) {
    return 'empty';
  }
  // Rows that came once stay; only where there is nothing at all does the whole view speak of the server.
  const errors = lists.some((list) => list.isLoaded) ? [] : lists.map((list) => list.error);
  if (errors.some((error) => ApiError.is(error) && isConnectionReason(error.reason))) {
    return 'unreachable';
  }
  return errors.some((error) => ApiError.is(error) && isSurfaceMissing(error)) ? 'notOffered' : 'rows';
}
