import * as vscode from 'vscode';
import { visible } from '../../text/visible.ts';
import type { DetailKind } from '../documents/detailDocuments.ts';
import { askChoice } from '../input/askChoice.ts';
import { AgentNode } from '../tree/nodes/agentNode.ts';
import { EnvironmentNode } from '../tree/nodes/environmentNode.ts';
import { SessionNode } from '../tree/nodes/sessionNode.ts';
import type { CommandContext } from './commandContext.ts';
import { givenSession } from './sessionRef.ts';
import { agentTarget, environmentTarget, sessionTarget, type Target } from './targets.ts';

/** Puts the id of a thing on the clipboard. */
export async function copyId(context: CommandContext, argument?: unknown): Promise<void> {
  const { l10n } = context.shell;
  const found = await anyTarget(context, argument, l10n.t('Copy Id'));
  if (found !== undefined) {
    await vscode.env.clipboard.writeText(found.item.id);
    vscode.window.setStatusBarMessage(l10n.t('Copied {id}', { id: visible(found.item.id, 60) }), 3_000);
  }
}

/** Shows a thing as the server sent it, as a read-only document. */
export async function showDetails(context: CommandContext, argument?: unknown): Promise<void> {
  const found = await anyTarget(context, argument, context.shell.l10n.t('Show Details'));
  if (found !== undefined) {
    await context.details.show(found.connection, found.kind, found.item.id);
  }
}

async function anyTarget(
  context: CommandContext,
  argument: unknown,
  title: string,
): Promise<(Target<{ readonly id: string }> & { readonly kind: DetailKind }) | undefined> {
  const given = givenSession(context, argument);
  if (given !== undefined) {
    return { connection: given.connection, item: { id: given.sessionId }, kind: 'sessions' };
  }
  const kind = kindOf(argument) ?? (await askKind(context, title));
  if (kind === undefined) {
    return undefined;
  }
  const ask = { sessions: sessionTarget, agents: agentTarget, environments: environmentTarget }[kind];
  const target = await ask(context, argument, title);
  return target === undefined ? undefined : { ...target, kind };
}

function kindOf(argument: unknown): DetailKind | undefined {
  if (argument instanceof SessionNode) {
    return 'sessions';
  }
  if (argument instanceof AgentNode) {
    return 'agents';
  }
  return argument instanceof EnvironmentNode ? 'environments' : undefined;
}

async function askKind({ shell }: CommandContext, title: string): Promise<DetailKind | undefined> {
  const { l10n } = shell;
  const answer = await askChoice<DetailKind>(
    { title },
    {
      placeholder: l10n.t('Of what?'),
      choices: [
        { label: l10n.t('A session'), icon: 'comment-discussion', value: 'sessions' },
        { label: l10n.t('An agent'), icon: 'hubot', value: 'agents' },
        { label: l10n.t('An environment'), icon: 'server-environment', value: 'environments' },
      ],
    },
  );
  return answer.kind === 'value' ? answer.value : undefined;
}
