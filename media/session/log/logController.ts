import type { LogHostMessage, LogRow } from '../../../src/protocol/logMessages.ts';
import { LogDetails } from './logDetails.ts';
import { LogFilterState } from './logFilter.ts';
import { type LogCommand, logCommand } from './logKeys.ts';
import type { KeptLog, LogPorts } from './logPorts.ts';
import type { LogSpan } from './logScroll.ts';
import { LogStore } from './logStore.ts';
import { LogViewport } from './logViewport.ts';

/** The event log on the page: takes the reader and the keyboard through the events. */
export class LogController {
  readonly store = new LogStore();
  readonly details: LogDetails;
  readonly filter: LogFilterState;
  private readonly ports: LogPorts;
  private readonly viewport: LogViewport;
  /** The event that the keyboard is on, and where it was when that was last known. */
  private selected: string | undefined;
  private position: number | undefined;
  /** A place whose event is to be selected as soon as it is there. */
  private wanted: number | 'last' | undefined;
  private isRevealing = false;

  constructor(ports: LogPorts) {
    this.ports = ports;
    this.details = new LogDetails(ports);
    this.filter = new LogFilterState(ports.clock, () => this.filterChanged());
    this.viewport = new LogViewport(ports, this.store, this.filter);
  }

  // ---- shown and hidden ----

  show(): void {
    this.viewport.show();
  }

  hide(): void {
    if (this.viewport.hide()) {
      this.ports.post({ type: 'logHide' });
    }
  }

  /** The host has a new picture of this page: what was asked before counts no more. */
  reopen(): void {
    this.viewport.forget();
    this.details.refresh();
  }

  get kept(): KeptLog {
    const { anchor, following } = this.viewport.scroll;
    return { anchor: anchor?.name ?? null, atEnd: following, kinds: this.filter.kinds };
  }

  restore({ anchor, atEnd, kinds }: KeptLog): void {
    this.filter.kinds = kinds;
    if (anchor !== null && !atEnd) {
      this.viewport.scroll.jumpTo(anchor);
    }
  }

  /** Puts the keyboard on the list, once it is drawn. */
  focus(): void {
    this.viewport.focus();
  }

  /** Shows an event, whatever the filter is, opens it and puts the keyboard on it. */
  reveal(name: string): void {
    this.filter.clear();
    this.selected = name;
    this.position = undefined;
    this.wanted = undefined;
    this.isRevealing = true;
    this.viewport.scroll.jumpTo(name);
    this.viewport.forget();
    this.details.open(name);
    this.focus();
  }

  readonly toEnd = (): void => {
    this.viewport.scroll.toEnd();
    this.ports.changed();
    this.ports.keep();
  };

  // ---- what is drawn ----

  prepare(): void {
    this.viewport.prepare(this.selected);
  }

  settle(): void {
    this.viewport.settle(this.details.shown?.json);
  }

  get span(): LogSpan {
    return this.viewport.span;
  }

  get newRows(): number {
    return this.viewport.newRows;
  }

  get selectedAt(): number | undefined {
    return this.position;
  }

  get isSelectionFiltered(): boolean {
    return this.store.slice?.selected === 'filtered';
  }

  // ---- the host tells ----

  receive(message: Extract<LogHostMessage, { type: 'logRows' | 'logDetail' | 'logCount' }>): void {
    if (message.type === 'logCount') {
      this.store.total = message.total;
    } else if (message.type === 'logDetail') {
      this.details.receive(message);
    } else {
      this.ports.post({ type: 'logAck', seq: message.seq });
      this.receiveRows(message);
    }
    this.ports.changed();
  }

  private receiveRows(message: Extract<LogHostMessage, { type: 'logRows' }>): void {
    if (!this.viewport.apply(message)) {
      return;
    }
    this.findSelected(message.selected);
    if (message.rows.some(({ name }) => name === this.selected)) {
      this.details.refresh();
    }
    if (message.selected === 'gone') {
      this.details.gone();
    }
  }

  /** Follows the selected event to where it is now, and selects the one that was waited for. */
  private findSelected(told: number | 'filtered' | 'gone' | null): void {
    const range = this.store.slice?.range;
    if (range === undefined) {
      return;
    }
    const here = this.selected === undefined ? undefined : this.store.positionOf(this.selected);
    const at = here ?? (typeof told === 'number' ? told : undefined);
    if (this.wanted === undefined && this.selected !== undefined) {
      this.position = at ?? (told === null ? this.position : undefined);
    }
    if (this.isRevealing && (at !== undefined || told === 'gone')) {
      this.isRevealing = false;
      this.viewport.reveal(at ?? range.first, 'middle');
    }
    const wanted = this.wanted === 'last' ? range.end - 1 : this.wanted;
    const row = wanted === undefined ? undefined : this.store.rowAt(wanted);
    if (row !== undefined && wanted !== undefined) {
      this.wanted = undefined;
      this.select(row, wanted);
    }
  }

  // ---- the reader ----

  readonly onScroll = (): void => {
    if (this.viewport.onScroll()) {
      this.ports.changed();
      this.ports.keep();
    }
  };

  readonly onKey = (event: KeyboardEvent): void => {
    const command = logCommand(event);
    if (command === 'escape') {
      event.preventDefault();
      this.escape();
    } else if (command !== undefined) {
      event.preventDefault();
      this.obey(command);
    }
  };

  readonly onClick = (event: MouseEvent): void => {
    const element = event.target instanceof Element ? event.target.closest('[data-at]') : null;
    const at = Number(element?.getAttribute('data-at') ?? Number.NaN);
    const row = this.store.rowAt(at);
    if (row !== undefined) {
      this.select(row, at);
      this.openDetail();
    }
  };

  readonly closeDetail = (): void => {
    this.details.close();
    this.focus();
  };

  private escape(): void {
    if (this.details.isOpen) {
      this.closeDetail();
    } else {
      this.ports.focusComposer();
    }
  }

  private obey(command: Exclude<LogCommand, 'escape'>): void {
    const range = this.store.slice?.range;
    if (range === undefined || range.first >= range.end) {
      return;
    }
    const { scroll } = this.viewport;
    const visible = scroll.visible(range);
    const page = Math.max(1, scroll.perView - 1);
    const targets: Record<typeof command, number> = {
      next: (this.position ?? visible.from - 1) + 1,
      previous: (this.position ?? visible.end) - 1,
      pageDown: (this.position ?? visible.from) + page,
      pageUp: (this.position ?? visible.end - 1) - page,
      first: range.first,
      last: range.end - 1,
      open: this.position ?? visible.from,
    };
    if (command !== 'open' || this.selected === undefined) {
      this.moveTo(Math.min(Math.max(targets[command], range.first), range.end - 1), range.end - 1);
    }
    if (command === 'open') {
      this.openDetail();
    }
  }

  /** Selects the event at a place, also one that has to be asked for first. */
  private moveTo(target: number, last: number): void {
    this.viewport.reveal(target, 'nearest');
    const row = this.store.rowAt(target);
    this.wanted = row !== undefined ? undefined : target === last ? 'last' : target;
    if (row !== undefined) {
      this.select(row, target);
    }
    this.position = target;
    this.ports.changed();
    this.ports.keep();
  }

  private select(row: LogRow, at: number): void {
    this.position = at;
    this.selected = row.name;
    if (this.details.isOpen) {
      this.details.open(row.name);
    }
    this.ports.changed();
  }

  private openDetail(): void {
    if (this.selected === undefined || this.wanted !== undefined) {
      return;
    }
    this.details.open(this.selected);
    // The area that opens takes room from the list: what was selected must not go under.
    requestAnimationFrame(() => {
      if (this.position !== undefined) {
        this.viewport.reveal(this.position, 'nearest');
      }
    });
    this.ports.changed();
  }

  private filterChanged(): void {
    this.viewport.filterChanged();
    this.wanted = undefined;
    this.position = undefined;
    this.ports.keep();
    this.ports.changed();
  }
}
