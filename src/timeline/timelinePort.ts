import { Flow } from '../protocol/flow.ts';
import type { TimelineHostMessage, TimelinePageMessage } from '../protocol/timelineMessages.ts';
import { assertNever } from '../util/assertNever.ts';
import type { Clock } from '../util/clock.ts';
import { type Disposable, DisposableStore } from '../util/disposable.ts';
import type { TimelineSource } from './timeline.ts';
import { TimelineView } from './timelineView.ts';

export interface TimelinePortOptions {
  readonly store: TimelineSource;
  readonly clock: Clock;
  readonly post: (message: TimelineHostMessage) => void;
  /** The name under which the page knows an event, by its key. */
  readonly nameOf: (key: string) => string | undefined;
  /** Makes a server's name fit for a label: cut, on one line, without keys. */
  readonly clean: (text: string) => string;
}

/** Between two messages about the same window, in milliseconds. */
const WINDOW_MS = 250;

/**
 * The host's side of the timeline of one page. Sends nothing while the timeline is not shown. The model is
 * made when the timeline is first looked at, and follows the session from then on.
 */
export class TimelinePort implements Disposable {
  private readonly options: TimelinePortOptions;
  private readonly owned = new DisposableStore();
  private readonly flow: Flow;
  private view: TimelineView | undefined;
  private isShown = false;
  private seq = 0;

  constructor(options: TimelinePortOptions) {
    this.options = options;
    this.flow = this.owned.add(new Flow(options.clock, () => this.sendChanges(), WINDOW_MS));
  }

  dispose(): void {
    this.hide();
    this.owned.dispose();
  }

  /** The page is gone, out of sight, or shows something else. */
  hide(): void {
    this.isShown = false;
    this.flow.close();
  }

  /** Events came, changed or went. */
  changed(): void {
    if (this.isShown) {
      this.flow.request();
    }
  }

  receive(message: TimelinePageMessage): void {
    switch (message.type) {
      case 'timelineView':
        return this.look(message);
      case 'timelineAck':
        return this.flow.acknowledged(message.seq);
      case 'timelineHide':
        return this.hide();
      default:
        assertNever(message);
    }
  }

  private look(message: Extract<TimelinePageMessage, { type: 'timelineView' }>): void {
    if (this.view === undefined) {
      const { store: source, nameOf, clean } = this.options;
      this.view = new TimelineView({ source, nameOf, clean });
      this.owned.add(this.view.timeline);
    }
    if (!this.isShown) {
      this.isShown = true;
      this.view.forget();
      this.flow.open();
    }
    this.send(this.view.look(message, this.options.clock.now()));
  }

  private sendChanges(): void {
    const news = this.view?.changes(this.options.clock.now());
    if (news !== undefined) {
      this.send(news);
    }
  }

  private send(answer: ReturnType<TimelineView['look']>): void {
    this.seq++;
    this.options.post({ type: 'timeline', seq: this.seq, ...answer });
    this.flow.sent(this.seq);
  }
}
