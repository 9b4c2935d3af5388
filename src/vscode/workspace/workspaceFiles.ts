import * as vscode from 'vscode';
import type { EventStore } from '../../stream/eventStore.ts';
import { bothEnds } from '../../text/bothEnds.ts';
import { visible, withoutLinks } from '../../text/visible.ts';
import { type Changed, changedText, fileChangeOf, filePathOf } from '../../transcript/fileChange.ts';
import { assertNever } from '../../util/assertNever.ts';
import { namesOfHidden } from '../../util/hiddenCharacters.ts';
import type { BodyDocuments } from '../panel/bodyDocuments.ts';
import type { Shell } from '../shell.ts';
import { type PathProblem, type PlacedFile, placeInFolder } from './workspacePath.ts';

export interface WorkspaceFilesOptions {
  readonly shell: Pick<Shell, 'l10n' | 'notify'>;
  readonly store: Pick<EventStore, 'get'>;
  readonly documents: Pick<BodyDocuments, 'compareWith'>;
}

/**
 * Leads from the tool calls of a session to the files of this workspace. The agent chose the path and the text, so
 * nothing is opened or changed that the person has not seen and agreed to.
 */
export class WorkspaceFiles {
  private readonly options: WorkspaceFilesOptions;
  /** Comparisons that were shown: only the last one can still be seen. */
  private comparisons = 0;

  constructor(options: WorkspaceFilesOptions) {
    this.options = options;
  }

  /** Opens the file that a call is about. */
  async open(key: string): Promise<void> {
    const { l10n } = this.options.shell;
    const event = this.options.store.get(key)?.event;
    const path = event && filePathOf(event);
    const placed = path === undefined ? undefined : await this.locate(path, false);
    if (placed === undefined) {
      return;
    }
    const uri = vscode.Uri.file(placed.file);
    const open = l10n.t('Open');
    const answer = await vscode.window.showInformationMessage(
      l10n.t('Open this file of your workspace?'),
      {
        modal: true,
        detail: l10n.t('{path}\n\nThe path was written by the agent.', { path: bothEnds(uri.fsPath) }),
      },
      open,
    );
    if (answer === open) {
      await vscode.window.showTextDocument(uri, { preview: true, viewColumn: vscode.ViewColumn.Beside });
    }
  }

  /** Shows what a call would change in the file of this workspace, and changes it if the person says so. */
  async apply(key: string): Promise<void> {
    const { shell, documents } = this.options;
    const { l10n, notify } = shell;
    const event = this.options.store.get(key)?.event;
    const change = event && fileChangeOf(event);
    const place = change && (await this.locate(change.path, change.kind === 'write'));
    if (change === undefined || place === undefined) {
      return;
    }
    const uri = vscode.Uri.file(place.file);
    const name = visible(vscode.workspace.asRelativePath(uri), 120);
    const document = await existing(uri);
    const text = document?.getText() ?? '';
    const result = changedText(text, change);
    if (result.kind !== 'changed') {
      notify.warn(problemText(result, name, shell));
      return;
    }
    const title = l10n.t('{name}: change of the agent', { name });
    const comparison = ++this.comparisons;
    await documents.compareWith(document?.uri, name, result.text, title);
    const apply = l10n.t('Apply');
    const path = bothEnds(uri.fsPath);
    const question =
      document === undefined
        ? l10n.t('Create {path} with this text of the agent? The file is written at once.', { path })
        : l10n.t('Apply this change of the agent to {path}? It is not saved, and can be undone.', { path });
    // The agent chose the path, and the editor would run a command that a link in it names.
    const answer = await vscode.window.showInformationMessage(
      withoutLinks(question),
      apply,
      l10n.t('Cancel'),
    );
    if (answer !== apply || !(await this.isSure(place, result))) {
      return;
    }
    if (comparison !== this.comparisons) {
      notify.warn(
        l10n.t('{name}: a later comparison took the place of this one. Nothing was applied.', { name }),
      );
      return;
    }
    // While the question stood, a folder on the way may have become a link.
    const placeNow = await this.locate(change.path, change.kind === 'write');
    if (placeNow === undefined) {
      return;
    }
    const now = await existing(uri);
    if (
      placeNow.file !== place.file ||
      now?.getText() !== document?.getText() ||
      (now === undefined) !== (document === undefined)
    ) {
      notify.warn(
        l10n.t('{name} has changed since the comparison was made. Nothing was applied; look at it again.', {
          name,
        }),
      );
      return;
    }
    const edit = editOf(uri, now, result);
    if (await vscode.workspace.applyEdit(edit)) {
      await vscode.window.showTextDocument(uri, { preview: false });
    } else {
      notify.warn(l10n.t('The editor did not take the change of {name}. Nothing was applied.', { name }));
    }
  }

  /** Asks once more where a change does more than a reader of the comparison sees. */
  private async isSure(place: PlacedFile, result: Extract<Changed, { kind: 'changed' }>): Promise<boolean> {
    const { l10n } = this.options.shell;
    const characters = namesOfHidden(result.replacements.map(({ text }) => text).join('\n'));
    const reasons = [
      ...(place.isActedOn
        ? [
            l10n.t(
              'Files like this one are not only read: the editor or other tools act upon them, and may run what stands in them on this machine.',
            ),
          ]
        : []),
      ...(characters === ''
        ? []
        : [l10n.t('The new text holds characters that you do not see: {characters}', { characters })]),
    ];
    if (reasons.length === 0) {
      return true;
    }
    const yes = l10n.t('Apply Anyway');
    const answer = await vscode.window.showWarningMessage(
      l10n.t('Apply this change although you may not see all of what it does?'),
      { modal: true, detail: [bothEnds(place.file), ...reasons].join('\n\n') },
      yes,
    );
    return answer === yes;
  }

  /** The file of the workspace that a path means; says why where there is none. */
  private async locate(path: string, mayBeNew: boolean): Promise<PlacedFile | undefined> {
    const { l10n, notify } = this.options.shell;
    if (!vscode.workspace.isTrusted) {
      notify.warn(
        l10n.t('Paths of an agent are not opened in restricted mode: this workspace is not trusted.'),
      );
      return undefined;
    }
    const folders = (vscode.workspace.workspaceFolders ?? []).filter(({ uri }) => uri.scheme === 'file');
    const problems: PathProblem[] = [];
    const fresh: PlacedFile[] = [];
    for (const { uri } of folders) {
      const placed = await placeInFolder(path, uri.fsPath);
      if ('file' in placed) {
        return placed;
      }
      problems.push(placed.problem);
      const coming = mayBeNew ? await placeInFolder(path, uri.fsPath, true) : placed;
      fresh.push(...('file' in coming ? [coming] : []));
    }
    const [first] = fresh;
    if (first !== undefined) {
      return first;
    }
    notify.warn(this.refusal(visible(path, 120), problems));
    return undefined;
  }

  private refusal(path: string, problems: readonly PathProblem[]): string {
    const { l10n } = this.options.shell;
    const worst = (['git', 'link', 'missing', 'notAPath', 'outside'] as const).find((each) =>
      problems.includes(each),
    );
    switch (worst) {
      case undefined:
        return l10n.t('No folder is open here in which {path} could be.', { path });
      case 'git':
        return l10n.t('{path} belongs to Git’s own data, and is not opened from a session.', { path });
      case 'missing':
        return l10n.t('{path} is not in this workspace.', { path });
      case 'outside':
        return l10n.t('{path} leads out of this workspace, and is not opened from a session.', { path });
      case 'link':
        return l10n.t(
          '{path} is a link that leads out of this workspace, and is not opened from a session.',
          {
            path,
          },
        );
      case 'notAPath':
        return l10n.t('{path} is no path that could be opened.', { path });
      default:
        return assertNever(worst);
    }
  }
}

/** The document as it is on the screen, with what is not saved; undefined where there is no such file. */
async function existing(uri: vscode.Uri): Promise<vscode.TextDocument | undefined> {
  const isThere = await vscode.workspace.fs.stat(uri).then(
    () => true,
    () => false,
  );
  return isThere ? await vscode.workspace.openTextDocument(uri) : undefined;
}

function editOf(
  uri: vscode.Uri,
  document: vscode.TextDocument | undefined,
  { text, replacements }: Extract<Changed, { kind: 'changed' }>,
): vscode.WorkspaceEdit {
  const edit = new vscode.WorkspaceEdit();
  if (document === undefined) {
    edit.createFile(uri, { contents: Buffer.from(text) });
    return edit;
  }
  for (const { start, end, text: after } of replacements) {
    edit.replace(uri, new vscode.Range(document.positionAt(start), document.positionAt(end)), after);
  }
  return edit;
}

function problemText(
  result: Exclude<Changed, { kind: 'changed' }>,
  name: string,
  { l10n }: Pick<Shell, 'l10n'>,
): string {
  switch (result.kind) {
    case 'same':
      return l10n.t('{name} has this text already. Nothing was changed.', { name });
    case 'notFound':
      return l10n.t('The passage that the agent replaced is not in {name}. Nothing was changed.', { name });
    case 'notUnique':
      return l10n.t(
        'The passage that the agent replaced is in {name} {count} times, and only one is meant. Nothing was changed.',
        { name, count: result.count },
      );
    default:
      return assertNever(result);
  }
}
