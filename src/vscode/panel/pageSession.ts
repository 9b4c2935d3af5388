import * as vscode from 'vscode';
import { type Connection, SANDBOX_ID } from '../../api/connection.ts';
import type { ApiError } from '../../api/errors.ts';
import { LogPort } from '../../eventLog/logPort.ts';
import { Flow } from '../../protocol/flow.ts';
import {
  type HostMessage,
  MAX_WINDOW_ROWS,
  type Outcome,
  type PageAction,
  type PageMessage,
  type SessionHeader,
} from '../../protocol/messages.ts';
import { readPageMessage } from '../../protocol/readPageMessage.ts';
import { RowWindow } from '../../protocol/rowWindow.ts';
import type { FeedLease } from '../../stream/feedHub.ts';
import type { SessionFeed } from '../../stream/sessionFeed.ts';
import { describeError } from '../../text/describeError.ts';
import { sentences } from '../../text/explanation.ts';
import { pageStrings } from '../../text/pageStrings.ts';
import { placeName } from '../../text/placeName.ts';
import { SearchedTranscript } from '../../transcript/searchedTranscript.ts';
import { Transcript } from '../../transcript/transcript.ts';
import { assertNever } from '../../util/assertNever.ts';
import { type Disposable, DisposableStore } from '../../util/disposable.ts';
import { asObject, field } from '../../util/json.ts';
import type { Shell } from '../shell.ts';
import { isReadOnly } from '../services/isReadOnly.ts';
import { Approvals } from './approvals.ts';
import { bannerOf } from './bannerOf.ts';
import { FindInSession } from './findInSession.ts';
import type { EditorMemory } from './attachments/editorMemory.ts';
import type { BodyDocuments } from './bodyDocuments.ts';
import { CodeDocuments } from './codeDocuments.ts';
import { ComposerSession } from './composerSession.ts';
import { findWords } from './findWords.ts';
import { headerOf } from './headerOf.ts';
import { LogActions } from './logActions.ts';
import { openLink } from './openLink.ts';
import { runPageAction } from './pageActionCommands.ts';
import { RateLimit } from './rateLimit.ts';
import { RefusedMessages } from './refusedMessages.ts';
import { RowBodies } from './rowBodies.ts';
import { SessionNamesLookup } from './sessionNames.ts';
import { SessionTitle } from './sessionTitle.ts';
import { refusal } from './refusal.ts';
import { Steering } from './steering.ts';
import { Stopping } from './stopping.ts';
import { type RevealTarget, Wanted } from './wanted.ts';

export interface PageSessionOptions {
  readonly shell: Shell;
  readonly connection: Connection;
  readonly sessionId: string;
  readonly lease: FeedLease;
  readonly bodies: BodyDocuments;
  readonly editors: EditorMemory;
  readonly webview: vscode.Webview;
  readonly knownTitle: string | undefined;
  /** Told when what the tab shows may have changed. */
  readonly onHeader: (header: SessionHeader) => void;
  readonly close: () => void;
}

/**
 * The host's side of one page: answers what the page asks, and sends it what changes in its window. Trusts
 * the page with nothing: every message is checked, and names only things of this session.
 */
export class PageSession implements Disposable {
  private readonly options: PageSessionOptions;
  private readonly feed: SessionFeed;
  private readonly transcript: Transcript;
  private readonly rows: RowWindow;
  private readonly flow: Flow;
  private readonly limit: RateLimit;
  private readonly steering: Steering;
  private readonly approvals: Approvals;
  /** The message that is being written. */
  readonly composer: ComposerSession;
  private readonly stopping: Stopping;
  private readonly wanted: Wanted;
  private readonly bodies: RowBodies;
  private readonly code: CodeDocuments;
  private readonly log: LogPort;
  private readonly find: FindInSession;
  private readonly logActions: LogActions;
  private readonly names: SessionNamesLookup;
  private readonly title: SessionTitle;
  private readonly refused: RefusedMessages;
  private readonly owned = new DisposableStore();
  private seq = 0;
  private lastHeader = '';
  private lastFeed = '';
  private isOpen = false;
  private isArchived = false;

  constructor(options: PageSessionOptions) {
    const { shell, lease, webview } = options;
    this.options = options;
    this.feed = lease.feed;
    this.transcript = this.owned.add(new Transcript(lease.feed));
    this.rows = new RowWindow(this.transcript, MAX_WINDOW_ROWS, (key) => lease.feed.outbox.echoOf(key));
    this.flow = this.owned.add(new Flow(shell.clock, () => this.sendPatches()));
    this.limit = new RateLimit(shell.clock);
    const { feed, transcript } = this;
    this.steering = new Steering({ shell, connection: options.connection, feed });
    this.bodies = new RowBodies(feed, transcript, options.bodies, {
      l10n: shell.l10n,
      sessionTitle: () => feed.session?.title ?? options.knownTitle ?? options.sessionId,
    });
    this.code = new CodeDocuments(feed, options.bodies);
    this.approvals = new Approvals({
      store: feed.store,
      transcript,
      l10n: shell.l10n,
      send: (events) => this.steering.send(events),
      openInput: (call, whenRead) => this.bodies.openToDecide(call, whenRead),
    });
    this.stopping = new Stopping(transcript);
    this.composer = this.owned.add(
      new ComposerSession({
        shell,
        connection: options.connection,
        sessionId: options.sessionId,
        feed,
        steering: this.steering,
        documents: options.bodies,
        editors: options.editors,
        post: (message) => this.isOpen && this.post(message),
        stopping: (isOn) => this.setStopping(isOn),
      }),
    );
    this.wanted = new Wanted({
      transcript,
      status: () => feed.status,
      missed: (target) => this.sayMissed(target),
    });
    this.log = this.owned.add(
      new LogPort({
        store: feed.store,
        clock: shell.clock,
        post: (message) => this.post(message),
        cutKeys: (text) => shell.redactor.cutKeys(text),
      }),
    );
    this.logActions = new LogActions({
      log: this.log,
      store: feed.store,
      transcript,
      documents: options.bodies,
      l10n: shell.l10n,
      reveal: (key) => this.reveal({ key }),
    });
    this.owned.add(this.feed.onDidChange(() => this.log.changed()));
    this.find = this.owned.add(
      new FindInSession({
        source: new SearchedTranscript(transcript, feed.store, findWords(pageStrings(shell.l10n))),
        clock: shell.clock,
        bodies: this.bodies,
        post: (message) => this.post(message),
      }),
    );
    this.names = new SessionNamesLookup(shell.clients.for(options.connection), () => this.flow.request());
    this.title = new SessionTitle({
      client: shell.clients.for(options.connection),
      sessionId: options.sessionId,
      l10n: shell.l10n,
      session: () => feed.session,
      onDidChange: () => this.flow.request(),
      explain: (error) => this.explain(error),
    });
    this.refused = new RefusedMessages((line) => shell.log.warn(line));
    this.owned.add(webview.onDidReceiveMessage((value: unknown) => this.receive(value)));
    this.owned.add(this.feed.onDidChange(() => this.flow.request()));
    this.owned.add(shell.connections.onDidChange(() => this.flow.request()));
    this.owned.add(this.feed.onDidChangePreview(() => this.flow.request()));
    this.owned.add(this.feed.onDidChangeStatus(() => this.flow.request()));
  }

  /** Shows a row of this session, for somebody who comes from elsewhere, as soon as it is there. */
  reveal(target: RevealTarget): void {
    this.wanted.reveal(target);
    this.sendWanted();
  }

  focusComposer(): void {
    this.wanted.focusComposer();
    this.sendWanted();
  }

  /** Lets the user change the title in its place. */
  startRename(): void {
    this.post({ type: 'startRename' });
  }

  focusLastMessage(): void {
    this.post({ type: 'focusLastMessage' });
  }

  /** Asks the agent to stop, as the button of the page does. */
  async stop(): Promise<Outcome> {
    return await this.interrupt();
  }

  reconnect(): void {
    this.act('reconnect');
  }

  /** The session was archived from here: what cannot be done any more is not offered. */
  noteArchived(): void {
    this.isArchived = true;
    this.flow.request();
  }

  /** Changes between the conversation and the event log. */
  toggleLog(): void {
    if (this.isOpen) {
      this.post({ type: 'toggleLog' });
    }
  }

  /** Opens the find bar of the page. */
  showFind(): void {
    this.post({ type: 'showFind' });
  }

  /** Shows an event in the log: the one of a row, or of the row that the keyboard is on. */
  showInLog(key: string | undefined): void {
    const { l10n, notify } = this.options.shell;
    const name = key === undefined ? null : this.log.nameOf(key);
    if (name === undefined) {
      notify.info(l10n.t('There is no event for this row: it is not there yet, or no longer held.'));
    } else if (this.isOpen) {
      this.post({ type: 'showInLog', name });
    }
  }

  /** The page cannot be seen, and may be gone: it says `ready` when it is back. */
  hide(): void {
    this.isOpen = false;
    this.log.hide();
    this.find.close();
    this.flow.close();
  }

  dispose(): void {
    this.owned.dispose();
  }

  // ---- to the page ----

  private post(message: HostMessage): void {
    void this.options.webview.postMessage(message);
  }

  private sendOpen(anchor: string | undefined): void {
    const { shell } = this.options;
    const header = this.header();
    const place = this.wanted.place(anchor);
    const banner = this.banner();
    this.lastHeader = JSON.stringify(header);
    this.lastFeed = JSON.stringify([this.feed.status, banner]);
    this.post({
      type: 'open',
      seq: this.seq,
      header,
      feed: this.feed.status,
      banner,
      ...this.rows.open(place),
      strings: pageStrings(shell.l10n),
      draft: this.composer.draft,
      composer: this.composer.state,
      locale: vscode.env.language,
    });
    this.isOpen = true;
    this.flow.open();
    this.log.open();
    this.sendWanted();
  }

  private sendPatches(): void {
    const patches = [...this.rows.patches()];
    const header = this.header();
    const headerText = JSON.stringify(header);
    if (headerText !== this.lastHeader) {
      this.lastHeader = headerText;
      patches.push({ op: 'header', header });
    }
    const feed = this.feed.status;
    const banner = this.banner();
    const feedText = JSON.stringify([feed, banner]);
    if (feedText !== this.lastFeed) {
      this.lastFeed = feedText;
      patches.push({ op: 'feed', feed, banner });
    }
    if (patches.length > 0) {
      this.post({ type: 'patches', seq: this.seq + 1, patches });
      this.seq += patches.length;
      this.flow.sent(this.seq);
    }
    this.sendWanted();
  }

  private banner() {
    const { shell, connection } = this.options;
    // Led to another address it is another place, whose key is none of this one's.
    const isElsewhere = shell.connections.byId(connection.id)?.origin !== connection.origin;
    const isGone = isElsewhere && connection.id !== SANDBOX_ID;
    return bannerOf(this.feed.status, connection, shell.auth.of(connection), shell.l10n, isGone);
  }

  private sendWanted(): void {
    if (this.isOpen) {
      this.wanted.take().forEach((message) => this.post(message));
    }
  }

  private sayMissed(target: RevealTarget): void {
    const { l10n, notify } = this.options.shell;
    notify.info(
      target === 'waiting'
        ? l10n.t('Nothing in this session waits for you any more.')
        : l10n.t('What was to be shown is not among the events of this session that could be read.'),
    );
  }

  private header() {
    const { shell, connection, sessionId, knownTitle } = this.options;
    const readOnly = isReadOnly(shell.connections, connection);
    const header = headerOf({
      connection,
      place: placeName(connection, readOnly, shell.l10n),
      isReadOnly: readOnly,
      sessionId,
      knownTitle,
      newTitle: this.title.current,
      isArchived: this.isArchived,
      session: this.feed.session,
      names: this.names.of(this.feed.session),
      status: this.transcript.status,
      pending: this.transcript.pending,
      usage: asObject(field(this.transcript.usage?.event.body, 'usage')),
      feed: this.feed.status,
      isStopping: this.stopping.isOn,
    });
    this.options.onHeader(header);
    return header;
  }

  // ---- from the page ----

  private receive(value: unknown): void {
    const message = readPageMessage(value);
    if (message === undefined || !this.limit.admit()) {
      this.refused.add();
      return;
    }
    this.handle(message);
  }

  private handle(message: PageMessage): void {
    switch (message.type) {
      case 'ready':
        this.find.close();
        return this.sendOpen(message.anchor);
      case 'rename':
        return this.answer(message.id, this.rename(message.title));
      case 'ack':
        return this.flow.acknowledged(message.seq);
      case 'window':
        this.rows.narrow(message.from, message.end);
        return this.flow.request();
      case 'rows':
        return this.post({
          type: 'rows',
          id: message.id,
          ...this.rows.read(message.from, message.from + message.count),
        });
      case 'draft':
      case 'recall':
      case 'attach':
      case 'attachMenu':
      case 'detach':
      case 'openAttachment':
      case 'pasteImage':
      case 'dismissNote':
        return this.attempt(this.composer.receive(message));
      case 'openLink':
        return void openLink(message.url, this.options.shell.l10n);
      case 'openBlock':
        return this.attempt(this.bodies.openBlock(message.key, message.part, message.index));
      case 'openBody':
        return this.attempt(this.bodies.open(message.key, message.part));
      case 'openCode':
        return this.attempt(this.code.open(message));
      case 'copyBody':
        return this.attempt(this.bodies.copy(message.key, message.part));
      case 'action':
        return this.act(message.action);
      case 'send':
        return this.answer(message.id, this.composer.send(message));
      case 'interrupt':
        return this.answer(message.id, this.interrupt());
      case 'decide':
      case 'allowAll':
      case 'answerTool':
      case 'openInput':
        return this.answer(message.id, this.approvals.handle(message));
      case 'showCall':
        return this.transcript.pending.includes(message.eventId)
          ? this.reveal({ key: message.eventId })
          : undefined;
      case 'findStart':
      case 'findStep':
      case 'findOpen':
      case 'findClose':
        return this.attempt(this.find.receive(message));
      case 'logView':
      case 'logAck':
      case 'logHide':
      case 'logDetail':
        return this.log.receive(message);
      case 'logCopy':
        return this.attempt(this.logActions.copy(message));
      case 'logOpenJson':
        return this.attempt(this.logActions.openJson(message.name));
      case 'logReveal':
        return this.answer(message.id, Promise.resolve(this.logActions.reveal(message.name)));
      default:
        assertNever(message);
    }
  }

  /** Every question gets exactly one answer, also where something unforeseen happens. */
  private answer(id: number, outcome: Promise<Outcome>): void {
    outcome
      .catch((error: unknown): Outcome => {
        this.options.shell.log.error('a request of the page failed', error);
        return refusal(
          'unexpected',
          this.options.shell.l10n.t('Something went wrong here. The log has the details.'),
        );
      })
      .then((result) => this.post({ type: 'outcome', id, outcome: result }))
      .catch(() => undefined);
  }

  private async rename(title: string): Promise<Outcome> {
    const { shell, connection } = this.options;
    const outcome = await this.title.rename(title);
    if (outcome.ok) {
      shell.sessions.refresh(connection.id);
    }
    return outcome;
  }

  private explain(error: ApiError): string {
    const { shell, connection } = this.options;
    const where = { connection: connection.name, origin: connection.origin };
    const { title, why, next } = describeError(error, where, shell.l10n);
    return shell.redactor.redact(sentences(title, why, next));
  }

  /** Shows at once that the agent is asked to stop; the end of the turn confirms it, a refusal takes it back. */
  private async interrupt(): Promise<Outcome> {
    this.setStopping(true);
    const outcome = await this.steering.interrupt();
    if (!outcome.ok) {
      this.setStopping(false);
    }
    return outcome;
  }

  private setStopping(isOn: boolean): void {
    if (isOn) {
      this.stopping.ask();
    } else {
      this.stopping.takeBack();
    }
    this.flow.request();
  }

  private act(action: PageAction): void {
    const { connection, sessionId, close } = this.options;
    runPageAction(action, { connectionId: connection.id, sessionId, feed: this.feed, close });
  }

  /** Does something for the user whose failure has no place in the page. */
  private attempt(work: Promise<void>): void {
    const { shell, connection } = this.options;
    work.catch((error: unknown) => void shell.notify.error(error, { connection }));
  }
}
