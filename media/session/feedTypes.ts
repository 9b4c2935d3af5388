import type { Patch } from '../../src/protocol/messages.ts';

/** The page knows of the feed only what the protocol says of it. */
export type FeedStatus = Extract<Patch, { op: 'feed' }>['feed'];
export type FeedState = FeedStatus['state'];
