import type { Environment } from '../../api/resources/environment.ts';
import type { Connection } from '../../api/connection.ts';
import type { JsonObject } from '../../util/json.ts';
import { visible } from '../../text/visible.ts';
import { askChoice } from '../input/askChoice.ts';
import { askText } from '../input/askText.ts';
import type { Step } from '../input/wizard.ts';
import type { CommandContext } from './commandContext.ts';
import { runCreateFlow } from './createFlow.ts';
import { nameStep } from './nameStep.ts';
import { connectionOf } from './targets.ts';

type Networking = 'open' | 'packages' | 'hosts';

interface NewEnvironment {
  readonly name: string;
  readonly networking: Networking;
  /** Host names, separated by commas or blanks, as they were typed. */
  readonly hosts: string;
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
    steps: steps(context),
    draft: { name: `environment ${connection.id}`, blank: { name: '', networking: 'open', hosts: '' } },
    create: async (state, signal) => await clients.for(connection).createEnvironment(body(state), signal),
  });
}

function steps({ shell }: CommandContext): readonly Step<NewEnvironment>[] {
  const { l10n } = shell;
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
          validate: (text) => {
            const wrong = hostList(text).find(
              (host) => !/^[A-Za-z0-9*]([A-Za-z0-9.*:_-]*[A-Za-z0-9])?$/.test(host),
            );
            if (wrong !== undefined) {
              return l10n.t(
                '“{host}” is not a host name: leave out “https://” and everything after the name.',
                {
                  host: visible(wrong, 60),
                },
              );
            }
            return hostList(text).length === 0 ? l10n.t('Name at least one host.') : undefined;
          },
        });
        return answer.kind === 'value' ? { kind: 'value', value: { hosts: answer.value } } : answer;
      },
    },
  ];
}

function body({ name, networking, hosts }: NewEnvironment): JsonObject {
  const limited = {
    type: 'limited',
    allowed_hosts: networking === 'hosts' ? [...hostList(hosts)] : [],
    allow_mcp_servers: false,
    allow_package_managers: networking === 'packages',
  };
  return {
    name,
    config: { type: 'cloud', networking: networking === 'open' ? { type: 'unrestricted' } : limited },
  };
}

function hostList(text: string): readonly string[] {
  return text.split(/[\s,]+/).filter((host) => host !== '');
}
