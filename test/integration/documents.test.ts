import assert from 'node:assert/strict';
import * as vscode from 'vscode';
import type { Connection } from '../../src/api/connection.ts';
import { commands, detailScheme, documentScheme, settings, transcriptScheme } from '../../src/vscode/ids.ts';
import type { Parts } from '../../src/vscode/parts.ts';
import { field, type JsonObject } from '../../src/util/json.ts';
import { eventually } from '../support/eventually.ts';
import { DocumentServer } from './documentServer.ts';
import { theParts } from './support.ts';

const agentPath = '/agents/agent_1';
const environmentPath = '/environments/env_1';

/** What a dialog answers: the button with this title, or none. */
type Press = (message: string, detail: string) => string | undefined;

describe('agents and environments as documents', () => {
  const one = new DocumentServer();
  const two = new DocumentServer();
  let parts: Parts;
  let press: Press;
  const asked: string[] = [];
  const original = {
    warning: vscode.window.showWarningMessage,
    information: vscode.window.showInformationMessage,
    error: vscode.window.showErrorMessage,
  };

  /** Stands in for the person in front of a dialog. */
  function answerDialogs(): void {
    const show = (message: string, ...rest: unknown[]) => {
      const options = rest[0] as { readonly detail?: string } | string | undefined;
      const detail = typeof options === 'object' ? (options.detail ?? '') : '';
      asked.push(`${message} ${detail}`);
      const wanted = press(message, detail);
      return Promise.resolve(
        rest.find((button) =>
          typeof button === 'string'
            ? button === wanted
            : (button as { readonly title?: string }).title === wanted && wanted !== undefined,
        ),
      );
    };
    Object.assign(vscode.window, {
      showWarningMessage: show,
      showInformationMessage: show,
      showErrorMessage: show,
    });
  }

  async function open(path: string, name = 'One'): Promise<vscode.TextDocument> {
    const connection = parts.shell.connections.byId(`custom:${name}`);
    assert.ok(connection);
    const kind = path.startsWith('/agents') ? 'agent' : 'environment';
    await parts.commandContext.documents.objects.open(
      connection,
      kind,
      path.slice(path.lastIndexOf('/') + 1),
    );
    const document = vscode.window.activeTextEditor?.document;
    assert.equal(document?.uri.scheme, documentScheme);
    return document;
  }

  async function write(document: vscode.TextDocument, text: string): Promise<void> {
    const edit = new vscode.WorkspaceEdit();
    edit.replace(document.uri, new vscode.Range(0, 0, document.lineCount, 0), text);
    assert.ok(await vscode.workspace.applyEdit(edit));
  }

  const json = (document: vscode.TextDocument) => JSON.parse(document.getText()) as JsonObject;
  const change = (document: vscode.TextDocument, fields: JsonObject) =>
    write(document, JSON.stringify({ ...json(document), ...fields }, undefined, 2));
  const shows = (document: vscode.TextDocument, name: string, value: unknown) =>
    eventually(() => {
      assert.deepEqual(field(json(document), name), value);
      return true;
    });

  before(async () => {
    parts = await theParts();
    const connections = [
      { name: 'One', baseUrl: await one.start() },
      { name: 'Two', baseUrl: await two.start() },
    ];
    await vscode.workspace
      .getConfiguration()
      .update(settings.connections, connections, vscode.ConfigurationTarget.Global);
    for (const { name } of connections) {
      const connection = await eventually(() => parts.shell.connections.byId(`custom:${name}`) ?? false);
      parts.commandContext.keyStore.keepForWindow(connection, `in-host-key-${name}-0123456789`);
    }
    // In a browser the editor saves by itself unless told otherwise.
    await vscode.workspace
      .getConfiguration('files')
      .update('autoSave', 'off', vscode.ConfigurationTarget.Global);
    answerDialogs();
  });
  after(async () => {
    await vscode.workspace
      .getConfiguration('files')
      .update('autoSave', undefined, vscode.ConfigurationTarget.Global);
    Object.assign(vscode.window, {
      showWarningMessage: original.warning,
      showInformationMessage: original.information,
      showErrorMessage: original.error,
    });
    await vscode.workspace
      .getConfiguration()
      .update(settings.connections, undefined, vscode.ConfigurationTarget.Global);
    await one.close();
    await two.close();
  });
  /** Puts both servers back to what they had at first. */
  function seed(): void {
    for (const server of [one, two]) {
      server.objects.clear();
      server.sent.length = 0;
      server.refusal = undefined;
      server.put(agentPath, { name: 'Reviewer', model: 'm-1', system: 'Review.', x_future: { a: [1] } });
      server.put(environmentPath, { name: 'Cloud', config: { type: 'cloud' } });
    }
  }

  beforeEach(() => {
    press = () => undefined;
    asked.length = 0;
    one.gate = Promise.resolve();
    seed();
  });
  afterEach(async () => {
    seed(); // what is given up is read once more
    for (const document of vscode.workspace.textDocuments.filter(({ isDirty }) => isDirty)) {
      await vscode.window.showTextDocument(document);
      await vscode.commands.executeCommand('workbench.action.revertAndCloseActiveEditor');
    }
    await vscode.commands.executeCommand('workbench.action.closeAllEditors');
  });

  it('open as JSON without what the server decides, and saving sends just what differs', async () => {
    const document = await open(agentPath);
    assert.equal(document.languageId, 'json');
    assert.match(document.uri.path, /^\/custom%3AOne\/agents\/Reviewer \(agent_1\)\.agent\.json$/);
    assert.deepEqual(Object.keys(json(document)).sort(), ['metadata', 'model', 'name', 'system', 'x_future']);
    await change(document, { system: 'Be kind.', metadata: { team: 'a' } });
    await assertSaved(document);
    assert.deepEqual(one.sent, [
      { path: agentPath, body: { system: 'Be kind.', metadata: { team: 'a' }, version: 1 } },
    ]);
    assert.equal(field(one.get(agentPath), 'system'), 'Be kind.');
    assert.deepEqual(field(one.get(agentPath), 'x_future'), { a: [1] });
    assert.equal(document.isDirty, false);
    await change(document, { metadata: {} });
    await assertSaved(document);
    assert.deepEqual(one.sent.at(-1)?.body, { metadata: { team: null }, version: 2 });
  });

  it('are not read for others: only for the user, or where a tab shows them', async () => {
    const reads = () => one.requests.filter((each) => each === `GET ${agentPath}`).length;
    const before = reads();
    const place = '/custom%3AOne/agents/Unasked (agent_1).agent.json';
    const uri = vscode.Uri.from({ scheme: documentScheme, path: place });
    await assert.rejects(async () => await vscode.workspace.openTextDocument(uri), /Managed Agents view/);
    const details = vscode.Uri.from({
      scheme: detailScheme,
      path: '/agents/agent_1.json',
      query: 'custom:One',
    });
    const refused = await vscode.workspace.openTextDocument(details);
    assert.match(refused.getText(), /Managed Agents view/);
    const query = new URLSearchParams({ connection: 'custom:One', session: 'sesn_unasked' }).toString();
    const transcript = vscode.Uri.from({ scheme: transcriptScheme, path: '/unasked.md', query });
    const text = await vscode.workspace.openTextDocument(transcript);
    assert.match(text.getText(), /Managed Agents view/);
    assert.equal(reads(), before);
    assert.ok(one.requests.every((each) => !each.includes('sesn_unasked')));

    await vscode.commands.executeCommand('vscode.open', uri);
    await eventually(() => reads() === before + 1);
    await vscode.commands.executeCommand('vscode.open', details);
    await eventually(() => refused.getText().includes('Reviewer'));
  });

  it('show what the server made of them, and keep what it never shows, which is sent once', async () => {
    const document = await open(agentPath);
    await change(document, { model: 'm-2', token: 'write-only' });
    await assertSaved(document);
    await shows(document, 'model', { id: 'm-2' });
    assert.equal(field(json(document), 'token'), 'write-only');
    assert.equal(field(one.get(agentPath), 'token'), 'write-only');
    await change(document, { system: 'More.' });
    await assertSaved(document);
    assert.deepEqual(one.sent.at(-1)?.body, { system: 'More.', version: 2 });
    await shows(document, 'token', 'write-only');
  });

  it('of two connections do not mix, though their ids are the same', async () => {
    const first = await open(agentPath, 'One');
    const second = await open(agentPath, 'Two');
    assert.notEqual(first.uri.toString(), second.uri.toString());
    await change(second, { system: 'Only two.' });
    await assertSaved(second);
    assert.equal(field(one.get(agentPath), 'system'), 'Review.');
    assert.equal(field(two.get(agentPath), 'system'), 'Only two.');
    assert.deepEqual(one.sent, []);
  });

  it('that somebody else changed too are put on top of theirs by Overwrite', async () => {
    const document = await open(agentPath);
    one.change(agentPath, { name: 'Renamed' }, false);
    await change(document, { system: 'Mine.' });
    press = () => 'Overwrite';
    await assertSaved(document);
    assert.match(asked.join('\n'), /has changed on One since you opened it/);
    assert.equal(field(one.get(agentPath), 'system'), 'Mine.');
    assert.equal(field(one.get(agentPath), 'name'), 'Renamed');
    await shows(document, 'name', 'Renamed');
  });

  it('that somebody else changed too can be compared, and nothing is lost or sent', async () => {
    const document = await open(agentPath);
    one.change(agentPath, { system: 'Theirs.' }, false);
    await change(document, { system: 'Mine.' });
    press = (message) => (message.includes('has changed') ? 'Compare' : undefined);
    await assertNotSaved(document);
    assert.equal(field(json(document), 'system'), 'Mine.');
    assert.equal(field(one.get(agentPath), 'system'), 'Theirs.');
    const diff = await eventually(() => {
      const input = vscode.window.tabGroups.activeTabGroup.activeTab?.input;
      return input instanceof vscode.TabInputTextDiff ? input : false;
    });
    assert.equal(diff.modified.toString(), document.uri.toString());
    const left = await vscode.workspace.openTextDocument(diff.original);
    assert.equal(field(json(left), 'system'), 'Theirs.');
  });

  it('that somebody else changed too become theirs, while mine stays as an untitled document', async () => {
    const document = await open(agentPath);
    one.change(agentPath, { system: 'Theirs.' }, false);
    await change(document, { system: 'Mine.' });
    press = () => 'Take Theirs';
    await assertSaved(document);
    await shows(document, 'system', 'Theirs.');
    assert.equal(field(one.get(agentPath), 'system'), 'Theirs.');
    const mine = vscode.workspace.textDocuments.find(({ isUntitled }) => isUntitled);
    assert.ok(mine);
    assert.equal(field(json(mine), 'system'), 'Mine.');
    await change(document, { name: 'Next' });
    await assertSaved(document);
    assert.deepEqual(one.sent.at(-1)?.body, { name: 'Next', version: 2 });
  });

  it('without a version notice all the same that somebody changed them', async () => {
    const document = await open(environmentPath);
    one.change(environmentPath, { description: 'Theirs.' }, false);
    await change(document, { name: 'Mine' });
    press = () => 'Overwrite';
    await assertSaved(document);
    assert.equal(asked.length, 1);
    assert.deepEqual(one.sent, [{ path: environmentPath, body: { name: 'Mine' } }]);
    await shows(document, 'description', 'Theirs.');
  });

  it('stay as they are when the thing is gone, and can be kept as a file', async () => {
    const document = await open(agentPath);
    one.objects.delete(agentPath);
    await change(document, { system: 'Mine.' });
    await assertNotSaved(document);
    assert.equal(field(json(document), 'system'), 'Mine.');
    await eventually(() => asked.some((text) => text.includes('is not on One any more')));
  });

  it('show at the field what the server minds', async () => {
    const document = await open(agentPath);
    await change(document, { name: 'Long' });
    const detail = [{ loc: ['body', 'name'], msg: 'too long for me', type: 'value_error' }];
    one.refusal = { status: 422, body: { detail } };
    await assertNotSaved(document);
    const diagnostic = await eventually(
      () =>
        vscode.languages.getDiagnostics(document.uri).find(({ message }) => message === 'too long for me') ??
        false,
    );
    assert.equal(document.getText(diagnostic.range), '"Long"');
    await assertSaved(document);
    assert.ok(
      vscode.languages.getDiagnostics(document.uri).every(({ message }) => message !== 'too long for me'),
    );
  });

  it('that are no JSON are not sent', async () => {
    const document = await open(agentPath);
    await write(document, '{\n  "name": oops\n}\n');
    await assertNotSaved(document);
    assert.deepEqual(one.sent, []);
    await assert.rejects(
      () =>
        Promise.resolve(vscode.workspace.fs.writeFile(document.uri, Buffer.from('{\n  "name": oops\n}\n'))),
      /Line 2, column 11/,
    );
  });

  it('have a schema: limits are checked, unknown fields are not', async () => {
    const document = await open(agentPath);
    await change(document, { name: 'x'.repeat(257), anything: true });
    const found = await eventually(
      () => {
        const all = vscode.languages.getDiagnostics(document.uri);
        return all.length > 0 ? all : false;
      },
      { timeoutMs: 15_000 },
    );
    assert.equal(found.length, 1);
    assert.match(found[0]?.message ?? '', /256/);
  });

  it('keep what is typed while a save is under way, and send it with the next', async () => {
    const document = await open(agentPath);
    await change(document, { model: 'm-2' });
    const answer = Promise.withResolvers<undefined>();
    one.gate = answer.promise;
    const saving = document.save();
    await eventually(() => one.sent.length === 1);
    await change(document, { system: 'Typed since.' });
    answer.resolve(undefined);
    await saving; // the host takes the document for clean now, the editor does not
    assert.equal(field(json(document), 'system'), 'Typed since.');
    await assertSaved(document);
    assert.deepEqual(one.sent.at(-1)?.body, { system: 'Typed since.', version: 2 });
    await shows(document, 'model', { id: 'm-2' });
  });

  it('are not sent when the editor saves by itself', async () => {
    const document = await open(agentPath);
    const files = vscode.workspace.getConfiguration('files');
    const automatic: vscode.TextDocumentSaveReason[] = [];
    const watching = vscode.workspace.onWillSaveTextDocument(({ reason }) => automatic.push(reason));
    await files.update('autoSave', 'afterDelay', vscode.ConfigurationTarget.Global);
    await files.update('autoSaveDelay', 100, vscode.ConfigurationTarget.Global);
    try {
      await change(document, { system: 'Half a wo' });
      await eventually(() => automatic.includes(vscode.TextDocumentSaveReason.AfterDelay), {
        timeoutMs: 10_000,
      });
    } finally {
      watching.dispose();
      await files.update('autoSave', 'off', vscode.ConfigurationTarget.Global);
      await files.update('autoSaveDelay', undefined, vscode.ConfigurationTarget.Global);
    }
    assert.equal(document.isDirty, true);
    await assertSaved(document);
    assert.deepEqual(
      one.sent.map(({ body }) => body),
      [{ system: 'Half a wo', version: 1 }],
    );
  });

  it('are refused in plain words on a connection that is read-only, and on one that leads elsewhere', async () => {
    const document = await open(agentPath);
    await change(document, { system: 'Mine.' });
    const configuration = vscode.workspace.getConfiguration();
    const before = configuration.inspect(settings.connections)?.globalValue as JsonObject[];
    const [first, second] = before;
    assert.ok(first && second);
    const use = async (entry: JsonObject, holds: (connection: Connection) => boolean) => {
      await configuration.update(settings.connections, [entry, second], vscode.ConfigurationTarget.Global);
      await eventually(() => {
        const connection = parts.shell.connections.byId('custom:One');
        return connection !== undefined && holds(connection);
      });
    };
    const text = Buffer.from(document.getText());
    const write = () => Promise.resolve(vscode.workspace.fs.writeFile(document.uri, text));
    try {
      await use({ ...first, readOnly: true }, ({ readOnly }) => readOnly === true);
      await assert.rejects(write);
      await use({ ...first, baseUrl: 'http://127.0.0.1:9' }, ({ origin }) => origin.endsWith(':9'));
      await assert.rejects(write, /leads to another server/);
      assert.deepEqual(one.sent, []);
    } finally {
      await use(first, ({ readOnly, origin }) => readOnly !== true && !origin.endsWith(':9'));
    }
    assert.equal(field(json(document), 'system'), 'Mine.');
  });

  it('are made from a file after naming where, compared with it, and updated from it', async () => {
    const folder = vscode.workspace.workspaceFolders?.[0]?.uri;
    assert.ok(folder, 'no folder is open');
    const file = vscode.Uri.joinPath(folder, 'helper.agent.json');
    const text = { name: 'Helper', model: 'm-1', id: 'agent_of_elsewhere', x_future: 1 };
    await vscode.workspace.fs.writeFile(file, Buffer.from(JSON.stringify(text)));
    parts.commandContext.registry.choose('custom:Two');
    try {
      press = () => 'Create';
      const created = vscode.commands.executeCommand(commands.createFromThisFile, file);
      await acceptQuickPick(() => two.sent.length > 0);
      await created;
      assert.deepEqual(two.sent, [{ path: '/agents', body: { name: 'Helper', model: 'm-1', x_future: 1 } }]);
      const question = asked.find((each) => each.includes('Create the agent “Helper” on Two?')) ?? '';
      assert.match(question, /helper\.agent\.json says is sent to http:\/\/127\.0\.0\.1:\d+/);

      // What is not saved yet counts too.
      await write(
        await vscode.workspace.openTextDocument(file),
        JSON.stringify({ ...text, system: 'Help.' }),
      );
      press = () => 'Update';
      await vscode.commands.executeCommand(commands.updateFromThisFile, file);
      assert.equal(two.sent.length, 2);
      const made = two.sent.at(-1);
      assert.equal(made?.path, '/agents/made_1');
      assert.deepEqual(made.body, { system: 'Help.', version: 1 });
      assert.equal(field(two.get('/agents/made_1'), 'system'), 'Help.');
      assert.deepEqual(one.sent, []);

      await vscode.commands.executeCommand(commands.compareFileWithServer, file);
      const { input } = vscode.window.tabGroups.activeTabGroup.activeTab ?? {};
      assert.ok(input instanceof vscode.TabInputTextDiff);
      assert.equal(input.modified.toString(), file.toString());
    } finally {
      parts.commandContext.registry.choose('synth');
      await vscode.workspace.fs.delete(file);
    }
  });

  async function assertSaved(document: vscode.TextDocument): Promise<void> {
    const isSaved = await document.save();
    assert.ok(isSaved, `not saved: ${[...asked, ...one.requests.slice(-5)].join('; ')}`);
  }

  /** Ctrl+S says no, and the text stays unsaved. */
  async function assertNotSaved(document: vscode.TextDocument): Promise<void> {
    assert.equal(
      await document.save().then(
        (saved) => saved,
        () => false,
      ),
      false,
    );
    assert.equal(document.isDirty, true);
  }

  /** Takes the marked choice of the quick pick until something has come of it. */
  async function acceptQuickPick(isDone: () => boolean): Promise<void> {
    await eventually(
      async () => {
        await vscode.commands.executeCommand('workbench.action.acceptSelectedQuickOpenItem');
        return isDone();
      },
      { intervalMs: 50, timeoutMs: 10_000 },
    );
  }
});
