import * as vscode from 'vscode';

/** Longest message of one problem, and most problems of all, that are written down. */
const MAX_MESSAGE = 2_000;
const MAX_PROBLEMS = 1_000;

const severities: Readonly<Record<vscode.DiagnosticSeverity, string>> = {
  [vscode.DiagnosticSeverity.Error]: 'error',
  [vscode.DiagnosticSeverity.Warning]: 'warning',
  [vscode.DiagnosticSeverity.Information]: 'information',
  [vscode.DiagnosticSeverity.Hint]: 'hint',
};

/**
 * What the editor reports about files, one problem a line, as compilers write them: the worst first within a file.
 * A folder stands for everything below it. The agent reads it; it is never translated.
 */
export function problemsText(uris: readonly vscode.Uri[]): { readonly count: number; readonly text: string } {
  const lines: string[] = [];
  for (const [uri, diagnostics] of vscode.languages.getDiagnostics()) {
    if (!uris.some((each) => isAtOrBelow(uri, each))) {
      continue;
    }
    const name = vscode.workspace.asRelativePath(uri);
    const sorted = diagnostics.toSorted(
      (a, b) => a.severity - b.severity || a.range.start.compareTo(b.range.start),
    );
    lines.push(...sorted.map((diagnostic) => problemLine(name, diagnostic)));
  }
  const count = lines.length;
  const more = count > MAX_PROBLEMS ? [`… and ${count - MAX_PROBLEMS} more`] : [];
  return { count, text: [...lines.slice(0, MAX_PROBLEMS), ...more].join('\n') };
}

function problemLine(name: string, { range, severity, source, code, message }: vscode.Diagnostic): string {
  const { line, character } = range.start;
  const value = typeof code === 'object' ? code.value : code;
  const by = [source, value].filter((part) => part !== undefined && part !== '').join(' ');
  const words = message.replace(/\s+/g, ' ').slice(0, MAX_MESSAGE);
  const where = `${name}:${line + 1}:${character + 1}`;
  return `${where}: ${severities[severity]}: ${words}${by === '' ? '' : ` [${by}]`}`;
}

function isAtOrBelow(uri: vscode.Uri, root: vscode.Uri): boolean {
  const folder = root.path.endsWith('/') ? root.path : `${root.path}/`;
  return (
    uri.scheme === root.scheme &&
    uri.authority === root.authority &&
    (uri.path === root.path || uri.path.startsWith(folder))
  );
}
