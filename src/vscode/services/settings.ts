import * as vscode from 'vscode';
import { DisposableStore } from '../../util/disposable.ts';
import { Emitter } from '../../util/emitter.ts';
import type { Connection } from '../../api/connection.ts';
import { settings } from '../ids.ts';
import { entryOf, withChangedEntry, withEntry, withoutEntry } from './connectionEntries.ts';
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

  /** Whether what a search reads is kept on this machine for the next one. */
  get keepsSearched(): boolean {
    return userValue(settings.searchCache) === true;
  }

  /** Adds a connection to the user's own settings. */
  async addConnection(entry: ConnectionEntry): Promise<void> {
    await this.write(withEntry(userValue(settings.connections), entry));
  }

  /** Replaces the entry of that name in the user's own settings. */
  async changeConnection(name: string, entry: ConnectionEntry): Promise<void> {
    await this.write(withChangedEntry(userValue(settings.connections), name, entry));
  }

  async removeConnection(name: string): Promise<void> {
    await this.write(withoutEntry(userValue(settings.connections), name));
  }

  /** One of the user's own connections as the settings have it, to be changed. */
  entryOf(connection: Connection): ConnectionEntry {
    return entryOf(userValue(settings.connections), connection);
  }

  private async write(entries: readonly unknown[]): Promise<void> {
    await vscode.workspace
      .getConfiguration()
      .update(
        settings.connections,
        entries.length === 0 ? undefined : entries,
        vscode.ConfigurationTarget.Global,
      );
  }

  dispose(): void {
    this.disposables.dispose();
  }
}

/** The value in the user's own settings, and never one of a workspace. */
function userValue(id: string): unknown {
  return vscode.workspace.getConfiguration().inspect<unknown>(id)?.globalValue;
}
