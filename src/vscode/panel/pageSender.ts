import type { L10n } from '../../l10n.ts';
import type { ComposerState } from '../../protocol/composerMessages.ts';
import { Flow } from '../../protocol/flow.ts';
import type { HostMessage, PageMessage, SessionHeader } from '../../protocol/messages.ts';
import type { RowWindow } from '../../protocol/rowWindow.ts';
import type { FeedStatus } from '../../stream/feedState.ts';
import { pageStrings } from '../../text/pageStrings.ts';
import type { Clock } from '../../util/clock.ts';
import type { Disposable } from '../../util/disposable.ts';
import type { PageHead } from './pageHead.ts';
import type { Wanted } from './wanted.ts';

export interface PageSenderOptions {
  readonly clock: Clock;
  readonly l10n: L10n;
  /** The editor's language, which dates and numbers follow. */
  readonly locale: string;
  readonly post: (message: HostMessage) => void;
  readonly rows: RowWindow;
  readonly head: Pick<PageHead, 'header' | 'banner'>;
  readonly status: () => FeedStatus;
  readonly composer: () => { readonly draft: string; readonly state: ComposerState };
  readonly wanted: Wanted;
  /** Told when what the tab shows may have changed. */
  readonly onHeader: (header: SessionHeader) => void;
}

type WindowMessage = Extract<PageMessage, { type: 'window' | 'rows' }>;

/**
 * Keeps a page's replica of the session the same as the session: one `open` with everything, then numbered patches
 * of what changed. Nothing is sent to a page that is not there.
 */
export class PageSender implements Disposable {
  private readonly options: PageSenderOptions;
  private readonly flow: Flow;
  private seq = 0;
  private lastHeader = '';
  private lastFeed = '';
  private isThere = false;

  constructor(options: PageSenderOptions) {
    this.options = options;
    this.flow = new Flow(options.clock, () => this.sendPatches());
  }

  get isOpen(): boolean {
    return this.isThere;
  }

  /** The page is there, and is sent everything. `anchor`: key of the row that its reader was at. */
  open(anchor: string | undefined): void {
    const { head, status, rows, l10n, locale, composer, wanted, post } = this.options;
    const { banner } = head;
    const header = this.readHeader();
    const feed = status();
    const { draft, state } = composer();
    this.lastHeader = JSON.stringify(header);
    this.lastFeed = JSON.stringify([feed, banner]);
    post({
      type: 'open',
      seq: this.seq,
      header,
      feed,
      banner,
      ...rows.open(wanted.place(anchor)),
      strings: pageStrings(l10n),
      draft,
      composer: state,
      locale,
    });
    this.isThere = true;
    this.flow.open();
    this.sendWanted();
  }

  /** The page cannot be seen, and may be gone: it says `ready` when it is back. */
  close(): void {
    this.isThere = false;
    this.flow.close();
  }

  /** Something of the session changed. */
  request(): void {
    this.flow.request();
  }

  /** The page has applied all patches up to `seq`. */
  acknowledged(seq: number): void {
    this.flow.acknowledged(seq);
  }

  /** The page moved its window, or asks for rows that it does not hold yet. */
  moveWindow(message: WindowMessage): void {
    const { rows, post } = this.options;
    if (message.type === 'window') {
      rows.narrow(message.from, message.end);
      this.flow.request();
    } else {
      const { id, from, count } = message;
      post({ type: 'rows', id, ...rows.read(from, from + count) });
    }
  }

  /** What somebody who comes from elsewhere should be shown, if it is there by now. */
  sendWanted(): void {
    if (this.isThere) {
      this.options.wanted.take().forEach((message) => this.options.post(message));
    }
  }

  dispose(): void {
    this.flow.dispose();
  }

  private sendPatches(): void {
    const { rows, head, status, post } = this.options;
    const patches = [...rows.patches()];
    const header = this.readHeader();
    const headerText = JSON.stringify(header);
    if (headerText !== this.lastHeader) {
      this.lastHeader = headerText;
      patches.push({ op: 'header', header });
    }
    const feed = status();
    const { banner } = head;
    const feedText = JSON.stringify([feed, banner]);
    if (feedText !== this.lastFeed) {
      this.lastFeed = feedText;
      patches.push({ op: 'feed', feed, banner });
    }
    if (patches.length > 0) {
      post({ type: 'patches', seq: this.seq + 1, patches });
      this.seq += patches.length;
      this.flow.sent(this.seq);
    }
    this.sendWanted();
  }

  private readHeader(): SessionHeader {
    const { header } = this.options.head;
    this.options.onHeader(header);
    return header;
  }
}
