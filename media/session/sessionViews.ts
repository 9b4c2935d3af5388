import { html, type TemplateResult } from 'lit/html.js';
import type { LogHostMessage } from '../../src/protocol/logMessages.ts';
import { assertNever } from '../../src/util/assertNever.ts';
import { isJsonObject } from '../../src/util/json.ts';
import type { Replica } from './applyPatch.ts';
import type { LogPanel } from './log/logPanel.ts';
import { type KeptLog, logAtEnd, type LogPorts, readLog } from './log/logPorts.ts';
import { rowAt } from './rowWindow.ts';
import type { PageContext } from './view/context.ts';
import { viewPanel, viewTabs } from './view/viewTabs.ts';
import { asSessionView, type SessionView, ViewSwitch } from './viewSwitch.ts';

/** What is kept of the views over a reload. */
export interface KeptViews {
  readonly view: SessionView;
  readonly log: KeptLog;
}

export interface ViewPorts extends LogPorts {
  readonly replica: () => Replica | undefined;
  /** Position of the row that the keyboard is, or was last, on. */
  readonly currentRow: () => number | undefined;
}

/** The views of a session: which one is shown, and those besides the conversation, which are loaded later. */
export class SessionViews {
  private readonly ports: ViewPorts;
  private readonly views = new ViewSwitch();
  private log: LogPanel | undefined;
  private isLoading = false;
  /** What the log begins with as soon as it is loaded. */
  private keptLog = logAtEnd;
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
    return { view: this.views.current, log: this.log?.kept ?? this.keptLog };
  }

  restore(kept: KeptViews | undefined): void {
    if (kept !== undefined) {
      this.keptLog = kept.log;
      this.views.show(kept.view);
    }
  }

  /** The host has sent a new beginning. */
  opened(): void {
    this.log?.reopen();
    // The first paint comes first.
    requestAnimationFrame(() => void this.load());
  }

  receive(message: LogHostMessage): void {
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
      case 'showInLog':
        return this.showInLog(message.name ?? this.currentKey());
      default:
        assertNever(message);
    }
  }

  // ---- drawing ----

  /** Before drawing something else than the conversation. */
  prepare(): void {
    this.log?.prepare();
  }

  /** After drawing. */
  settle(): void {
    if (!this.isConversation) {
      this.log?.settle();
    }
    if (this.isFocusDue) {
      const selector = this.isConversation ? 'article[tabindex="0"]' : '.log-scroller';
      const target = this.ports.root.querySelector<HTMLElement>(selector);
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
      this.isConversation ? conversation() : (this.log?.view(context) ?? html`<div class="log"></div>`),
    );
  }

  // ---- between the views ----

  private async load(): Promise<void> {
    if (this.isLoading) {
      return;
    }
    this.isLoading = true;
    const { LogPanel } = await import('./log/logPanel.ts');
    this.log = new LogPanel(this.ports, this.keptLog);
    if (!this.isConversation) {
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
    if (view === 'events') {
      this.log?.show();
    } else {
      this.log?.hide();
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
  return view === undefined || !isJsonObject(value) ? undefined : { view, log: readLog(value['log']) };
}
