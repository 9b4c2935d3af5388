import * as vscode from 'vscode';
import type { Connection } from '../../api/connection.ts';
import { type EnvironmentKey, environmentKeyOf } from '../../api/environmentKey.ts';
import type { Disposable } from '../../util/disposable.ts';
import type { ViewState } from '../tree/viewState.ts';
import type { Shell } from '../shell.ts';
import { withoutLinks } from '../../text/visible.ts';

export interface EnvironmentOfferOptions {
  readonly shell: Pick<Shell, 'l10n' | 'connections' | 'globalState'>;
  readonly environment: Readonly<Record<string, string | undefined>>;
  readonly onDidChangeState: vscode.Event<ViewState>;
  readonly use: (connection: Connection, found: EnvironmentKey) => Promise<unknown>;
}

const MEMORY_KEY = 'managedAgents.environmentKey.dontAsk';

/**
 * Offers the key of the environment where the view has none: once per window and connection, only for the servers
 * that the variable is meant for, and never again where that is not wanted.
 */
export function offerEnvironmentKey(options: EnvironmentOfferOptions): Disposable {
  const offered = new Set<string>();
  return options.onDidChangeState((state) => {
    const { shell, environment } = options;
    const connection = shell.connections.active;
    const found = environmentKeyOf(connection, environment);
    const isWanted = shell.globalState.get<boolean>(MEMORY_KEY) !== true;
    if (state !== 'noKey' || found?.belongs !== true || offered.has(connection.id) || !isWanted) {
      return;
    }
    offered.add(connection.id);
    void offer(options, connection, found);
  });
}

async function offer(
  { shell, use }: EnvironmentOfferOptions,
  connection: Connection,
  found: EnvironmentKey,
): Promise<void> {
  const { l10n, globalState } = shell;
  const yes = l10n.t('Use {variable}', { variable: found.variable });
  const never = l10n.t('Don’t Ask Again');
  const pressed = await vscode.window.showInformationMessage(
    withoutLinks(
      l10n.t('{variable} is set in the environment. Use it for {name} in this window? It is not stored.', {
        variable: found.variable,
        name: connection.name,
      }),
    ),
    yes,
    never,
  );
  if (pressed === yes) {
    await use(connection, found);
  } else if (pressed === never) {
    await globalState.update(MEMORY_KEY, true);
  }
}
