import type { Clock } from '../util/clock.ts';
import { type Disposable, toDisposable } from '../util/disposable.ts';
import type { SessionFeed } from './sessionFeed.ts';

/** How long a feed is kept for viewers who may come back, in milliseconds. */
const GRACE_MS = 30_000;

/** A viewer's hold on a feed. */
export interface FeedLease extends Disposable {
  readonly feed: SessionFeed;
  /** Whether the viewer can be seen. A feed runs while one of its viewers can, and for a grace time after. */
  setVisible(visible: boolean): void;
}

interface Shared {
  readonly feed: SessionFeed;
  readonly leases: Set<{ visible: boolean }>;
  timer: Disposable | undefined;
}

/**
 * One feed per session, however many viewers. Nothing streams for a session that nobody sees: its feed
 * stops after a grace time and keeps what it holds; with its last viewer it goes.
 */
export class FeedHub implements Disposable {
  private readonly clock: Clock;
  private readonly shared = new Map<string, Shared>();

  constructor(clock: Clock) {
    this.clock = clock;
  }

  /** @param key names connection and session; @param create makes the feed where there is none. */
  acquire(key: string, create: () => SessionFeed): FeedLease {
    let shared = this.shared.get(key);
    if (shared === undefined) {
      shared = { feed: create(), leases: new Set(), timer: undefined };
      this.shared.set(key, shared);
    }
    const entry = shared;
    const viewer = { visible: false };
    entry.leases.add(viewer);
    const release = toDisposable(() => {
      entry.leases.delete(viewer);
      this.review(key, entry);
    });
    return {
      feed: entry.feed,
      setVisible: (visible) => {
        viewer.visible = visible;
        this.review(key, entry);
      },
      dispose: () => release.dispose(),
    };
  }

  /** The feeds that exist, for those who only look. */
  get feeds(): readonly SessionFeed[] {
    return [...this.shared.values()].map(({ feed }) => feed);
  }

  dispose(): void {
    for (const entry of this.shared.values()) {
      entry.timer?.dispose();
      entry.feed.dispose();
    }
    this.shared.clear();
  }

  private review(key: string, entry: Shared): void {
    const isSeen = [...entry.leases].some(({ visible }) => visible);
    if (isSeen) {
      entry.timer?.dispose();
      entry.timer = undefined;
      if (entry.feed.status.state.kind === 'stopped') {
        entry.feed.start();
      }
      return;
    }
    entry.timer ??= this.clock.after(GRACE_MS, () => {
      entry.timer = undefined;
      if (entry.leases.size > 0) {
        entry.feed.stop();
      } else if (this.shared.get(key) === entry) {
        this.shared.delete(key);
        entry.feed.dispose();
      }
    });
  }
}
