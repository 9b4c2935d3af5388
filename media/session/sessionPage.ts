import { html, nothing, render, type TemplateResult } from 'lit/html.js';
import type { HostMessage } from '../../src/protocol/messages.ts';
import { assertNever } from '../../src/util/assertNever.ts';
import type { Clock } from '../../src/util/clock.ts';
import { Announcements } from './announcements.ts';
import type { Replica } from './applyPatch.ts';
import { ComposerController } from './composerController.ts';
import { createFormat } from './format.ts';
import type { Host } from './host.ts';
import { isSendKey } from './keyboard.ts';
import type { MarkdownCache } from './markdown.ts';
import { createActions } from './pageActions.ts';
import { NO_ANSWER, Requests } from './requests.ts';
import { RowNavigator } from './rowNavigator.ts';
import { drawnSpan, sliceEnd, type Span } from './rowWindow.ts';
import { ScrollKeeper } from './scrollKeeper.ts';
import { PageStore } from './store.ts';
import { UiState } from './uiState.ts';
import { bannerView } from './view/banner.ts';
import { composerView } from './view/composer.ts';
import type { PageContext } from './view/context.ts';
import { conversationView } from './view/conversation.ts';
import { headerView } from './view/header.ts';
import { icon } from './view/icon.ts';

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
  private readonly announcements = new Announcements();
  private readonly sizes = new ResizeObserver(() => this.settle());
  private context: PageContext | undefined;
  private markdown: MarkdownCache | undefined;
  private drawn: Span = NOTHING;
  private seenEnd = 0;
  private interruptBusy = false;
  private headerError: string | undefined;
  private frame = 0;
  private isRestored = false;

  constructor(root: HTMLElement, host: Host, clock: Clock) {
    this.root = root;
    this.host = host;
    this.clock = clock;
    this.scroll = new ScrollKeeper(root);
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
    this.store = new PageStore({ post, clock, nextId: () => this.requests.nextId() });
    this.composer = new ComposerController({
      clock,
      post,
      ask: (build) => this.requests.ask(build),
      field: () => root.querySelector<HTMLTextAreaElement>('.composer-text') ?? undefined,
      changed: () => this.schedule(),
      draftKept: () => this.saveState(),
      leaving: () => this.scroll.toEnd(),
      failureText: (code) => this.sendFailure(code),
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
    this.ui.onDidChange(() => this.schedule());
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
    this.store.start();
    this.tick();
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
        this.rows.moveTo(message.at, message.key);
        return;
      case 'focusComposer':
        this.focusComposer();
        return;
      default:
        assertNever(message);
    }
  }

  private onOpen(): void {
    this.ui.forgetQuestions();
    this.rebuildContext();
    const { replica, facts } = this.store;
    if (this.isRestored || replica === undefined || facts === undefined) {
      return;
    }
    this.isRestored = true;
    this.seenEnd = replica.range.end;
    const saved = this.host.load();
    const mine = saved?.sessionId === replica.header.sessionId ? saved : undefined;
    const index = replica.held.rows.findIndex((row) => row.key === mine?.anchorKey);
    if (mine !== undefined && !mine.atEnd && index >= 0) {
      this.scroll.jumpTo(replica.held.from + index, replica.held.rows[index]?.key);
    }
    this.draw();
    this.composer.restore(mine !== undefined && mine.draft !== '' ? mine.draft : facts.draft);
  }

  private rebuildContext(): void {
    const { facts } = this.store;
    if (facts === undefined) {
      return;
    }
    document.documentElement.lang = facts.locale;
    const format = createFormat(facts.locale);
    this.context = { strings: facts.strings, format, actions: this.actions, markdown: this.markdown };
  }

  private readonly actions = createActions({
    post: (message) => this.host.post(message),
    ask: (build) => this.requests.ask(build),
    ui: this.ui,
    strings: () => this.store.facts?.strings,
    announce: (text) => this.announce(text),
    focusIn: (key, selector) => this.rows.focusIn(key, selector),
    beforeResize: (key) => this.holdRow(key),
    interrupting: (busy, error) => {
      this.interruptBusy = busy;
      if (busy) {
        this.scroll.toEnd();
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

  private draw(): void {
    const { replica } = this.store;
    if (replica === undefined || this.context === undefined) {
      return;
    }
    const range = wholeOf(replica);
    const visible = this.scroll.visible(this.drawn, replica.held, range);
    this.store.setReader(visible);
    const { held } = this.store.replica ?? replica;
    this.drawn = drawnSpan({ from: held.from, end: sliceEnd(held) }, visible, this.drawn);
    if (this.scroll.following) {
      this.seenEnd = range.end;
    }
    const hadFocus = this.root.querySelector('.feed-rows')?.contains(document.activeElement) === true;
    render(this.view(this.store.replica ?? replica, this.context), this.root);
    this.settle();
    this.watchSizes();
    this.rows.restoreFocus(hadFocus);
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
      newRows: this.scroll.following ? 0 : Math.max(0, range.end - this.seenEnd),
      now,
    };
    return html`<div class="page">
      ${headerView(header, feed, now, this.interruptBusy, context)}
      ${
        this.headerError === undefined
          ? nothing
          : html`<div class="banner tone-error" role="alert">
              ${icon('error')}<span>${this.headerError}</span>
            </div>`
      }
      ${bannerView(banner, context)}
      ${conversationView(conversation, this.conversationEvents, this.ui, context)}
      ${composerView(
        {
          activity: header.activity,
          enterSends: this.store.facts?.enterSends !== false,
          sending: this.composer.sending,
          canSend: this.composer.canSend,
          error: this.composer.error,
        },
        this.composerEvents,
        context,
      )}
      <div class="sr-only" role="status" data-status></div>
    </div>`;
  }

  private readonly conversationEvents = {
    onScroll: () => this.onScroll(),
    onKey: (event: KeyboardEvent) => this.rows.onKey(event),
    onFocus: (event: FocusEvent) => this.rows.onFocus(event),
    onToEnd: () => {
      this.scroll.toEnd();
      this.schedule();
    },
  };

  private sendFailure(code: string): string {
    const strings = this.store.facts?.strings;
    // Without an answer the message may have arrived: to call it unsent would invite a second one.
    return (code === NO_ANSWER ? strings?.checking : strings?.sendFailed) ?? code;
  }

  private readonly composerEvents = {
    onInput: () => this.composer.onInput(),
    onSend: () => void this.composer.send(),
    onKey: (event: KeyboardEvent) => {
      if (isSendKey(event, this.store.facts?.enterSends !== false)) {
        event.preventDefault();
        void this.composer.send();
      }
    },
  };

  private onScroll(): void {
    const { replica } = this.store;
    if (replica !== undefined && this.scroll.onScroll(this.drawn, replica.held, wholeOf(replica))) {
      this.schedule();
      this.saveSoon();
    }
  }

  private settle(): void {
    const { replica } = this.store;
    if (replica !== undefined) {
      this.scroll.settle(this.drawn, wholeOf(replica));
    }
  }

  private watchSizes(): void {
    for (const element of this.root.querySelectorAll('.scroller, .feed-rows')) {
      this.sizes.observe(element);
    }
  }

  private holdRow(key: string): void {
    const at = this.rows.positionOfKey(key);
    const held = this.store.replica?.held;
    if (held !== undefined && at !== undefined) {
      this.scroll.hold(at, this.drawn, held);
    }
  }

  private focusComposer(): void {
    this.root.querySelector<HTMLElement>('.composer-text')?.focus();
  }

  /** One region for single announcements; emptied first, so that the same words are heard again. */
  private announce(text: string): void {
    const status = this.root.querySelector('[data-status]');
    if (status !== null) {
      status.textContent = '';
      this.clock.after(50, () => {
        status.textContent = text;
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
        sessionId: replica.header.sessionId,
        draft: this.composer.text,
        anchorKey: this.scroll.anchorKey,
        atEnd: this.scroll.following,
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
