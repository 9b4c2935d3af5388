import { type Metadata, metadataPatch, readMetadata } from '../../edit/metadata.ts';
import { visible } from '../../text/visible.ts';
import { askMetadata } from '../input/askMetadata.ts';
import type { CommandContext } from './commandContext.ts';
import type { DraftKind } from './drafts.ts';
import { errorText, isWorthAnotherTry } from './errorText.ts';
import { nameOf, objectRef, readObject, showInTree, takeFromTree, updateObject } from './objectRef.ts';

interface MetadataDraft {
  readonly pairs: Metadata | undefined;
}

/**
 * Changes the metadata of an agent, an environment or a session. Only what differs is sent; what was changed and
 * not saved is kept for the next time.
 */
export async function editMetadata(context: CommandContext, argument?: unknown): Promise<void> {
  const { shell, drafts } = context;
  const { l10n } = shell;
  const chosen = await objectRef(context, argument, l10n.t('Edit Metadata'));
  if (chosen === undefined) {
    return;
  }
  const ref = await readObject(context, chosen); // rows may be older than what another program wrote
  const before = readMetadata(ref.item.raw);
  const draft: DraftKind<MetadataDraft> = {
    name: `metadata ${ref.connection.id} ${ref.item.id}`,
    blank: { pairs: undefined },
  };
  let pairs = drafts.take(draft).pairs ?? before;
  let problem: string | undefined;
  const title = l10n.t('Metadata of {name}', { name: visible(nameOf(ref), 60) || visible(ref.item.id, 60) });
  for (;;) {
    const answer = await askMetadata(
      { title, problem },
      {
        pairs,
        doneLabel: l10n.t('Save'),
        remember: (changed) => drafts.keep(draft, { pairs: changed }),
        l10n,
      },
    );
    if (answer.kind !== 'value') {
      return;
    }
    pairs = answer.value;
    const metadata = metadataPatch(before, pairs);
    if (metadata === undefined) {
      drafts.forget(draft);
      return;
    }
    try {
      showInTree(context, await updateObject(context, ref, { metadata }));
      drafts.forget(draft);
      shell.notify.info(l10n.t('The metadata is saved.'));
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
