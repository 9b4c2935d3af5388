import type * as vscode from 'vscode';
import { type Connection, presets } from '../../api/connection.ts';
import { type Disposable, DisposableStore } from '../../util/disposable.ts';
import { Emitter, type Event } from '../../util/emitter.ts';
import type { Connections } from '../shell.ts';

export interface RegistryOptions {
  /** The user's own connections, as the settings have them now. */
  readonly custom: () => readonly Connection[];
  readonly onDidChangeCustom: Event<void>;
  /** Remembers the chosen connection on this machine. */
  readonly memory: Pick<vscode.Memento, 'get' | 'update'>;
}

const MEMORY_KEY = 'managedAgents.activeConnection';

/** Which connections there are, and which one is active. */
export class ConnectionRegistry implements Connections, Disposable {
  private readonly options: RegistryOptions;
  private readonly disposables = new DisposableStore();
  private readonly changed = this.disposables.add(new Emitter<void>());
  private running: Connection | undefined;
  private chosen: string;

  constructor(options: RegistryOptions) {
    this.options = options;
    const remembered = options.memory.get<unknown>(MEMORY_KEY);
    this.chosen = typeof remembered === 'string' ? remembered : '';
    this.disposables.add(options.onDidChangeCustom(() => this.changed.fire()));
  }

  get onDidChange() {
    return this.changed.event;
  }

  get sandbox(): Connection | undefined {
    return this.running;
  }

  get all(): readonly Connection[] {
    return [...presets, ...(this.running === undefined ? [] : [this.running]), ...this.options.custom()];
  }

  get active(): Connection {
    return this.byId(this.chosen) ?? firstOf(presets);
  }

  byId(id: string): Connection | undefined {
    return this.all.find((connection) => connection.id === id);
  }

  /** Makes a connection the active one, and remembers it unless it ends with the window. */
  choose(id: string): void {
    if (this.byId(id) === undefined) {
      return;
    }
    this.chosen = id;
    if (id !== this.running?.id) {
      void this.options.memory.update(MEMORY_KEY, id);
    }
    this.changed.fire();
  }

  /** The sandbox came up, and becomes the active connection. */
  sandboxStarted(connection: Connection): void {
    this.running = connection;
    this.choose(connection.id);
  }

  /** The sandbox is gone; what was chosen before it becomes active again. */
  sandboxStopped(): void {
    if (this.running === undefined) {
      return;
    }
    const wasActive = this.chosen === this.running.id;
    this.running = undefined;
    if (wasActive) {
      const remembered = this.options.memory.get<unknown>(MEMORY_KEY);
      this.chosen = typeof remembered === 'string' ? remembered : '';
    }
    this.changed.fire();
  }

  dispose(): void {
    this.disposables.dispose();
  }
}

function firstOf(connections: readonly Connection[]): Connection {
  const [first] = connections;
  if (first === undefined) {
    throw new Error('There is no preset');
  }
  return first;
}
