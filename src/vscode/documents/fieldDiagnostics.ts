import * as vscode from 'vscode';
import type { FieldError } from '../../api/errors.ts';
import type { Redactor } from '../../api/http/redact.ts';
import { placeOf } from '../../documents/jsonPlace.ts';
import { visible } from '../../text/visible.ts';
import type { Disposable } from '../../util/disposable.ts';

/** What a server said about fields of a document, shown at these fields until the next save. */
export class FieldDiagnostics implements Disposable {
  private readonly collection = vscode.languages.createDiagnosticCollection('managed-agents');
  private readonly redactor: Redactor;

  constructor(redactor: Redactor) {
    this.redactor = redactor;
  }

  /** @param text what was sent, which must be JSON. A field that is not in it is told at the beginning. */
  show(uri: vscode.Uri, text: string, errors: readonly FieldError[], source: string): void {
    const diagnostics = errors.map(({ path, message }) => {
      const span = placeOf(text, path);
      const range =
        span === undefined
          ? new vscode.Range(0, 0, 0, 1)
          : new vscode.Range(positionAt(text, span.start), positionAt(text, span.end));
      const said = message === '' ? path : message;
      const words = span === undefined && path !== '' && message !== '' ? `${path}: ${message}` : said;
      const diagnostic = new vscode.Diagnostic(range, this.redactor.redact(visible(words)));
      diagnostic.source = source;
      return diagnostic;
    });
    this.collection.set(uri, diagnostics);
  }

  clear(uri: vscode.Uri): void {
    this.collection.delete(uri);
  }

  dispose(): void {
    this.collection.dispose();
  }
}

function positionAt(text: string, offset: number): vscode.Position {
  const lines = text.slice(0, offset).split(/\r\n|\n|\r/);
  return new vscode.Position(lines.length - 1, lines.at(-1)?.length ?? 0);
}
