import type { Connection } from '../api/connection.ts';
import type { Session } from '../api/resources/session.ts';
import type { ToldActivity } from './activity.ts';
import type { Attention, Sighting } from './attention.ts';

/** How many sessions are looked at more closely after one poll. */
const LOOKS_PER_POLL = 3;
/** How many of the newest sessions are looked at when their list is seen for the first time. */
const FIRST_LOOKS = 12;

interface WatchOptions {
  readonly connection: Connection;
  readonly attention: Attention;
  /** Reads a session's newest events; undefined where they do not tell. Rejects where they cannot be read. */
  readonly look: (sessionId: string) => Promise<ToldActivity | undefined>;
}

/**
 * What a list of sessions says about who needs the user. It says who runs. That a session is `idle` (Anthropic)
 * or `active` (Synth) leaves open whether it waits: then its newest events are read, for a few sessions after
 * each poll, those first that have stopped running.
 */
export class SessionWatch {
  private readonly options: WatchOptions;
  /** How each session looked when it was seen first, and when its events were read last. */
  private readonly stamps = new Map<string, { readonly first: string; looked: string | undefined }>();
  private items: readonly Session[] = [];

  constructor(options: WatchOptions) {
    this.options = options;
  }

  /**
   * Takes over what the list says now.
   * @param isNarrowed a filter leaves sessions out: one that is not in the list need not be gone.
   */
  fold(items: readonly Session[], isNarrowed = false): void {
    if (!isNarrowed) {
      this.forgetOthers(new Set(items.map(({ id }) => id)));
    }
    this.items = items;
    for (const session of items) {
      if (!this.stamps.has(session.id)) {
        this.stamps.set(session.id, { first: stampOf(session), looked: undefined });
      }
      this.foldOne(session);
    }
  }

  /** Whether a session of the list runs, or needs the user. */
  get isBusy(): boolean {
    return this.items.some(({ id }) => {
      const activity = this.options.attention.of(this.options.connection, id)?.activity;
      return activity === 'running' || activity === 'needsYou';
    });
  }

  /** Looks closer at some sessions; true where there are more to look at. Never rejects. */
  async lookCloser(): Promise<boolean> {
    const due = this.due();
    for (const session of due.slice(0, LOOKS_PER_POLL)) {
      await this.lookAt(session);
    }
    return due.length > LOOKS_PER_POLL;
  }

  private forgetOthers(present: ReadonlySet<string>): void {
    const { attention, connection } = this.options;
    for (const id of this.stamps.keys()) {
      if (!present.has(id) && !attention.isFollowed(connection, id)) {
        this.stamps.delete(id);
        attention.forget(connection, id);
      }
    }
  }

  private foldOne(session: Session): void {
    const { attention, connection } = this.options;
    const { id, archivedAt, status } = session;
    if (archivedAt !== undefined) {
      attention.forget(connection, id);
      return;
    }
    switch (status) {
      case 'running':
      case 'rescheduling':
        attention.note(this.sighting(session, { activity: 'running', waiting: 0 }));
        break;
      case 'terminated':
        attention.note(this.sighting(session, { activity: 'ended', waiting: 0 }));
        break;
      default: {
        // What was seen last counts until its events say otherwise.
        const known = attention.of(connection, id);
        attention.note(this.sighting(session, known ?? { activity: 'unknown', waiting: 0 }));
      }
    }
  }

  /** The sessions to look at, the most urgent first. */
  private due(): readonly Session[] {
    const { attention, connection } = this.options;
    const ranked = this.items.flatMap((session, index) => {
      const isOpen = session.archivedAt === undefined && ['idle', 'active', 'other'].includes(session.status);
      if (!isOpen || attention.isFollowed(connection, session.id)) {
        return [];
      }
      const rank = this.rank(session, index);
      return rank === undefined ? [] : [{ session, rank }];
    });
    return ranked.sort((a, b) => a.rank - b.rank).map(({ session }) => session);
  }

  private rank(session: Session, index: number): number | undefined {
    const activity = this.options.attention.of(this.options.connection, session.id)?.activity;
    const stamps = this.stamps.get(session.id);
    const stamp = stampOf(session);
    if (activity === 'running') {
      return 0; // it ran, and the list no longer says so
    }
    if (stamps?.looked === undefined) {
      return stamps?.first !== stamp ? 1 : index < FIRST_LOOKS ? 2 : undefined;
    }
    if (stamps.looked !== stamp) {
      return 1;
    }
    // A server that never says `idle` may not say either that the user has answered elsewhere.
    return activity === 'needsYou' && session.status !== 'idle' ? 3 : undefined;
  }

  private async lookAt(session: Session): Promise<void> {
    const { attention, connection, look } = this.options;
    const stamps = this.stamps.get(session.id);
    const stamp = stampOf(session);
    const isNews = stamps !== undefined && stamp !== (stamps.looked ?? stamps.first);
    let told: ToldActivity | undefined;
    try {
      told = await look(session.id);
    } catch {
      told = undefined; // the list itself says what is wrong with the server
    }
    if (stamps !== undefined) {
      stamps.looked = stamp;
    }
    const kept = attention.of(connection, session.id);
    const fallback =
      kept?.activity === 'running' || kept === undefined
        ? ({ activity: session.status === 'idle' ? 'idle' : 'unknown', waiting: 0 } as const)
        : kept;
    attention.note({ ...this.sighting(session, told ?? fallback), isNews });
  }

  private sighting(
    session: Session,
    { activity, waiting }: Pick<Sighting, 'activity' | 'waiting'>,
  ): Sighting {
    const { connection } = this.options;
    return { connection, sessionId: session.id, title: session.title, activity, waiting };
  }
}

/** What is different after a session has done something. */
function stampOf({ statusText, updatedAt }: Session): string {
  return JSON.stringify([statusText, updatedAt]);
}
