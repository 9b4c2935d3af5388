import type { Connection } from '../api/connection.ts';
import type { Clock } from '../util/clock.ts';
import type { Disposable } from '../util/disposable.ts';
import { type NoticeKind, noticeOf } from './activity.ts';
import { type Attention, type AttentionChange, attentionKey, type Seen } from './attention.ts';

/** What happens within this time is told in one message, in milliseconds. */
export const GATHER_MS = 1_500;

/** When a person wants to be told: not at all, only while working elsewhere, or in any case. */
export type NoticePolicy = 'never' | 'whenUnfocused' | 'always';

/** Something to tell about one session. */
export interface Notice {
  readonly kind: NoticeKind;
  readonly connection: Connection;
  readonly sessionId: string;
  readonly title: string | undefined;
}

export interface NoticeOptions {
  readonly attention: Attention;
  readonly clock: Clock;
  readonly policy: (kind: NoticeKind) => NoticePolicy;
  /** Whether the window has the focus. */
  readonly isFocused: () => boolean;
  /** Whether the session's panel can be seen in this window. */
  readonly isInView: (notice: Notice) => boolean;
  /** Those of the notices that no other window tells. */
  readonly claim: (notices: readonly Notice[]) => Promise<readonly Notice[]>;
  readonly show: (notices: readonly Notice[]) => void;
}

/**
 * Decides what is worth a message: what happened since the session was looked at first, and is still so when
 * the gathering time is over. One message for all of it.
 */
export class NoticeGatherer implements Disposable {
  private readonly options: NoticeOptions;
  private readonly subscription: Disposable;
  private readonly muted = new Set<string>();
  private readonly gathered = new Map<string, Notice>();
  private timer: Disposable | undefined;

  constructor(options: NoticeOptions) {
    this.options = options;
    this.subscription = options.attention.onDidChange((change) => this.consider(change));
  }

  /** Nothing more about this session, as long as the window lives. */
  mute({ connection, sessionId }: Pick<Notice, 'connection' | 'sessionId'>): void {
    this.muted.add(attentionKey(connection, sessionId));
  }

  dispose(): void {
    this.subscription.dispose();
    this.timer?.dispose();
  }

  private consider({ before, now }: AttentionChange): void {
    if (now === undefined) {
      return;
    }
    const kind = kindOf(before, now);
    const key = attentionKey(now.connection, now.sessionId);
    if (kind === undefined) {
      if (before?.activity !== now.activity) {
        this.gathered.delete(key); // it went on before anybody was told
      }
      return;
    }
    const { connection, sessionId, title } = now;
    this.gathered.set(key, { kind, connection, sessionId, title });
    this.timer ??= this.options.clock.after(GATHER_MS, () => void this.tell());
  }

  private async tell(): Promise<void> {
    this.timer = undefined;
    const due = [...this.gathered.values()].filter((notice) => this.isWanted(notice));
    this.gathered.clear();
    const own = due.length === 0 ? [] : await this.options.claim(due);
    if (own.length > 0) {
      this.options.show(own);
    }
  }

  private isWanted(notice: Notice): boolean {
    const { policy, isFocused, isInView } = this.options;
    const when = policy(notice.kind);
    const focused = isFocused();
    return (
      when !== 'never' &&
      !(when === 'whenUnfocused' && focused) &&
      !(focused && isInView(notice)) &&
      !this.muted.has(attentionKey(notice.connection, notice.sessionId))
    );
  }
}

/** What was so when it was seen first is no news. */
function kindOf(before: Seen | undefined, now: Seen): NoticeKind | undefined {
  if (before === undefined || (before.activity === 'unknown' && now.isNews !== true)) {
    return undefined;
  }
  return noticeOf(before.activity, now.activity);
}
