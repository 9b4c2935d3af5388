import { ManagedAgentsClient } from '../../api/client.ts';
import type { Connection } from '../../api/connection.ts';
import { HttpCaller } from '../../api/http/caller.ts';
import type { HttpTransport } from '../../api/http/transport.ts';
import type { Clock } from '../../util/clock.ts';
import type { Clients } from '../shell.ts';
import type { AuthTracker } from './authTracker.ts';
import type { KeyStore } from './keyStore.ts';
import type { Log } from './log.ts';

export interface ClientPoolOptions {
  readonly transport: HttpTransport;
  readonly keys: KeyStore;
  readonly auth: AuthTracker;
  readonly log: Log;
  readonly clock: Clock;
  readonly random: () => number;
  /** Whether a connection is read-only now: a panel that is open keeps the connection as it was. */
  readonly isReadOnly?: (connection: Connection) => boolean;
}

/** Makes clients and keeps them: one for each address and manner of signing in. */
export class ClientPool implements Clients {
  private readonly options: ClientPoolOptions;
  private readonly clients = new Map<string, ManagedAgentsClient>();

  constructor(options: ClientPoolOptions) {
    this.options = options;
  }

  for(connection: Connection): ManagedAgentsClient {
    const identity = JSON.stringify([
      connection.id,
      connection.origin,
      connection.prefix,
      connection.auth,
      connection.version,
      connection.betas,
    ]);
    let client = this.clients.get(identity);
    if (client === undefined) {
      client = this.make(connection);
      this.clients.set(identity, client);
    }
    return client;
  }

  /** A client that tries a key out before it is kept. What it learns changes no state. */
  withKey(connection: Connection, key: string): ManagedAgentsClient {
    const { transport, clock, random, log } = this.options;
    const caller = new HttpCaller({
      connection,
      transport,
      clock,
      random,
      key: () => Promise.resolve(key),
      onCall: (record) => log.call(connection.name, record),
    });
    return new ManagedAgentsClient(connection, caller);
  }

  private make(connection: Connection): ManagedAgentsClient {
    const { transport, clock, random, log, keys, auth, isReadOnly } = this.options;
    const caller = new HttpCaller({
      connection,
      transport,
      clock,
      random,
      ...(isReadOnly !== undefined && { isReadOnly: () => isReadOnly(connection) }),
      key: async () => {
        const key = await keys.get(connection);
        if (key === undefined) {
          auth.report(connection, 'noKey');
        }
        return key;
      },
      onCall: (record) => {
        log.call(connection.name, record);
        // Health may answer without a key, so it proves nothing about one.
        if (record.reason === undefined && !record.path.endsWith('/health')) {
          auth.report(connection, 'ok');
        }
      },
      onUnauthorized: () => auth.report(connection, 'rejected'),
    });
    return new ManagedAgentsClient(connection, caller);
  }
}
