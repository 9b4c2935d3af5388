import * as vscode from 'vscode';
import type { Connection } from '../../api/connection.ts';
import { LogPort } from '../../eventLog/logPort.ts';
import {
  type HostMessage,
  MAX_WINDOW_ROWS,
  type Outcome,
  type PageAction,
  type SessionHeader,
} from '../../protocol/messages.ts';
import { readPageMessage } from '../../protocol/readPageMessage.ts';
import { RowWindow } from '../../protocol/rowWindow.ts';
import type { FeedLease } from '../../stream/feedHub.ts';
import type { SessionFeed } from '../../stream/sessionFeed.ts';
import { pageStrings } from '../../text/pageStrings.ts';
import { SearchedTranscript } from '../../transcript/searchedTranscript.ts';
import { Transcript } from '../../transcript/transcript.ts';
import { type Disposable, DisposableStore } from '../../util/disposable.ts';
import type { Shell } from '../shell.ts';
import { WorkspaceFiles } from '../workspace/workspaceFiles.ts';
import { Approvals } from './approvals.ts';
import type { EditorMemory } from './attachments/editorMemory.ts';
import type { BodyDocuments } from './bodyDocuments.ts';
import { CodeDocuments } from './codeDocuments.ts';
import { ComposerSession } from './composerSession.ts';
import { FindInSession } from './findInSession.ts';
import { findWords } from './findWords.ts';
import { handlePageMessage, type PageParts } from './handlePageMessage.ts';
import { LogActions } from './logActions.ts';
import { openLink } from './openLink.ts';
import { runPageAction } from './pageActionCommands.ts';
import { PageHead } from './pageHead.ts';
import { PageSender } from './pageSender.ts';
import { RateLimit } from './rateLimit.ts';
import type { RecordedPanel } from './recordedPanel.ts';
import { refusal } from './refusal.ts';
import { RefusedMessages } from './refusedMessages.ts';
import { RowBodies } from './rowBodies.ts';
import { SessionTimeline } from './sessionTimeline.ts';
import { Steering } from './steering.ts';
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
  /** What is different where the session is a file. */
  readonly recorded?: RecordedPanel;
}

/**
 * The host's side of one page: puts its parts together, and lets through to them what the page says. Trusts the
 * page with nothing: every message is checked, and names only things of this session.
 */
export class PageSession implements Disposable {
  private readonly options: PageSessionOptions;
  private readonly feed: SessionFeed;
  private readonly transcript: Transcript;
  private readonly steering: Steering;
  private readonly head: PageHead;
  private readonly wanted: Wanted;
  private readonly sender: PageSender;
  private readonly find: FindInSession;
  private readonly log: LogPort;
  private readonly timeline: SessionTimeline;
  private readonly parts: PageParts;
  private readonly owned = new DisposableStore();
  /** The message that is being written. */
  readonly composer: ComposerSession;

  constructor(options: PageSessionOptions) {
    const { shell, connection, sessionId, lease, knownTitle, editors, bodies: documents, recorded } = options;
    const { clock, l10n } = shell;
    const { feed } = lease;
    this.options = options;
    this.feed = feed;
    const transcript = this.owned.add(new Transcript(feed));
    this.transcript = transcript;
    const post = (message: HostMessage) => this.post(message);
    const changed = () => this.sender.request();
    this.steering = new Steering({ shell, connection, feed });
    this.head = new PageHead({
      shell,
      connection,
      sessionId,
      feed,
      transcript,
      knownTitle,
      changed,
      recorded,
    });
    this.wanted = new Wanted({
      transcript,
      status: () => feed.status,
      missed: (target) => this.sayMissed(target),
    });
    this.sender = this.owned.add(
      new PageSender({
        clock,
        l10n,
        locale: vscode.env.language,
        post,
        rows: new RowWindow(transcript, MAX_WINDOW_ROWS, (key) => feed.outbox.echoOf(key)),
        head: this.head,
        status: () => feed.status,
        composer: () => this.composer,
        wanted: this.wanted,
        onHeader: options.onHeader,
      }),
    );
    this.composer = this.owned.add(
      new ComposerSession({
        shell,
        connection,
        sessionId,
        feed,
        steering: this.steering,
        documents,
        editors,
        post: (message) => this.sender.isOpen && post(message),
        stopping: (isOn) => this.head.setStopping(isOn),
      }),
    );
    const bodies = new RowBodies(feed, transcript, documents, {
      l10n,
      sessionTitle: () => feed.session?.title ?? knownTitle ?? sessionId,
    });
    const cutKeys = (text: string) => shell.redactor.cutKeys(text);
    const { store } = feed;
    this.log = this.owned.add(new LogPort({ store, clock, post, cutKeys }));
    this.timeline = this.owned.add(new SessionTimeline({ store, clock, log: this.log, post, cutKeys }));
    const source = new SearchedTranscript(transcript, feed.store, findWords(pageStrings(l10n)));
    this.find = this.owned.add(new FindInSession({ source, clock, bodies, post }));
    this.parts = {
      sender: this.sender,
      head: this.head,
      composer: this.composer,
      approvals: new Approvals({
        store: feed.store,
        transcript,
        l10n,
        send: (events) => this.steering.send(events),
        openInput: (call, whenRead) => bodies.openToDecide(call, whenRead),
      }),
      bodies,
      code: new CodeDocuments({ feed, documents, editors, l10n, notify: shell.notify }),
      files: new WorkspaceFiles({ shell, store: feed.store, documents }),
      find: this.find,
      log: this.log,
      timeline: this.timeline,
      logActions: new LogActions({
        log: this.log,
        store: feed.store,
        transcript,
        documents,
        l10n,
        reveal: (key) => this.reveal({ key }),
      }),
      ready: (anchor) => this.open(anchor),
      interrupt: () => this.stop(),
      showCall: (eventId) => this.showCall(eventId),
      openLink: (url) => void openLink(url, l10n),
      act: (action) => this.act(action),
      answer: (id, outcome) => this.answer(id, outcome),
      attempt: (work) => this.attempt(work),
    };
    this.listen();
  }

  private listen(): void {
    const { shell, webview } = this.options;
    const { feed, owned } = this;
    const limit = new RateLimit(shell.clock);
    const refused = new RefusedMessages((line) => shell.log.warn(line));
    owned.add(
      webview.onDidReceiveMessage((value: unknown) => {
        const message = readPageMessage(value);
        if (message === undefined || !limit.admit()) {
          refused.add();
        } else {
          handlePageMessage(message, this.parts);
        }
      }),
    );
    owned.add(feed.onDidChange(() => this.log.changed()));
    owned.add(feed.onDidChange(() => this.timeline.changed()));
    const changed = () => this.sender.request();
    owned.add(feed.onDidChange(changed));
    owned.add(feed.onDidChangePreview(changed));
    owned.add(feed.onDidChangeStatus(changed));
    owned.add(shell.connections.onDidChange(changed));
  }

  /** Shows a row of this session, for somebody who comes from elsewhere, as soon as it is there. */
  reveal(target: RevealTarget): void {
    this.wanted.reveal(target);
    this.sender.sendWanted();
  }

  focusComposer(): void {
    this.wanted.focusComposer();
    this.sender.sendWanted();
  }

  /** Lets the user change the title in its place. */
  startRename(): void {
    this.post({ type: 'startRename' });
  }

  focusLastMessage(): void {
    this.post({ type: 'focusLastMessage' });
  }

  /** Asks the agent to stop. Shown at once; the end of the turn confirms it, a refusal takes it back. */
  async stop(): Promise<Outcome> {
    this.head.setStopping(true);
    const outcome = await this.steering.interrupt();
    if (!outcome.ok) {
      this.head.setStopping(false);
    }
    return outcome;
  }

  reconnect(): void {
    this.act('reconnect');
  }

  /** The session was archived from here: what cannot be done any more is not offered. */
  noteArchived(): void {
    this.head.noteArchived();
  }

  /** Changes between the conversation and the event log. */
  toggleLog(): void {
    if (this.sender.isOpen) {
      this.post({ type: 'toggleLog' });
    }
  }

  /** Opens the find bar of the page. */
  showFind(): void {
    this.post({ type: 'showFind', wish: null });
  }

  /** Changes between the conversation and the timeline. */
  toggleTimeline(): void {
    if (this.sender.isOpen) {
      this.post({ type: 'toggleTimeline' });
    }
  }

  /** Shows an event in the log: the one of a row, or of the row that the keyboard is on. */
  showInLog(key: string | undefined): void {
    const { l10n, notify } = this.options.shell;
    const name = key === undefined ? null : this.log.nameOf(key);
    if (name === undefined) {
      notify.info(l10n.t('There is no event for this row: it is not there yet, or no longer held.'));
    } else if (this.sender.isOpen) {
      this.post({ type: 'showInLog', name });
    }
  }

  /** The page cannot be seen, and may be gone: it says `ready` when it is back. */
  hide(): void {
    this.sender.close();
    this.log.hide();
    this.timeline.hide();
    this.find.close();
  }

  dispose(): void {
    this.owned.dispose();
  }

  private open(anchor: string | undefined): void {
    this.find.close();
    this.sender.open(anchor);
    this.log.open();
    this.timeline.hide();
  }

  private post(message: HostMessage): void {
    void this.options.webview.postMessage(message);
  }

  private showCall(eventId: string): void {
    if (this.transcript.pending.includes(eventId)) {
      this.reveal({ key: eventId });
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

  private act(action: PageAction): void {
    const { connection, sessionId, close, recorded } = this.options;
    if (recorded === undefined) {
      runPageAction(action, { connectionId: connection.id, sessionId, feed: this.feed, close });
    } else {
      recorded.act(action);
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

  /** Does something for the user whose failure has no place in the page. */
  private attempt(work: Promise<void>): void {
    const { shell, connection } = this.options;
    work.catch((error: unknown) => void shell.notify.error(error, { connection }));
  }
}
