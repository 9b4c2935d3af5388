import type { LogPort } from '../../eventLog/logPort.ts';
import type { TimelineHostMessage, TimelinePageMessage } from '../../protocol/timelineMessages.ts';
import type { EventStore } from '../../stream/eventStore.ts';
import { visible } from '../../text/visible.ts';
import { MAX_TIMELINE_LABEL } from '../../protocol/timelineMessages.ts';
import type { TimelinePort } from '../../timeline/timelinePort.ts';
import type { Clock } from '../../util/clock.ts';
import type { Disposable } from '../../util/disposable.ts';

export interface SessionTimelineOptions {
  readonly store: EventStore;
  readonly clock: Clock;
  /** Knows events by the names that the page uses. */
  readonly log: LogPort;
  readonly post: (message: TimelineHostMessage) => void;
  /** Cuts keys out of texts that are data. */
  readonly cutKeys: (text: string) => string;
}

/** The timeline of one page, whose code is loaded and whose model is made when somebody first looks at it. */
export class SessionTimeline implements Disposable {
  private readonly options: SessionTimelineOptions;
  private loading: Promise<void> | undefined;
  private port: TimelinePort | undefined;
  private waiting: TimelinePageMessage[] = [];
  private isDisposed = false;

  constructor(options: SessionTimelineOptions) {
    this.options = options;
  }

  dispose(): void {
    this.isDisposed = true;
    this.port?.dispose();
  }

  /** Rejects where the code cannot be loaded; the next message tries again. */
  async receive(message: TimelinePageMessage): Promise<void> {
    if (this.port !== undefined) {
      this.port.receive(message);
    } else if (message.type === 'timelineView') {
      this.waiting = [message];
      this.loading ??= this.load().finally(() => {
        this.loading = undefined;
      });
      await this.loading;
    } else if (message.type === 'timelineHide') {
      this.waiting = [];
    }
  }

  /** The page is gone or out of sight. */
  hide(): void {
    this.waiting = [];
    this.port?.hide();
  }

  /** Events came, changed or went. */
  changed(): void {
    this.port?.changed();
  }

  private async load(): Promise<void> {
    const { TimelinePort: Port } = await import('../../timeline/timelinePort.ts');
    if (this.isDisposed) {
      return;
    }
    const { store, clock, log, post, cutKeys } = this.options;
    const port = new Port({
      store,
      clock,
      post,
      nameOf: (key) => log.nameOf(key),
      clean: (text) => visible(cutKeys(text), MAX_TIMELINE_LABEL),
    });
    this.port = port;
    this.waiting.splice(0).forEach((message) => port.receive(message));
  }
}
