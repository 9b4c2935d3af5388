import * as vscode from 'vscode';
import { ApiError } from '../../api/errors.ts';
import type { Agent } from '../../api/resources/agent.ts';
import type { Connection } from '../../api/connection.ts';
import { moment } from '../../text/age.ts';
import { visible } from '../../text/visible.ts';
import { askChoice, type Choice } from '../input/askChoice.ts';
import { askFromList } from '../input/askFromList.ts';
import { type Identified, Pager } from '../tree/pager.ts';
import { AgentNode } from '../tree/nodes/agentNode.ts';
import type { CommandContext } from './commandContext.ts';
import { agentTarget } from './targets.ts';

const OPERATION = 'GET /agents/{agent_id}/versions';

interface Version extends Identified {
  readonly agent: Agent;
}

/**
 * Offers the versions of an agent: to look at one, or to compare it with the newest or with another. Two agents that
 * are selected are compared as they are now.
 */
export async function agentVersions(
  context: CommandContext,
  argument?: unknown,
  more?: unknown,
): Promise<void> {
  const { l10n } = context.shell;
  const selected = (Array.isArray(more) ? more : []).filter((node) => node instanceof AgentNode);
  const [one, other] = selected;
  if (one !== undefined && other !== undefined && selected.length === 2) {
    await compareAgents(context, one, other);
    return;
  }
  const target = await agentTarget(context, argument, l10n.t('Versions'));
  if (target === undefined) {
    return;
  }
  const { connection, item } = target;
  const title = l10n.t('Versions of {name}', { name: visible(item.name, 60) });
  const chosen = await askVersion(context, connection, item, title, l10n.t('Choose a version'));
  if (chosen === undefined) {
    return;
  }
  const what = await askWhat(context, title, chosen);
  if (what === 'open') {
    const uri = context.past.version(connection, chosen);
    await vscode.window.showTextDocument(await vscode.workspace.openTextDocument(uri), { preview: true });
  } else if (what === 'current') {
    const current = await context.shell.clients.for(connection).getAgent(item.id);
    await compare(context, connection, chosen, current);
  } else if (what === 'other') {
    const other = await askVersion(
      context,
      connection,
      item,
      title,
      l10n.t('Compare version {version} with', { version: visible(chosen.version ?? '?') }),
    );
    if (other !== undefined) {
      await compare(context, connection, chosen, other);
    }
  }
}

async function askWhat({ shell }: CommandContext, title: string, { version }: Agent) {
  const { l10n } = shell;
  const answer = await askChoice<'open' | 'current' | 'other'>(
    { title },
    {
      placeholder: l10n.t('Version {version}', { version: visible(version ?? '?') }),
      choices: [
        { label: l10n.t('Compare with Current'), icon: 'diff', value: 'current' },
        { label: l10n.t('Compare Two Versions…'), icon: 'git-compare', value: 'other' },
        { label: l10n.t('Open'), icon: 'go-to-file', value: 'open' },
      ],
    },
  );
  return answer.kind === 'value' ? answer.value : undefined;
}

async function askVersion(
  { shell }: CommandContext,
  connection: Connection,
  agent: Agent,
  title: string,
  placeholder: string,
): Promise<Agent | undefined> {
  const { l10n, clients, offers, notify } = shell;
  const client = clients.for(connection);
  const answer = await askFromList<Version>(
    { title },
    {
      placeholder,
      pager: new Pager<Version>(async (cursor) => {
        const page = await client.listAgentVersions(agent.id, { limit: 50, cursor });
        // All versions have the agent's id; a list needs one for each.
        return { ...page, items: page.items.map((one) => ({ id: one.version ?? '?', agent: one })) };
      }),
      toChoice: (version) => versionChoice(version, shell),
      l10n,
    },
  );
  if (answer.kind !== 'value' || answer.value.from === 'extras') {
    return undefined;
  }
  if (answer.value.from === 'list') {
    offers.note(connection, OPERATION, 'present');
    return answer.value.item.agent;
  }
  const { error } = answer.value;
  if (ApiError.is(error, 'notFound')) {
    await client.getAgent(agent.id); // a vanished agent fails here, and says so
  }
  if (!ApiError.is(error, 'notFound', 'notOffered')) {
    throw error;
  }
  offers.note(connection, OPERATION, 'absent');
  notify.warn(l10n.t('{server} does not list the versions of agents.', { server: connection.name }));
  return undefined;
}

function versionChoice(version: Version, { l10n }: CommandContext['shell']): Choice<Version> {
  const { agent } = version;
  const at = agent.updatedAt ?? agent.createdAt;
  const parts = [
    ...(agent.model === undefined ? [] : [visible(agent.model, 60)]),
    ...(at === undefined ? [] : [moment(at, vscode.env.language)]),
  ];
  return {
    label: l10n.t('Version {version}', { version: visible(agent.version ?? '?') }),
    description: parts.join(' · '),
    icon: 'history',
    value: version,
  };
}

/** Both as the server has them now, not as the list had them. */
async function compareAgents(
  { shell, past }: CommandContext,
  left: AgentNode,
  right: AgentNode,
): Promise<void> {
  const read = async ({ connection, agent }: AgentNode) =>
    past.version(connection, await shell.clients.for(connection).getAgent(agent.id));
  const uris = await Promise.all([read(left), read(right)]);
  const names = [left, right].map(({ agent }) => visible(agent.name, 40));
  await vscode.commands.executeCommand('vscode.diff', ...uris, names.join(' ↔ '));
}

/** The older one stands on the left. */
async function compare(
  { shell, past }: CommandContext,
  connection: Connection,
  one: Agent,
  other: Agent,
): Promise<void> {
  const [left, right] = Number(one.version) <= Number(other.version) ? [one, other] : [other, one];
  await vscode.commands.executeCommand(
    'vscode.diff',
    past.version(connection, left),
    past.version(connection, right),
    shell.l10n.t('{name}: version {from} and {to}', {
      name: visible(right.name, 60),
      from: visible(left.version ?? '?'),
      to: visible(right.version ?? '?'),
    }),
  );
}
