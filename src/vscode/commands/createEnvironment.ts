import type { Environment } from '../../api/resources/environment.ts';
import type { Connection } from '../../api/connection.ts';
import { hostsProblem, wordList } from '../../edit/environmentConfig.ts';
import { asText, field, type JsonObject } from '../../util/json.ts';
import { visible } from '../../text/visible.ts';
import type { Answer, Frame } from '../input/answer.ts';
import { askChoice } from '../input/askChoice.ts';
import { askFields } from '../input/askFields.ts';
import { askText } from '../input/askText.ts';
import type { Step } from '../input/wizard.ts';
import type { CommandContext } from './commandContext.ts';
import { runCreateFlow } from './createFlow.ts';
import type { DraftKind } from './drafts.ts';
import { environmentFields } from './fields/environmentFields.ts';
import { nameStep } from './nameStep.ts';
import { connectionOf } from './targets.ts';

type Networking = 'open' | 'packages' | 'hosts' | 'more';

interface NewEnvironment {
  readonly name: string;
  readonly networking: Networking;
  /** Host names, separated by commas or blanks, as they were typed. */
  readonly hosts: string;
  /** The whole body, where more was chosen than the questions ask. */
  readonly whole: JsonObject | undefined;
}

/** Asks for a name and for what the environment may reach, and creates it. */
export async function createEnvironment(
  context: CommandContext,
  argument?: unknown,
): Promise<Environment | undefined> {
  const { shell, explorer } = context;
  const connection = connectionOf(context, argument);
  const made = await createEnvironmentOn(context, connection);
  if (made !== undefined) {
    await explorer.lists.environments.pager.refresh();
    shell.notify.info(shell.l10n.t('Environment {name} is created.', { name: visible(made.name) }));
  }
  return made;
}

async function createEnvironmentOn(
  context: CommandContext,
  connection: Connection,
): Promise<Environment | undefined> {
  const { l10n, clients } = context.shell;
  return await runCreateFlow<NewEnvironment, Environment>(context, {
    connection,
    title: l10n.t('Create Environment'),
    steps: steps(context, connection),
    draft: draftOf(connection),
    create: async (state, signal) => await clients.for(connection).createEnvironment(bodyOf(state), signal),
  });
}

function steps(context: CommandContext, connection: Connection): readonly Step<NewEnvironment>[] {
  const { l10n } = context.shell;
  return [
    nameStep(l10n, l10n.t('A name for the environment')),
    {
      fields: ['config', 'networking'],
      ask: async (frame, state) => {
        const answer = await askChoice<Networking>(frame, {
          placeholder: l10n.t('What sessions in this environment may reach'),
          choices: [
            {
              label: l10n.t('Open network'),
              detail: l10n.t('Every host on the internet'),
              icon: 'globe',
              value: 'open',
            },
            {
              label: l10n.t('Package registries only'),
              detail: l10n.t('No hosts but those that package managers need'),
              icon: 'package',
              value: 'packages',
            },
            {
              label: l10n.t('Hosts that I name'),
              detail: l10n.t('Only these, and no package registries'),
              icon: 'list-unordered',
              value: 'hosts',
            },
            {
              label: l10n.t('More options…'),
              detail: l10n.t('Hosts, registries and MCP servers together, packages, metadata'),
              icon: 'settings-gear',
              value: 'more',
            },
          ],
          selected: (networking) => networking === state.networking,
        });
        return answer.kind === 'value' ? { kind: 'value', value: { networking: answer.value } } : answer;
      },
    },
    {
      fields: ['allowed_hosts'],
      applies: (state) => state.networking === 'hosts',
      ask: async (frame, state) => {
        const answer = await askText(frame, {
          prompt: l10n.t('Host names, separated by commas'),
          placeholder: 'api.example.com, docs.example.com',
          value: state.hosts,
          validate: (text) =>
            wordList(text).length === 0 ? l10n.t('Name at least one host.') : hostsProblem(text, l10n),
        });
        return answer.kind === 'value' ? { kind: 'value', value: { hosts: answer.value } } : answer;
      },
    },
    {
      fields: ['config', 'metadata', 'description'],
      applies: (state) => state.networking === 'more',
      ask: async (frame, state) => await askMore(context, connection, frame, state),
    },
  ];
}

/** Every field of the environment. What is entered here is kept when it is left. */
async function askMore(
  context: CommandContext,
  connection: Connection,
  frame: Frame,
  state: NewEnvironment,
): Promise<Answer<Partial<NewEnvironment>>> {
  const { l10n } = context.shell;
  const draft = draftOf(connection);
  const begun = context.drafts.take(draft).whole ?? state.whole ?? body({ ...state, networking: 'open' });
  const object = { ...begun, name: state.name };
  const answer = await askFields(frame, {
    placeholder: l10n.t('Choose what to set, or create the environment'),
    fields: environmentFields(object, l10n),
    object,
    done: { label: l10n.t('Create'), offered: () => true },
    remember: (whole) => context.drafts.keep(draft, { ...state, name: nameIn(whole), whole }),
    l10n,
  });
  return answer.kind === 'value'
    ? { kind: 'value', value: { name: nameIn(answer.value), whole: answer.value } }
    : answer;
}

function nameIn(environment: JsonObject): string {
  return asText(field(environment, 'name')) ?? '';
}

function draftOf(connection: Connection): DraftKind<NewEnvironment> {
  return {
    name: `environment ${connection.id}`,
    blank: { name: '', networking: 'open', hosts: '', whole: undefined },
  };
}

function bodyOf(state: NewEnvironment): JsonObject {
  if (state.networking !== 'more' || state.whole === undefined) {
    return body(state);
  }
  return Object.fromEntries(Object.entries(state.whole).filter(([, value]) => value !== null));
}

function body({ name, networking, hosts }: NewEnvironment): JsonObject {
  const limited = {
    type: 'limited',
    allowed_hosts: networking === 'hosts' ? [...wordList(hosts)] : [],
    allow_mcp_servers: false,
    allow_package_managers: networking === 'packages',
  };
  return {
    name,
    config: { type: 'cloud', networking: networking === 'open' ? { type: 'unrestricted' } : limited },
  };
}
