import * as vscode from 'vscode';
import type { Connection } from '../../api/connection.ts';
import type { L10n } from '../../l10n.ts';
import type {
  ComposerHostMessage,
  ComposerPageMessage,
  ComposerState,
} from '../../protocol/composerMessages.ts';
import { MAX_MESSAGE_TEXT, type Outcome } from '../../protocol/messages.ts';
import type { SessionFeed } from '../../stream/sessionFeed.ts';
import { assertNever } from '../../util/assertNever.ts';
import { type Disposable, DisposableStore } from '../../util/disposable.ts';
import { asObject, asText, field } from '../../util/json.ts';
import { settings } from '../ids.ts';
import { visible } from '../../text/visible.ts';
import { isReadOnly } from '../services/isReadOnly.ts';
import type { Shell } from '../shell.ts';
import { ComposerAttachments } from './attachments/composerAttachments.ts';
import { mayAttach, parsed } from './attachments/droppedResources.ts';
import type { EditorMemory } from './attachments/editorMemory.ts';
import type { BodyDocuments } from './bodyDocuments.ts';
import { earlierMessage } from './recall.ts';
import { refusal } from './refusal.ts';
import type { Steering } from './steering.ts';

export interface ComposerSessionOptions {
  readonly shell: Shell;
  readonly connection: Connection;
  readonly sessionId: string;
  readonly feed: SessionFeed;
  readonly steering: Pick<Steering, 'message'>;
  readonly documents: BodyDocuments;
  readonly editors: EditorMemory;
  /** To the page, while it is there. */
  readonly post: (message: ComposerHostMessage) => void;
  /** The agent is asked to stop (true), or goes on because that was refused (false). */
  readonly stopping: (isOn: boolean) => void;
}

/**
 * The host's side of writing a message: holds the draft, what is attached, and what becomes of it. The page can be
 * loaded anew at any time and finds all of it here.
 */
export class ComposerSession implements Disposable {
  private readonly options: ComposerSessionOptions;
  private readonly owned = new DisposableStore();
  readonly attachments: ComposerAttachments;
  private isSending = false;
  private error: string | null = null;
  private lastPosted = '';

  constructor(options: ComposerSessionOptions) {
    this.options = options;
    this.attachments = new ComposerAttachments({
      shell: options.shell,
      editors: options.editors,
      storageKey: this.key('attachments'),
      onChange: () => this.push(),
    });
    void this.attachments.bringBack();
    this.owned.add(options.feed.onDidChange(() => this.isSending && this.push()));
    this.owned.add(options.shell.connections.onDidChange(() => this.push()));
    this.owned.add(vscode.workspace.onDidGrantWorkspaceTrust(() => this.push()));
    this.owned.add(
      vscode.workspace.onDidChangeConfiguration((change) => {
        if (change.affectsConfiguration(settings.enterSends)) {
          this.push();
        }
      }),
    );
  }

  dispose(): void {
    this.owned.dispose();
  }

  get draft(): string {
    return this.options.shell.workspaceState.get(this.key('draft'), '');
  }

  get state(): ComposerState {
    const { feed, editors, shell, connection } = this.options;
    const isChecking = feed.outbox.current.some(({ state }) => state === 'checking');
    const { isTrusted } = vscode.workspace;
    return {
      enterSends: vscode.workspace.getConfiguration().get(settings.enterSends, true),
      sending: !this.isSending ? 'idle' : isChecking ? 'checking' : 'sending',
      error: this.error,
      note: this.attachments.note,
      attachments: this.attachments.all.map(({ key, chip }) => ({ ...chip, key })),
      noFiles: isTrusted ? null : noFilesText(shell.l10n),
      editor: isTrusted ? editors.offer : null,
      closed: isReadOnly(shell.connections, connection)
        ? shell.l10n.t(
            '{name} is read-only here: no message can be sent, and nothing is approved or stopped.',
            {
              name: visible(connection.name, 60),
            },
          )
        : null,
    };
  }

  /** Sends the message, once; what comes while it is on its way is refused. */
  async send(message: Extract<ComposerPageMessage, { type: 'send' }>): Promise<Outcome> {
    const { l10n } = this.options.shell;
    if (this.isSending) {
      return refusal('busy', l10n.t('The last message is still on its way. Nothing was sent a second time.'));
    }
    const attached = this.attachments.named(message.attachments);
    if (attached === undefined) {
      this.push(true);
      return refusal('stale', l10n.t('The attachments have changed. Look at them again. Nothing was sent.'));
    }
    this.isSending = true;
    this.error = null;
    this.attachments.note = null;
    this.push();
    if (message.interrupt) {
      this.options.stopping(true);
    }
    let outcome: Outcome | undefined;
    try {
      const blocks = attached.map(({ block }) => block);
      outcome = await this.options.steering.message(message.text, blocks, message.interrupt);
      return outcome;
    } finally {
      this.isSending = false;
      this.settle(message, outcome);
    }
  }

  /** A message that is on the server is let go here; any other stays as it was. */
  private settle(
    { attachments, interrupt }: Extract<ComposerPageMessage, { type: 'send' }>,
    outcome: Outcome | undefined,
  ): void {
    if (outcome?.ok === true) {
      this.options.shell.steps.did('send');
      this.keepDraft('');
      this.attachments.remove(attachments);
      return;
    }
    this.error = outcome?.message ?? null;
    if (interrupt) {
      this.options.stopping(false);
    }
    this.push();
  }

  /** Everything else that the page can say about the message being written. */
  async receive(message: Exclude<ComposerPageMessage, { type: 'send' }>): Promise<void> {
    const { attachments } = this;
    switch (message.type) {
      case 'draft':
        this.keepDraft(message.text);
        return;
      case 'recall':
        this.recall(message.id, message.from);
        return;
      case 'attach':
        await attachments.attach(message.source);
        // Also where nothing came of it: the page may have shown what is not so any more.
        this.push(true);
        return;
      case 'attachMenu':
        this.push();
        return;
      case 'detach':
        attachments.remove([message.key]);
        return;
      case 'openAttachment':
        await this.open(message.key);
        return;
      case 'pasteImage':
        attachments.attachPasted(message.data);
        return;
      case 'dropFile':
        attachments.attachDropped(message.name, message.data);
        return;
      case 'dropUris':
        await this.attachDroppedUris(message.uris);
        return;
      case 'dismissNote':
        attachments.note = null;
        this.push();
        return;
      default:
        assertNever(message);
    }
  }

  /** Only what the user says yes to outside of the page is read: the page alone could name any file there is. */
  private async attachDroppedUris(uris: readonly string[]): Promise<void> {
    const { attachments } = this;
    const { l10n } = this.options.shell;
    if (!vscode.workspace.isTrusted) {
      attachments.note = noFilesText(l10n);
      this.push();
      return;
    }
    const files = uris.flatMap((uri) => parsed(uri) ?? []);
    if (files.length > 0 && (await mayAttach(files, l10n))) {
      await attachments.attachFiles(files);
    }
  }

  private recall(id: number, from: string | null): void {
    const { feed, post } = this.options;
    post({ type: 'recalled', id, entry: earlierMessage(feed, from, MAX_MESSAGE_TEXT) });
  }

  /** Shows exactly what would be sent: a text as a document, a picture in the page. */
  private async open(key: string): Promise<void> {
    const attachment = this.attachments.get(key);
    if (attachment === undefined) {
      return;
    }
    const { block, chip } = attachment;
    if (chip.kind === 'text') {
      const name = chip.name.split(/[/\\]/).pop() ?? chip.name;
      await this.options.documents.open(name, asText(field(block, 'text')) ?? '', 'markdown');
      return;
    }
    const source = asObject(field(block, 'source'));
    this.options.post({
      type: 'attachmentImage',
      key,
      mediaType: asText(field(source, 'media_type')) ?? '',
      data: asText(field(source, 'data')) ?? '',
      bytes: chip.bytes,
    });
  }

  private keepDraft(text: string): void {
    void this.options.shell.workspaceState.update(this.key('draft'), text === '' ? undefined : text);
  }

  private key(what: 'draft' | 'attachments'): string {
    const { connection, sessionId } = this.options;
    return `${what}:${connection.id}:${connection.origin}:${sessionId}`;
  }

  /** Tells the page what is so now. @param always also where that is what it was told last. */
  private push(always = false): void {
    if (this.owned.isDisposed) {
      return;
    }
    const { state } = this;
    const text = JSON.stringify(state);
    if (always || text !== this.lastPosted) {
      this.lastPosted = text;
      this.options.post({ type: 'composer', composer: state });
    }
  }
}

function noFilesText(l10n: L10n): string {
  return l10n.t('Files and editors cannot be attached in restricted mode: this workspace is not trusted.');
}
