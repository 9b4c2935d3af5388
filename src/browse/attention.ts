import type { Connection } from '../api/connection.ts';
import type { Clock } from '../util/clock.ts';
import { Emitter } from '../util/emitter.ts';
import type { Activity } from './activity.ts';

/** After this long a session that ran when somebody looked last is no longer said to run, in milliseconds. */
export const STALE_AFTER_MS = 120_000;

/** What somebody saw of a session. */
export interface Sighting {
  readonly connection: Connection;
  readonly sessionId: string;
  readonly title: string | undefined;
  readonly activity: Activity;
  /** How many calls wait for the user. */
  readonly waiting: number;
  /** Whether what was seen is followed as it happens; such a sighting counts for more than any list. */
  readonly isLive?: () => boolean;
  /** It happened since the session was looked at last, though what it did then was not known. */
  readonly isNews?: boolean;
}

export interface Seen extends Sighting {
  /** When, in epoch milliseconds. */
  readonly at: number;
}

/** One side is missing where a session is seen for the first time, or is no longer of interest. */
export interface AttentionChange {
  readonly before: Seen | undefined;
  readonly now: Seen | undefined;
}

export interface AttentionCounts {
  readonly running: number;
  readonly needsYou: number;
}

/**
 * What the sessions of this window do, as far as anybody has looked: panels that follow them, the list that is
 * shown, and events that were read to learn what a list does not say.
 */
export class Attention {
  private readonly clock: Clock;
  private readonly entries = new Map<string, Seen>();
  private readonly changed = new Emitter<AttentionChange>();

  readonly onDidChange = this.changed.event;

  constructor(clock: Clock) {
    this.clock = clock;
  }

  of(connection: Connection, sessionId: string): Seen | undefined {
    return this.entries.get(attentionKey(connection, sessionId));
  }

  /** Whether a panel follows the session, so that nobody else has to look. */
  isFollowed(connection: Connection, sessionId: string): boolean {
    return this.of(connection, sessionId)?.isLive?.() === true;
  }

  note(sighting: Sighting): void {
    const key = attentionKey(sighting.connection, sighting.sessionId);
    const before = this.entries.get(key);
    if (before?.isLive?.() === true && sighting.isLive === undefined) {
      return;
    }
    const now: Seen = { ...sighting, title: sighting.title ?? before?.title, at: this.clock.now() };
    this.entries.set(key, now);
    const isSame =
      before?.activity === now.activity && before.waiting === now.waiting && before.title === now.title;
    const isNothing = before === undefined && now.activity === 'unknown';
    if (!isSame && !isNothing) {
      this.changed.fire({ before, now });
    }
  }

  /** The panel that followed a session is hidden or gone: what it saw last counts as long as nobody looks again. */
  release(connection: Connection, sessionId: string): void {
    const key = attentionKey(connection, sessionId);
    const before = this.entries.get(key);
    if (before?.isLive !== undefined) {
      const { title, activity, waiting } = before;
      const now = { connection, sessionId, title, activity, waiting, at: this.clock.now() };
      this.entries.set(key, now);
      this.changed.fire({ before, now });
    }
  }

  /** The session is archived, deleted or out of reach. */
  forget(connection: Connection, sessionId: string): void {
    const key = attentionKey(connection, sessionId);
    const before = this.entries.get(key);
    if (this.entries.delete(key)) {
      this.changed.fire({ before, now: undefined });
    }
  }

  /** Forgets what nobody follows and that is not among these connections. */
  keepOnly(isKept: (connection: Connection) => boolean): void {
    for (const entry of [...this.entries.values()]) {
      if (!isKept(entry.connection) && entry.isLive?.() !== true) {
        this.forget(entry.connection, entry.sessionId);
      }
    }
  }

  /** The sessions that run or need the user; those that need the user first. */
  active(): readonly Seen[] {
    const entries = [...this.entries.values()];
    return [
      ...entries.filter(({ activity }) => activity === 'needsYou'),
      ...entries.filter((entry) => this.isKnownToRun(entry)),
    ];
  }

  counts(): AttentionCounts {
    const active = this.active();
    const needsYou = active.filter(({ activity }) => activity === 'needsYou').length;
    return { needsYou, running: active.length - needsYou };
  }

  /** When the counts change by themselves, since what was seen gets old; undefined: never. In epoch milliseconds. */
  get nextStaleAt(): number | undefined {
    const times = this.active()
      .filter(({ activity, isLive }) => activity === 'running' && isLive?.() !== true)
      .map(({ at }) => at + STALE_AFTER_MS);
    return times.length === 0 ? undefined : Math.min(...times);
  }

  private isKnownToRun({ activity, at, isLive }: Seen): boolean {
    return activity === 'running' && (isLive?.() === true || this.clock.now() - at < STALE_AFTER_MS);
  }
}

/** Names a session of a connection; the address is part of it, since a connection can be led elsewhere. */
export function attentionKey({ id, origin, prefix }: Connection, sessionId: string): string {
  return JSON.stringify([id, origin, prefix, sessionId]);
}
