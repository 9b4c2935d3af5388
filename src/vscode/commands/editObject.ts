import * as vscode from 'vscode';
import type { Connection } from '../../api/connection.ts';
import type { ApiError } from '../../api/errors.ts';
import { editablePart, updateBody } from '../../documents/editable.ts';
import { rebase } from '../../edit/rebase.ts';
import { visible } from '../../text/visible.ts';
import { field, type JsonObject } from '../../util/json.ts';
import type { Choice } from '../input/askChoice.ts';
import { askFields, type EditField } from '../input/askFields.ts';
import type { CommandContext } from './commandContext.ts';
import type { DraftKind } from './drafts.ts';
import { errorText, isWorthAnotherTry } from './errorText.ts';
import { agentFields } from './fields/agentFields.ts';
import { environmentFields } from './fields/environmentFields.ts';
import { nameOf, type ObjectRef, readObject, showInTree, takeFromTree, updateObject } from './objectRef.ts';
import { agentTarget, environmentTarget } from './targets.ts';

type EditableRef = Exclude<ObjectRef, { kind: 'sessions' }>;

/** Changes an agent, one field after the other, and saves what differs as a new version. */
export async function editAgent(context: CommandContext, argument?: unknown): Promise<void> {
  const target = await agentTarget(context, argument, context.shell.l10n.t('Edit Agent'));
  if (target !== undefined) {
    const fields = agentFields(context, target.connection);
    await editObject(context, { kind: 'agents', ...target }, () => fields);
  }
}

/** Changes an environment, one field after the other. */
export async function editEnvironment(context: CommandContext, argument?: unknown): Promise<void> {
  const { l10n } = context.shell;
  const target = await environmentTarget(context, argument, l10n.t('Edit Environment'));
  if (target !== undefined) {
    await editObject(context, { kind: 'environments', ...target }, (object) =>
      environmentFields(object, l10n),
    );
  }
}

interface EditDraft {
  readonly base: JsonObject | undefined;
  readonly object: JsonObject | undefined;
}

/**
 * Only what differs is sent, with the version that it was read at as a lock. Changes that could not be saved, or
 * were left, are there the next time; what others changed meanwhile is put underneath them.
 */
async function editObject(
  context: CommandContext,
  chosen: EditableRef,
  fieldsOf: (object: JsonObject) => readonly EditField[],
): Promise<void> {
  const { shell, drafts } = context;
  const { l10n } = shell;
  const kind = chosen.kind === 'agents' ? 'agent' : 'environment';
  let ref = await readObject(context, chosen);
  let base = editablePart(kind, ref.item.raw);
  const draft: DraftKind<EditDraft> = {
    name: `edit ${chosen.connection.id} ${chosen.item.id}`,
    blank: { base: undefined, object: undefined },
  };
  const kept = drafts.take(draft);
  let object =
    kept.base === undefined || kept.object === undefined ? base : rebase(kept.base, kept.object, base).object;
  let problem: string | undefined;
  let isOutdated = false;

  const reload = async (edited: JsonObject): Promise<JsonObject> => {
    ref = await readObject(context, chosen);
    const fresh = editablePart(kind, ref.item.raw);
    const rebased = rebase(base, edited, fresh);
    base = fresh;
    isOutdated = false;
    problem = bothText(context, rebased.both);
    return rebased.object;
  };
  const discard = (): JsonObject => {
    drafts.forget(draft);
    return base;
  };

  for (;;) {
    const changes = Object.keys(updateBody(base, object) ?? {});
    const others: Choice<(edited: JsonObject) => Promise<JsonObject> | JsonObject>[] = [
      ...(changes.length === 0
        ? []
        : [{ label: l10n.t('Discard the changes'), icon: 'discard', value: discard }]),
    ];
    if (isOutdated) {
      object = await reload(object);
    }
    const answer = await askFields(
      { title: l10n.t('Edit {name}', { name: visible(nameOf(ref), 60) }), problem },
      {
        placeholder: l10n.t('Choose what to change'),
        fields: fieldsOf(object),
        object,
        done: {
          label: l10n.t('Save'),
          offered: (edited) => updateBody(base, edited) !== undefined,
        },
        remember: (edited) => drafts.keep(draft, { base, object: edited }),
        others,
        l10n,
      },
    );
    if (answer.kind !== 'value') {
      return;
    }
    object = answer.value;
    const body = updateBody(base, object);
    if (body === undefined) {
      return;
    }
    const version = field(ref.item.raw, 'version');
    const lock = kind === 'agent' && typeof version === 'number' ? { version } : {};
    try {
      const saved = await withProgress(l10n.t('Saving'), () =>
        updateObject(context, ref, { ...body, ...lock }),
      );
      showInTree(context, saved);
      drafts.forget(draft);
      shell.notify.info(l10n.t('{name} is saved.', { name: visible(nameOf(saved), 60) }));
      return;
    } catch (error) {
      drafts.keep(draft, { base, object });
      if (!isWorthAnotherTry(error)) {
        throw error;
      }
      if (error.reason === 'conflict') {
        const answered = await askAboutConflict(context, ref.connection, error);
        if (!answered) {
          return;
        }
        isOutdated = true;
        problem = undefined;
        continue;
      }
      if (error.reason === 'notFound') {
        takeFromTree(context, ref.connection, ref.kind, ref.item.id);
      }
      problem = errorText(shell, error, ref.connection);
    }
  }
}

/** Somebody else was faster: whether to go on with what the server has now. */
async function askAboutConflict(
  { shell }: CommandContext,
  connection: Connection,
  error: ApiError,
): Promise<boolean> {
  const { l10n } = shell;
  const reload = l10n.t('Reload and Try Again');
  const { serverMessage } = error.details;
  const said =
    serverMessage === undefined
      ? ''
      : `\n\n${shell.redactor.redact(l10n.t('It said: {text}', { text: visible(serverMessage, 300) }))}`;
  const pressed = await vscode.window.showWarningMessage(
    l10n.t('It was changed on {connection} meanwhile.', { connection: connection.name }),
    {
      modal: true,
      detail: `${l10n.t(
        'Nothing was saved and nothing is lost. Reload to put your changes on top of what is there now; you see it before it is saved.',
      )}${said}`,
    },
    reload,
  );
  return pressed === reload;
}

function bothText({ shell }: CommandContext, both: readonly string[]): string | undefined {
  return both.length === 0
    ? undefined
    : shell.l10n.t('Also changed by somebody else, and replaced by yours if you save: {fields}', {
        fields: both.join(', '),
      });
}

async function withProgress<T>(title: string, task: () => Promise<T>): Promise<T> {
  return await vscode.window.withProgress(
    { location: vscode.ProgressLocation.Notification, title },
    async () => await task(),
  );
}
