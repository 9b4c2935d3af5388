import * as vscode from 'vscode';

/** Reports of one window that can still be opened; older ones make room. */
const MAX_HELD = 20;

/** Shows reports as rendered Markdown, or as text where the editor cannot render it. */
export class ReportDocuments implements vscode.TextDocumentContentProvider {
  private readonly texts = new Map<string, string>();
  private readonly scheme: string;
  private readonly gone: string;
  private count = 0;

  /** @param gone what is read in the place of a report that is not held any more. */
  constructor(scheme: string, gone: string) {
    this.scheme = scheme;
    this.gone = gone;
  }

  provideTextDocumentContent(uri: vscode.Uri): string {
    return this.texts.get(uri.toString()) ?? this.gone;
  }

  /** Keeps a report and answers with the address under which {@link show} opens it. */
  hold(name: string, markdown: string): vscode.Uri {
    // It becomes the title of a tab, so only harmless characters of the connection's name are kept.
    const file = name.replace(/[^\p{L}\p{N}._ -]/gu, '_').slice(0, 80);
    this.count++;
    const uri = vscode.Uri.from({ scheme: this.scheme, path: `/${this.count}/${file}.md` });
    this.texts.set(uri.toString(), markdown);
    const oldest = this.texts.keys().next().value;
    if (this.texts.size > MAX_HELD && oldest !== undefined) {
      this.texts.delete(oldest);
    }
    return uri;
  }

  /** Puts the newest report on the clipboard, as Markdown; false where there is none. It was redacted when it was made. */
  async copyLast(): Promise<boolean> {
    const last = [...this.texts.values()].at(-1);
    if (last !== undefined) {
      await vscode.env.clipboard.writeText(last);
    }
    return last !== undefined;
  }

  async show(uri: vscode.Uri): Promise<void> {
    try {
      await vscode.commands.executeCommand('markdown.showPreview', uri);
    } catch {
      // The editor's own Markdown extension can be disabled.
      await vscode.window.showTextDocument(uri, { preview: false });
    }
  }
}
