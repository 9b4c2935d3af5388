import * as vscode from 'vscode';
import type { EditorOffer } from '../../../protocol/composerMessages.ts';
import { DisposableStore } from '../../../util/disposable.ts';
import { isOwnScheme } from '../../ids.ts';
import { nameOf } from './documentName.ts';
import { lastLine, selectedRanges } from './editorSelections.ts';

/**
 * The text editor that was used last. While a session panel has the focus the editor knows no active one, and
 * that is just when it is asked for.
 */
export class EditorMemory implements vscode.Disposable {
  private readonly owned = new DisposableStore();
  private last: vscode.TextEditor | undefined;

  constructor() {
    this.note(vscode.window.activeTextEditor ?? vscode.window.visibleTextEditors[0]);
    this.owned.add(vscode.window.onDidChangeActiveTextEditor((editor) => this.note(editor)));
  }

  get editor(): vscode.TextEditor | undefined {
    return this.last?.document.isClosed === true ? undefined : this.last;
  }

  /** What it offers, for the menu. */
  get offer(): EditorOffer | null {
    const { editor } = this;
    if (editor === undefined) {
      return null;
    }
    const lines = selectedRanges(editor).reduce(
      (sum, range) => sum + lastLine(range) - range.start.line + 1,
      0,
    );
    return { name: nameOf(editor.document.uri), selectedLines: lines };
  }

  dispose(): void {
    this.owned.dispose();
  }

  private note(editor: vscode.TextEditor | undefined): void {
    // Editors inside of views, as the debug console's input, have no column.
    if (editor?.viewColumn === undefined) {
      return;
    }
    // Documents that the user has not written and would not mean by "the editor".
    const { scheme } = editor.document.uri;
    if (scheme !== 'output' && !isOwnScheme(scheme)) {
      this.last = editor;
    }
  }
}
