import * as vscode from 'vscode';
import { createAutoTransport } from '../../api/http/autoTransport.ts';
import { createEditorTransport } from '../../api/http/editorTransport.ts';
import type { HttpTransport } from '../../api/http/transport.ts';
import { createUndiciTransport } from '../../api/http/undiciTransport.ts';
import type { ShellLog } from '../shell.ts';
import type { Settings } from './settings.ts';

const proxyVariables = ['https_proxy', 'HTTPS_PROXY', 'http_proxy', 'HTTP_PROXY', 'all_proxy', 'ALL_PROXY'];

/** The way out of the extension. The HTTP library is loaded by the first request that needs it. */
export function createTransport(
  settings: Settings,
  log: ShellLog,
  environment: Readonly<Record<string, string | undefined>>,
): HttpTransport {
  return createAutoTransport({
    direct: createUndiciTransport(),
    editor: createEditorTransport(environment),
    choice: () => settings.transport,
    proxyConfigured: () =>
      Boolean(vscode.workspace.getConfiguration('http').get<string>('proxy')) ||
      proxyVariables.some((name) => Boolean(environment[name])),
    onSwitch: (origin, reason) =>
      log.info(
        `${origin} could not be reached directly (${reason}): from now on through the editor's network`,
      ),
  });
}
