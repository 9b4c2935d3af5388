import * as vscode from 'vscode';
import { panels } from '../ids.ts';
import type { SessionPanels } from './sessionPanels.ts';

/** Takes the session panels that the editor kept over a reload of the window. */
export function registerPanels(load: () => Promise<SessionPanels>): vscode.Disposable {
  return vscode.window.registerWebviewPanelSerializer(panels.session, {
    deserializeWebviewPanel: async (panel, state: unknown) => {
      (await load()).takeBack(panel, state);
    },
  });
}
