import * as vscode from 'vscode';
import type { L10n } from '../../l10n.ts';

/** Texts in the language of the editor. */
export const editorL10n: L10n = {
  t: (message, args) => (args === undefined ? vscode.l10n.t(message) : vscode.l10n.t(message, args)),
};
