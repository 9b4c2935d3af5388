import type { Connection } from '../../api/connection.ts';
import type { Agent } from '../../api/resources/agent.ts';
import type { Environment } from '../../api/resources/environment.ts';
import type { Session } from '../../api/resources/session.ts';
import type { Answer, Frame } from '../input/answer.ts';
import { askFromList, type ListQuestion } from '../input/askFromList.ts';
import { askText } from '../input/askText.ts';
import type { Step } from '../input/wizard.ts';
import { asObject, asText, field } from '../../util/json.ts';
import { AgentNode } from '../tree/nodes/agentNode.ts';
import { EnvironmentNode } from '../tree/nodes/environmentNode.ts';
import { PAGE_SIZE } from '../tree/nodes/listNode.ts';
import { type Identified, Pager } from '../tree/pager.ts';
import type { CommandContext } from './commandContext.ts';
import { createAgent } from './createAgent.ts';
import { createEnvironment } from './createEnvironment.ts';
import { runCreateFlow } from './createFlow.ts';
import { agentChoice, connectionOf, environmentChoice } from './targets.ts';

interface NewSession {
  readonly agentId: string;
  readonly environmentId: string;
  readonly title: string;
}

/**
 * Asks for agent, environment and title, creates the session, and opens it.
 * @param argument an agent or an environment of the tree, or `{ connectionId?, agentId? }`.
 */
export async function createSession(
  context: CommandContext,
  argument?: unknown,
): Promise<Session | undefined> {
  const { shell } = context;
  const { l10n, clients } = shell;
  const connection =
    argument instanceof AgentNode || argument instanceof EnvironmentNode
      ? argument.connection
      : connectionOf(context, argument);
  const agentId =
    argument instanceof AgentNode ? argument.agent.id : asText(field(asObject(argument), 'agentId'));
  const given: Partial<NewSession> = {
    ...(agentId !== undefined && { agentId }),
    ...(argument instanceof EnvironmentNode && { environmentId: argument.environment.id }),
  };
  const made = await runCreateFlow<NewSession, Session>(context, {
    connection,
    title: l10n.t('Create Session'),
    steps: steps(context, connection),
    draft: { name: `session ${connection.id}`, blank: { agentId: '', environmentId: '', title: '' } },
    given,
    startAt: agentId === undefined ? 0 : 1,
    create: async ({ agentId, environmentId, title }, signal) =>
      await clients
        .for(connection)
        .createSession(
          { agent: agentId, environment_id: environmentId, ...(title !== '' && { title }) },
          signal,
        ),
  });
  if (made !== undefined) {
    shell.sessions.refresh(connection.id);
    context.openSession(connection, made.id, made.title === undefined ? {} : { title: made.title });
  }
  return made;
}

function steps(context: CommandContext, connection: Connection): readonly Step<NewSession>[] {
  const { l10n, clients } = context.shell;
  const client = clients.for(connection);
  const argument = { connectionId: connection.id };
  return [
    {
      fields: ['agent'],
      ask: async (frame, state) => {
        const answer = await askOrMake<Agent>(context, frame, {
          question: {
            placeholder: l10n.t('Who does the work'),
            fetchPage: (cursor) => client.listAgents({ limit: PAGE_SIZE, cursor }),
            toChoice: agentChoice,
            selectedId: state.agentId,
          },
          makeLabel: l10n.t('Create an agent…'),
          make: () => createAgent(context, argument),
        });
        return answer.kind === 'value' ? { kind: 'value', value: { agentId: answer.value.id } } : answer;
      },
    },
    {
      fields: ['environment_id'],
      ask: async (frame, state) => {
        const answer = await askOrMake<Environment>(context, frame, {
          question: {
            placeholder: l10n.t('Where it runs'),
            fetchPage: (cursor) => client.listEnvironments({ limit: PAGE_SIZE, cursor }),
            toChoice: environmentChoice,
            selectedId: state.environmentId,
          },
          makeLabel: l10n.t('Create an environment…'),
          make: () => createEnvironment(context, argument),
        });
        return answer.kind === 'value'
          ? { kind: 'value', value: { environmentId: answer.value.id } }
          : answer;
      },
    },
    {
      fields: ['title'],
      ask: async (frame, state) => {
        const answer = await askText(frame, {
          prompt: l10n.t('A title by which you will know the session. Leave it empty for none'),
          placeholder: l10n.t('Title (optional)'),
          value: state.title,
        });
        return answer.kind === 'value' ? { kind: 'value', value: { title: answer.value } } : answer;
      },
    },
  ];
}

interface AskOrMake<T extends Identified> {
  readonly question: Pick<ListQuestion<T, 'make'>, 'placeholder' | 'toChoice' | 'selectedId'> & {
    readonly fetchPage: ConstructorParameters<typeof Pager<T>>[0];
  };
  readonly makeLabel: string;
  readonly make: () => Promise<T | undefined>;
}

/** Asks for one of a list, or makes a new one on the way and goes on with that. */
async function askOrMake<T extends Identified>(
  { shell }: CommandContext,
  frame: Frame,
  { question, makeLabel, make }: AskOrMake<T>,
): Promise<Answer<T>> {
  for (;;) {
    const answer = await askFromList<T, 'make'>(frame, {
      ...question,
      pager: new Pager(question.fetchPage),
      extras: [{ label: makeLabel, icon: 'add', value: 'make' }],
      l10n: shell.l10n,
    });
    if (answer.kind !== 'value') {
      return answer;
    }
    if (answer.value.from === 'failure') {
      throw answer.value.error;
    }
    const chosen = answer.value.from === 'list' ? answer.value.item : await make();
    if (chosen !== undefined) {
      return { kind: 'value', value: chosen };
    }
  }
}
