import * as vscode from 'vscode';
import { ApiError } from '../../api/errors.ts';
import { readChunks } from '../../api/http/readChunks.ts';
import type { SessionFile } from '../../api/resources/sessionFile.ts';
import { age } from '../../text/age.ts';
import { sizeText } from '../../text/sizeText.ts';
import { visible, withoutLinks } from '../../text/visible.ts';
import { plainFileName } from '../../transcript/export/exportName.ts';
import { textIn } from '../../util/textIn.ts';
import type { CommandContext } from '../commands/commandContext.ts';
import { type SessionRef, sessionRef } from '../commands/sessionRef.ts';
import { askChoice, type Choice } from '../input/askChoice.ts';
import { askFromList } from '../input/askFromList.ts';
import { askSavePlace } from '../input/askSavePlace.ts';
import { unlessCancelled } from '../input/withCancel.ts';
import { Pager } from '../tree/pager.ts';
import { downloadTo } from './downloadFile.ts';

const OPERATION = 'GET /files';
/** Largest file that is downloaded: what servers of this API take. */
const MAX_DOWNLOAD = 500_000_000;
/** Largest file that is shown as text. */
const MAX_TEXT = 5 * 1024 * 1024;

/** Lists the files that a session has written, to look at one or to download it. */
export async function showOutputs(context: CommandContext, argument?: unknown): Promise<void> {
  const { l10n, offers, notify } = context.shell;
  const title = l10n.t('Files of Session');
  const ref = await sessionRef(context, argument, title);
  if (ref === undefined) {
    return;
  }
  if (offers.of(ref.connection, OPERATION) === 'absent') {
    notify.warn(notOffered(context, ref));
    return;
  }
  const file = await askFile(context, ref, title);
  if (file === undefined) {
    return;
  }
  const name = plainFileName(file.name ?? '', file.id);
  if (!file.isDownloadable) {
    notify.warn(l10n.t('The server does not give the content of “{name}” away.', { name }));
    return;
  }
  const what = await askWhat(context, title, file, name);
  if (what === 'open') {
    await openAsText(context, ref, file, name);
  } else if (what === 'download') {
    await download(context, ref, file, name);
  }
}

async function askFile(
  { shell }: CommandContext,
  { connection, sessionId }: SessionRef,
  title: string,
): Promise<SessionFile | undefined> {
  const { l10n, clients, clock, offers, notify } = shell;
  const client = clients.for(connection);
  const pager = new Pager<SessionFile>(
    async (cursor) => await client.listSessionFiles(sessionId, { limit: 100, cursor }),
  );
  await vscode.window.withProgress(
    { location: vscode.ProgressLocation.Window, title: l10n.t('Reading the list of files…') },
    async () => await pager.first(),
  );
  const error = pager.failure?.error;
  if (error !== undefined) {
    if (ApiError.is(error, 'notFound')) {
      await client.getSession(sessionId); // a vanished session fails here, and says so
    }
    if (!ApiError.is(error, 'notFound', 'notOffered')) {
      throw error;
    }
    offers.note(connection, OPERATION, 'absent');
    notify.warn(notOffered({ shell }, { connection }));
    return undefined;
  }
  offers.note(connection, OPERATION, 'present');
  if (pager.items.length === 0 && !pager.hasMore) {
    notify.info(
      l10n.t('This session has written no files. New ones appear a few seconds after a turn has ended.'),
    );
    return undefined;
  }
  const answer = await askFromList<SessionFile>(
    { title },
    {
      placeholder: l10n.t('Choose a file'),
      pager,
      toChoice: (file) => fileChoice(file, clock.now(), shell),
      l10n,
    },
  );
  if (answer.kind !== 'value' || answer.value.from === 'extras') {
    return undefined;
  }
  if (answer.value.from === 'failure') {
    throw answer.value.error;
  }
  return answer.value.item;
}

function fileChoice(file: SessionFile, now: number, { l10n }: CommandContext['shell']): Choice<SessionFile> {
  const facts = [
    ...(file.size === undefined ? [] : [sizeText(file.size, l10n)]),
    ...(file.mimeType === undefined ? [] : [visible(file.mimeType, 60)]),
    ...(file.createdAt === undefined ? [] : [age(file.createdAt, now, l10n)]),
  ];
  return {
    label: visible(file.name ?? file.id),
    description: facts.join(' · '),
    icon: file.mimeType?.startsWith('image/') === true ? 'file-media' : 'file',
    value: file,
  };
}

async function askWhat({ shell }: CommandContext, title: string, file: SessionFile, name: string) {
  const { l10n } = shell;
  const isShort = file.size === undefined || file.size <= MAX_TEXT;
  const answer = await askChoice<'open' | 'download'>(
    { title },
    {
      placeholder: name,
      choices: [
        { label: l10n.t('Download…'), icon: 'cloud-download', value: 'download' },
        ...(isShort ? [{ label: l10n.t('Open as Text'), icon: 'go-to-file', value: 'open' } as const] : []),
      ],
    },
  );
  return answer.kind === 'value' ? answer.value : undefined;
}

async function openAsText(
  context: CommandContext,
  { connection }: SessionRef,
  file: SessionFile,
  name: string,
): Promise<void> {
  const { l10n, clients, clock, notify } = context.shell;
  const bytes = await withProgress(context, file, name, async (signal, report) => {
    const response = await clients.for(connection).openFile(file.id, signal);
    const parts: Uint8Array[] = [];
    let size = 0;
    for await (const chunk of readChunks(response, clock, MAX_TEXT)) {
      parts.push(chunk);
      size += chunk.byteLength;
      report(size);
    }
    return Buffer.concat(parts);
  });
  if (bytes === undefined) {
    return;
  }
  const text = textIn(bytes);
  if (text === undefined) {
    notify.warn(l10n.t('“{name}” is not text, so it cannot be shown here.', { name }), {
      title: l10n.t('Download…'),
      run: () => void download(context, { connection }, file, name),
    });
    return;
  }
  const uri = context.past.text(connection, `/files/${file.id}/${name}`, text);
  await vscode.window.showTextDocument(await vscode.workspace.openTextDocument(uri), { preview: true });
}

async function download(
  context: CommandContext,
  { connection }: Pick<SessionRef, 'connection'>,
  file: SessionFile,
  name: string,
): Promise<void> {
  const { l10n, clients, clock, notify, workspaceState } = context.shell;
  const target = await askSavePlace(workspaceState, {
    key: 'outputs.folder',
    title: l10n.t('Download'),
    saveLabel: l10n.t('Download'),
    fileName: name,
  });
  if (target === undefined) {
    return;
  }
  try {
    const isDone = await withProgress(context, file, name, async (signal, report) => {
      const response = await clients.for(connection).openFile(file.id, signal);
      await downloadTo(target, readChunks(response, clock, MAX_DOWNLOAD), report);
      return true;
    });
    if (isDone === true) {
      await offerToOpen(context, target, name);
    }
  } catch (error) {
    if (ApiError.is(error)) {
      throw error;
    }
    context.shell.log.error('a download could not be written', error);
    notify.warn(
      l10n.t('“{name}” could not be written there, and nothing was changed. The log has the reason.', {
        name,
      }),
      {
        title: l10n.t('Try Again'),
        run: () => void download(context, { connection }, file, name),
      },
    );
  }
}

/** Runs a transfer with its progress and a way to give up; undefined where that was taken. */
async function withProgress<T>(
  { shell }: CommandContext,
  { size }: SessionFile,
  name: string,
  run: (signal: AbortSignal, report: (bytes: number) => void) => Promise<T>,
): Promise<T | undefined> {
  const { l10n } = shell;
  let percent = 0;
  return await unlessCancelled(l10n.t('Downloading {name}', { name }), (signal, report) =>
    run(signal, (bytes) => {
      const now = size === undefined || size === 0 ? 0 : Math.min(100, Math.floor((bytes / size) * 100));
      report({ message: sizeText(bytes, l10n), increment: now - percent });
      percent = now;
    }),
  );
}

async function offerToOpen({ shell }: CommandContext, target: vscode.Uri, name: string): Promise<void> {
  const { l10n } = shell;
  const open = l10n.t('Open');
  const pressed = await vscode.window.showInformationMessage(
    withoutLinks(l10n.t('“{name}” is downloaded.', { name })),
    open,
  );
  if (pressed === open) {
    await vscode.commands.executeCommand('vscode.open', target);
  }
}

function notOffered(
  { shell }: Pick<CommandContext, 'shell'>,
  { connection }: Pick<SessionRef, 'connection'>,
): string {
  return shell.l10n.t('{server} does not list the files that sessions write.', { server: connection.name });
}
