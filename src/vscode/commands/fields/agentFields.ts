import type { Connection } from '../../../api/connection.ts';
import { decodeModel } from '../../../api/resources/agent.ts';
import { lengthProblem, limits } from '../../../edit/limits.ts';
import { suggestedModels, withModel } from '../../../edit/models.ts';
import { visible } from '../../../text/visible.ts';
import { asText, field } from '../../../util/json.ts';
import type { Answer, Frame } from '../../input/answer.ts';
import { askChoice } from '../../input/askChoice.ts';
import type { EditField } from '../../input/askFields.ts';
import type { CommandContext } from '../commandContext.ts';
import { askLongText } from './longText.ts';
import { mcpServersField } from './mcpServersField.ts';
import { descriptionField, metadataField, nameField } from './textFields.ts';
import { customToolsField, toolsField } from './toolsField.ts';

/** What can be changed on an agent. */
export function agentFields(context: CommandContext, connection: Connection): readonly EditField[] {
  const { l10n } = context.shell;
  return [
    nameField(l10n),
    modelField(context, connection),
    descriptionField(l10n),
    systemField(context),
    toolsField(l10n),
    customToolsField(context),
    mcpServersField(l10n),
    metadataField(l10n),
  ];
}

function modelField(context: CommandContext, connection: Connection): EditField {
  const { l10n } = context.shell;
  return {
    name: 'model',
    label: l10n.t('Model'),
    icon: 'symbol-misc',
    describe: (agent) => decodeModel(field(agent, 'model')) ?? l10n.t('none'),
    ask: async (frame, agent) => {
      const answer = await askModel(context, connection, frame, decodeModel(field(agent, 'model')) ?? '');
      return answer.kind === 'value' ? { kind: 'value', value: withModel(agent, answer.value) } : answer;
    },
  };
}

/** Asks for a model: one in use, a known one, or any text. */
export async function askModel(
  context: CommandContext,
  connection: Connection,
  frame: Frame,
  current: string,
): Promise<Answer<string>> {
  const { l10n } = context.shell;
  const models = await modelsFor(context, connection);
  return await askChoice<string>(frame, {
    placeholder: l10n.t('Choose a model, or type the name of any other'),
    choices: models.map((model) => ({ label: visible(model), icon: 'symbol-misc', value: model })),
    typed: models.includes(current) ? '' : current,
    freeText: (typed) => ({
      label: l10n.t('Use “{model}”', { model: visible(typed) }),
      icon: 'edit',
      value: typed,
    }),
    selected: (model) => model === current,
  });
}

/** A list that cannot be read is no reason to stop. */
async function modelsFor({ shell, explorer }: CommandContext, connection: Connection) {
  const shown = explorer.lists;
  const isShown = shown.scope.connection.id === connection.id && shown.agents.pager.isLoaded;
  const agents = isShown
    ? shown.agents.pager.items
    : await shell.clients
        .for(connection)
        .listAgents({ limit: 20 })
        .then((page) => page.items)
        .catch(() => []);
  return suggestedModels(agents.map(({ model }) => model));
}

function systemField({ shell, longTexts }: CommandContext): EditField {
  const { l10n } = shell;
  return {
    name: 'system',
    label: l10n.t('System prompt'),
    icon: 'book',
    describe: (agent) => asText(field(agent, 'system')) ?? l10n.t('none'),
    ask: async (frame, agent) => {
      const answer = await askLongText(
        frame,
        {
          prompt: l10n.t('What the agent is to know and to do; empty for none'),
          text: asText(field(agent, 'system')) ?? '',
          language: 'markdown',
          validate: (text) => lengthProblem(text, limits.system, l10n),
        },
        longTexts,
        l10n,
      );
      return answer.kind === 'value'
        ? { kind: 'value', value: { ...agent, system: answer.value === '' ? null : answer.value } }
        : answer;
    },
  };
}
