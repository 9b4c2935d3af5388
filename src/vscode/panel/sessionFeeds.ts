import type { Connection } from '../../api/connection.ts';
import { FeedHub, type FeedLease } from '../../stream/feedHub.ts';
import { SessionFeed } from '../../stream/sessionFeed.ts';
import type { Disposable } from '../../util/disposable.ts';
import type { Shell } from '../shell.ts';

/** A panel is drawn in this time, and the extension host is everybody's. */
const BACKFILL_PACE = { afterMs: 600, betweenMs: 8 };

/** The feeds of this window: one per session, shared by all who look at it (panels, documents, exports). */
export class SessionFeeds implements Disposable {
  private readonly shell: Shell;
  private readonly hub: FeedHub;

  constructor(shell: Shell) {
    this.shell = shell;
    this.hub = new FeedHub(shell.clock);
  }

  acquire(connection: Connection, sessionId: string): FeedLease {
    return this.hub.acquire(sessionKey(connection, sessionId), () => this.makeFeed(connection, sessionId));
  }

  dispose(): void {
    this.hub.dispose();
  }

  private makeFeed(connection: Connection, sessionId: string): SessionFeed {
    return new SessionFeed({
      source: this.shell.clients.for(connection),
      sessionId,
      clock: this.shell.clock,
      random: Math.random,
      backfillPace: BACKFILL_PACE,
      onNote: (note) => this.shell.log.info(note),
    });
  }
}

/** Names a session of a connection; the address is part of it, since a connection can be led elsewhere. */
export function sessionKey(connection: Connection, sessionId: string): string {
  return JSON.stringify([connection.id, connection.origin, connection.prefix, sessionId]);
}
