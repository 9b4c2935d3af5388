import * as vscode from 'vscode';
import type { Connection } from '../../api/connection.ts';
import { ApiError, type ApiErrorReason } from '../../api/errors.ts';
import type { DocumentKind } from '../../documents/editable.ts';
import { visible, withoutLinks } from '../../text/visible.ts';
import { errorText } from '../commands/errorText.ts';
import type { Shell } from '../shell.ts';
import type { FieldDiagnostics } from './fieldDiagnostics.ts';
import { saveToFile } from './saveToFile.ts';

/** Reasons that a button helps with: the editor's own message has none for these. */
const keyOrConnection: ReadonlySet<ApiErrorReason> = new Set(['noKey', 'badKey', 'unauthorized', 'readOnly']);

/** What could not be saved. */
interface Unsaved {
  readonly kind: DocumentKind;
  readonly name: string;
  readonly text: string;
}

/** Turns what went wrong into the words that the editor shows, and offers what helps. The editor stays as it is. */
export class SaveFailures {
  private readonly shell: Shell;
  private readonly diagnostics: FieldDiagnostics;

  constructor(shell: Shell, diagnostics: FieldDiagnostics) {
    this.shell = shell;
    this.diagnostics = diagnostics;
  }

  refused(words: string): vscode.FileSystemError {
    // The editor shows it in a message of its own, in which it looks for links.
    return vscode.FileSystemError.Unavailable(withoutLinks(words));
  }

  /** The connection leads somewhere else than when the document was opened. */
  moved(connection: Connection, unsaved: Unsaved): vscode.FileSystemError {
    const { l10n } = this.shell;
    const words = l10n.t(
      'The connection “{name}” leads to another server since this document was opened. Nothing was sent to {origin}.',
      { name: visible(connection.name, 60), origin: connection.origin },
    );
    this.offerFile(words, unsaved);
    return this.refused(words);
  }

  unreadable(error: unknown, connection: Connection): Error {
    if (!ApiError.is(error)) {
      return error instanceof Error ? error : new Error(String(error));
    }
    return this.refused(errorText(this.shell, error, connection));
  }

  failed(
    error: unknown,
    saving: Unsaved & { readonly uri: vscode.Uri; readonly connection: Connection },
  ): Error {
    const { l10n, notify } = this.shell;
    const { connection } = saving;
    if (!ApiError.is(error)) {
      return error instanceof Error ? error : new Error(String(error));
    }
    if (error.reason === 'notFound') {
      const words = l10n.t('“{name}” is not on {connection} any more, so it cannot be saved there.', {
        name: visible(saving.name, 60),
        connection: visible(connection.name, 60),
      });
      this.offerFile(words, saving);
      return this.refused(words);
    }
    const { fieldErrors = [] } = error.details;
    if (fieldErrors.length > 0) {
      this.diagnostics.show(saving.uri, saving.text, fieldErrors, connection.name);
    }
    if (keyOrConnection.has(error.reason)) {
      void notify.error(error, { connection, what: l10n.t('Saving') });
    }
    return this.refused(errorText(this.shell, error, connection));
  }

  private offerFile(words: string, { kind, name, text }: Unsaved): void {
    const { l10n, notify, connections } = this.shell;
    notify.warn(words, {
      title: l10n.t('Save as File…'),
      run: () => {
        saveToFile(kind, name, text, l10n).catch((error: unknown) =>
          notify.error(error, { connection: connections.active, what: l10n.t('Save as File') }),
        );
      },
    });
  }
}
