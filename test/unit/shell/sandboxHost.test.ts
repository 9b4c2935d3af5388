import assert from 'node:assert/strict';
import { Redactor } from '../../../src/api/http/redact.ts';
import { systemClock } from '../../../src/util/clock.ts';
import { ConnectionRegistry } from '../../../src/vscode/services/connectionRegistry.ts';
import { KeyStore } from '../../../src/vscode/services/keyStore.ts';
import { SandboxHost, type SandboxSeed } from '../../../src/vscode/services/sandboxHost.ts';
import type { ShellLog } from '../../../src/vscode/shell.ts';

const nothing = () => undefined;
const nowhere = () => ({ dispose: nothing });

describe('SandboxHost', () => {
  let seeds: SandboxSeed[];
  let closed: number;
  let release: (() => void) | undefined;
  let registry: ConnectionRegistry;
  let keys: KeyStore;
  let host: SandboxHost;
  let secretCalls: number;

  beforeEach(() => {
    seeds = [];
    closed = 0;
    release = undefined;
    secretCalls = 0;
    const log: ShellLog = {
      trace: nothing,
      debug: nothing,
      info: nothing,
      warn: nothing,
      error: nothing,
      show: nothing,
    };
    const kept = new Map<string, unknown>();
    const memory = {
      get: (key: string) => kept.get(key),
      update: (key: string, value: unknown) => Promise.resolve(void kept.set(key, value)),
    } as ConstructorParameters<typeof ConnectionRegistry>[0]['memory'];
    registry = new ConnectionRegistry({ custom: () => [], onDidChangeCustom: nowhere, memory });
    const touch = () => {
      secretCalls++;
      return Promise.resolve(undefined);
    };
    const secrets = { get: touch, store: touch, delete: touch, onDidChange: nowhere };
    keys = new KeyStore({ secrets, redactor: new Redactor(), clock: systemClock, log });
    host = new SandboxHost({
      connections: registry,
      keys,
      log,
      start: async (seed) => {
        seeds.push(seed);
        if (release !== undefined) {
          await new Promise<void>((resolve) => (release = resolve));
        }
        const close = () => {
          closed++;
          return Promise.resolve();
        };
        return { url: 'http://127.0.0.1:4100', key: 'sandbox_key_0123456789', close };
      },
    });
  });

  it('becomes the active connection, with a key that no store ever sees', async () => {
    await host.start();
    assert.equal(registry.active.id, 'sandbox');
    assert.equal(await keys.get(registry.active), 'sandbox_key_0123456789');
    assert.equal(secretCalls, 0);
    assert.deepEqual(seeds, [{ seedSessions: 4 }]);
  });

  it('runs once, however often it is asked for', async () => {
    await Promise.all([host.start({ seedSessions: 5, seedEvents: 7 }), host.start()]);
    registry.choose('anthropic');
    await host.start();
    assert.deepEqual(seeds, [{ seedSessions: 5, seedEvents: 7 }]);
    assert.equal(registry.active.id, 'sandbox');
  });

  it('leaves nothing behind when it is stopped', async () => {
    await host.start();
    const connection = registry.active;
    await host.stop();
    assert.equal(closed, 1);
    assert.equal(registry.sandbox, undefined);
    assert.equal(registry.active.id, 'synth');
    assert.equal(await keys.presence(connection), 'absent');
    await host.stop();
    assert.equal(closed, 1);
  });

  it('closes one that comes up after the window is gone', async () => {
    release = nothing;
    const starting = host.start();
    host.dispose();
    release();
    await starting;
    assert.equal(closed, 1);
    assert.equal(registry.sandbox, undefined);
  });
});
