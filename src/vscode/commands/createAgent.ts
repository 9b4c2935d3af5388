import type { Connection } from '../../api/connection.ts';
import type { Agent } from '../../api/resources/agent.ts';
import { visible } from '../../text/visible.ts';
import type { JsonObject } from '../../util/json.ts';
import { askChoice } from '../input/askChoice.ts';
import { askText } from '../input/askText.ts';
import type { Step } from '../input/wizard.ts';
import type { CommandContext } from './commandContext.ts';
import { runCreateFlow } from './createFlow.ts';
import { nameStep } from './nameStep.ts';
import { connectionOf } from './targets.ts';

type Tools = 'free' | 'ask' | 'none';

interface NewAgent {
  readonly name: string;
  readonly model: string;
  readonly system: string;
  readonly tools: Tools;
}

/** Offered while nothing is known of the models in use; any text is taken. */
const usualModels = ['claude-sonnet-5-5', 'claude-opus-5-5', 'claude-haiku-5-5'];
const MAX_MODELS = 20;
const MAX_SYSTEM = 100_000;

/** Asks for name, model, system prompt and tools, and creates the agent. */
export async function createAgent(context: CommandContext, argument?: unknown): Promise<Agent | undefined> {
  const { shell, explorer } = context;
  const connection = connectionOf(context, argument);
  const { l10n, clients } = shell;
  const made = await runCreateFlow<NewAgent, Agent>(context, {
    connection,
    title: l10n.t('Create Agent'),
    steps: steps(context, connection),
    draft: { name: `agent ${connection.id}`, blank: { name: '', model: '', system: '', tools: 'free' } },
    create: async (state, signal) => await clients.for(connection).createAgent(body(state), signal),
  });
  if (made !== undefined) {
    await explorer.lists.agents.pager.refresh();
    shell.notify.info(l10n.t('Agent {name} is created.', { name: visible(made.name) }));
  }
  return made;
}

function steps(context: CommandContext, connection: Connection): readonly Step<NewAgent>[] {
  const { l10n } = context.shell;
  return [
    nameStep(l10n, l10n.t('A name for the agent')),
    {
      fields: ['model'],
      ask: async (frame, state) => {
        const models = await modelsInUse(context, connection);
        const answer = await askChoice<string>(frame, {
          placeholder: l10n.t('Choose a model, or type the name of any other'),
          choices: models.map((model) => ({ label: visible(model), icon: 'symbol-misc', value: model })),
          typed: models.includes(state.model) ? '' : state.model,
          freeText: (typed) => ({
            label: l10n.t('Use “{model}”', { model: visible(typed) }),
            icon: 'edit',
            value: typed,
          }),
          selected: (model) => model === state.model,
        });
        return answer.kind === 'value' ? { kind: 'value', value: { model: answer.value } } : answer;
      },
    },
    {
      fields: ['system'],
      ask: async (frame, state) => {
        const answer = await askText(frame, {
          prompt: l10n.t('System prompt: what the agent is to know and to do. Leave it empty for none'),
          placeholder: l10n.t('System prompt (optional)'),
          value: state.system,
          validate: (text) =>
            text.length > MAX_SYSTEM
              ? l10n.t('A system prompt has at most {limit} characters.', { limit: MAX_SYSTEM })
              : undefined,
        });
        return answer.kind === 'value' ? { kind: 'value', value: { system: answer.value } } : answer;
      },
    },
    {
      fields: ['tools'],
      ask: async (frame, state) => {
        const answer = await askChoice<Tools>(frame, {
          placeholder: l10n.t('Which tools the agent has'),
          choices: [
            {
              label: l10n.t('Built-in tools'),
              detail: l10n.t('Shell, files and web, used as the agent sees fit'),
              icon: 'tools',
              value: 'free',
            },
            {
              label: l10n.t('Built-in tools, asking first'),
              detail: l10n.t('Every use waits for your approval'),
              icon: 'shield',
              value: 'ask',
            },
            { label: l10n.t('No tools'), detail: l10n.t('It can only talk'), icon: 'comment', value: 'none' },
          ],
          selected: (tools) => tools === state.tools,
        });
        return answer.kind === 'value' ? { kind: 'value', value: { tools: answer.value } } : answer;
      },
    },
  ];
}

/** Models of the agents that are there, the most used first; a list that cannot be read is no reason to stop. */
async function modelsInUse(context: CommandContext, connection: Connection): Promise<readonly string[]> {
  const { shell, explorer } = context;
  const shown = explorer.lists;
  const isShown = shown.scope.connection.id === connection.id && shown.agents.pager.isLoaded;
  const agents = isShown
    ? shown.agents.pager.items
    : await shell.clients
        .for(connection)
        .listAgents({ limit: MAX_MODELS })
        .then((page) => page.items)
        .catch(() => []);
  const uses = new Map<string, number>();
  for (const { model } of agents) {
    if (model !== undefined) {
      uses.set(model, (uses.get(model) ?? 0) + 1);
    }
  }
  const used = [...uses].sort((a, b) => b[1] - a[1]).map(([model]) => model);
  return [...new Set([...used, ...usualModels])].slice(0, MAX_MODELS);
}

function body({ name, model, system, tools }: NewAgent): JsonObject {
  const toolset: JsonObject = { type: 'agent_toolset_20260401' };
  if (tools === 'ask') {
    toolset['default_config'] = { enabled: true, permission_policy: { type: 'always_ask' } };
  }
  return {
    name,
    model,
    ...(system !== '' && { system }),
    ...(tools !== 'none' && { tools: [toolset] }),
  };
}
