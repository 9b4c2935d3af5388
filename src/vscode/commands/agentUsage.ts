import * as vscode from 'vscode';
import { readAgentUsage } from '../../browse/agentUsage.ts';
import { FilteredSessions } from '../../browse/filteredSessions.ts';
import { noFilter } from '../../browse/sessionFilter.ts';
import { agentUsageReport } from '../../browse/agentUsageReport.ts';
import { visible } from '../../text/visible.ts';
import { withCancel } from '../input/withCancel.ts';
import { PAGE_SIZE } from '../tree/nodes/listNode.ts';
import type { CommandContext } from './commandContext.ts';
import { agentTarget } from './targets.ts';

/** Sums up what an agent used over its sessions, and shows that as a document. */
export async function showAgentUsage(context: CommandContext, argument?: unknown): Promise<void> {
  const { shell, reports } = context;
  const { l10n } = shell;
  const target = await agentTarget(context, argument, l10n.t('Usage'));
  if (target === undefined) {
    return;
  }
  const { connection, item: agent } = target;
  const name = visible(agent.name, 60);
  const client = shell.clients.for(connection);
  const filter = { ...noFilter, agent: { id: agent.id, name }, showsArchived: true };
  let stop: AbortSignal | undefined;
  // A server may filter by agent, refuse to, or do as if: in any case only the sessions of this agent count.
  const sessions = new FilteredSessions({
    list: async (options) => await client.listSessions({ ...options, signal: stop }),
    filter: () => filter,
    refusals: new Set<string>(),
    clock: shell.clock,
    limit: PAGE_SIZE,
  });
  const usage = await withCancel(
    l10n.t('Reading the sessions of {name}', { name }),
    async (signal, report) => {
      stop = signal;
      return await readAgentUsage({
        agentId: agent.id,
        signal,
        fetchPage: async (cursor) => await sessions.fetch(cursor),
        onProgress: (count) => report({ message: l10n.t('{count} sessions', { count }) }),
      });
    },
  );
  const now = new Intl.DateTimeFormat(vscode.env.language, { dateStyle: 'long', timeStyle: 'short' });
  const report = agentUsageReport(
    usage,
    {
      agentName: agent.name,
      agentId: agent.id,
      connection: connection.name,
      hasArchived: sessions.byServer.has('archived'),
      readAt: now.format(shell.clock.now()),
      locale: vscode.env.language,
    },
    l10n,
  );
  const title = l10n.t('Usage of {name}', { name });
  await reports.show(reports.hold(title, shell.redactor.redact(report)));
}
