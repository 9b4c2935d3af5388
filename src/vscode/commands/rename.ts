import { lengthProblem, limits, nameProblem } from '../../edit/limits.ts';
import { askText } from '../input/askText.ts';
import type { CommandContext } from './commandContext.ts';
import { errorText, isWorthAnotherTry } from './errorText.ts';
import { nameOf, objectRef, type ObjectRef, showInTree, takeFromTree, updateObject } from './objectRef.ts';

/** Changes the name of an agent or an environment, or the title of a session. */
export async function rename(context: CommandContext, argument?: unknown): Promise<void> {
  const ref = await objectRef(context, argument, context.shell.l10n.t('Rename'));
  if (ref !== undefined) {
    await renameObject(context, ref);
  }
}

/**
 * Asks for the new name and shows it at once. Where the server refuses it the row goes back to what it was, and
 * the question comes back with what was typed and the reason.
 */
export async function renameObject(context: CommandContext, ref: ObjectRef): Promise<void> {
  const { shell } = context;
  const { l10n } = shell;
  const isTitle = ref.kind === 'sessions';
  const before = nameOf(ref);
  let typed = before;
  let problem: string | undefined;
  for (;;) {
    const answer = await askText(
      { title: isTitle ? l10n.t('Rename Session') : l10n.t('Rename'), problem },
      {
        prompt: isTitle ? l10n.t('Title of the session; empty to have none') : l10n.t('The new name'),
        value: typed,
        validate: (text) => (isTitle ? lengthProblem(text, limits.title, l10n) : nameProblem(text, l10n)),
      },
    );
    if (answer.kind !== 'value' || answer.value === before) {
      return;
    }
    typed = answer.value;
    try {
      await sendName(context, ref, typed);
      return;
    } catch (error) {
      if (!isWorthAnotherTry(error)) {
        throw error;
      }
      if (error.reason === 'notFound') {
        takeFromTree(context, ref.connection, ref.kind, ref.item.id);
      }
      problem = errorText(shell, error, ref.connection);
    }
  }
}

async function sendName(context: CommandContext, ref: ObjectRef, name: string): Promise<void> {
  showInTree(context, named(ref, name));
  try {
    const body = ref.kind === 'sessions' ? { title: name === '' ? null : name } : { name };
    showInTree(context, await updateObject(context, ref, body));
  } catch (error) {
    showInTree(context, ref);
    throw error;
  }
}

function named(ref: ObjectRef, name: string): ObjectRef {
  switch (ref.kind) {
    case 'sessions':
      return { ...ref, item: { ...ref.item, title: name === '' ? undefined : name } };
    case 'agents':
      return { ...ref, item: { ...ref.item, name } };
    case 'environments':
      return { ...ref, item: { ...ref.item, name } };
  }
}
