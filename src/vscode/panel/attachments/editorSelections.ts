import type * as vscode from 'vscode';

/** What is selected in an editor, top to bottom. */
export function selectedRanges(editor: vscode.TextEditor): readonly vscode.Range[] {
  return editor.selections
    .filter((selection) => !selection.isEmpty)
    .map((selection) => editor.document.validateRange(selection))
    .toSorted((one, other) => one.start.compareTo(other.start));
}

/** The last line that a range has anything of: one that ends at the beginning of a line has nothing of it. */
export function lastLine(range: vscode.Range): number {
  return range.end.character === 0 && range.end.line > range.start.line ? range.end.line - 1 : range.end.line;
}
