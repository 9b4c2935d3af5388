import { html, type TemplateResult } from 'lit/html.js';
import type { LogHostMessage } from '../../src/protocol/logMessages.ts';
import type { PageMessage } from '../../src/protocol/messages.ts';
import type { TimelineHostMessage } from '../../src/protocol/timelineMessages.ts';
import { assertNever } from '../../src/util/assertNever.ts';
import { isJsonObject } from '../../src/util/json.ts';
import type { Replica } from './applyPatch.ts';
import { LaterPart } from './laterPart.ts';
import type { LogPanel } from './log/logPanel.ts';
import { type KeptLog, logAtEnd, type LogPorts, readLog } from './log/logPorts.ts';
import { rowAt } from './rowWindow.ts';
import type { TimelinePanel } from './timeline/timelinePanel.ts';
import type { PageContext } from './view/context.ts';
import { missingView, viewPanel, viewTabs } from './view/viewTabs.ts';
import { asSessionView, type SessionView, ViewSwitch } from './viewSwitch.ts';

/** What is kept of the views over a reload. */
export interface KeptViews {
  readonly view: SessionView;
  readonly log: KeptLog;
  /** As the timeline kept it, which reads it back by itself: it may be from another version. */
  readonly timeline: unknown;
}

export interface ViewPorts extends Omit<LogPorts, 'post'> {
  readonly post: (message: PageMessage) => void;
  readonly replica: () => Replica | undefined;
  /** Position of the row that the keyboard is, or was last, on. */
  readonly currentRow: () => number | undefined;
}

/** The views of a session: which one is shown, and those besides the conversation, which are loaded later. */
export class SessionViews {
  private readonly ports: ViewPorts;
  private readonly views = new ViewSwitch();
  private readonly logPart: LaterPart<LogPanel>;
  private readonly timelinePart: LaterPart<TimelinePanel>;
  /** What the others begin with as soon as they are loaded. */
  private keptLog = logAtEnd;
  private keptTimeline: unknown;
  private wantedInLog: string | undefined;
  private total: number | undefined;
  /** The keyboard was in the view that went away: it goes into the one that came. */
  private isFocusDue = false;

  constructor(ports: ViewPorts) {
    this.ports = ports;
    this.logPart = new LaterPart(async () => await this.buildLog(), {
      arrived: (log) => this.logArrived(log),
      failed: ports.changed,
    });
    this.timelinePart = new LaterPart(async () => await this.buildTimeline(), {
      arrived: (timeline) => this.timelineArrived(timeline),
      failed: ports.changed,
    });
    this.views.onDidChange(() => this.changed());
    // The editor reads from the page what its menu is about.
    ports.root.addEventListener('contextmenu', (event) => this.nameRow(event.target), true);
  }

  get isConversation(): boolean {
    return this.views.current === 'conversation';
  }

  showConversation(): void {
    this.views.show('conversation');
  }

  get kept(): KeptViews {
    return {
      view: this.views.current,
      log: this.log?.kept ?? this.keptLog,
      timeline: this.timeline?.kept ?? this.keptTimeline,
    };
  }

  restore(kept: KeptViews | undefined): void {
    if (kept !== undefined) {
      this.keptLog = kept.log;
      this.keptTimeline = kept.timeline;
      this.views.show(kept.view);
    }
  }

  /** The host has sent a new beginning. */
  opened(): void {
    this.log?.reopen();
    this.timeline?.reopen();
    // The first paint comes first.
    requestAnimationFrame(() => this.logPart.want());
  }

  receive(message: LogHostMessage | TimelineHostMessage): void {
    switch (message.type) {
      case 'logCount':
        this.total = message.total;
        this.log?.receive(message);
        return this.ports.changed();
      case 'logRows':
      case 'logDetail':
        return this.log?.receive(message);
      case 'toggleLog':
        return this.views.toggle('events');
      case 'timeline':
        return this.timeline?.receive(message);
      case 'toggleTimeline':
        return this.views.toggle('timeline');
      case 'showInLog':
        return this.showInLog(message.name ?? this.currentKey());
      default:
        assertNever(message);
    }
  }

  // ---- drawing ----

  /** Before drawing something else than the conversation. */
  prepare(): void {
    this.shown?.prepare();
  }

  /** After drawing. */
  settle(): void {
    this.shown?.settle();
    if (this.isFocusDue) {
      const target = this.ports.root.querySelector<HTMLElement>(places[this.views.current]);
      target?.focus({ preventScroll: true });
      this.isFocusDue = target === null && !this.isConversation;
    }
  }

  tabs(context: PageContext): TemplateResult {
    return viewTabs(this.views, { events: this.log?.total ?? this.total }, context);
  }

  /** The view that is shown. */
  panel(conversation: () => TemplateResult, context: PageContext): TemplateResult {
    return viewPanel(
      this.views,
      this.isConversation ? conversation() : (this.shown?.view(context) ?? this.notYet(context)),
    );
  }

  // ---- between the views ----

  /** The view that is shown, where it is not the conversation. */
  private get shown(): LogPanel | TimelinePanel | undefined {
    return this.shownPart?.there;
  }

  private get log(): LogPanel | undefined {
    return this.logPart.there;
  }

  private get timeline(): TimelinePanel | undefined {
    return this.timelinePart.there;
  }

  /** The part that the shown view is, or will be, made by. */
  private get shownPart(): LaterPart<LogPanel> | LaterPart<TimelinePanel> | undefined {
    const { current } = this.views;
    return current === 'events' ? this.logPart : current === 'timeline' ? this.timelinePart : undefined;
  }

  /** In place of a view whose code is on its way, or did not come. */
  private notYet(context: PageContext): TemplateResult {
    const part = this.shownPart;
    return part?.hasFailed === true
      ? missingView(context, () => {
          part.want();
          this.ports.changed();
        })
      : html`<div class="log"></div>`;
  }

  private async buildTimeline(): Promise<TimelinePanel> {
    const { TimelinePanel: Panel } = await import('./timeline/timelinePanel.ts');
    const { ports } = this;
    return new Panel(
      { ...ports, header: () => ports.replica()?.header, showInLog: (name) => this.showInLog(name) },
      this.keptTimeline,
    );
  }

  private timelineArrived(timeline: TimelinePanel): void {
    if (this.views.current === 'timeline') {
      timeline.show();
      this.ports.changed();
    }
  }

  private async buildLog(): Promise<LogPanel> {
    const { LogPanel: Panel } = await import('./log/logPanel.ts');
    return new Panel(this.ports, this.keptLog);
  }

  private logArrived(log: LogPanel): void {
    if (this.views.current === 'events') {
      log.show();
      this.ports.changed();
    }
    if (this.wantedInLog !== undefined) {
      log.reveal(this.wantedInLog);
    }
  }

  private changed(): void {
    const active = document.activeElement;
    const panel = active?.closest('[role="tabpanel"]') ?? null;
    this.isFocusDue = active === document.body || panel !== null;
    this.log?.hide();
    this.timeline?.hide();
    this.shown?.show();
    this.shownPart?.want();
    this.ports.keep();
    this.ports.changed();
  }

  private showInLog(name: string | undefined): void {
    this.views.show('events');
    if (name !== undefined) {
      this.wantedInLog = name;
      this.log?.reveal(name);
    }
  }

  private currentKey(): string | undefined {
    const at = this.ports.currentRow();
    const held = this.ports.replica()?.held;
    return at === undefined || held === undefined ? undefined : rowAt(held, at)?.key;
  }

  /** Tells the editor which row its menu is opened on, right before it does. */
  private nameRow(target: EventTarget | null): void {
    const article = target instanceof Element ? target.closest('article') : null;
    const replica = this.ports.replica();
    const place = Number(article?.getAttribute('aria-posinset') ?? Number.NaN);
    const row = replica && rowAt(replica.held, replica.range.first + place - 1);
    if (article !== null && row !== undefined) {
      article.dataset['vscodeContext'] = JSON.stringify({ webviewSection: 'row', rowKey: row.key });
    }
  }
}

/** What was kept, read back. */
export function readViews(value: unknown): KeptViews | undefined {
  const view = isJsonObject(value) ? asSessionView(value['view']) : undefined;
  return view === undefined || !isJsonObject(value)
    ? undefined
    : { view, log: readLog(value['log']), timeline: value['timeline'] };
}

/** What has the keyboard in each view. */
const places: Readonly<Record<SessionView, string>> = {
  conversation: 'article[tabindex="0"]',
  events: '.log-scroller',
  timeline: '.timeline-focus',
};
