import * as vscode from 'vscode';
import { isDeepStrictEqual } from 'node:util';
import type { Connection } from '../../api/connection.ts';
import { ApiError } from '../../api/errors.ts';
import { inOrderOf } from '../../documents/afterAnswer.ts';
import { type DocumentKind, documentText, editablePart, updateFromFile } from '../../documents/editable.ts';
import { visible, withoutLinks } from '../../text/visible.ts';
import { asObject, field, type JsonObject } from '../../util/json.ts';
import { versionOf } from '../documents/objectSaver.ts';
import { operationsOf, type ServerObject } from '../documents/serverObjects.ts';
import { askConnection } from './askConnection.ts';
import type { CommandContext } from './commandContext.ts';
import { type DocumentFile, documentFile, readFile } from './documentFile.ts';
import { matchFile } from './matchFile.ts';

/** Makes an agent of any file that is chosen. */
export async function createAgentFromFile(context: CommandContext, argument?: unknown): Promise<void> {
  await createFromChosenFile(context, 'agent', context.shell.l10n.t('New Agent from File'), argument);
}

/** Makes an environment of any file that is chosen. */
export async function createEnvironmentFromFile(context: CommandContext, argument?: unknown): Promise<void> {
  const title = context.shell.l10n.t('New Environment from File');
  await createFromChosenFile(context, 'environment', title, argument);
}

/** Makes what the file in the editor says. */
export async function createFromThisFile(context: CommandContext, argument?: unknown): Promise<void> {
  const file = await documentFile(context, argument);
  if (file !== undefined) {
    await create(context, file, context.shell.l10n.t('Create on Connection'));
  }
}

/** Shows how the server's version and a file differ. Sends nothing of the file. */
export async function compareFileWithServer(context: CommandContext, argument?: unknown): Promise<void> {
  const { l10n } = context.shell;
  const title = l10n.t('Compare with Server');
  const file = await documentFile(context, argument);
  const connection = file && (await connectionFor(context, file, title));
  if (file === undefined || connection === undefined) {
    return;
  }
  const theirs = await matchFile(context, connection, file, title);
  if (theirs !== undefined) {
    const part = inOrderOf(editablePart(file.kind, theirs.raw), file.part);
    const left = context.documents.compared.hold('server.json', documentText(part));
    await vscode.commands.executeCommand(
      'vscode.diff',
      left,
      file.uri,
      titleOfDiff(context, connection, theirs),
    );
  }
}

/** Makes what is on the server into what a file says, after showing what changes and where. */
export async function updateFromThisFile(context: CommandContext, argument?: unknown): Promise<void> {
  const { l10n, notify } = context.shell;
  const title = l10n.t('Update on Server');
  const file = await documentFile(context, argument);
  const connection = file && (await connectionFor(context, file, title));
  if (file === undefined || connection === undefined) {
    return;
  }
  const object = await matchFile(context, connection, file, title);
  if (object === undefined) {
    return;
  }
  const server = editablePart(file.kind, object.raw);
  const body = updateFromFile(server, file.part);
  if (body === undefined) {
    notify.info(
      l10n.t('“{name}” on {connection} says already what the file says.', {
        name: visible(object.name, 60),
        connection: visible(connection.name, 60),
      }),
    );
    return;
  }
  await showChange(context, connection, object, server, file);
  if (await confirmUpdate(context, connection, object, body)) {
    await attempt(context, connection, file, title, async () => {
      await update(context, connection, file, object, body);
    });
  }
}

async function createFromChosenFile(
  context: CommandContext,
  kind: DocumentKind,
  title: string,
  argument: unknown,
): Promise<void> {
  const [uri] =
    (await vscode.window.showOpenDialog({ title, canSelectMany: false, filters: { JSON: ['json'] } })) ?? [];
  const file = uri && (await readFile(context, uri, kind));
  if (file !== undefined) {
    await create(context, file, title, argument);
  }
}

async function create(
  context: CommandContext,
  file: DocumentFile,
  title: string,
  argument?: unknown,
): Promise<void> {
  const { clients, l10n, notify } = context.shell;
  const given = field(asObject(argument), 'connectionId');
  const named = typeof given === 'string' ? context.shell.connections.byId(given) : undefined;
  const connection = named ?? (await askConnection(context, title));
  if (connection === undefined || !(await confirmCreate(context, connection, file))) {
    return;
  }
  await attempt(context, connection, file, title, async () => {
    const made = await operationsOf[file.kind].create(clients.for(connection), file.part);
    await remember(context, connection, file, made);
    notify.info(
      l10n.t('“{name}” is created on {connection}.', {
        name: visible(made.name, 60),
        connection: visible(connection.name, 60),
      }),
    );
  });
}

async function update(
  context: CommandContext,
  connection: Connection,
  file: DocumentFile,
  object: ServerObject,
  body: JsonObject,
): Promise<void> {
  const { clients, l10n, notify } = context.shell;
  const client = clients.for(connection);
  const operations = operationsOf[file.kind];
  const version = file.kind === 'agent' ? versionOf(object) : undefined;
  if (version === undefined) {
    const now = await operations.read(client, object.id);
    if (!isDeepStrictEqual(editablePart(file.kind, now.raw), editablePart(file.kind, object.raw))) {
      throw new ApiError('conflict');
    }
  }
  const locked = version === undefined ? body : { ...body, version };
  const made = await operations.update(client, object.id, locked);
  await remember(context, connection, file, made);
  notify.info(
    l10n.t('“{name}” is updated on {connection}.', {
      name: visible(made.name, 60),
      connection: visible(connection.name, 60),
    }),
  );
}

/** Runs what sends a file. What goes wrong is told, at the fields of the file where the server named them. */
async function attempt(
  context: CommandContext,
  connection: Connection,
  file: DocumentFile,
  title: string,
  send: () => Promise<void>,
): Promise<void> {
  const { notify, l10n } = context.shell;
  const { diagnostics } = context.documents;
  diagnostics.clear(file.uri);
  try {
    await send();
  } catch (error) {
    if (!ApiError.is(error)) {
      throw error;
    }
    if (error.reason === 'conflict') {
      notify.warn(
        l10n.t(
          '{name} has changed on {connection} since it was compared. Nothing was changed; compare again.',
          {
            name: visible(file.name, 60),
            connection: visible(connection.name, 60),
          },
        ),
        { title: l10n.t('Compare Again'), run: () => void updateFromThisFile(context, file.uri) },
      );
      return;
    }
    const { fieldErrors = [] } = error.details;
    if (fieldErrors.length > 0) {
      diagnostics.show(file.uri, file.text, fieldErrors, connection.name);
      await vscode.window.showTextDocument(file.uri);
    }
    void notify.error(error, { connection, what: title });
  }
}

async function remember(
  { documents }: CommandContext,
  connection: Connection,
  file: DocumentFile,
  made: ServerObject,
): Promise<void> {
  await documents.links.remember(file.uri.toString(), connection.id, connection.origin, made.id);
  documents.changed(connection, file.kind);
}

/** The connection that a file belongs to, if it belongs to just one; otherwise the answer. */
async function connectionFor(
  context: CommandContext,
  { uri }: DocumentFile,
  title: string,
): Promise<Connection | undefined> {
  const linked = context.shell.connections.all.filter(
    ({ id, origin }) => context.documents.links.find(uri.toString(), id, origin) !== undefined,
  );
  return linked.length === 1 ? linked[0] : await askConnection(context, title);
}

async function showChange(
  context: CommandContext,
  connection: Connection,
  object: ServerObject,
  server: JsonObject,
  file: DocumentFile,
): Promise<void> {
  const { compared } = context.documents;
  const left = compared.hold('before.json', documentText(inOrderOf(server, file.part)));
  const after = inOrderOf({ ...server, ...file.part }, file.part);
  const right = compared.hold('after.json', documentText(after));
  await vscode.commands.executeCommand('vscode.diff', left, right, titleOfDiff(context, connection, object));
}

/** Not modal: the comparison behind it must be free to be read. */
async function confirmUpdate(
  { shell }: CommandContext,
  connection: Connection,
  object: ServerObject,
  body: JsonObject,
): Promise<boolean> {
  const { l10n } = shell;
  const yes = l10n.t('Update');
  const pressed = await vscode.window.showWarningMessage(
    withoutLinks(
      l10n.t('Update “{name}” ({id}) on {connection} ({origin}) as compared? What changes: {fields}.', {
        name: visible(object.name, 60),
        id: visible(object.id, 60),
        connection: visible(connection.name, 60),
        origin: connection.origin,
        fields: visible(Object.keys(body).join(', ')),
      }),
    ),
    yes,
  );
  return pressed === yes;
}

async function confirmCreate(
  { shell }: CommandContext,
  connection: Connection,
  file: DocumentFile,
): Promise<boolean> {
  const { l10n } = shell;
  const yes = l10n.t('Create');
  const place = { name: visible(file.name, 60), connection: visible(connection.name, 60) };
  const pressed = await vscode.window.showInformationMessage(
    withoutLinks(
      file.kind === 'agent'
        ? l10n.t('Create the agent “{name}” on {connection}?', place)
        : l10n.t('Create the environment “{name}” on {connection}?', place),
    ),
    {
      modal: true,
      detail: l10n.t('What the file {file} says is sent to {origin}.', {
        file: visible(vscode.workspace.asRelativePath(file.uri)),
        origin: connection.origin,
      }),
    },
    yes,
  );
  return pressed === yes;
}

function titleOfDiff({ shell }: CommandContext, connection: Connection, object: ServerObject): string {
  return shell.l10n.t('{name}: {connection} ↔ file', {
    name: visible(object.name, 60),
    connection: visible(connection.name, 60),
  });
}
