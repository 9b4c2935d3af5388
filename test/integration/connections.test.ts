import assert from 'node:assert/strict';
import * as vscode from 'vscode';
import type { Connection } from '../../src/api/connection.ts';
import { ApiError } from '../../src/api/errors.ts';
import { type Sandbox, startSandbox } from '../../src/sandbox/server.ts';
import { commands, settings } from '../../src/vscode/ids.ts';
import type { Parts } from '../../src/vscode/parts.ts';
import { eventually } from '../support/eventually.ts';
import { theParts, theSecrets } from './support.ts';

const KEY = 'canary-4f1d9a7be2c84b6f9d3e5a10';
const OTHER_KEY = 'canary-77aa9a7be2c84b6f9d3e5a10';

/** Answers the next modal question as a person would, by the text of a button. */
async function answering<T>(button: string, run: () => Thenable<T>): Promise<T> {
  const original = vscode.window.showWarningMessage;
  const answer = (_message: string, ...rest: readonly unknown[]) =>
    Promise.resolve(rest.find((each) => each === button));
  Reflect.set(vscode.window, 'showWarningMessage', answer);
  try {
    return await run();
  } finally {
    Reflect.set(vscode.window, 'showWarningMessage', original);
  }
}

describe('connections and their keys', () => {
  let parts: Parts;
  let secrets: vscode.SecretStorage;
  let one: Sandbox;
  let two: Sandbox;

  const write = async (value: readonly object[] | undefined) =>
    await vscode.workspace
      .getConfiguration()
      .update(settings.connections, value, vscode.ConfigurationTarget.Global);
  const named = (name: string): Connection => {
    const found = parts.shell.connections.all.find((connection) => connection.name === name);
    assert.ok(found, name);
    return found;
  };
  const secretOf = ({ id, origin }: Connection) => `managedAgents.key.v1:${id}:${origin}`;
  const use = async (extra: object = {}) => {
    await write([
      { name: 'One', baseUrl: one.url, ...extra },
      { name: 'Two', baseUrl: two.url },
    ]);
    await eventually(
      () =>
        parts.shell.connections.all.filter(({ name }) => name === 'One' || name === 'Two').length === 2 &&
        (named('One').readOnly === true) === 'readOnly' in extra,
    );
  };

  before(async () => {
    parts = await theParts();
    secrets = await theSecrets();
    one = await startSandbox({ key: KEY, seedSessions: 2 });
    two = await startSandbox({ key: OTHER_KEY, seedSessions: 3 });
  });

  after(async () => {
    await write(undefined);
    await one.close();
    await two.close();
  });

  beforeEach(async () => {
    await use();
  });

  it('have each their own key, kept by the editor’s own store', async () => {
    const { keyStore } = parts.commandContext;
    assert.equal(await keyStore.set(named('One'), KEY), 'kept');
    assert.equal(await keyStore.set(named('Two'), OTHER_KEY), 'kept');
    assert.equal(await secrets.get(secretOf(named('One'))), KEY);
    assert.equal((await parts.shell.clients.for(named('One')).listSessions()).items.length, 2);
    assert.equal((await parts.shell.clients.for(named('Two')).listSessions()).items.length, 3);
  });

  it('never mix their things: rows of two connections have nothing in common', async () => {
    const { registry, explorer } = parts.commandContext;
    const rowsOf = async (name: string) => {
      registry.choose(named(name).id);
      const [sessions] = await explorer.getChildren();
      return (await explorer.getChildren(sessions)).map(({ id }) => id);
    };
    const first = await rowsOf('One');
    const second = await rowsOf('Two');
    assert.ok(first.length >= 2 && second.length >= 3);
    assert.ok(first.every((id) => id.startsWith(`${named('One').id}/`)));
    assert.ok(second.every((id) => id.startsWith(`${named('Two').id}/`)));
  });

  it('take a key that another window changed, in a client that is in use', async () => {
    const connection = named('One');
    const client = parts.shell.clients.for(connection);
    await client.listAgents({ limit: 1 });
    let told = 0;
    const subscription = parts.shell.keys.onDidChange(() => told++);
    try {
      await secrets.store(secretOf(connection), OTHER_KEY);
      await eventually(() => told === 1);
      await assert.rejects(client.listAgents({ limit: 1 }), (error) => ApiError.is(error, 'unauthorized'));
      assert.equal(parts.shell.auth.of(connection), 'rejected');
      await secrets.store(secretOf(connection), KEY);
      await eventually(() => told === 2);
      assert.equal(parts.shell.auth.of(connection), 'unknown');
      await client.listAgents({ limit: 1 });
      assert.equal(parts.shell.auth.of(connection), 'ok');
    } finally {
      subscription.dispose();
    }
  });

  it('say that there is no key when another window removed it', async () => {
    const connection = named('Two');
    const { registry, explorer } = parts.commandContext;
    registry.choose(connection.id);
    await explorer.getChildren();
    await secrets.delete(secretOf(connection));
    await eventually(async () => (await parts.shell.keys.presence(connection)) === 'absent');
    await explorer.getChildren();
    assert.equal(explorer.viewState, 'noKey');
    await assert.rejects(parts.shell.clients.for(connection).listAgents(), (error) =>
      ApiError.is(error, 'noKey'),
    );
  });

  it('lose nothing where the store loses a key: it can be kept for the window', async () => {
    const connection = named('Two');
    const { keyStore } = parts.commandContext;
    const store = Reflect.get<vscode.SecretStorage, 'store'>(secrets, 'store');
    Reflect.set(secrets, 'store', () => Promise.resolve());
    try {
      assert.equal(await keyStore.set(connection, OTHER_KEY), 'lost');
      assert.equal(await keyStore.presence(connection), 'absent');
      keyStore.keepForWindow(connection, OTHER_KEY);
      await parts.shell.clients.for(connection).listAgents({ limit: 1 });
      assert.equal(await secrets.get(secretOf(connection)), undefined);
    } finally {
      Reflect.set(secrets, 'store', store);
    }
  });

  it('refuse every change at once while they are read-only, also for what was opened before', async () => {
    const { keyStore } = parts.commandContext;
    await keyStore.set(named('One'), KEY);
    const before = named('One');
    const client = parts.shell.clients.for(before);
    const [session] = (await client.listSessions()).items;
    assert.ok(session);
    await use({ readOnly: true });
    for (const target of [client, parts.shell.clients.for(named('One'))]) {
      await assert.rejects(target.archiveSession(session.id), (error) => ApiError.is(error, 'readOnly'));
      await assert.rejects(target.sendEvents(session.id, [{ type: 'user.message', content: [] }]), (error) =>
        ApiError.is(error, 'readOnly'),
      );
    }
    assert.equal((await client.getSession(session.id)).archivedAt, undefined);
    await use();
    await client.updateSession(session.id, { title: 'Changed again' });
  });

  it('are removed together with their key', async () => {
    const connection = named('One');
    await parts.commandContext.keyStore.set(connection, KEY);
    await answering('Remove', () =>
      vscode.commands.executeCommand(commands.removeConnection, { connectionId: connection.id }),
    );
    await eventually(() => parts.shell.connections.byId(connection.id) === undefined);
    assert.equal(await secrets.get(secretOf(connection)), undefined);
    assert.ok(parts.shell.connections.byId(named('Two').id));
  });

  it('leave nothing behind when all data is removed', async () => {
    const { keyStore } = parts.commandContext;
    const { globalState, workspaceState } = parts.shell;
    await keyStore.set(named('One'), KEY);
    await secrets.store('managedAgents.key.v1:custom:Gone:https://gone.example', KEY);
    await globalState.update('canary', KEY);
    await workspaceState.update('draft:custom:One', KEY);
    await answering('Remove All Data', () => vscode.commands.executeCommand(commands.removeAllData));
    const held = [globalState, workspaceState].flatMap((memory) =>
      memory.keys().map((name) => [name, memory.get<unknown>(name)]),
    );
    assert.doesNotMatch(JSON.stringify(held), /canary/);
    const names = (await secrets.keys()).filter((name) => name.startsWith('managedAgents.key.'));
    assert.deepEqual(names, []);
    assert.equal(await keyStore.presence(named('One')), 'absent');
    await vscode.commands.executeCommand('workbench.action.closeAllEditors');
  });
});
