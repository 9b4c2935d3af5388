import * as vscode from 'vscode';
import { DisposableStore } from '../../util/disposable.ts';
import { Emitter } from '../../util/emitter.ts';
import { settings } from '../ids.ts';
import { type ConnectionEntry, type ReadConnections, readConnections } from './connectionSetting.ts';

export type TransportChoice = 'auto' | 'undici' | 'editor';

/**
 * The user's settings. Where a key may be sent is decided by the user alone: only the user's own value is
 * read, whatever a folder, a workspace file or a container brings along.
 */
export class Settings {
  private readonly disposables = new DisposableStore();
  private readonly changed = this.disposables.add(new Emitter<void>());
  private cached: ReadConnections | undefined;

  constructor() {
    this.disposables.add(
      vscode.workspace.onDidChangeConfiguration((change) => {
        if (change.affectsConfiguration(settings.connections)) {
          this.cached = undefined;
          this.changed.fire();
        }
      }),
    );
  }

  /** The user's connections may have changed. */
  get onDidChangeConnections() {
    return this.changed.event;
  }

  get connections(): ReadConnections {
    return (this.cached ??= readConnections(userValue(settings.connections)));
  }

  get transport(): TransportChoice {
    const value = userValue(settings.transport);
    return value === 'undici' || value === 'editor' ? value : 'auto';
  }

  /** Adds a connection to the user's own settings. */
  async addConnection(entry: ConnectionEntry): Promise<void> {
    const written = userValue(settings.connections);
    const entries: unknown[] = Array.isArray(written) ? [...(written as unknown[])] : [];
    await vscode.workspace
      .getConfiguration()
      .update(settings.connections, [...entries, entry], vscode.ConfigurationTarget.Global);
  }

  dispose(): void {
    this.disposables.dispose();
  }
}

/** The value in the user's own settings, and never one of a workspace. */
function userValue(id: string): unknown {
  return vscode.workspace.getConfiguration().inspect<unknown>(id)?.globalValue;
}
