import assert from 'node:assert/strict';
import type { Connection } from '../../../src/api/connection.ts';
import { Redactor } from '../../../src/api/http/redact.ts';
import { Emitter } from '../../../src/util/emitter.ts';
import { KeyStore, type SecretStore } from '../../../src/vscode/services/keyStore.ts';
import type { KeyChange, ShellLog } from '../../../src/vscode/shell.ts';
import { eventually } from '../../support/eventually.ts';
import { ManualClock } from '../../support/manualClock.ts';

const connection: Connection = {
  id: 'custom:Staging',
  name: 'Staging',
  origin: 'https://staging.example.com',
  prefix: '/v1',
  auth: 'bearer',
  version: '2023-06-01',
  betas: [],
};
const name = 'managedAgents.key.v1:custom:Staging:https://staging.example.com';
const key = 'canary-key-0123456789';

/** The editor's secret store in memory, with the faults that real ones have. */
class Secrets implements SecretStore {
  readonly values = new Map<string, string>();
  readonly asked: string[] = [];
  fault: 'none' | 'readFails' | 'storeFails' | 'storeLoses' | 'silent' = 'none';
  private readonly changed = new Emitter<{ readonly key: string }>();
  private readonly waiting: (() => void)[] = [];
  readonly onDidChange = this.changed.event;

  async get(secret: string): Promise<string | undefined> {
    this.asked.push(secret);
    if (this.fault === 'silent') {
      await new Promise<void>((resolve) => this.waiting.push(resolve));
    }
    if (this.fault === 'readFails') {
      throw new Error('The keyring is locked');
    }
    return this.values.get(secret);
  }

  async store(secret: string, value: string): Promise<void> {
    if (this.fault === 'storeFails') {
      throw new Error('The keyring is locked');
    }
    if (this.fault === 'silent') {
      await new Promise<void>((resolve) => this.waiting.push(resolve));
    }
    if (this.fault !== 'storeLoses') {
      this.values.set(secret, value);
      this.changed.fire({ key: secret });
    }
    return Promise.resolve();
  }

  delete(secret: string): Promise<void> {
    if (this.fault === 'storeFails') {
      return Promise.reject(new Error('The keyring is locked'));
    }
    this.values.delete(secret);
    this.changed.fire({ key: secret });
    return Promise.resolve();
  }

  keys(): Promise<readonly string[]> {
    return this.fault === 'readFails'
      ? Promise.reject(new Error('The keyring is locked'))
      : Promise.resolve([...this.values.keys()]);
  }

  /** Speaks up at last. */
  wake(): void {
    this.fault = 'none';
    this.waiting.splice(0).forEach((resolve) => resolve());
  }

  /** What another window does. */
  changeElsewhere(secret: string, value: string | undefined): void {
    if (value === undefined) {
      this.values.delete(secret);
    } else {
      this.values.set(secret, value);
    }
    this.changed.fire({ key: secret });
  }
}

describe('KeyStore', () => {
  let secrets: Secrets;
  let clock: ManualClock;
  let redactor: Redactor;
  let keys: KeyStore;
  let changes: KeyChange[];
  let lines: string[];

  beforeEach(() => {
    secrets = new Secrets();
    clock = new ManualClock();
    redactor = new Redactor();
    lines = [];
    changes = [];
    const note = (message: string, error?: unknown) => {
      lines.push(error instanceof Error ? `${message}: ${error.message}` : message);
    };
    const log: ShellLog = {
      trace: note,
      debug: note,
      info: note,
      warn: note,
      error: note,
      show: () => undefined,
    };
    keys = new KeyStore({ secrets, redactor, clock, log });
    keys.onDidChange((change) => changes.push(change));
  });

  afterEach(() => {
    keys.dispose();
    assert.equal(clock.pending, 0, 'a timer was left behind');
    assert.ok(!lines.some((line) => line.includes(key)), 'the log holds the key');
  });

  it('asks the store for nothing before it is asked', () => {
    assert.deepEqual(secrets.asked, []);
  });

  it('keeps a key under the connection and its origin, and reads it back', async () => {
    assert.equal(await keys.set(connection, key), 'kept');
    assert.deepEqual([...secrets.values], [[name, key]]);
    assert.equal(await keys.get(connection), key);
    assert.deepEqual(changes.at(-1), { connectionId: connection.id, origin: connection.origin, kind: 'set' });
  });

  it('has no key for the same connection at another origin', async () => {
    await keys.set(connection, key);
    const moved = { ...connection, origin: 'https://evil.example' };
    assert.equal(await keys.get(moved), undefined);
    assert.equal(await keys.presence(moved), 'absent');
  });

  it('asks the store once for many requests at the same time', async () => {
    secrets.values.set(name, key);
    const found = await Promise.all([keys.get(connection), keys.get(connection), keys.presence(connection)]);
    assert.deepEqual(found, [key, key, 'present']);
    assert.equal(secrets.asked.length, 1);
  });

  it('teaches every key to the redactor, also one that could not be kept', async () => {
    secrets.values.set(name, key);
    await keys.get(connection);
    assert.doesNotMatch(redactor.redact(`oops ${key}`), /canary/);
    secrets.fault = 'storeFails';
    await keys.set(connection, 'another-key-9876543210');
    assert.doesNotMatch(redactor.redact('oops another-key-9876543210'), /another/);
  });

  it('says when the store fails, and does not use the key then', async () => {
    secrets.fault = 'storeFails';
    assert.equal(await keys.set(connection, key), 'failed');
    assert.equal(await keys.get(connection), undefined);
    assert.deepEqual(changes, []);
  });

  it('says when the store loses the key', async () => {
    secrets.fault = 'storeLoses';
    assert.equal(await keys.set(connection, key), 'lost');
  });

  it('keeps a key for this window only without the store', async () => {
    secrets.fault = 'storeFails';
    keys.keepForWindow(connection, key);
    assert.equal(await keys.get(connection), key);
    assert.equal(secrets.values.size, 0);
    assert.deepEqual(secrets.asked, []);
    keys.release(connection);
    assert.equal(await keys.get(connection), undefined);
    assert.deepEqual(
      changes.map(({ kind }) => kind),
      ['set', 'removed'],
    );
  });

  it('waits for a silent store only so long, and not again at every request', async () => {
    secrets.values.set(name, key);
    secrets.fault = 'silent';
    const first = keys.presence(connection);
    clock.advance(5_000);
    assert.equal(await first, 'unavailable');
    assert.equal(await keys.get(connection), undefined);
    assert.equal(secrets.asked.length, 1);
  });

  it('takes a late answer and tells of it', async () => {
    secrets.values.set(name, key);
    secrets.fault = 'silent';
    const first = keys.presence(connection);
    clock.advance(5_000);
    await first;
    secrets.wake();
    await eventually(() => changes.length === 1);
    assert.equal(await keys.get(connection), key);
  });

  it('gives up on a store that never takes the key', async () => {
    secrets.fault = 'silent';
    const kept = keys.set(connection, key);
    clock.advance(5_000);
    assert.equal(await kept, 'failed');
  });

  it('tells a store that fails to read from one without the key, and asks again later', async () => {
    secrets.fault = 'readFails';
    assert.equal(await keys.presence(connection), 'unavailable');
    secrets.fault = 'none';
    secrets.values.set(name, key);
    assert.equal(await keys.presence(connection), 'present');
  });

  it('follows a key that another window changes or removes', async () => {
    await keys.set(connection, key);
    changes = [];
    secrets.changeElsewhere(name, 'rotated-key-0123456789');
    await eventually(() => changes.length === 1);
    assert.equal(await keys.get(connection), 'rotated-key-0123456789');
    secrets.changeElsewhere(name, undefined);
    await eventually(() => changes.length === 2);
    assert.equal(await keys.get(connection), undefined);
    assert.deepEqual(
      changes.map(({ kind, connectionId, origin }) => [kind, connectionId, origin]),
      [
        ['set', connection.id, connection.origin],
        ['removed', connection.id, connection.origin],
      ],
    );
  });

  it('does not read secrets of others, nor its own that nobody used', () => {
    secrets.changeElsewhere('somebody.else', 'x');
    secrets.changeElsewhere(name, key);
    assert.deepEqual(secrets.asked, []);
  });

  it('takes a key along to a new name of the same address, and lets what is open keep it', async () => {
    const renamed = { ...connection, id: 'custom:Prod', name: 'Prod' };
    await keys.set(connection, key);
    assert.equal(await keys.rename(connection, renamed), true);
    assert.deepEqual([...secrets.values], [[name.replace('Staging', 'Prod'), key]]);
    assert.equal(await keys.get(renamed), key);
    assert.equal(await keys.get(connection), key, 'a panel under the old name goes on');
    assert.ok(!changes.some(({ kind }) => kind === 'removed'));
  });

  it('never takes a key to another address', async () => {
    await keys.set(connection, key);
    const moved = { ...connection, origin: 'https://evil.example' };
    await assert.rejects(keys.rename(connection, moved), TypeError);
    assert.equal(await keys.get(moved), undefined);
    assert.deepEqual([...secrets.values], [[name, key]]);
  });

  it('has nothing to take along where there is no key', async () => {
    assert.equal(await keys.rename(connection, { ...connection, id: 'custom:Prod' }), false);
    assert.deepEqual(changes, []);
  });

  it('deletes all its keys, of connections that are gone too, and nothing of others', async () => {
    const gone = 'managedAgents.key.v1:custom:Gone:https://gone.example';
    secrets.values.set(gone, key).set('somebody.else', 'x');
    await keys.set(connection, key);
    keys.keepForWindow({ ...connection, id: 'custom:Window' }, key);
    keys.keepForWindow({ ...connection, id: 'sandbox' }, key);
    const { removed, failed } = await keys.removeAll();
    assert.deepEqual(failed, []);
    assert.deepEqual([...removed].sort(), [
      'custom:Gone:https://gone.example',
      'custom:Staging:https://staging.example.com',
      'custom:Window:https://staging.example.com',
    ]);
    assert.deepEqual([...secrets.values], [['somebody.else', 'x']]);
    assert.equal(await keys.get(connection), undefined);
    assert.equal(await keys.get({ ...connection, id: 'custom:Window' }), undefined);
    assert.equal(
      await keys.get({ ...connection, id: 'sandbox' }),
      key,
      'the sandbox that runs needs its own',
    );
  });

  it('says which key could not be deleted, and uses it no more', async () => {
    await keys.set(connection, key);
    secrets.fault = 'storeFails';
    assert.deepEqual(await keys.removeAll(), {
      removed: [],
      failed: ['custom:Staging:https://staging.example.com'],
    });
    assert.equal(await keys.get(connection), undefined);
  });

  it('forgets a removed key at once, also when the store fails to delete it', async () => {
    await keys.set(connection, key);
    assert.equal(await keys.remove(connection), true);
    assert.equal(await keys.get(connection), undefined);
    assert.equal(secrets.values.size, 0);
    await keys.set(connection, key);
    secrets.fault = 'storeFails';
    assert.equal(await keys.remove(connection), false);
    assert.equal(changes.at(-1)?.kind, 'removed');
    assert.equal(await keys.get(connection), undefined, 'what the store would not delete is used no more');
  });
});
