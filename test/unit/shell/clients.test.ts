import assert from 'node:assert/strict';
import type * as vscode from 'vscode';
import { type Connection, sandboxConnection } from '../../../src/api/connection.ts';
import { ApiError } from '../../../src/api/errors.ts';
import { Redactor } from '../../../src/api/http/redact.ts';
import { createUndiciTransport } from '../../../src/api/http/undiciTransport.ts';
import { type Sandbox, startSandbox } from '../../../src/sandbox/server.ts';
import { systemClock } from '../../../src/util/clock.ts';
import { DisposableStore } from '../../../src/util/disposable.ts';
import { AuthTracker } from '../../../src/vscode/services/authTracker.ts';
import { ClientPool } from '../../../src/vscode/services/clients.ts';
import { KeyStore } from '../../../src/vscode/services/keyStore.ts';
import { Log } from '../../../src/vscode/services/log.ts';
import type { AuthState } from '../../../src/vscode/shell.ts';

describe('ClientPool against a real server', () => {
  let sandbox: Sandbox;
  let connection: Connection;
  let owned: DisposableStore;
  let keys: KeyStore;
  let auth: AuthTracker;
  let pool: ClientPool;
  let states: AuthState[];
  let lines: string[];

  before(async () => {
    sandbox = await startSandbox({ seedSessions: 1 });
    connection = sandboxConnection(sandbox.url);
  });
  after(async () => {
    await sandbox.close();
  });

  beforeEach(() => {
    owned = new DisposableStore();
    const redactor = new Redactor();
    lines = [];
    states = [];
    const write = (line: string) => void lines.push(line);
    const channel = { info: write, warn: write, error: write, dispose: () => undefined };
    const log = owned.add(new Log(() => channel as unknown as vscode.LogOutputChannel, redactor));
    const secrets = {
      get: () => Promise.resolve(undefined),
      store: () => Promise.resolve(),
      delete: () => Promise.resolve(),
      onDidChange: () => ({ dispose: () => undefined }),
    };
    keys = owned.add(new KeyStore({ secrets, redactor, clock: systemClock, log }));
    auth = owned.add(new AuthTracker(keys));
    auth.onDidChange((changed) => states.push(auth.of(changed)));
    const transport = owned.add(createUndiciTransport());
    pool = new ClientPool({ transport, keys, auth, log, clock: systemClock, random: () => 0 });
  });
  afterEach(() => {
    owned.dispose();
    assert.doesNotMatch(lines.join('\n'), new RegExp(sandbox.key));
  });

  it('gives one client for one address, and another for another', () => {
    assert.equal(pool.for(connection), pool.for({ ...connection }));
    assert.notEqual(pool.for(connection), pool.for({ ...connection, origin: 'http://127.0.0.1:9' }));
    assert.notEqual(pool.for(connection), pool.for({ ...connection, auth: 'x-api-key' }));
  });

  it('sends nothing without a key, and says so', async () => {
    await assert.rejects(pool.for(connection).listAgents(), (error) => ApiError.is(error, 'noKey'));
    assert.deepEqual(states, ['noKey']);
  });

  it('notices a rejected key and a good one, wherever it happens', async () => {
    keys.keepForWindow(connection, 'wrong-key-0123456789');
    await assert.rejects(pool.for(connection).listAgents(), (error) => ApiError.is(error, 'unauthorized'));
    keys.keepForWindow(connection, sandbox.key);
    assert.equal(auth.of(connection), 'unknown', 'what was known of the old key is void');
    await pool.for(connection).listAgents();
    assert.deepEqual(states, ['rejected', 'ok']);
  });

  it('takes health for no proof of a key', async () => {
    keys.keepForWindow(connection, sandbox.key);
    await pool.for(connection).health();
    assert.equal(auth.of(connection), 'unknown');
  });

  it('tries a key out without remembering it or changing any state', async () => {
    await pool.withKey(connection, sandbox.key).listAgents({ limit: 1 });
    await assert.rejects(pool.withKey(connection, 'wrong-key-0123456789').listAgents({ limit: 1 }));
    assert.deepEqual(states, []);
    assert.equal(await keys.presence(connection), 'absent');
  });

  it('leaves one line in the log for every request', async () => {
    keys.keepForWindow(connection, sandbox.key);
    await pool.for(connection).listSessions();
    assert.equal(lines.length, 1);
    assert.match(
      lines[0] ?? '',
      /^\[Local sandbox\] GET \/api\/managed-agents\/anthropic\/v1\/sessions 200 \d+ ms/,
    );
  });
});
