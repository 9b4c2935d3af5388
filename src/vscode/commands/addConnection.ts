import type { AuthScheme } from '../../api/connection.ts';
import { describeBaseUrlProblem } from '../../text/inputProblems.ts';
import { runWizard, type Step } from '../input/wizard.ts';
import { toConnection } from '../services/connectionSetting.ts';
import { asObject, asText, field } from '../../util/json.ts';
import type { CommandContext } from './commandContext.ts';
import { askAuth, askBaseUrl, askName } from './connectionQuestions.ts';

interface NewConnection {
  readonly name: string;
  readonly baseUrl: string;
  readonly auth: AuthScheme | undefined;
}

/**
 * Asks for a connection, writes it to the user's settings, and makes it active.
 * @param argument may be `{ baseUrl }`, the address to begin with.
 */
export async function addConnection(context: CommandContext, argument?: unknown): Promise<void> {
  const { l10n, notify } = context.shell;
  const title = l10n.t('Add Connection');
  const baseUrl = asText(field(asObject(argument), 'baseUrl')) ?? '';
  const blank: NewConnection = { name: '', baseUrl, auth: undefined };
  const entered = await runWizard({ title, steps: steps(context), state: blank });
  if (entered === undefined) {
    return;
  }
  const connection = toConnection(entered);
  if ('problem' in connection) {
    notify.warn(describeBaseUrlProblem(connection.problem, l10n));
    return;
  }
  const { name } = entered;
  await context.settings.addConnection({ name, baseUrl: entered.baseUrl, auth: connection.auth });
  context.registry.choose(connection.id);
  notify.info(
    l10n.t('{name} is added: requests go to {origin}{prefix}.', {
      name,
      origin: connection.origin,
      prefix: connection.prefix,
    }),
  );
}

function steps(context: CommandContext): readonly Step<NewConnection>[] {
  return [
    {
      fields: ['name'],
      ask: async (frame, state) => {
        const answer = await askName(context, frame, state.name, context.settings.connections.connections);
        return answer.kind === 'value' ? { kind: 'value', value: { name: answer.value } } : answer;
      },
    },
    {
      fields: ['baseUrl'],
      ask: async (frame, state) => {
        const answer = await askBaseUrl(context, frame, state.baseUrl);
        return answer.kind === 'value' ? { kind: 'value', value: { baseUrl: answer.value } } : answer;
      },
    },
    {
      fields: ['auth'],
      ask: async (frame, state) => {
        const answer = await askAuth(context, frame, state.baseUrl, state.auth);
        return answer.kind === 'value' ? { kind: 'value', value: { auth: answer.value } } : answer;
      },
    },
  ];
}
