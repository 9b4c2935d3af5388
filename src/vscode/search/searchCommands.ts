import { partsOf } from '../../browse/sessionFilter.ts';
import { asObject, asText, field } from '../../util/json.ts';
import type { CommandContext } from '../commands/commandContext.ts';
import { type AskedSearch, askSearch } from './askSearch.ts';
import { HitNode, MoreHitsNode } from './resultNodes.ts';
import { filterOf } from './searchRequest.ts';

/**
 * Asks what to look for and searches the sessions of the active connection.
 * @param argument `{ text, matchCase?, wholeWord?, filtered?, archived? }` asks nothing.
 */
export async function searchSessions(context: CommandContext, argument?: unknown): Promise<void> {
  const { l10n } = context.shell;
  const { connection, browse } = context.explorer.lists.scope;
  const list = browse.state.sessions;
  const search = await context.search.get();
  const last = search.request;
  const start: AskedSearch = {
    text: last?.text ?? '',
    matchCase: last?.matchCase ?? false,
    wholeWord: last?.wholeWord ?? false,
    isFiltered: partsOf(list).some((part) => part !== 'archived'),
    withArchived: list.showsArchived,
  };
  const asked =
    givenSearch(argument) ??
    (await askSearch(
      l10n.t('Search in Sessions on {connection}', { connection: connection.name }),
      start,
      list,
      l10n,
    ));
  if (asked !== undefined) {
    const { text, matchCase, wholeWord } = asked;
    await search.start(
      { connection, text, matchCase, wholeWord, filter: filterOf(list, asked) },
      browse.refusals,
    );
  }
}

function givenSearch(argument: unknown): AskedSearch | undefined {
  const given = asObject(argument);
  const text = asText(field(given, 'text'));
  const isOn = (name: string) => field(given, name) === true;
  return text === undefined
    ? undefined
    : {
        text,
        matchCase: isOn('matchCase'),
        wholeWord: isOn('wholeWord'),
        isFiltered: isOn('filtered'),
        withArchived: isOn('archived'),
      };
}

export function stopSearch({ search }: CommandContext): void {
  search.built?.stop();
}

export async function resumeSearch({ search }: CommandContext): Promise<void> {
  await search.built?.resume();
}

export async function repeatSearch({ search }: CommandContext): Promise<void> {
  await search.built?.again();
}

export function clearSearch({ search }: CommandContext): void {
  search.built?.clear();
}

/** Opens the session of a hit at the hit, with its find bar. */
export async function openSearchHit(context: CommandContext, node?: unknown): Promise<void> {
  const request = context.search.built?.request;
  const hit = node instanceof HitNode ? node : undefined;
  if (request === undefined || hit === undefined) {
    return;
  }
  const { connection, text, matchCase, wholeWord } = request;
  const { session } = hit.parent.result;
  const { key, ordinal } = hit.hit;
  await context.openSession(connection, session.id, {
    ...(session.title !== undefined && { title: session.title }),
    reveal: { key, match: { text, matchCase, wholeWord, ordinal } },
  });
}

/** Shows more hits of a session, or the session itself where no more are held. */
export async function moreSearchHits(context: CommandContext, node?: unknown): Promise<void> {
  const search = context.search.built;
  const isShown = search?.more(node) === true;
  if (!isShown && node instanceof MoreHitsNode) {
    const [first] = node.parent.children();
    await openSearchHit(context, first);
  }
}

/** Deletes what searches have kept on this machine. */
export async function deleteSearchCache({ shell, searchCache }: CommandContext): Promise<void> {
  const { l10n, notify, log } = shell;
  try {
    const bytes = await searchCache.clear();
    notify.info(
      bytes === 0
        ? l10n.t('The search cache is empty.')
        : l10n.t('The search cache is deleted: {size} MB.', { size: (bytes / 1_000_000).toFixed(1) }),
    );
  } catch (error) {
    log.error('the search cache could not be deleted', error);
    notify.warn(l10n.t('The search cache could not be deleted. The log has the reason.'), {
      title: l10n.t('Show Log'),
      run: () => log.show(),
    });
  }
}
