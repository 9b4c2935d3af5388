import { type BrowseState, plainState } from '../../browse/browseState.ts';
import {
  noFilter,
  type SessionFilter,
  type Span,
  spans,
  statusChoices,
  type StatusChoice,
} from '../../browse/sessionFilter.ts';
import { withArchived } from '../../browse/withArchived.ts';
import { spanText, statusText } from '../../text/browseText.ts';
import { visible } from '../../text/visible.ts';
import { askChoice } from '../input/askChoice.ts';
import { askFromList } from '../input/askFromList.ts';
import { askSome } from '../input/askSome.ts';
import { PAGE_SIZE } from '../tree/nodes/listNode.ts';
import { Pager } from '../tree/pager.ts';
import type { CommandContext } from './commandContext.ts';
import { agentChoice } from './targets.ts';

type Part =
  'agent' | 'status' | 'date' | 'archivedSessions' | 'archivedAgents' | 'archivedEnvironments' | 'clear';

/** Asks which part of the filter to change, then for its value. Comes back to the parts until Escape. */
export async function filterLists(context: CommandContext): Promise<void> {
  for (;;) {
    const part = await askPart(context);
    if (part === undefined) {
      return;
    }
    const wasChanged = await changePart(context, part);
    if (wasChanged) {
      return;
    }
  }
}

/** Shows everything again, as it comes. Groups, order and pins stay. */
export function clearFilters({ explorer }: CommandContext): void {
  const { archivedAgents, archivedEnvironments } = plainState;
  explorer.lists.scope.browse.change({ sessions: noFilter, archivedAgents, archivedEnvironments });
}

async function askPart(context: CommandContext): Promise<Part | undefined> {
  const { l10n } = context.shell;
  const state = context.explorer.lists.scope.browse.state;
  const { agent, statuses, span, showsArchived } = state.sessions;
  const all = l10n.t('all');
  const yesNo = (shown: boolean) => (shown ? l10n.t('shown') : l10n.t('not shown'));
  const answer = await askChoice<Part>(
    { title: l10n.t('Filter') },
    {
      placeholder: l10n.t('What to filter by'),
      choices: [
        {
          label: l10n.t('Sessions: agent'),
          description: agent === undefined ? all : visible(agent.name),
          icon: 'hubot',
          value: 'agent',
        },
        {
          label: l10n.t('Sessions: status'),
          description:
            statuses.length === 0 ? all : statuses.map((status) => statusText(status, l10n)).join(', '),
          icon: 'pulse',
          value: 'status',
        },
        {
          label: l10n.t('Sessions: created'),
          description: span === undefined ? l10n.t('any time') : spanText(span, l10n),
          icon: 'calendar',
          value: 'date',
        },
        {
          label: l10n.t('Archived sessions'),
          description: yesNo(showsArchived),
          icon: 'archive',
          value: 'archivedSessions',
        },
        {
          label: l10n.t('Archived agents'),
          description: yesNo(state.archivedAgents),
          icon: 'archive',
          value: 'archivedAgents',
        },
        {
          label: l10n.t('Archived environments'),
          description: yesNo(state.archivedEnvironments),
          icon: 'archive',
          value: 'archivedEnvironments',
        },
        { label: l10n.t('Clear Filters'), icon: 'clear-all', value: 'clear' },
      ],
    },
  );
  return answer.kind === 'value' ? answer.value : undefined;
}

/** False where the person wants back to the parts. */
async function changePart(context: CommandContext, part: Part): Promise<boolean> {
  const { browse } = context.explorer.lists.scope;
  const { state } = browse;
  const narrow = (change: Partial<SessionFilter>) =>
    browse.change({ sessions: { ...browse.state.sessions, ...change } });
  switch (part) {
    case 'agent': {
      const chosen = await askAgent(context, state);
      return chosen === undefined ? false : (narrow(chosen), true);
    }
    case 'status': {
      const chosen = await askStatuses(context, state.sessions.statuses);
      return chosen === undefined ? false : (narrow({ statuses: chosen }), true);
    }
    case 'date': {
      const chosen = await askSpan(context, state.sessions.span);
      return chosen === undefined ? false : (narrow(chosen), true);
    }
    case 'archivedSessions':
      narrow({ showsArchived: !state.sessions.showsArchived });
      return true;
    case 'archivedAgents':
      browse.change({ archivedAgents: !state.archivedAgents });
      return true;
    case 'archivedEnvironments':
      browse.change({ archivedEnvironments: !state.archivedEnvironments });
      return true;
    case 'clear':
      clearFilters(context);
      return true;
  }
}

async function askAgent(
  context: CommandContext,
  state: BrowseState,
): Promise<Pick<SessionFilter, 'agent'> | undefined> {
  const { l10n } = context.shell;
  const { client, browse } = context.explorer.lists.scope;
  // Archived agents have sessions too.
  const pager = new Pager((cursor) =>
    withArchived(
      (includeArchived) => client.listAgents({ limit: PAGE_SIZE, cursor, includeArchived }),
      'agents',
      state.archivedAgents,
      browse.refusals,
    ),
  );
  const answer = await askFromList(
    { title: l10n.t('Filter: Agent'), canGoBack: true },
    {
      placeholder: l10n.t('Sessions of which agent?'),
      pager,
      toChoice: agentChoice,
      extras: [{ label: l10n.t('All agents'), icon: 'clear-all', value: 'all' as const }],
      selectedId: state.sessions.agent?.id,
      l10n,
    },
  );
  if (answer.kind !== 'value') {
    return undefined;
  }
  switch (answer.value.from) {
    case 'list': {
      const { id, name } = answer.value.item;
      return { agent: { id, name } };
    }
    case 'extras':
      return { agent: undefined };
    case 'failure':
      throw answer.value.error;
  }
}

async function askStatuses(
  context: CommandContext,
  chosen: readonly StatusChoice[],
): Promise<readonly StatusChoice[] | undefined> {
  const { l10n } = context.shell;
  const answer = await askSome(
    { title: l10n.t('Filter: Status'), canGoBack: true },
    {
      placeholder: l10n.t('Sessions that are any of these; none chosen means all'),
      choices: statusChoices.map((status) => ({
        label: statusText(status, l10n),
        description: status === 'active' ? l10n.t('alive; some servers say no more than this') : undefined,
        value: status,
      })),
      selected: (status) => chosen.includes(status),
    },
  );
  return answer.kind === 'value' ? answer.value : undefined;
}

async function askSpan(
  context: CommandContext,
  chosen: Span | undefined,
): Promise<Pick<SessionFilter, 'span'> | undefined> {
  const { l10n } = context.shell;
  const answer = await askChoice<Span | 'any'>(
    { title: l10n.t('Filter: Created'), canGoBack: true },
    {
      placeholder: l10n.t('Sessions created when?'),
      choices: [
        { label: l10n.t('any time'), value: 'any' },
        ...spans.map((span) => ({ label: spanText(span, l10n), value: span })),
      ],
      selected: (span) => span === (chosen ?? 'any'),
    },
  );
  return answer.kind === 'value' ? { span: answer.value === 'any' ? undefined : answer.value } : undefined;
}
