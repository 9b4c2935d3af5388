import { render } from 'lit/html.js';
import { MAX_TITLE } from '../../src/protocol/headerMessages.ts';
import type { Clock } from '../../src/util/clock.ts';
import type { Disposable } from '../../src/util/disposable.ts';
import { Announcements } from './announcements.ts';
import { Announcer } from './announcer.ts';
import type { Replica } from './applyPatch.ts';
import { ApprovalsController } from './approvalsController.ts';
import { ComposerController } from './composerController.ts';
import { ConversationReader } from './conversationReader.ts';
import { watchDrops } from './dropZone.ts';
import { fill } from './fill.ts';
import { FindController } from './find/findController.ts';
import { isFocusStillAt } from './focusPlace.ts';
import { createFormat } from './format.ts';
import { GradualMarkdown } from './gradualMarkdown.ts';
import { HeaderController } from './headerController.ts';
import type { Host } from './host.ts';
import { onLeaving } from './leaving.ts';
import type { MarkdownCache } from './markdown.ts';
import { createActions } from './pageActions.ts';
import { receiveFromHost } from './receiveFromHost.ts';
import { Requests } from './requests.ts';
import { SessionViews } from './sessionViews.ts';
import { StateKeeper } from './stateKeeper.ts';
import { placeOfText } from './textKey.ts';
import { PageStore } from './store.ts';
import { UiState } from './uiState.ts';
import type { PageActions, PageContext } from './view/context.ts';
import { type InterruptState, pageView } from './view/page.ts';
import { warmUp } from './warmUp.ts';

const RUNNING_TICK_MS = 1_000;
const IDLE_TICK_MS = 15_000;

/**
 * The page as a whole: puts its parts together, and draws in each frame what the store holds. What comes from the
 * host goes to the parts by `receiveFromHost`.
 */
export class SessionPage {
  private readonly root: HTMLElement;
  private readonly host: Host;
  private readonly clock: Clock;
  private readonly announce: (text: string) => void;
  private readonly ui = new UiState();
  private readonly requests: Requests;
  private readonly store: PageStore;
  private readonly reader: ConversationReader;
  private readonly views: SessionViews;
  private readonly find: FindController;
  private readonly header: HeaderController;
  private readonly composer: ComposerController;
  private readonly approvals: ApprovalsController;
  private readonly keeper: StateKeeper;
  private readonly actions: PageActions;
  private context: PageContext | undefined;
  private locale = document.documentElement.lang;
  private format = createFormat(this.locale);
  private markdown: MarkdownCache | undefined;
  private gradual: GradualMarkdown | undefined;
  private interrupt: InterruptState = { isBusy: false, error: undefined };
  private frame = 0;
  /** The timer for what reads differently because time goes by. */
  private ticking: { readonly everyMs: number; readonly timer: Disposable } | undefined;
  private isRestored = false;

  constructor(root: HTMLElement, host: Host, clock: Clock) {
    this.root = root;
    this.host = host;
    this.clock = clock;
    const announcer = new Announcer(clock, (text) => {
      const region = root.querySelector('[data-status]');
      if (region !== null) {
        region.textContent = text;
      }
    });
    this.announce = (text) => announcer.say(text);
    const { announce, ui } = this;
    const { post } = host;
    this.requests = new Requests(post, clock);
    const ask = this.requests.ask.bind(this.requests);
    const nextId = () => this.requests.nextId();
    const strings = () => this.store.facts?.strings;
    const replica = () => this.store.replica;
    const focusComposer = () => this.focusComposer();
    const changed = () => this.schedule();
    const keep = () => this.keeper.saveSoon();

    this.store = new PageStore({ post, clock, nextId, anchor: () => this.reader.place.anchor });
    this.reader = new ConversationReader({
      root,
      clock,
      store: this.store,
      kept: host.load()?.place,
      showConversation: () => this.views.showConversation(),
      focusComposer,
      changed,
      keep,
    });
    const { reader } = this;
    this.header = new HeaderController({
      root,
      post,
      header: () => this.store.replica?.header,
      ask,
      failureText: () => strings()?.failed ?? '',
      tooLong: (count) => {
        const text = strings()?.header.tooLong ?? '';
        return fill(text, { limit: String(MAX_TITLE), count: String(count) });
      },
      changed: (afterwards) => this.drawThen(afterwards),
    });
    this.views = new SessionViews({
      root,
      clock,
      post,
      nextId,
      ask,
      replica,
      currentRow: () => reader.rows.current,
      focusComposer,
      announce,
      changed,
      keep,
    });
    this.find = new FindController({
      root,
      clock,
      post,
      scroll: reader.scroll,
      ui,
      replica,
      drawn: () => reader.drawn,
      strings,
      number: (value) => this.context?.format.number(value) ?? String(value),
      isConversation: () => this.views.isConversation,
      showConversation: () => this.views.showConversation(),
      setCurrent: (at) => reader.broughtTo(at),
      focusComposer,
      changed,
    });
    this.composer = new ComposerController({
      clock,
      post,
      ask,
      nextId,
      field: () => root.querySelector<HTMLTextAreaElement>('.composer-text') ?? undefined,
      changed,
      draftKept: () => this.keeper.save(),
      sendingOff: () => reader.goToEnd(),
      announce,
      activity: () => this.store.replica?.header.activity ?? 'unknown',
      strings,
    });
    this.approvals = new ApprovalsController({
      later: (ms, run) => void clock.after(ms, run),
      ui,
      post,
      ask,
      replica,
      strings,
      announce,
      focusRow: (key) => reader.goToKey(key),
      focusComposer,
      isFocusAt: (key) =>
        isFocusStillAt(key === undefined ? root.querySelector('.waiting') : reader.elementOf(key)),
      changed,
      written: keep,
    });
    this.keeper = new StateKeeper({
      host,
      clock,
      ui,
      replica,
      draft: () => this.composer.textToKeep,
      place: () => reader.place.kept,
      views: () => this.views.kept,
    });
    this.actions = createActions({
      post,
      ask,
      ui,
      strings,
      approvals: this.approvals,
      announce,
      focusIn: (key, selector) => reader.rows.focusIn(key, selector),
      beforeResize: (key, bringIn) => reader.hold(key, bringIn),
      interrupting: (isBusy, error) => this.interrupting(isBusy, error),
    });
  }

  start(): void {
    const { host, store, ui, reader, header, find, composer } = this;
    store.onDidChange(() => this.schedule());
    store.onDidOpen(() => this.onOpen());
    this.announceChanges();
    ui.onDidChange(() => {
      this.schedule();
      this.keeper.saveSoon();
    });
    const { requests, views } = this;
    const listeners = { store, requests, reader, views, composer, header, find };
    const focusComposer = () => this.focusComposer();
    const changed = () => this.schedule();
    host.listen((message) => receiveFromHost(message, { ...listeners, focusComposer, changed }));
    onLeaving(() => composer.keepDraft());
    watchDrops(composer.attaching);
    header.start();
    reader.start();
    find.start();
    store.start();
    warmUp(this.format, this.clock);
    this.keepTime();
  }

  /** The Markdown renderer arrived: draw all texts anew with it. */
  useMarkdown(markdown: MarkdownCache): void {
    if (markdown !== this.markdown) {
      this.markdown = markdown;
      this.gradual = new GradualMarkdown(markdown, (callback) => requestAnimationFrame(callback));
    }
    this.rebuildContext();
    this.schedule();
  }

  private announceChanges(): void {
    const announcements = new Announcements();
    this.store.onDidPatch(({ patch, before }) => {
      const strings = this.store.facts?.strings;
      const text = strings && announcements.of(patch, before, strings);
      if (text !== undefined) {
        this.announce(text);
      }
    });
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
    this.keeper.saveSoon();
    const kept = this.keeper.restore(replica.header.sessionId);
    this.reader.restore(replica);
    this.views.restore(kept?.views);
    this.draw(true);
    this.schedule();
    this.composer.restore(kept !== undefined && kept.draft !== '' ? kept.draft : facts.draft);
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
    const { actions, gradual: markdown } = this;
    const waiting = this.approvals.calls();
    this.context = { strings: facts.strings, format, actions, markdown, waiting };
  }

  private interrupting(isBusy: boolean, error: string | undefined): void {
    if (isBusy) {
      this.reader.goToEnd();
    }
    this.interrupt = { isBusy, error };
    this.schedule();
  }

  // ---- drawing ----

  private schedule(): void {
    this.frame ||= requestAnimationFrame(() => {
      this.frame = 0;
      this.draw();
    });
  }

  /** @param isWithoutRows only what is around them: the first drawing of all is too much for one task. */
  private draw(isWithoutRows = false): void {
    this.keepTime();
    const { replica } = this.store;
    if (replica === undefined || this.context === undefined) {
      return;
    }
    this.approvals.settle();
    const waiting = this.approvals.calls();
    if (waiting !== this.context.waiting) {
      this.context = { ...this.context, waiting };
    }
    if (this.views.isConversation) {
      this.reader.prepare(replica, isWithoutRows);
      const hadFocus = this.root.querySelector('.feed-rows')?.contains(document.activeElement) === true;
      this.render(this.store.replica ?? replica, this.context);
      this.reader.settle(replica, hadFocus);
      this.markdown?.keepOnly(heldIn(replica));
    } else {
      this.views.prepare();
      this.render(replica, this.context);
    }
    this.views.settle();
    this.find.settle();
  }

  private render(replica: Replica, context: PageContext): void {
    const { header, reader, views, find, approvals, composer, ui } = this;
    const parts = { header, reader, views, find, approvals, composer, ui };
    render(pageView(replica, parts, this.interrupt, this.clock.now(), context), this.root);
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

  private focusComposer(): void {
    const place = this.composer.isEnded ? '.ended button' : '.composer-text';
    this.root.querySelector<HTMLElement>(place)?.focus();
  }

  /** Ages and running times: each second while something runs, hardly ever otherwise, so that an idle page sleeps. */
  private keepTime(): void {
    const { replica } = this.store;
    const runs = replica?.header.activity === 'running' || replica?.feed.state.kind === 'reconnecting';
    const everyMs = runs ? RUNNING_TICK_MS : IDLE_TICK_MS;
    if (this.ticking?.everyMs === everyMs) {
      return;
    }
    this.ticking?.timer.dispose();
    const timer = this.clock.after(everyMs, () => {
      this.ticking = undefined;
      if (runs) {
        this.schedule();
      } else {
        // Not by way of a frame: where nothing reads differently, none has to be made.
        this.draw();
      }
    });
    this.ticking = { everyMs, timer };
  }
}

function heldIn({ held }: Replica): (key: string) => boolean {
  let keys: Set<string> | undefined;
  return (key) => {
    keys ??= new Set(held.rows.map((row) => row.key));
    return keys.has(placeOfText(key).rowKey);
  };
}
