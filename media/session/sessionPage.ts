import { html, nothing, render, type TemplateResult } from 'lit/html.js';
import { MAX_TITLE } from '../../src/protocol/headerMessages.ts';
import type { HostMessage } from '../../src/protocol/messages.ts';
import { assertNever } from '../../src/util/assertNever.ts';
import type { Clock } from '../../src/util/clock.ts';
import { withHiddenMarked } from '../../src/util/hiddenCharacters.ts';
import { Announcements } from './announcements.ts';
import type { Replica } from './applyPatch.ts';
import { ApprovalsController } from './approvalsController.ts';
import { ComposerController } from './composerController.ts';
import { fill } from './fill.ts';
import { FindController } from './find/findController.ts';
import { createFormat } from './format.ts';
import { HeaderController } from './headerController.ts';
import type { Host } from './host.ts';
import { keepForms } from './keptForms.ts';
import { keepRows, PlaceKeeper } from './keptPlace.ts';
import type { MarkdownCache } from './markdown.ts';
import { createActions } from './pageActions.ts';
import { Requests } from './requests.ts';
import { RowNavigator } from './rowNavigator.ts';
import { drawnSpan, sliceEnd, type Span } from './rowWindow.ts';
import { ScrollKeeper } from './scrollKeeper.ts';
import { SessionViews } from './sessionViews.ts';
import { PageStore } from './store.ts';
import { UiState } from './uiState.ts';
import { bannerView } from './view/banner.ts';
import { composerView } from './view/composer.ts';
import type { PageContext } from './view/context.ts';
import { conversationView } from './view/conversation.ts';
import { findBar } from './view/findBar.ts';
import { headerView } from './view/header.ts';
import { icon } from './view/icon.ts';
import { waitingBar } from './view/waitingBar.ts';

const NOTHING: Span = { from: 0, end: 0 };

/** The page as a whole: what comes from the host goes into the store, and each frame draws what the store holds. */
export class SessionPage {
  private readonly root: HTMLElement;
  private readonly host: Host;
  private readonly clock: Clock;
  private readonly store: PageStore;
  private readonly requests: Requests;
  private readonly ui = new UiState();
  private readonly scroll: ScrollKeeper;
  private readonly rows: RowNavigator;
  private readonly composer: ComposerController;
  private readonly views: SessionViews;
  private readonly find: FindController;
  private readonly header: HeaderController;
  private readonly place: PlaceKeeper;
  private readonly announcements = new Announcements();
  private readonly sizes = new ResizeObserver(() => this.settle());
  private context: PageContext | undefined;
  private locale = document.documentElement.lang;
  private format = createFormat(this.locale);
  private markdown: MarkdownCache | undefined;
  private drawn: Span = NOTHING;
  private seenEnd = 0;
  private interruptBusy = false;
  private headerError: string | undefined;
  private frame = 0;
  private isRestored = false;
  private isSelecting = false;
  private isDrawnAtEnd = true;

  constructor(root: HTMLElement, host: Host, clock: Clock) {
    this.root = root;
    this.host = host;
    this.clock = clock;
    this.scroll = new ScrollKeeper(root);
    this.place = new PlaceKeeper(this.scroll, host.load()?.place);
    this.rows = new RowNavigator({
      root,
      scroll: this.scroll,
      replica: () => this.store.replica,
      drawn: () => this.drawn,
      focusComposer: () => this.focusComposer(),
      changed: () => this.schedule(),
    });
    const post = host.post;
    this.requests = new Requests(post, clock);
    this.store = new PageStore({
      post,
      clock,
      nextId: () => this.requests.nextId(),
      anchor: () => this.place.anchor,
    });
    this.header = new HeaderController({
      root,
      post,
      header: () => this.store.replica?.header,
      ask: (build) => this.requests.ask(build),
      failureText: () => this.store.facts?.strings.failed ?? '',
      tooLong: (count) => {
        const text = this.store.facts?.strings.header.tooLong ?? '';
        return fill(text, { limit: String(MAX_TITLE), count: String(count) });
      },
      changed: (afterwards) => this.drawThen(afterwards),
    });
    this.views = new SessionViews({
      root,
      clock,
      post,
      nextId: () => this.requests.nextId(),
      ask: (build) => this.requests.ask(build),
      replica: () => this.store.replica,
      currentRow: () => this.rows.current,
      focusComposer: () => this.focusComposer(),
      announce: (text) => this.announce(text),
      changed: () => this.schedule(),
      keep: () => this.saveSoon(),
    });
    this.find = new FindController({
      root,
      clock,
      post,
      scroll: this.scroll,
      ui: this.ui,
      replica: () => this.store.replica,
      drawn: () => this.drawn,
      strings: () => this.store.facts?.strings,
      number: (value) => this.context?.format.number(value) ?? String(value),
      isConversation: () => this.views.isConversation,
      showConversation: () => this.views.showConversation(),
      setCurrent: (at) => {
        this.place.moved();
        this.rows.current = at;
      },
      focusComposer: () => this.focusComposer(),
      changed: () => this.schedule(),
    });
    this.composer = new ComposerController({
      clock,
      post,
      ask: (build) => this.requests.ask(build),
      nextId: () => this.requests.nextId(),
      field: () => root.querySelector<HTMLTextAreaElement>('.composer-text') ?? undefined,
      changed: () => this.schedule(),
      draftKept: () => this.saveState(),
      sendingOff: () => this.goToEnd(),
      announce: (text) => this.announce(text),
      activity: () => this.store.replica?.header.activity ?? 'unknown',
      strings: () => this.store.facts?.strings,
    });
    this.store.onDidChange(() => this.schedule());
    this.store.onDidOpen(() => this.onOpen());
    this.store.onDidPatch(({ patch, before }) => {
      const strings = this.store.facts?.strings;
      const text = strings && this.announcements.of(patch, before, strings);
      if (text !== undefined) {
        this.announce(text);
      }
    });
    this.ui.onDidChange(() => {
      this.schedule();
      this.saveSoon();
    });
  }

  start(): void {
    this.host.listen((message) => this.receive(message));
    document.addEventListener('visibilitychange', () => this.composer.keepDraft());
    window.addEventListener('pagehide', () => this.composer.keepDraft());
    // A page that is hidden or closed can say nothing more, so the draft goes at the first sign of leaving:
    // the focus goes elsewhere, or a key may be a shortcut of the editor.
    window.addEventListener('blur', () => this.composer.keepDraft());
    window.addEventListener('keydown', (event) => {
      if (event.ctrlKey || event.metaKey || event.altKey || /^F\d/.test(event.key)) {
        this.composer.keepDraft();
      }
    });
    document.addEventListener('selectionchange', () => this.onSelection());
    this.header.start();
    this.place.watch(this.root);
    this.find.start();
    this.store.start();
    this.warmUp();
    this.tick();
  }

  /** The browser loads tables with the first formatter of a kind: better while the host is asked than behind it. */
  private warmUp(): void {
    const { format } = this;
    const now = this.clock.now();
    const loads = [
      () => format.rough(1_000),
      () => format.time(now),
      () => format.compact(1_200),
      () => format.day(now, now),
    ];
    for (const load of loads) {
      this.clock.after(0, load);
    }
  }

  /** The Markdown renderer arrived: draw all texts anew with it. */
  useMarkdown(markdown: MarkdownCache): void {
    this.markdown = markdown;
    this.rebuildContext();
    this.schedule();
  }

  private receive(message: HostMessage): void {
    switch (message.type) {
      case 'open':
        this.composer.take(message.composer);
        this.store.open(message);
        return;
      case 'patches':
        this.store.patches(message);
        return;
      case 'rows':
        this.store.rows(message);
        return;
      case 'outcome':
        this.requests.settle(message.id, message.outcome);
        return;
      case 'reveal':
        this.views.showConversation();
        this.place.moved();
        this.rows.moveTo(message.at, message.key);
        return;
      case 'place':
        if (this.place.place(message)) {
          this.schedule();
        }
        return;
      case 'focusLastMessage':
        this.focusLastMessage();
        return;
      case 'startRename':
        this.header.startRename();
        return;
      case 'focusComposer':
        this.focusComposer();
        return;
      case 'composer':
      case 'recalled':
      case 'attachmentImage':
        return this.composer.receive(message);
      case 'find':
      case 'showFind':
        this.find.receive(message);
        return;
      case 'logRows':
      case 'logDetail':
      case 'logCount':
      case 'toggleLog':
      case 'showInLog':
        this.views.receive(message);
        return;
      default:
        assertNever(message);
    }
  }

  private onOpen(): void {
    this.ui.forgetQuestions();
    this.rebuildContext();
    this.views.opened();
    this.find.opened();
    const { replica, facts } = this.store;
    if (this.isRestored || replica === undefined || facts === undefined) {
      return;
    }
    this.isRestored = true;
    this.saveSoon();
    this.seenEnd = replica.range.end;
    const saved = this.host.load();
    const mine = saved?.sessionId === replica.header.sessionId ? saved : undefined;
    for (const { key, text, json, isError, denying } of mine?.forms ?? []) {
      this.ui.change(key, { formText: text, formJson: json, formIsError: isError, denying });
    }
    for (const [key, expanded] of mine?.rows ?? []) {
      this.ui.change(key, { expanded });
    }
    this.place.restore(replica.held);
    this.views.restore(mine?.views);
    this.draw(true);
    this.schedule();
    this.composer.restore(mine !== undefined && mine.draft !== '' ? mine.draft : facts.draft);
  }

  private rebuildContext(): void {
    const { facts } = this.store;
    if (facts === undefined) {
      return;
    }
    document.documentElement.lang = facts.locale;
    const format = facts.locale === this.locale ? this.format : createFormat(facts.locale);
    this.locale = facts.locale;
    this.format = format;
    const { actions, markdown } = this;
    const waiting = this.approvals.calls();
    this.context = { strings: facts.strings, format, actions, markdown, waiting };
  }

  private readonly approvals = new ApprovalsController({
    later: (ms, run) => void this.clock.after(ms, run),
    ui: this.ui,
    post: (message) => this.host.post(message),
    ask: (build) => this.requests.ask(build),
    replica: () => this.store.replica,
    strings: () => this.store.facts?.strings,
    announce: (text) => this.announce(text),
    focusRow: (key) => {
      const at = this.rows.positionOfKey(key);
      this.views.showConversation();
      return at !== undefined && this.rows.moveTo(at, key);
    },
    focusComposer: () => this.focusComposer(),
    isFocusAt: (key) => this.isFocusAt(key),
    changed: () => this.schedule(),
    written: () => this.saveSoon(),
  });

  private readonly actions = createActions({
    post: (message) => this.host.post(message),
    ask: (build) => this.requests.ask(build),
    ui: this.ui,
    strings: () => this.store.facts?.strings,
    approvals: this.approvals,
    announce: (text) => this.announce(text),
    focusIn: (key, selector) => this.rows.focusIn(key, selector),
    beforeResize: (key, bringIn) => this.holdRow(key, bringIn),
    interrupting: (busy, error) => {
      this.interruptBusy = busy;
      if (busy) {
        this.goToEnd();
      }
      this.headerError = error;
      this.schedule();
    },
  });

  private schedule(): void {
    this.frame ||= requestAnimationFrame(() => {
      this.frame = 0;
      this.draw();
    });
  }

  /** @param isWithoutRows only what is around them: the first drawing of all is too much for one task. */
  private draw(isWithoutRows = false): void {
    const { replica } = this.store;
    if (replica === undefined || this.context === undefined) {
      return;
    }
    this.approvals.settle();
    const waiting = this.approvals.calls();
    if (waiting !== this.context.waiting) {
      this.context = { ...this.context, waiting };
    }
    if (!this.views.isConversation) {
      this.views.prepare();
      render(this.view(replica, this.context), this.root);
      this.views.settle();
      this.find.settle();
      return;
    }
    const range = wholeOf(replica);
    const visible = this.scroll.visible(this.drawn, replica.held, range);
    this.store.setReader(visible, this.scroll.following);
    const { held } = this.store.replica ?? replica;
    this.drawn = isWithoutRows
      ? { from: visible.from, end: visible.from }
      : drawnSpan({ from: held.from, end: sliceEnd(held) }, visible, this.drawn);
    this.isDrawnAtEnd = this.scroll.following;
    const hadFocus = this.root.querySelector('.feed-rows')?.contains(document.activeElement) === true;
    render(this.view(this.store.replica ?? replica, this.context), this.root);
    this.settle();
    this.noteSeen(range);
    this.watchSizes();
    this.rows.restoreFocus(hadFocus);
    this.views.settle();
    this.find.settle();
    this.markdown?.keepOnly((key) => isKeyHeld(key, replica));
  }

  private view(replica: Replica, context: PageContext): TemplateResult {
    const now = this.clock.now();
    const { header, feed, banner, range } = replica;
    const current = this.rows.current ?? range.end - 1;
    const inside = current >= this.drawn.from && current < this.drawn.end;
    const conversation = {
      replica,
      drawn: this.drawn,
      current: inside ? current : this.drawn.end - 1,
      atEnd: this.isDrawnAtEnd,
      newRows: Math.max(0, range.end - this.seenEnd),
      now,
    };
    return html`<div class="page">
      ${headerView({ header, feed, now, interruptBusy: this.interruptBusy }, this.header, context)}
      ${
        this.headerError === undefined
          ? nothing
          : html`<div class="banner tone-error" role="alert">
              ${icon('error')}<span>${this.headerError}</span>
            </div>`
      }
      ${bannerView(banner, context)}
      ${
        header.lost
          ? html`<main class="views"></main>`
          : html`<main class="views">
                ${this.views.tabs(context)} ${findBar(this.find, feed.history.kind, context)}
                ${this.views.panel(
                  () => conversationView(conversation, this.conversationEvents, this.ui, context),
                  context,
                )}
              </main>
              ${waitingBar(this.approvals.waiting, context)}
              ${composerView(this.composer, header.activity, context)}`
      }
      <div class="sr-only" role="status" data-status></div>
    </div>`;
  }

  private readonly conversationEvents = {
    onScroll: () => this.onScroll(),
    onKey: (event: KeyboardEvent) => {
      this.place.moved();
      this.rows.onKey(event);
    },
    onFocus: (event: FocusEvent) => this.rows.onFocus(event),
    onToEnd: (event: MouseEvent) => {
      this.place.moved();
      if (event.detail === 0) {
        // By keyboard: the button goes away, so the keyboard goes along.
        this.rows.moveTo((this.store.replica?.range.end ?? 0) - 1);
      }
      this.scroll.toEnd();
      this.schedule();
    },
  };

  private onScroll(): void {
    const { replica } = this.store;
    if (replica !== undefined && this.scroll.onScroll(this.drawn, replica.held, wholeOf(replica))) {
      this.rows.stopSeeking();
      this.schedule();
      this.saveSoon();
    }
  }

  /** While the reader selects a text, and as long as it stays selected, the view does not run away from it. */
  private onSelection(): void {
    const { replica } = this.store;
    const selection = document.getSelection();
    const rows = this.root.querySelector('.feed-rows');
    const isSelected = selection?.isCollapsed === false && rows?.contains(selection.anchorNode) === true;
    if (replica !== undefined && isSelected !== this.isSelecting) {
      this.isSelecting = isSelected;
      this.scroll.stay(isSelected, this.drawn, replica.held, wholeOf(replica));
      this.schedule();
    }
  }

  /** Where the keyboard is to go somewhere new, that is drawn at once: the next key must not get lost. */
  private drawThen(afterwards: (() => void) | undefined): void {
    if (afterwards === undefined) {
      this.schedule();
    } else {
      this.draw();
      afterwards();
    }
  }

  private goToEnd(): void {
    this.place.moved();
    this.scroll.toEnd();
  }

  private focusLastMessage(): void {
    const end = this.store.replica?.range.end ?? 0;
    this.views.showConversation();
    this.place.moved();
    this.rows.moveTo(end - 1);
  }

  /** What of the new rows the reader has seen: those whose lower edge was on the screen. */
  private noteSeen(range: Span): void {
    if (this.scroll.following) {
      this.seenEnd = range.end;
      return;
    }
    const seen = (this.scroll.measure(this.drawn)?.end ?? range.from) - 1;
    const seenEnd = Math.min(range.end, Math.max(this.seenEnd, seen));
    if (seenEnd !== this.seenEnd) {
      this.seenEnd = seenEnd;
      this.schedule();
    }
  }

  private settle(): void {
    const { replica } = this.store;
    if (replica !== undefined) {
      this.scroll.settle(this.drawn, wholeOf(replica));
      if (this.scroll.following !== this.isDrawnAtEnd) {
        this.schedule();
      }
    }
  }

  private watchSizes(): void {
    for (const element of this.root.querySelectorAll('.scroller, .feed-rows')) {
      this.sizes.observe(element);
    }
  }

  private holdRow(key: string, bringIn = false): void {
    const at = this.rows.positionOfKey(key);
    const held = this.store.replica?.held;
    if (held !== undefined && at !== undefined) {
      this.scroll.hold(at, this.drawn, held, bringIn);
    }
  }

  /** Whether the keyboard is where the user acted, or nowhere; never true while the window's focus is elsewhere. */
  private isFocusAt(key: string | undefined): boolean {
    const active = document.activeElement;
    if (!document.hasFocus()) {
      return false;
    }
    if (active === null || active === document.body) {
      return true;
    }
    if (key === undefined) {
      return active.closest('.waiting') !== null;
    }
    const at = this.rows.positionOfKey(key);
    const row = at === undefined ? undefined : this.scroll.element(at, this.drawn);
    return row?.contains(active) === true;
  }

  private focusComposer(): void {
    const place = this.composer.isEnded ? '.ended button' : '.composer-text';
    this.root.querySelector<HTMLElement>(place)?.focus();
  }

  /** One region for single announcements; emptied first, so that the same words are heard again. */
  private announce(text: string): void {
    const status = this.root.querySelector('[data-status]');
    if (status !== null) {
      status.textContent = '';
      this.clock.after(50, () => {
        status.textContent = withHiddenMarked(text);
      });
    }
  }

  private saving: { dispose(): void } | undefined;

  private saveSoon(): void {
    this.saving ??= this.clock.after(500, () => {
      this.saving = undefined;
      this.saveState();
    });
  }

  private saveState(): void {
    const { replica } = this.store;
    if (replica !== undefined) {
      this.host.save({
        connectionId: replica.header.connectionId,
        origin: replica.header.origin,
        sessionId: replica.header.sessionId,
        draft: this.composer.textToKeep,
        title: replica.header.title,
        place: this.place.kept,
        rows: keepRows(this.ui.entries),
        forms: keepForms(this.ui.entries),
        views: this.views.kept,
      });
    }
  }

  /** Ages and running times: each second while something runs, rarely otherwise. */
  private tick(): void {
    const { replica } = this.store;
    const runs = replica?.header.activity === 'running' || replica?.feed.state.kind === 'reconnecting';
    this.clock.after(runs ? 1_000 : 5_000, () => {
      this.schedule();
      this.tick();
    });
  }
}

function wholeOf(replica: Replica): Span {
  return { from: replica.range.first, end: replica.range.end };
}

/** Markdown is kept by row key and block, divided by a line break. */
function isKeyHeld(key: string, replica: Replica): boolean {
  const rowKey = key.slice(0, key.lastIndexOf('\n'));
  return replica.held.rows.some((row) => row.key === rowKey);
}
