import * as vscode from 'vscode';
import type { Connection } from '../../api/connection.ts';
import { curlOf } from '../../api/curl.ts';
import { type CurlChoice, curlChoices, type CurlSubject } from '../../api/curlChoices.ts';
import { askChoice } from '../input/askChoice.ts';
import { AgentNode } from '../tree/nodes/agentNode.ts';
import { EnvironmentNode } from '../tree/nodes/environmentNode.ts';
import { ListNode } from '../tree/nodes/listNode.ts';
import type { TreeNode } from '../tree/treeNode.ts';
import type { CommandContext } from './commandContext.ts';
import { givenSession } from './sessionRef.ts';
import { agentTarget, connectionOf, environmentTarget, sessionTarget } from './targets.ts';

interface About {
  readonly connection: Connection;
  readonly subject: CurlSubject;
}

type Kind = 'sessions' | 'agents' | 'environments';

/** Puts a request of the API on the clipboard as a command for a shell, with the key as a variable. */
export async function copyAsCurl(context: CommandContext, argument?: unknown): Promise<void> {
  const { l10n } = context.shell;
  const title = l10n.t('Copy as curl');
  const about = aboutOf(context, argument) ?? {
    connection: connectionOf(context, argument),
    subject: undefined,
  };
  const chosen = await choose(context, title, about);
  if (chosen === undefined) {
    return;
  }
  const { connection, choice } = chosen;
  await vscode.env.clipboard.writeText(curlOf(connection, choice.request));
  vscode.window.setStatusBarMessage(l10n.t('Copied as curl. The key is a variable of your shell.'), 5_000);
}

/** What the row or the panel that the command was called on is about. */
function aboutOf(context: CommandContext, argument: unknown): About | undefined {
  const session = givenSession(context, argument);
  if (session !== undefined) {
    return { connection: session.connection, subject: { kind: 'sessions', id: session.sessionId } };
  }
  if (argument instanceof AgentNode) {
    return { connection: argument.connection, subject: { kind: 'agents', id: argument.agent.id } };
  }
  if (argument instanceof EnvironmentNode) {
    const { connection, environment } = argument;
    return { connection, subject: { kind: 'environments', id: environment.id } };
  }
  if (argument instanceof ListNode) {
    return { connection: context.explorer.lists.scope.connection, subject: { kind: kindOf(argument) } };
  }
  return undefined;
}

function kindOf({ id }: Pick<TreeNode, 'id'>): Kind {
  const kind = id.split('/').at(-1);
  return kind === 'agents' || kind === 'environments' ? kind : 'sessions';
}

async function choose(
  context: CommandContext,
  title: string,
  { connection, subject }: About,
): Promise<{ readonly connection: Connection; readonly choice: CurlChoice } | undefined> {
  const { l10n } = context.shell;
  const things: readonly { readonly label: string; readonly icon: string; readonly value: Kind }[] =
    subject === undefined
      ? [
          { label: l10n.t('About a session…'), icon: 'comment-discussion', value: 'sessions' },
          { label: l10n.t('About an agent…'), icon: 'hubot', value: 'agents' },
          { label: l10n.t('About an environment…'), icon: 'server-environment', value: 'environments' },
        ]
      : [];
  const answer = await askChoice<CurlChoice | Kind>(
    { title },
    {
      placeholder: l10n.t('Which request?'),
      choices: [
        ...curlChoices(subject).map((choice) => ({
          label: choice.operation.summary,
          description: `${choice.request.method} ${choice.operation.path}`,
          icon: choice.request.method === 'GET' ? 'eye' : 'edit',
          value: choice,
        })),
        ...things,
      ],
    },
  );
  if (answer.kind !== 'value') {
    return undefined;
  }
  if (typeof answer.value !== 'string') {
    return { connection, choice: answer.value };
  }
  const ask = { sessions: sessionTarget, agents: agentTarget, environments: environmentTarget }[answer.value];
  const target = await ask(context, { connectionId: connection.id }, title);
  return (
    target &&
    (await choose(context, title, { connection, subject: { kind: answer.value, id: target.item.id } }))
  );
}
