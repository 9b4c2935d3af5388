import type { FindWish } from '../../protocol/findMessages.ts';
import type { HostMessage } from '../../protocol/messages.ts';
import type { FeedStatus } from '../../stream/feedState.ts';
import type { Transcript } from '../../transcript/transcript.ts';

/** What is to be shown: a row by its key, perhaps a match in it, or the oldest call that waits for the user. */
export type RevealTarget = { readonly key: string; readonly match?: Omit<FindWish, 'at'> } | 'waiting';

interface WantedOptions {
  readonly transcript: Pick<Transcript, 'positionOf' | 'pending'>;
  readonly status: () => FeedStatus;
  /** Nothing more will come, and what was to be shown is not there. */
  readonly missed: (target: RevealTarget) => void;
}

/** What a page should be shown as soon as both are there, the page and the row. */
export class Wanted {
  private readonly options: WantedOptions;
  private target: RevealTarget | undefined;
  private isComposerWanted = false;
  /** The row that the reader was at, which is not read yet. */
  private anchor: string | undefined;

  constructor(options: WantedOptions) {
    this.options = options;
  }

  reveal(target: RevealTarget): void {
    this.target = target;
  }

  /**
   * Where the page's window should begin around, for a page that knows the row it was at: its position, or
   * undefined where it is not read yet. Then the page is told as soon as it is.
   */
  place(anchor: string | undefined): number | undefined {
    const at = anchor === undefined ? undefined : this.options.transcript.positionOf(anchor);
    this.anchor = at === undefined ? anchor : undefined;
    return at;
  }

  focusComposer(): void {
    this.isComposerWanted = true;
  }

  /** The messages that can be sent now; each is given once. */
  take(): readonly HostMessage[] {
    const { target } = this;
    const messages: HostMessage[] = [];
    const found = target === undefined ? undefined : this.find(target);
    if (found !== undefined) {
      this.target = undefined;
      messages.push({ type: 'reveal', ...found });
      if (target !== undefined && target !== 'waiting' && target.match !== undefined) {
        messages.push({ type: 'showFind', wish: { ...target.match, at: found.at } });
      }
    } else if (target !== undefined && this.isSettled(target)) {
      this.target = undefined;
      this.isComposerWanted = true;
      this.options.missed(target);
    }
    const place = this.anchor === undefined ? undefined : this.options.transcript.positionOf(this.anchor);
    if (this.anchor !== undefined && place !== undefined) {
      messages.push({ type: 'place', at: place, key: this.anchor });
      this.anchor = undefined;
    }
    if (this.isComposerWanted) {
      this.isComposerWanted = false;
      messages.push({ type: 'focusComposer' });
    }
    return messages;
  }

  private find(target: RevealTarget): { readonly at: number; readonly key: string } | undefined {
    const { transcript } = this.options;
    for (const key of target === 'waiting' ? transcript.pending : [target.key]) {
      const at = transcript.positionOf(key);
      if (at !== undefined) {
        return { at, key };
      }
    }
    return undefined;
  }

  /** Whether all is there that comes without being asked for. */
  private isSettled(target: RevealTarget): boolean {
    const { state, history } = this.options.status();
    // A row may be among the older ones, which are read behind the newest; what waits is among those.
    const isReading = history.kind === 'loading' || (target !== 'waiting' && history.kind === 'partial');
    switch (state.kind) {
      case 'live':
      case 'polling':
        return !isReading;
      case 'ended':
        return true;
      default:
        return false;
    }
  }
}
