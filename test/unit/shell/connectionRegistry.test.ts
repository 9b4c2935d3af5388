import assert from 'node:assert/strict';
import { type Connection, presets, sandboxConnection } from '../../../src/api/connection.ts';
import { DisposableStore } from '../../../src/util/disposable.ts';
import { Emitter } from '../../../src/util/emitter.ts';
import { ConnectionRegistry } from '../../../src/vscode/services/connectionRegistry.ts';
import { readConnections } from '../../../src/vscode/services/connectionSetting.ts';

describe('ConnectionRegistry', () => {
  const kept = new Map<string, unknown>();
  const memory = {
    get: (key: string) => kept.get(key),
    update: (key: string, value: unknown) => {
      kept.set(key, value);
      return Promise.resolve();
    },
  } as ConstructorParameters<typeof ConnectionRegistry>[0]['memory'];
  const customChanged = new Emitter<void>();
  let custom: readonly Connection[] = [];
  let changes = 0;
  let owned = new DisposableStore();
  const make = () => {
    const registry = owned.add(
      new ConnectionRegistry({ custom: () => custom, onDidChangeCustom: customChanged.event, memory }),
    );
    registry.onDidChange(() => changes++);
    return registry;
  };

  afterEach(() => owned.dispose());
  beforeEach(() => {
    owned = new DisposableStore();
    kept.clear();
    custom = readConnections([{ name: 'Staging', baseUrl: 'https://staging.example.com' }]).connections;
    changes = 0;
  });

  it('begins with the first preset and lists the user’s own after all presets', () => {
    const registry = make();
    assert.equal(registry.active.id, 'synth');
    assert.deepEqual(
      registry.all.map(({ name }) => name),
      [...presets.map(({ name }) => name), 'Staging'],
    );
  });

  it('remembers what was chosen, and tells of it', () => {
    make().choose('custom:Staging');
    assert.equal(changes, 1);
    assert.equal(make().active.name, 'Staging');
  });

  it('takes no connection that is not there', () => {
    const registry = make();
    registry.choose('custom:Elsewhere');
    assert.equal(registry.active.id, 'synth');
    assert.equal(changes, 0);
  });

  it('falls back when the chosen one is taken out of the settings', () => {
    const registry = make();
    registry.choose('custom:Staging');
    custom = [];
    customChanged.fire();
    assert.equal(registry.active.id, 'synth');
    assert.equal(changes, 2);
  });

  it('makes a started sandbox active, never remembers it, and goes back when it stops', () => {
    const registry = make();
    registry.choose('anthropic');
    registry.sandboxStarted(sandboxConnection('http://127.0.0.1:4100'));
    assert.equal(registry.active.id, 'sandbox');
    assert.equal(registry.sandbox?.origin, 'http://127.0.0.1:4100');
    assert.equal(make().active.id, 'anthropic');
    registry.sandboxStopped();
    assert.equal(registry.active.id, 'anthropic');
    assert.equal(registry.byId('sandbox'), undefined);
  });

  it('survives a memory of another shape', () => {
    kept.set('managedAgents.activeConnection', { id: 7 });
    assert.equal(make().active.id, 'synth');
  });
});
