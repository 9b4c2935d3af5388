import type { Connection } from '../../api/connection.ts';
import { type Agent, decodeModel } from '../../api/resources/agent.ts';
import { lengthProblem, limits } from '../../edit/limits.ts';
import { withModel } from '../../edit/models.ts';
import { visible } from '../../text/visible.ts';
import { asText, field, type JsonObject } from '../../util/json.ts';
import type { Answer, Frame } from '../input/answer.ts';
import { askChoice } from '../input/askChoice.ts';
import { askFields } from '../input/askFields.ts';
import { askText } from '../input/askText.ts';
import type { Step } from '../input/wizard.ts';
import type { CommandContext } from './commandContext.ts';
import { runCreateFlow } from './createFlow.ts';
import type { DraftKind } from './drafts.ts';
import { agentFields, askModel } from './fields/agentFields.ts';
import { nameStep } from './nameStep.ts';
import { connectionOf } from './targets.ts';

type Tools = 'free' | 'ask' | 'none' | 'more';

interface NewAgent {
  readonly name: string;
  readonly model: string;
  readonly system: string;
  readonly tools: Tools;
  /** The whole body, where more was chosen than the questions ask. */
  readonly whole: JsonObject | undefined;
}

/** Asks for name, model, system prompt and tools, and creates the agent. */
export async function createAgent(context: CommandContext, argument?: unknown): Promise<Agent | undefined> {
  const { shell, explorer } = context;
  const connection = connectionOf(context, argument);
  const { l10n, clients } = shell;
  const made = await runCreateFlow<NewAgent, Agent>(context, {
    connection,
    title: l10n.t('Create Agent'),
    steps: steps(context, connection),
    draft: draftOf(connection),
    create: async (state, signal) => await clients.for(connection).createAgent(bodyOf(state), signal),
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
        const answer = await askModel(context, connection, frame, state.model);
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
          validate: (text) => lengthProblem(text, limits.system, l10n),
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
            {
              label: l10n.t('More options…'),
              detail: l10n.t('Single tools, custom tools, MCP servers, a long system prompt, metadata'),
              icon: 'settings-gear',
              value: 'more',
            },
          ],
          selected: (tools) => tools === state.tools,
        });
        return answer.kind === 'value' ? { kind: 'value', value: { tools: answer.value } } : answer;
      },
    },
    {
      fields: ['tools', 'mcp_servers', 'metadata', 'description'],
      applies: (state) => state.tools === 'more',
      ask: async (frame, state) => await askMore(context, connection, frame, state),
    },
  ];
}

/** Every field of the agent, the answers so far among them. What is entered here is kept when it is left. */
async function askMore(
  context: CommandContext,
  connection: Connection,
  frame: Frame,
  state: NewAgent,
): Promise<Answer<Partial<NewAgent>>> {
  const { l10n } = context.shell;
  const draft = draftOf(connection);
  const { name, model, system } = state;
  const before = { ...(context.drafts.take(draft).whole ?? state.whole ?? body(state)), name };
  const object = withModel({ ...before, system: system === '' ? null : system }, model);
  const answer = await askFields(frame, {
    placeholder: l10n.t('Choose what to set, or create the agent'),
    fields: agentFields(context, connection),
    object,
    done: { label: l10n.t('Create'), offered: () => true },
    remember: (whole) => context.drafts.keep(draft, { ...state, ...answersIn(whole), whole }),
    l10n,
  });
  return answer.kind === 'value'
    ? { kind: 'value', value: { ...answersIn(answer.value), whole: answer.value } }
    : answer;
}

/** What the questions ask for, as it was changed among all fields. */
function answersIn(agent: JsonObject): Pick<NewAgent, 'name' | 'model' | 'system'> {
  return {
    name: asText(field(agent, 'name')) ?? '',
    model: decodeModel(field(agent, 'model')) ?? '',
    system: asText(field(agent, 'system')) ?? '',
  };
}

function draftOf(connection: Connection): DraftKind<NewAgent> {
  return {
    name: `agent ${connection.id}`,
    blank: { name: '', model: '', system: '', tools: 'free', whole: undefined },
  };
}

function bodyOf(state: NewAgent): JsonObject {
  if (state.tools !== 'more' || state.whole === undefined) {
    return body(state);
  }
  return Object.fromEntries(Object.entries(state.whole).filter(([, value]) => value !== null));
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
