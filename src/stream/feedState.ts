import type { ApiErrorReason } from '../api/errors.ts';

/** Why a feed came to rest for good. */
export type FeedEnd =
  | 'sessionTerminated'
  | 'sessionDeleted'
  | 'sessionArchived'
  | 'unauthorized' // the key was refused: resumes with a new key
  | 'forbidden'
  | 'notFound'
  | 'serverClosed' // 204: the server asks not to come back
  | 'notOffered' // neither a stream nor a list of events exists here
  | 'recording'; // there is no server: everything that was written down is read

/** How live the view of a session is. Times are epoch milliseconds. */
export type FeedState =
  | { readonly kind: 'stopped' }
  | { readonly kind: 'connecting' }
  | { readonly kind: 'catchingUp' } // the stream is open, history is still being read
  | { readonly kind: 'live' }
  | { readonly kind: 'polling'; readonly everyMs: number } // the server has no stream
  | {
      readonly kind: 'reconnecting';
      /** 1 for the first try after the break. */
      readonly attempt: number;
      readonly nextTryAt: number;
      readonly reason: ApiErrorReason | 'closed' | 'silent';
    }
  | {
      readonly kind: 'offline';
      readonly attempt: number;
      readonly nextTryAt: number;
      readonly reason: ApiErrorReason;
    }
  | { readonly kind: 'ended'; readonly why: FeedEnd };

/** What a viewer may say about the completeness of what it shows. */
export type HistoryState =
  | { readonly kind: 'loading' }
  | { readonly kind: 'complete' }
  | { readonly kind: 'partial' } // older events exist on the server and are read on demand
  | { readonly kind: 'incomplete'; readonly reason: ApiErrorReason | 'cursorLoop' }; // reading it failed

export interface FeedStatus {
  readonly state: FeedState;
  readonly history: HistoryState;
  /** When the last byte came over the stream; undefined before the first. */
  readonly lastByteAt: number | undefined;
  /** Frames that held no event we could read, kept for inspection. */
  readonly unreadableFrames: number;
}
