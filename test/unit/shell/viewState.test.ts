import assert from 'node:assert/strict';
import { ApiError } from '../../../src/api/errors.ts';
import { type ListFacts, viewState, type ViewState } from '../../../src/vscode/tree/viewState.ts';

const unread: ListFacts = { isLoaded: false, isEmpty: true, error: undefined };
const empty: ListFacts = { isLoaded: true, isEmpty: true, error: undefined };
const filled: ListFacts = { isLoaded: true, isEmpty: false, error: undefined };
const failed = (error: ApiError): ListFacts => ({ isLoaded: false, isEmpty: true, error });
const refused = failed(new ApiError('refused'));
const missing = failed(new ApiError('notFound', { method: 'GET', path: '/sessions' }));
const broken = failed(new ApiError('server', { method: 'GET', path: '/sessions' }));

describe('viewState', () => {
  const cases: readonly (readonly [string, ViewState, ViewState])[] = [
    ['before the view was seen', viewState(undefined, 'unknown', [unread, unread, unread]), 'starting'],
    ['without a key', viewState('absent', 'unknown', [unread, unread, unread]), 'noKey'],
    ['with a store that fails', viewState('unavailable', 'unknown', [unread, unread]), 'keyUnavailable'],
    ['with a rejected key, even with rows', viewState('present', 'rejected', [filled, unread]), 'rejected'],
    ['while the first list is read', viewState('present', 'unknown', [unread, unread, unread]), 'rows'],
    ['with rows in any list', viewState('present', 'ok', [empty, filled, unread]), 'rows'],
    ['with one empty list and two unread', viewState('present', 'ok', [empty, unread, unread]), 'rows'],
    ['with three empty lists', viewState('present', 'ok', [empty, empty, empty]), 'empty'],
    ['with a server out of reach', viewState('present', 'unknown', [refused, unread, unread]), 'unreachable'],
    ['with rows kept after the server went', viewState('present', 'ok', [filled, refused, unread]), 'rows'],
    ['with a server of another kind', viewState('present', 'ok', [missing, unread, unread]), 'notOffered'],
    ['with an error that a row explains', viewState('present', 'ok', [broken, unread, unread]), 'rows'],
    ['with one list empty and one broken', viewState('present', 'ok', [empty, broken, empty]), 'rows'],
  ];
  for (const [what, actual, expected] of cases) {
    it(`is ${expected} ${what}`, () => {
      assert.equal(actual, expected);
    });
  }
});
