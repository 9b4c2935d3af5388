import { activityOfEvents } from '../../browse/activity.ts';
import type { Attention } from '../../browse/attention.ts';
import { newestEvents } from '../../browse/newestEvents.ts';
import { type PollOutcome, PollRhythm } from '../../browse/pollRhythm.ts';
import { SessionWatch } from '../../browse/sessionWatch.ts';
import { type Disposable, DisposableStore } from '../../util/disposable.ts';
import type { ConnectionRoots } from './connectionRoots.ts';
import { PAGE_SIZE } from './nodes/listNode.ts';
import { SessionNode } from './nodes/sessionNode.ts';

/** How often ages are looked at while they can be seen, in milliseconds. */
const AGES_EVERY_MS = 60_000;
/** How many sessions behind the first page are read after one poll. */
const FARTHER_PER_POLL = 3;

/**
 * Keeps the sessions of one connection up to date while they can be seen: polls the first page of the list,
 * follows what panels see, and lets ages grow. Draws only rows that say something else than before.
 */
export class LiveSessions implements Disposable {
  private readonly roots: ConnectionRoots;
  private readonly watch: SessionWatch;
  private readonly rhythm: PollRhythm;
  private readonly owned = new DisposableStore();
  private readonly abort = new AbortController();
  private ages: Disposable | undefined;
  private isPolling = false;
  /** Whose turn it is among the sessions behind the first page. */
  private farther = 0;
  /** How many changes there have been. */
  private changes = 0;

  constructor(roots: ConnectionRoots, attention: Attention) {
    this.roots = roots;
    const { connection, client, clock } = roots.scope;
    this.watch = new SessionWatch({
      connection,
      attention,
      look: async (sessionId) => {
        const newest = await newestEvents(client, sessionId, this.abort.signal);
        return newest && activityOfEvents(newest);
      },
    });
    this.rhythm = this.owned.add(
      new PollRhythm({ clock, poll: () => this.poll(), isBusy: () => this.watch.isBusy }),
    );
    const { pager } = roots.sessions;
    this.owned.add(
      pager.onDidChange(() => {
        this.changes++;
        if (pager.isLoaded) {
          this.watch.fold(pager.items, roots.sessions.isNarrowed);
        }
        if (!this.isPolling) {
          this.rhythm.noteRead();
        }
      }),
    );
    this.owned.add(
      attention.onDidChange(({ before, now }) => {
        const changed = now ?? before;
        if (changed?.connection.id === connection.id) {
          this.changes++;
          this.redraw(changed.sessionId);
          this.rhythm.stir();
        }
      }),
    );
  }

  /** When the list is read next, in epoch milliseconds; undefined where nothing is planned. */
  get nextPollAt(): number | undefined {
    return this.rhythm.nextPollAt;
  }

  /** Whether somebody can see the rows. Nothing is asked and no clock runs while nobody can. */
  setSeen(isSeen: boolean): void {
    this.rhythm.setSeen(isSeen);
    if (isSeen === (this.ages !== undefined)) {
      return;
    }
    this.ages?.dispose();
    this.ages = undefined;
    if (isSeen) {
      this.redrawOutdated();
      this.nextAges();
    }
  }

  dispose(): void {
    this.ages?.dispose();
    this.abort.abort();
    this.owned.dispose();
  }

  private async poll(): Promise<PollOutcome> {
    const { pager } = this.roots.sessions;
    const before = this.changes;
    this.isPolling = true;
    try {
      await pager.refresh({ quietly: true });
      if (pager.failure?.step === 'refresh') {
        return 'failed';
      }
      await this.readFarther();
      const isMoreToSee = await this.watch.lookCloser();
      return isMoreToSee || this.changes !== before ? 'changed' : 'same';
    } finally {
      this.isPolling = false;
    }
  }

  /** Sessions that run and lie behind the first page are read one by one, a few after each poll. */
  private async readFarther(): Promise<void> {
    const { scope, sessions } = this.roots;
    const running = sessions.pager.items
      .slice(PAGE_SIZE)
      .filter(({ status }) => status === 'running' || status === 'rescheduling');
    for (let count = Math.min(running.length, FARTHER_PER_POLL); count > 0; count--) {
      const known = running[this.farther++ % running.length];
      if (known === undefined) {
        return;
      }
      try {
        const now = await scope.client.getSession(known.id, this.abort.signal);
        if (JSON.stringify(now) !== JSON.stringify(known)) {
          sessions.pager.replace(now);
        }
      } catch {
        return; // the list itself says what is wrong with the server
      }
    }
  }

  private nextAges(): void {
    this.ages = this.roots.scope.clock.after(AGES_EVERY_MS, () => {
      this.redrawOutdated();
      this.nextAges();
    });
  }

  private redrawOutdated(): void {
    for (const id of this.roots.sessions.rowIds) {
      this.redraw(id);
    }
  }

  private redraw(sessionId: string): void {
    const row = this.roots.sessions.row(sessionId);
    if (row instanceof SessionNode && row.isOutdated) {
      this.roots.scope.changed(row);
    }
  }
}
