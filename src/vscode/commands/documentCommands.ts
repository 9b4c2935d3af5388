import type { Connection } from '../../api/connection.ts';
import { type DocumentKind, documentText, editablePart } from '../../documents/editable.ts';
import { operationsOf } from '../documents/serverObjects.ts';
import { saveToFile } from '../documents/saveToFile.ts';
import { askChoice } from '../input/askChoice.ts';
import { AgentNode } from '../tree/nodes/agentNode.ts';
import { EnvironmentNode } from '../tree/nodes/environmentNode.ts';
import type { CommandContext } from './commandContext.ts';
import { agentTarget, environmentTarget } from './targets.ts';

interface DocumentTarget {
  readonly connection: Connection;
  readonly kind: DocumentKind;
  readonly id: string;
}

/** Opens an agent or an environment as a document: saving it changes it on the server. */
export async function editAsDocument(context: CommandContext, argument?: unknown): Promise<void> {
  const target = await documentTarget(context, argument, context.shell.l10n.t('Edit as Document'));
  if (target !== undefined) {
    await context.documents.objects.open(target.connection, target.kind, target.id);
  }
}

/** Writes what can be edited of an agent or an environment to a file, which then belongs to it. */
export async function saveAsFile(context: CommandContext, argument?: unknown): Promise<void> {
  const { clients, l10n } = context.shell;
  const target = await documentTarget(context, argument, l10n.t('Save as File'));
  if (target === undefined) {
    return;
  }
  const { connection, kind, id } = target;
  const { name, raw } = await operationsOf[kind].read(clients.for(connection), id);
  const file = await saveToFile(kind, name, documentText(editablePart(kind, raw)), l10n);
  if (file !== undefined) {
    await context.documents.links.remember(file.toString(), connection.id, connection.origin, id);
  }
}

async function documentTarget(
  context: CommandContext,
  argument: unknown,
  title: string,
): Promise<DocumentTarget | undefined> {
  const kind = kindOf(argument) ?? (await askKind(context, title));
  if (kind === undefined) {
    return undefined;
  }
  const target = await (kind === 'agent' ? agentTarget : environmentTarget)(context, argument, title);
  return target && { connection: target.connection, kind, id: target.item.id };
}

function kindOf(argument: unknown): DocumentKind | undefined {
  if (argument instanceof AgentNode) {
    return 'agent';
  }
  return argument instanceof EnvironmentNode ? 'environment' : undefined;
}

async function askKind({ shell }: CommandContext, title: string): Promise<DocumentKind | undefined> {
  const { l10n } = shell;
  const answer = await askChoice<DocumentKind>(
    { title },
    {
      placeholder: l10n.t('Of what?'),
      choices: [
        { label: l10n.t('An agent'), icon: 'hubot', value: 'agent' },
        { label: l10n.t('An environment'), icon: 'server-environment', value: 'environment' },
      ],
    },
  );
  return answer.kind === 'value' ? answer.value : undefined;
}
