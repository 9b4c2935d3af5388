import type { Connection } from '../../../api/connection.ts';
import { ApiError } from '../../../api/errors.ts';
import { budgetBody, budgetOf, dollars, parseDollars } from '../../../edit/budget.ts';
import { wordList } from '../../../edit/environmentConfig.ts';
import {
  filesOf,
  firstMessage,
  repositoryOf,
  repositoryProblem,
  type SessionExtra,
  takenExtra,
  withField,
  withFiles,
  withFirstMessage,
  withRepository,
} from '../../../edit/sessionBody.ts';
import { visible } from '../../../text/visible.ts';
import { asArray, asText, field, type JsonObject } from '../../../util/json.ts';
import type { Answer, Frame } from '../../input/answer.ts';
import { askFromList } from '../../input/askFromList.ts';
import type { EditField } from '../../input/askFields.ts';
import { askText } from '../../input/askText.ts';
import { Pager } from '../../tree/pager.ts';
import type { CommandContext } from '../commandContext.ts';
import { askLongText } from './longText.ts';
import { metadataField } from './textFields.ts';

/** What a new session may be given beside agent, environment and title, as far as the server may take it. */
export function sessionFields(context: CommandContext, connection: Connection): readonly EditField[] {
  const { l10n, offers } = context.shell;
  const of = (operation: string) => offers.of(connection, operation);
  const fields: readonly (readonly [SessionExtra, EditField])[] = [
    ['message', messageField(context)],
    ['repository', repositoryField(context)],
    ['files', filesField(context)],
    ['vaults', vaultsField(context, connection)],
    ['budget', budgetField(context)],
    ['metadata', metadataField(l10n)],
  ];
  return fields.flatMap(([extra, entry]) => {
    switch (takenExtra(extra, connection, of)) {
      case 'no':
        return [];
      case 'yes':
        return [entry];
      case 'maybe':
        return [{ ...entry, note: l10n.t('Not known whether this server takes it') }];
    }
  });
}

function messageField({ shell, longTexts }: CommandContext): EditField {
  const { l10n } = shell;
  return {
    name: 'initial_events',
    label: l10n.t('First message'),
    icon: 'comment',
    describe: (body) => firstMessage(body) || l10n.t('none'),
    ask: async (frame, body) => {
      const answer = await askLongText(
        frame,
        {
          prompt: l10n.t('What the agent is to begin with; empty for nothing'),
          text: firstMessage(body),
          language: 'markdown',
          validate: () => undefined,
        },
        longTexts,
        l10n,
      );
      return answer.kind === 'value'
        ? { kind: 'value', value: withFirstMessage(body, answer.value) }
        : answer;
    },
  };
}

function repositoryField({ shell }: CommandContext): EditField {
  const { l10n } = shell;
  return {
    name: 'resources',
    label: l10n.t('Repository'),
    icon: 'repo',
    describe: (body) => {
      const repository = repositoryOf(body);
      return repository === undefined ? l10n.t('none') : [repository.url, repository.branch].join(' ').trim();
    },
    ask: async ({ title }, body) => {
      const before = repositoryOf(body);
      const frame: Frame = { title, canGoBack: true };
      const url = await askText(frame, {
        prompt: l10n.t('Address of the repository on GitHub; empty for none'),
        placeholder: 'https://github.com/owner/name',
        value: before?.url,
        validate: (text) => repositoryProblem(text, l10n),
      });
      if (url.kind !== 'value') {
        return url;
      }
      if (url.value === '') {
        return { kind: 'value', value: withRepository(body, undefined) };
      }
      const branch = await askText(frame, {
        prompt: l10n.t('The branch; empty for the default one'),
        value: before?.branch,
      });
      return branch.kind === 'value'
        ? { kind: 'value', value: withRepository(body, { url: url.value, branch: branch.value }) }
        : branch;
    },
  };
}

function filesField({ shell }: CommandContext): EditField {
  const { l10n } = shell;
  return {
    name: 'resources',
    label: l10n.t('Files'),
    icon: 'files',
    describe: (body) => filesOf(body).join(', ') || l10n.t('none'),
    ask: async (frame, body) => {
      const answer = await askText(frame, {
        prompt: l10n.t('Ids of files that are on the server already, separated by commas; empty for none'),
        placeholder: 'file_…',
        value: filesOf(body).join(', '),
      });
      return answer.kind === 'value'
        ? { kind: 'value', value: withFiles(body, wordList(answer.value)) }
        : answer;
    },
  };
}

function budgetField({ shell }: CommandContext): EditField {
  const { l10n } = shell;
  return {
    name: 'budget',
    label: l10n.t('Budget'),
    icon: 'credit-card',
    describe: (body) => {
      const cents = budgetOf(body);
      return cents === undefined ? l10n.t('none') : dollars(cents);
    },
    ask: async (frame, body) => {
      const cents = budgetOf(body);
      const answer = await askText(frame, {
        prompt: l10n.t('What the session may cost at most, in US dollars; empty for no limit'),
        placeholder: '5.00',
        value: cents === undefined ? '' : (cents / 100).toFixed(2),
        validate: (text) =>
          text === '' || parseDollars(text) !== undefined
            ? undefined
            : l10n.t('An amount such as 5 or 12.50 is needed.'),
      });
      if (answer.kind !== 'value') {
        return answer;
      }
      const amount = parseDollars(answer.value);
      const budget = amount === undefined ? undefined : budgetBody(amount);
      return { kind: 'value', value: withField(body, 'budget', budget) };
    },
  };
}

function vaultsField(context: CommandContext, connection: Connection): EditField {
  const { l10n } = context.shell;
  return {
    name: 'vault_ids',
    label: l10n.t('Vaults'),
    icon: 'lock',
    describe: (body) => vaultIds(body).join(', ') || l10n.t('none'),
    ask: async (frame, body) => await askVault(context, connection, frame, body),
  };
}

interface Vault {
  readonly id: string;
  readonly name: string;
}

/** Choosing a vault adds it, choosing it again takes it away. */
async function askVault(
  { shell }: CommandContext,
  connection: Connection,
  frame: Frame,
  body: JsonObject,
): Promise<Answer<JsonObject>> {
  const { l10n, clients, offers } = shell;
  const chosen = vaultIds(body);
  const answer = await askFromList<Vault, 'none'>(frame, {
    placeholder: l10n.t('A vault whose credentials the session may use; choose it again to take it away'),
    pager: new Pager<Vault>(async (cursor) => {
      const page = await clients.for(connection).listVaults({ limit: 50, cursor });
      return { ...page, items: page.items.flatMap((raw) => vaultOf(raw) ?? []) };
    }),
    toChoice: (vault) => ({
      label: visible(vault.name),
      description: visible(vault.id),
      icon: chosen.includes(vault.id) ? 'check' : 'lock',
      value: vault,
    }),
    extras: chosen.length === 0 ? [] : [{ label: l10n.t('No vaults'), icon: 'discard', value: 'none' }],
    l10n,
  });
  if (answer.kind !== 'value') {
    return answer;
  }
  if (answer.value.from === 'failure') {
    const { error } = answer.value;
    if (!ApiError.is(error, 'notFound', 'notOffered')) {
      throw error;
    }
    // The list has no id in its path, so a 404 means the list itself.
    offers.note(connection, 'GET /vaults', 'absent');
    shell.notify.warn(l10n.t('{server} has no vaults.', { server: connection.name }));
    return { kind: 'back' };
  }
  if (answer.value.from === 'extras') {
    return { kind: 'value', value: withField(body, 'vault_ids', undefined) };
  }
  offers.note(connection, 'GET /vaults', 'present');
  const { id } = answer.value.item;
  const ids = chosen.includes(id) ? chosen.filter((other) => other !== id) : [...chosen, id];
  return { kind: 'value', value: withField(body, 'vault_ids', ids.length === 0 ? undefined : ids) };
}

function vaultOf(raw: JsonObject): Vault | undefined {
  const id = asText(field(raw, 'id'));
  return id === undefined
    ? undefined
    : { id, name: asText(field(raw, 'display_name')) ?? asText(field(raw, 'name')) ?? id };
}

function vaultIds(body: JsonObject): string[] {
  return asArray(field(body, 'vault_ids')).filter((id) => typeof id === 'string');
}
