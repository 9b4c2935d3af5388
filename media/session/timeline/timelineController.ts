import {
  MAX_TIMELINE_WIDTH,
  type TimelineHostMessage,
  type TimelineLane,
  type TimelineMark,
  type TimelineWindow,
} from '../../../src/protocol/timelineMessages.ts';
import { plotOf } from './scene.ts';
import { type TimelineCommand, timelineCommand } from './timelineKeys.ts';
import type { KeptTimeline, TimelinePorts } from './timelinePorts.ts';
import { TimelineQuestions } from './timelineQuestions.ts';
import { type Selected, TimelineSelection } from './timelineSelection.ts';
import { TimelineStore } from './timelineStore.ts';
import {
  type Extent,
  including,
  isAtEnd,
  moved,
  type Stretch,
  stretchOf,
  windowAround,
  zoomed,
} from './timeWindow.ts';

const NOTHING: Extent = { from: 0, to: 0, isLive: false };
/** By how much one step zooms. */
const STEP = 1.6;
/** The rows of a table: its window is looked at on so few pixels that what is close comes in one row. */
const TABLE_WIDTH = 160;
/** More on each side of the picture, as a share of it, so that moving it shows no holes. */
const MARGIN = 0.5;

/** The timeline on the page: which stretch of time is shown, and which mark the reader is at. */
export class TimelineController {
  readonly store = new TimelineStore();
  readonly selection: TimelineSelection;
  private readonly ports: TimelinePorts;
  private readonly questions: TimelineQuestions;
  private isShown = false;
  private isFocusWanted = false;
  window: TimelineWindow;
  isTable: boolean;
  width = 800;
  /** The mark under the pointer. */
  hovered: Selected | undefined;
  /** Why an event could not be shown. */
  error: string | undefined;

  constructor(ports: TimelinePorts, kept: KeptTimeline) {
    this.ports = ports;
    this.window = kept.window;
    this.isTable = kept.isTable;
    this.selection = new TimelineSelection(this.store);
    this.questions = new TimelineQuestions(ports.clock, ports.post, ports.changed);
  }

  get kept(): KeptTimeline {
    return { window: this.window, isTable: this.isTable };
  }

  // ---- shown and hidden ----

  show(): void {
    this.isShown = true;
    this.questions.forget();
  }

  hide(): void {
    if (this.isShown) {
      this.isShown = false;
      this.hovered = undefined;
      this.questions.forget();
      this.ports.post({ type: 'timelineHide' });
    }
  }

  /** The host has a new picture of this page: what was asked before counts no more. */
  reopen(): void {
    this.questions.forget();
  }

  focus(): void {
    this.isFocusWanted = true;
    this.ports.changed();
  }

  // ---- what is drawn ----

  /** Until now, while something goes on: by the clock of the host, moved by ours. */
  get extent(): Extent {
    const { answer } = this.store;
    if (answer === undefined || answer.domain === null) {
      return NOTHING;
    }
    const { domain, isLive } = answer;
    return {
      from: domain.from,
      to: isLive ? Math.max(domain.to, this.ports.clock.now()) : domain.to,
      isLive,
    };
  }

  get stretch(): Stretch {
    return stretchOf(this.window, this.extent);
  }

  get follows(): boolean {
    return isAtEnd(this.window, this.extent);
  }

  /** Before drawing: asks for what is missing. */
  prepare(): void {
    if (this.isShown && this.questions.mayAsk && this.isNeeded()) {
      const width = this.isTable ? TABLE_WIDTH : Math.round(plotOf(this.width).width);
      this.questions.ask({
        window: this.window,
        width: Math.min(Math.max(1, width), MAX_TIMELINE_WIDTH),
        margin: this.isTable || this.window.at === 'all' ? 0 : MARGIN,
      });
    }
  }

  /** After drawing: takes the measure for the next time. */
  settle(): void {
    const box = this.ports.root.querySelector<HTMLElement>('.timeline-picture');
    if (box !== null && box.clientWidth > 0 && Math.abs(box.clientWidth - this.width) >= 1) {
      this.width = box.clientWidth;
      this.ports.changed();
    }
    if (this.isFocusWanted) {
      const target = this.ports.root.querySelector<HTMLElement>('.timeline-focus');
      this.isFocusWanted = target === null;
      target?.focus({ preventScroll: true });
    }
  }

  private isNeeded(): boolean {
    const { asked } = this.questions;
    const { answer } = this.store;
    if (asked === undefined || answer === undefined) {
      return asked === undefined;
    }
    const isFine = this.isTable === (asked.width === TABLE_WIDTH && asked.margin === 0);
    const width = this.isTable ? TABLE_WIDTH : Math.round(plotOf(this.width).width);
    if (!isFine || Math.abs(asked.width - width) > 8 || asked.window.at !== this.window.at) {
      return true;
    }
    const [old, now] = [stretchOf(asked.window, this.extent), this.stretch];
    const length = now.to - now.from;
    const isOther = Math.abs(old.from - now.from) > length / 500 || Math.abs(old.to - now.to) > length / 500;
    const isZoomed = Math.abs(old.to - old.from - length) > length / 500;
    // While it only moves, what was asked for on either side lasts for a while.
    return isOther && (this.isTable || isZoomed || Math.abs(now.from - old.from) > (length * MARGIN) / 2);
  }

  // ---- the host tells ----

  receive(message: Extract<TimelineHostMessage, { type: 'timeline' }>): void {
    this.ports.post({ type: 'timelineAck', seq: message.seq });
    this.questions.answered(message.view);
    this.store.apply(message);
    if (this.window.at === 'end' && !message.isLive) {
      // Nothing goes on any more: the window stays at what it showed last.
      const { length } = this.window;
      const to = this.extent.to;
      this.window = { at: 'range', from: to - length, to };
    }
    this.selection.arrived();
    this.ports.changed();
  }

  // ---- the reader ----

  look(window: TimelineWindow): void {
    this.window = window;
    this.ports.keep();
    this.ports.changed();
  }

  readonly zoom = (factor: number, around?: number): void => {
    this.look(zoomed(this.window, this.extent, factor, around));
  };

  readonly move = (share: number): void => this.look(moved(this.window, this.extent, share));

  readonly showAll = (): void => this.look({ at: 'all' });

  readonly followEnd = (): void => {
    const { from, to } = this.stretch;
    this.look(this.window.at === 'all' ? this.window : { at: 'end', length: to - from });
  };

  readonly toggleTable = (): void => {
    this.isTable = !this.isTable;
    this.hovered = undefined;
    this.ports.keep();
    this.ports.changed();
  };

  /** Goes to what a mark stands for: its event, or, for several together, nearer to them. */
  readonly open = ({ lane, mark }: Selected): void => {
    this.selection.select(lane, mark);
    if (mark.name === null) {
      this.zoomTo(mark);
    } else {
      this.goTo(mark.name);
    }
  };

  zoomTo(mark: TimelineMark): void {
    const { extent } = this;
    const to = mark.to ?? extent.to;
    // Several at the very same time are told apart nowhere; the log has them one by one.
    this.look(windowAround({ from: mark.from, to }, extent));
  }

  readonly showInLog = (name: string): void => this.ports.showInLog(name);

  private goTo(name: string): void {
    this.error = undefined;
    void this.ports
      .ask((id) => ({ type: 'logReveal', id, name }))
      .then((outcome) => {
        if (!outcome.ok) {
          this.ports.showInLog(name);
        }
      });
  }

  readonly onKey = (event: KeyboardEvent): void => {
    const command = timelineCommand(event);
    if (command !== undefined) {
      event.preventDefault();
      this.obey(command);
    }
  };

  private obey(command: TimelineCommand): void {
    switch (command) {
      case 'zoomIn':
      case 'zoomOut':
        return this.zoom(command === 'zoomIn' ? 1 / STEP : STEP, this.focusedMoment());
      case 'all':
        return this.showAll();
      case 'earlier':
      case 'later':
        return this.move(command === 'earlier' ? -0.5 : 0.5);
      case 'follow':
        return this.followEnd();
      case 'table':
        return this.toggleTable();
      case 'escape':
        return this.ports.focusComposer();
      case 'open': {
        const { current } = this.selection;
        return current === undefined ? undefined : this.open(current);
      }
      default:
        return this.walk(command);
    }
  }

  private walk(command: 'next' | 'previous' | 'up' | 'down' | 'first' | 'last'): void {
    const found = this.selection.step(command);
    const { extent } = this;
    if (found !== undefined) {
      this.selection.isMarked = true;
      const to = found.mark.to ?? extent.to;
      this.look(including(this.window, extent, { from: found.mark.from, to }));
      return;
    }
    // Beyond what the host has told of: look there, and choose when it is here.
    const stretch = this.stretch;
    const length = stretch.to - stretch.from;
    if (command === 'first') {
      this.look(moved(this.window, extent, (extent.from - stretch.from) / length));
    } else if (command === 'last') {
      this.look(moved(this.window, extent, (extent.to - stretch.to) / length));
    } else if (command === 'next' || command === 'previous') {
      this.move(command === 'next' ? 0.5 : -0.5);
    }
  }

  /** The moment around which a key zooms: that of the selected mark, where it is in the picture. */
  private focusedMoment(): number | undefined {
    const { current, isMarked } = this.selection;
    if (current === undefined || !isMarked) {
      return undefined;
    }
    const { from, to } = this.stretch;
    const end = Math.min(current.mark.to ?? this.extent.to, to);
    const middle = (Math.max(current.mark.from, from) + end) / 2;
    return middle >= from && middle <= to ? middle : undefined;
  }

  hover(lane: TimelineLane | undefined, mark: TimelineMark | undefined): void {
    if (this.hovered?.mark !== mark) {
      this.hovered = lane === undefined || mark === undefined ? undefined : { lane, mark };
      this.ports.changed();
    }
  }
}
