import { sandboxConnection } from '../../api/connection.ts';
import type { Disposable } from '../../util/disposable.ts';
import type { ShellLog } from '../shell.ts';
import type { ConnectionRegistry } from './connectionRegistry.ts';
import type { KeyStore } from './keyStore.ts';

export interface SandboxSeed {
  readonly seedSessions?: number;
  readonly seedAgents?: number;
  readonly seedEvents?: number;
}

/** A sandbox that runs. */
export interface RunningSandbox {
  readonly url: string;
  readonly key: string;
  close(): Promise<void>;
}

export interface SandboxHostOptions {
  readonly connections: ConnectionRegistry;
  readonly keys: KeyStore;
  readonly log: ShellLog;
  /** Loads the server's code and starts it; called at the user's wish only. */
  readonly start: (
    seed: Required<Pick<SandboxSeed, 'seedSessions'>> & SandboxSeed,
  ) => Promise<RunningSandbox>;
}

const SEED_SESSIONS = 4;

/** Starts and stops the embedded sandbox, of which a window has one at most. Its key lives in memory only. */
export class SandboxHost implements Disposable {
  private readonly options: SandboxHostOptions;
  private running: RunningSandbox | undefined;
  private starting: Promise<void> | undefined;
  private disposed = false;

  constructor(options: SandboxHostOptions) {
    this.options = options;
  }

  /** Starts the sandbox, or takes the one that runs, and makes it the active connection. */
  async start(seed: SandboxSeed = {}): Promise<void> {
    if (this.running === undefined) {
      this.starting ??= this.bringUp(seed).finally(() => {
        this.starting = undefined;
      });
      await this.starting;
    }
    const { sandbox } = this.options.connections;
    if (sandbox !== undefined) {
      this.options.connections.choose(sandbox.id);
    }
  }

  async stop(): Promise<void> {
    const { connections, keys, log } = this.options;
    const sandbox = this.running;
    const connection = connections.sandbox;
    this.running = undefined;
    connections.sandboxStopped();
    if (connection !== undefined) {
      keys.release(connection);
    }
    if (sandbox !== undefined) {
      await sandbox.close();
      log.info('The local sandbox has stopped');
    }
  }

  private async bringUp(seed: SandboxSeed): Promise<void> {
    const { connections, keys, log } = this.options;
    const sandbox = await this.options.start({ ...seed, seedSessions: seed.seedSessions ?? SEED_SESSIONS });
    if (this.disposed) {
      await sandbox.close();
      return;
    }
    this.running = sandbox;
    log.info(`The local sandbox listens at ${sandbox.url}`);
    const connection = sandboxConnection(new URL(sandbox.url).origin);
    keys.keepForWindow(connection, sandbox.key);
    connections.sandboxStarted(connection);
  }

  dispose(): void {
    this.disposed = true;
    const sandbox = this.running;
    this.running = undefined;
    sandbox?.close().catch((error: unknown) => this.options.log.error('The sandbox did not stop', error));
  }
}
