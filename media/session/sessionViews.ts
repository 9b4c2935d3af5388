import { html, type TemplateResult } from 'lit/html.js';
import type { LogHostMessage } from '../../src/protocol/logMessages.ts';
import type { PageMessage } from '../../src/protocol/messages.ts';
import type { TimelineHostMessage } from '../../src/protocol/timelineMessages.ts';
import { assertNever } from '../../src/util/assertNever.ts';
import { isJsonObject } from '../../src/util/json.ts';
import type { Replica } from './applyPatch.ts';
import type { LogPanel } from './log/logPanel.ts';
import { type KeptLog, logAtEnd, type LogPorts, readLog } from './log/logPorts.ts';
import { rowAt } from './rowWindow.ts';
import type { TimelinePanel } from './timeline/timelinePanel.ts';
import type { PageContext } from './view/context.ts';
import { viewPanel, viewTabs } from './view/viewTabs.ts';
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
  private log: LogPanel | undefined;
  private timeline: TimelinePanel | undefined;
  private isLoading = false;
  private isTimelineLoading = false;
  /** What the others begin with as soon as they are loaded. */
  private keptLog = logAtEnd;
  private keptTimeline: unknown;
  private wantedInLog: string | undefined;
  private total: number | undefined;
  /** The keyboard was in the view that went away: it goes into the one that came. */
  private isFocusDue = false;

  constructor(ports: ViewPorts) {
    this.ports = ports;
    this.views.onDidChange((view) => this.changed(view));
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
    requestAnimationFrame(() => void this.load());
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
      this.isConversation ? conversation() : (this.shown?.view(context) ?? html`<div class="log"></div>`),
    );
  }

  // ---- between the views ----

  /** The view that is shown, where it is not the conversation. */
  private get shown(): LogPanel | TimelinePanel | undefined {
    const { current } = this.views;
    return current === 'events' ? this.log : current === 'timeline' ? this.timeline : undefined;
  }

  private async loadTimeline(): Promise<void> {
    if (this.isTimelineLoading) {
      return;
    }
    this.isTimelineLoading = true;
    const { TimelinePanel: Panel } = await import('./timeline/timelinePanel.ts');
    const { ports } = this;
    this.timeline = new Panel(
      { ...ports, header: () => ports.replica()?.header, showInLog: (name) => this.showInLog(name) },
      this.keptTimeline,
    );
    if (this.views.current === 'timeline') {
      this.timeline.show();
      ports.changed();
    }
  }

  private async load(): Promise<void> {
    if (this.isLoading) {
      return;
    }
    this.isLoading = true;
    const { LogPanel } = await import('./log/logPanel.ts');
    this.log = new LogPanel(this.ports, this.keptLog);
    if (this.views.current === 'events') {
      this.log.show();
    }
    if (this.wantedInLog !== undefined) {
      this.log.reveal(this.wantedInLog);
    }
  }

  private changed(view: SessionView): void {
    const active = document.activeElement;
    const panel = active?.closest('[role="tabpanel"]') ?? null;
    this.isFocusDue = active === document.body || panel !== null;
    this.log?.hide();
    this.timeline?.hide();
    this.shown?.show();
    if (view === 'timeline') {
      void this.loadTimeline();
    }
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
