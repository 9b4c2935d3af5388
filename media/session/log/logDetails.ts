import type { LogDetail, LogHostMessage, LogPageMessage } from '../../../src/protocol/logMessages.ts';
import type { Clock } from '../../../src/util/clock.ts';
import type { Disposable } from '../../../src/util/disposable.ts';

export interface DetailPorts {
  readonly clock: Clock;
  readonly post: (message: LogPageMessage) => void;
  readonly nextId: () => number;
  readonly changed: () => void;
}

/** Between two questions, in milliseconds: whoever walks fast through the list sees where the walk ends. */
const ASK_MS = 60;

/** The event that is shown whole beside the list. */
export class LogDetails {
  private readonly ports: DetailPorts;
  private name: string | undefined;
  private asked: number | undefined;
  private isDue = false;
  private pause: Disposable | undefined;
  shown: LogDetail | undefined;
  /** True where the event is no longer held; what was known of it stays on the screen. */
  isGone = false;
  error: string | undefined;

  constructor(ports: DetailPorts) {
    this.ports = ports;
  }

  get isOpen(): boolean {
    return this.name !== undefined;
  }

  open(name: string): void {
    if (name !== this.name) {
      this.name = name;
      this.isGone = false;
      this.error = undefined;
      this.refresh();
    }
  }

  close(): void {
    this.name = undefined;
    this.shown = undefined;
    this.asked = undefined;
    this.ports.changed();
  }

  /** The event may read differently now. */
  refresh(): void {
    if (this.name === undefined) {
      return;
    }
    if (this.pause !== undefined) {
      this.isDue = true;
      return;
    }
    this.isDue = false;
    this.asked = this.ports.nextId();
    this.ports.post({ type: 'logDetail', id: this.asked, name: this.name });
    this.pause = this.ports.clock.after(ASK_MS, () => {
      this.pause = undefined;
      if (this.isDue) {
        this.refresh();
      }
    });
  }

  /** The event is held no more. */
  gone(): void {
    this.isGone = this.isOpen;
  }

  failed(error: string | undefined): void {
    this.error = error;
    this.ports.changed();
  }

  receive(message: Extract<LogHostMessage, { type: 'logDetail' }>): void {
    if (message.id !== this.asked) {
      return;
    }
    this.isGone = message.detail === null;
    if (message.detail !== null) {
      this.shown = message.detail;
    } else if (this.shown?.row.name !== this.name) {
      this.shown = undefined;
    }
  }
}
