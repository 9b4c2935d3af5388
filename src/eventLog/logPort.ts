import { Flow } from '../protocol/flow.ts';
import type { LogHostMessage, LogPageMessage } from '../protocol/logMessages.ts';
import type { StoredEvent } from '../stream/eventStore.ts';
import { assertNever } from '../util/assertNever.ts';
import type { Clock } from '../util/clock.ts';
import { type Disposable, DisposableStore } from '../util/disposable.ts';
import type { LogSource } from './eventLog.ts';
import { LogRows } from './logRow.ts';
import { LogWindow } from './logWindow.ts';

export interface LogPortOptions {
  readonly store: LogSource;
  readonly clock: Clock;
  readonly post: (message: LogHostMessage) => void;
  /** Cuts keys out of texts that are data. */
  readonly cutKeys: (text: string) => string;
}

/** Between two messages about the same window, in milliseconds. */
const WINDOW_MS = 100;
/** Between two messages about the number of events, while the log is not shown. */
const COUNT_MS = 1_000;

/** The messages that the log answers by itself; the others need the editor. */
export type LogQuestion = Extract<
  LogPageMessage,
  { readonly type: 'logView' | 'logAck' | 'logHide' | 'logDetail' }
>;

/**
 * The host's side of the event log of one page. Sends nothing about events while the log is not shown, except,
 * once a second at most, how many there are. The index is made when the log is first looked at.
 */
export class LogPort implements Disposable {
  private readonly options: LogPortOptions;
  private readonly owned = new DisposableStore();
  private readonly flow: Flow;
  private readonly rows: LogRows;
  private window: LogWindow | undefined;
  private isShown = false;
  private isOpen = false;
  private seq = 0;
  private toldCount = -1;
  private counting: Disposable | undefined;

  constructor(options: LogPortOptions) {
    this.options = options;
    this.rows = new LogRows(options.cutKeys);
    this.flow = this.owned.add(new Flow(options.clock, () => this.sendChanges(), WINDOW_MS));
  }

  dispose(): void {
    this.hide();
    this.owned.dispose();
  }

  /** A page is there that knows nothing yet. */
  open(): void {
    this.hide();
    this.isOpen = true;
    this.window?.forget();
    this.toldCount = -1;
    this.sendCount();
  }

  /** The page is gone or out of sight. */
  hide(): void {
    this.isOpen = false;
    this.isShown = false;
    this.flow.close();
    this.counting?.dispose();
    this.counting = undefined;
  }

  /** Events came, changed or went. */
  changed(): void {
    if (this.isShown) {
      this.flow.request();
    } else if (this.isOpen && this.options.store.size !== this.toldCount) {
      this.counting ??= this.options.clock.after(COUNT_MS, () => {
        this.counting = undefined;
        this.sendCount();
      });
    }
  }

  receive(message: LogQuestion): void {
    switch (message.type) {
      case 'logView':
        return this.look(message);
      case 'logAck':
        return this.flow.acknowledged(message.seq);
      case 'logHide':
        this.isShown = false;
        this.flow.close();
        return this.changed();
      case 'logDetail': {
        const stored = this.find(message.name);
        const detail = stored === undefined ? null : this.rows.detail(stored);
        return this.options.post({ type: 'logDetail', id: message.id, detail });
      }
      default:
        assertNever(message);
    }
  }

  /** The event of that name, while it is held. */
  find(name: string): StoredEvent | undefined {
    return this.options.store.get(this.rows.keyOf(name));
  }

  /** The event as JSON, whole. */
  json(stored: StoredEvent): string {
    return this.rows.json(stored);
  }

  /** The name of an event by its key, for whoever wants it shown. */
  nameOf(key: string): string | undefined {
    const stored = this.options.store.get(key);
    return stored && this.rows.nameOf(stored);
  }

  private look(view: Extract<LogPageMessage, { type: 'logView' }>): void {
    if (!this.isOpen) {
      return;
    }
    if (this.window === undefined) {
      this.window = new LogWindow(this.options.store, this.rows);
      this.owned.add(this.window.log);
    }
    if (!this.isShown) {
      this.isShown = true;
      this.window.forget();
      this.flow.open();
      this.counting?.dispose();
      this.counting = undefined;
    }
    this.sendRows(this.window.look(view));
  }

  private sendChanges(): void {
    const news = this.window?.changes();
    if (news !== undefined) {
      this.sendRows(news);
    }
  }

  private sendRows(news: ReturnType<LogWindow['look']>): void {
    this.seq++;
    this.toldCount = news.total;
    this.options.post({ type: 'logRows', seq: this.seq, ...news });
    this.flow.sent(this.seq);
  }

  private sendCount(): void {
    const { size } = this.options.store;
    if (size !== this.toldCount) {
      this.toldCount = size;
      this.options.post({ type: 'logCount', total: size });
    }
  }
}
