import { type AuthScheme, parseBaseUrl } from '../../api/connection.ts';
import { describeBaseUrlProblem } from '../../text/inputProblems.ts';
import { askChoice } from '../input/askChoice.ts';
import { askText } from '../input/askText.ts';
import { runWizard, type Step } from '../input/wizard.ts';
import { defaultAuth, isNameTaken, readConnections, toConnection } from '../services/connectionSetting.ts';
import type { CommandContext } from './commandContext.ts';

interface NewConnection {
  readonly name: string;
  readonly baseUrl: string;
  readonly auth: AuthScheme | undefined;
}

/** Asks for a connection, writes it to the user's settings, and makes it active. */
export async function addConnection(context: CommandContext): Promise<void> {
  const { l10n, notify } = context.shell;
  const title = l10n.t('Add Connection');
  const blank: NewConnection = { name: '', baseUrl: '', auth: undefined };
  const entered = await runWizard({ title, steps: steps(context), state: blank });
  if (entered === undefined) {
    return;
  }
  const connection = toConnection(entered);
  if ('problem' in connection) {
    notify.warn(describeBaseUrlProblem(connection.problem, l10n));
    return;
  }
  const { name, baseUrl } = entered;
  await context.settings.addConnection({ name, baseUrl, auth: connection.auth });
  context.registry.choose(connection.id);
  notify.info(
    l10n.t('{name} is added: requests go to {origin}{prefix}.', {
      name,
      origin: connection.origin,
      prefix: connection.prefix,
    }),
  );
}

function steps({ shell, settings }: CommandContext): readonly Step<NewConnection>[] {
  const { l10n } = shell;
  return [
    {
      fields: ['name'],
      ask: async (frame, state) => {
        const answer = await askText(frame, {
          prompt: l10n.t('A name for the connection, as it will be shown'),
          placeholder: l10n.t('Staging'),
          value: state.name,
          validate: (name) => {
            if (isNameTaken(name, settings.connections.connections)) {
              return l10n.t('There is a connection of this name already.');
            }
            const probe = readConnections([{ name, baseUrl: 'https://example.com' }]);
            return probe.problems.length > 0
              ? l10n.t('A name has 1 to 60 characters, without control characters.')
              : undefined;
          },
        });
        return answer.kind === 'value' ? { kind: 'value', value: { name: answer.value } } : answer;
      },
    },
    {
      fields: ['baseUrl'],
      ask: async (frame, state) => {
        const answer = await askText(frame, {
          prompt: l10n.t(
            'Base URL: an address alone gets the usual path of its kind of server; with a path it is used as it is',
          ),
          placeholder: 'https://api.example.com',
          value: state.baseUrl,
          validate: (text) => {
            const base = parseBaseUrl(text);
            return 'problem' in base ? describeBaseUrlProblem(base.problem, l10n) : undefined;
          },
        });
        return answer.kind === 'value' ? { kind: 'value', value: { baseUrl: answer.value } } : answer;
      },
    },
    {
      fields: ['auth'],
      ask: async (frame, state) => {
        const base = parseBaseUrl(state.baseUrl);
        const usual = 'problem' in base ? 'bearer' : defaultAuth(base.origin);
        const answer = await askChoice<AuthScheme>(frame, {
          placeholder: l10n.t('How the API key travels'),
          choices: [
            { label: 'Authorization: Bearer', description: l10n.t('Synth and most others'), value: 'bearer' },
            { label: 'x-api-key', description: l10n.t('Anthropic'), value: 'x-api-key' },
          ],
          selected: (auth) => auth === (state.auth ?? usual),
        });
        return answer.kind === 'value' ? { kind: 'value', value: { auth: answer.value } } : answer;
      },
    },
  ];
}
