import * as vscode from 'vscode';
import { ApiError } from '../../api/errors.ts';
import type { Session } from '../../api/resources/session.ts';
import { typedId } from '../../browse/matchSession.ts';
import { SessionFinder } from '../../browse/sessionFinder.ts';
import { describeError } from '../../text/describeError.ts';
import { sessionStatusText } from '../../text/sessionStatus.ts';
import { visible, withoutIcons } from '../../text/visible.ts';
import { showInput } from '../input/quickInput.ts';
import type { CommandContext } from './commandContext.ts';

/** Servers of this API give no more at once. */
const PAGE_SIZE = 100;
/** More than this nobody looks through; the editor would draw them anew with every page. */
const MAX_SHOWN = 200;

interface Found {
  readonly id: string;
  readonly title: string | undefined;
}

type FoundPick = vscode.QuickPickItem & { readonly value?: Found | 'more' };

/** Finds a session by its title, its id or its agent's name, over everything the server has, and opens it. */
export async function findSession(context: CommandContext): Promise<void> {
  const { shell, explorer } = context;
  const { l10n } = shell;
  const { lists } = explorer;
  const { connection, client, browse } = lists.scope;
  const finder = new SessionFinder({
    known: lists.sessions.pager.items,
    agentName: (id) => lists.agents.pager.items.find((agent) => agent.id === id)?.name,
    fetchPage: (cursor, signal) =>
      client.listSessions({
        limit: PAGE_SIZE,
        cursor,
        signal,
        // What the list shows can be found; a server that refuses the parameter lists no archived ones.
        includeArchived: browse.state.sessions.showsArchived && !browse.refusals.has('archived'),
      }),
  });
  const input = vscode.window.createQuickPick<FoundPick>();
  input.placeholder = l10n.t('Title, id or agent of a session');
  input.keepScrollPosition = true;
  const title = l10n.t('Find Session on {connection}', { connection: connection.name });
  const draw = () => {
    input.busy = finder.isBusy;
    // The last row says it too, and may be out of sight.
    input.title = l10n.t('{title} · {count} searched', { title, count: finder.searched });
    const marked = input.activeItems[0]?.value;
    const matches = finder.matches.slice(0, MAX_SHOWN);
    input.items = [
      ...idPicks(context, finder, input.value),
      ...matches.map((session) => sessionPick(context, session)),
      ...endPicks(context, finder),
    ];
    // A page that arrives must not move the mark away from what somebody has chosen.
    const again = input.items.find(({ value }) => isSame(value, marked));
    if (again !== undefined) {
      input.activeItems = [again];
    }
  };
  try {
    const answer = await showInput<Found>(input, { title }, (done, disposables) => {
      disposables.add(finder.onDidChange(draw));
      disposables.add(
        input.onDidChangeValue((typed) => {
          input.activeItems = []; // another text has another best match
          void finder.search(typed);
        }),
      );
      disposables.add(
        input.onDidAccept(() => {
          const value = input.selectedItems[0]?.value;
          if (value === 'more') {
            void finder.readMore();
          } else if (value !== undefined) {
            done({ kind: 'value', value });
          }
        }),
      );
      draw();
      if (finder.searched === 0) {
        void finder.readMore();
      }
    });
    if (answer.kind === 'value') {
      const { id, title: known } = answer.value;
      await context.openSession(connection, id, known === undefined ? {} : { title: known });
    }
  } finally {
    finder.dispose();
  }
}

function isSame(one: FoundPick['value'], other: FoundPick['value']): boolean {
  if (typeof one === 'object' && typeof other === 'object') {
    return one.id === other.id;
  }
  return one !== undefined && one === other;
}

function sessionPick({ shell, explorer }: CommandContext, session: Session): FoundPick {
  const { id, title, agent } = session;
  const listed = explorer.lists.agents.pager.items.find((item) => item.id === agent.id);
  const name = agent.name ?? listed?.name ?? agent.id;
  const parts = [sessionStatusText(session, shell.l10n), ...(name === undefined ? [] : [visible(name, 60)])];
  return {
    label: withoutIcons(visible(title ?? id)),
    description: withoutIcons(`${parts.join(' · ')} · ${visible(id)}`),
    alwaysShow: true, // what matches was decided before
    value: { id, title },
  };
}

function idPicks({ shell }: CommandContext, finder: SessionFinder, typed: string): readonly FoundPick[] {
  const id = typedId(typed);
  return id === undefined || finder.has(id)
    ? []
    : [
        {
          label: `$(link-external) ${shell.l10n.t('Open session {id}', { id: visible(id) })}`,
          alwaysShow: true,
          value: { id, title: undefined },
        },
      ];
}

/** How far the search has come, and how it goes on. */
function endPicks({ shell, explorer }: CommandContext, finder: SessionFinder): readonly FoundPick[] {
  const { l10n } = shell;
  const { connection } = explorer.lists.scope;
  const searched = l10n.t('Searched {count} sessions', { count: finder.searched });
  const { error } = finder;
  if (error !== undefined && !ApiError.is(error, 'cancelled')) {
    const known = ApiError.is(error) ? error : new ApiError('network', { cause: error });
    const { title, why } = describeError(
      known,
      { connection: connection.name, origin: connection.origin },
      l10n,
    );
    return [
      {
        label: `$(error) ${withoutIcons(title)}`,
        description: withoutIcons(why),
        detail: l10n.t('{searched}. Choose this to try again.', { searched }),
        alwaysShow: true,
        value: 'more',
      },
    ];
  }
  if (finder.isBusy) {
    return [{ label: `$(loading~spin) ${l10n.t('{searched} so far…', { searched })}`, alwaysShow: true }];
  }
  return finder.hasMore
    ? [
        {
          label: `$(ellipsis) ${l10n.t('Read more')}`,
          description: searched,
          alwaysShow: true,
          value: 'more',
        },
      ]
    : [{ label: `$(info) ${l10n.t('{searched}: that is all of them', { searched })}`, alwaysShow: true }];
}
