import * as vscode from 'vscode';
import type { Connection } from '../../api/connection.ts';
import { markdownHead } from '../../transcript/export/exportMarkdown.ts';
import { TranscriptText } from '../../transcript/export/transcriptText.ts';
import { type Disposable, DisposableStore } from '../../util/disposable.ts';
import type { Shell } from '../shell.ts';
import { exportTexts, headLines } from './exportTexts.ts';
import type { SessionFeeds } from './sessionFeeds.ts';
import { SessionReading } from './sessionReading.ts';

/** Most text that is shown, in UTF-16 units; the newest is kept. */
const MAX_TEXT = 5 * 1024 * 1024;
/** Changes that come closer together are shown together, in milliseconds. */
const LEAST_PAUSE_MS = 500;
/** A long text takes the editor longer to take in: a millisecond more for so many units. */
const UNITS_PER_MS = 4_000;
/** An editor whose last so many lines can be seen follows what comes. */
const NEAR_END_LINES = 2;

export interface TranscriptDocumentOptions {
  readonly shell: Shell;
  readonly feeds: SessionFeeds;
  readonly connection: Connection;
  readonly sessionId: string;
  readonly uri: vscode.Uri;
  /** The text is another: the editor should ask for it. */
  readonly changed: () => void;
}

/** One session as a text that follows it. */
export class TranscriptDocument implements Disposable {
  readonly uri: vscode.Uri;
  private readonly options: TranscriptDocumentOptions;
  private readonly reading: SessionReading;
  private readonly written: TranscriptText;
  private readonly owned = new DisposableStore();
  private timer: Disposable | undefined;
  private shown: string | undefined;
  private following: readonly vscode.TextEditor[] = [];

  constructor(options: TranscriptDocumentOptions) {
    const { feeds, connection, sessionId, shell, uri } = options;
    this.options = options;
    this.uri = uri;
    this.reading = this.owned.add(new SessionReading(feeds, connection, sessionId));
    const { lease, transcript, bodies } = this.reading;
    this.written = new TranscriptText(transcript, bodies, exportTexts(shell.l10n, vscode.env.language));
    this.owned.add(lease.feed.onDidChange(() => this.request()));
    this.owned.add(lease.feed.onDidChangePreview(() => this.request()));
    this.owned.add(lease.feed.onDidChangeStatus(() => this.request()));
    lease.setVisible(true);
  }

  text(): string {
    return (this.shown ??= this.write());
  }

  /** A session that nobody sees is not kept live; it catches up when it is seen again. */
  setVisible(isVisible: boolean): void {
    this.reading.lease.setVisible(isVisible);
  }

  /** After the editor took the new text in: whoever was at the end stays there. */
  follow(): void {
    for (const editor of this.following) {
      const last = editor.document.lineCount - 1;
      editor.revealRange(new vscode.Range(last, 0, last, 0));
    }
    this.following = [];
  }

  dispose(): void {
    this.timer?.dispose();
    this.owned.dispose();
  }

  private request(): void {
    const pause = LEAST_PAUSE_MS + (this.shown?.length ?? 0) / UNITS_PER_MS;
    this.timer ??= this.options.shell.clock.after(pause, () => {
      this.timer = undefined;
      const text = this.write();
      if (text !== this.shown) {
        this.shown = text;
        this.following = this.editorsAtEnd();
        this.options.changed();
      }
    });
  }

  private editorsAtEnd(): readonly vscode.TextEditor[] {
    const key = this.uri.toString();
    return vscode.window.visibleTextEditors.filter(({ document, visibleRanges }) => {
      const lastLine = visibleRanges.at(-1)?.end.line ?? 0;
      return document.uri.toString() === key && lastLine >= document.lineCount - 1 - NEAR_END_LINES;
    });
  }

  private write(): string {
    const { l10n, redactor } = this.options.shell;
    const { lease } = this.reading;
    const header = this.reading.header();
    const { text, isCut } = this.written.newest(MAX_TEXT);
    const complete = lease.feed.status.history.kind === 'complete';
    const cutNote = isCut
      ? `> ${l10n.t('Only the newest part is shown here. Export the session to have all of it.')}\n\n`
      : '';
    const head = markdownHead(
      { title: header.title, complete: complete || isCut },
      [...headLines(header, l10n), [l10n.t('Status'), this.statusWord()]],
      exportTexts(l10n, vscode.env.language),
    );
    return redactor.cutKeys(`${head}${cutNote}${text}`.toWellFormed());
  }

  private statusWord(): string {
    const { l10n } = this.options.shell;
    const { activity, failed, statusText } = this.reading.header();
    const words = {
      idle: failed ? l10n.t('Failed') : l10n.t('Idle'),
      running: l10n.t('Running'),
      needsYou: l10n.t('Waiting for you'),
      rescheduling: l10n.t('Rescheduling'),
      stopping: l10n.t('Stopping…'),
      ended: l10n.t('Ended'),
      unknown: statusText ?? l10n.t('Unknown'),
    };
    return words[activity];
  }
}
