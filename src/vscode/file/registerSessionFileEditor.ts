import * as vscode from 'vscode';
import type { Disposable } from '../../util/disposable.ts';
import { customEditors } from '../ids.ts';
import type { SessionFileParts } from './sessionFileEditor.ts';

/** Exported sessions as files that are opened in the session panel. Loads what it needs with the first one. */
export function registerSessionFileEditor(parts: () => Promise<SessionFileParts>): Disposable {
  const provider: vscode.CustomReadonlyEditorProvider = {
    openCustomDocument: (uri) => ({ uri, dispose: () => undefined }),
    resolveCustomEditor: async ({ uri }, panel, token) => {
      const { showSessionFile } = await import('./sessionFileEditor.ts');
      await showSessionFile(await parts(), uri, panel, token);
    },
  };
  return vscode.window.registerCustomEditorProvider(customEditors.sessionFile, provider, {
    supportsMultipleEditorsPerDocument: true,
  });
}
