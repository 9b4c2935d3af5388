import type { Connection } from '../../api/connection.ts';
import type { Agent } from '../../api/resources/agent.ts';
import type { Environment } from '../../api/resources/environment.ts';
import type { Session } from '../../api/resources/session.ts';
import { firstMessage, isAnthropicShaped, messageEvent, withFirstMessage } from '../../edit/sessionBody.ts';
import type { Answer, Frame } from '../input/answer.ts';
import { askChoice } from '../input/askChoice.ts';
import { askFields } from '../input/askFields.ts';
import { askFromList, type ListQuestion } from '../input/askFromList.ts';
import { askText } from '../input/askText.ts';
import type { Step } from '../input/wizard.ts';
import { asObject, asText, field, type JsonObject } from '../../util/json.ts';
import { AgentNode } from '../tree/nodes/agentNode.ts';
import { EnvironmentNode } from '../tree/nodes/environmentNode.ts';
import { PAGE_SIZE } from '../tree/nodes/listNode.ts';
import { type Identified, Pager } from '../tree/pager.ts';
import type { CommandContext } from './commandContext.ts';
import { createAgent } from './createAgent.ts';
import { createEnvironment } from './createEnvironment.ts';
import { runCreateFlow } from './createFlow.ts';
import type { DraftKind } from './drafts.ts';
import { sessionFields } from './fields/sessionFields.ts';
import { agentChoice, connectionOf, environmentChoice } from './targets.ts';

interface NewSession {
  readonly agentId: string;
  readonly environmentId: string;
  readonly title: string;
  /** What else the session is given, as fields of the create body. */
  readonly more: JsonObject;
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
  const made = await runCreateFlow<NewSession, Made>(context, {
    connection,
    title: l10n.t('Create Session'),
    steps: steps(context, connection),
    draft: draftOf(connection),
    given,
    startAt: agentId === undefined ? 0 : 1,
    create: async (state, signal) => {
      const session = await clients.for(connection).createSession(bodyOf(state, connection), signal);
      return { session, firstMessage: isAnthropicShaped(connection) ? '' : firstMessage(state.more) };
    },
  });
  if (made === undefined) {
    return undefined;
  }
  const { session } = made;
  shell.sessions.refresh(connection.id);
  await context.openSession(
    connection,
    session.id,
    session.title === undefined ? {} : { title: session.title },
  );
  if (made.firstMessage !== '') {
    await sendFirst(context, connection, session.id, made.firstMessage);
  }
  return session;
}

interface Made {
  readonly session: Session;
  /** What is sent right after creation, where the create body cannot carry it. */
  readonly firstMessage: string;
}

/** Synth's documents know no first events in the create body: there the message is sent as any other. */
function bodyOf({ agentId, environmentId, title, more }: NewSession, connection: Connection): JsonObject {
  const extras = isAnthropicShaped(connection) ? more : withFirstMessage(more, '');
  return { agent: agentId, environment_id: environmentId, ...(title !== '' && { title }), ...extras };
}

/** The session is there by now; a message that fails is not lost, and is sent again only on the user's wish. */
async function sendFirst(
  context: CommandContext,
  connection: Connection,
  sessionId: string,
  text: string,
): Promise<void> {
  const { clients, notify, l10n } = context.shell;
  try {
    await clients.for(connection).sendEvents(sessionId, [messageEvent(text)]);
  } catch (error) {
    void notify.error(error, {
      connection,
      what: l10n.t('The session is created, but its first message was not sent'),
      retry: () => void sendFirst(context, connection, sessionId, text),
    });
  }
}

function draftOf(connection: Connection): DraftKind<NewSession> {
  return {
    name: `session ${connection.id}`,
    blank: { agentId: '', environmentId: '', title: '', more: {} },
  };
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
    {
      fields: ['initial_events', 'metadata', 'resources', 'vault_ids', 'budget'],
      ask: async (frame, state) => await askMore(context, connection, frame, state),
    },
  ];
}

/** Creates at once, unless more is wanted. What was entered here before stands there again. */
async function askMore(
  context: CommandContext,
  connection: Connection,
  frame: Frame,
  state: NewSession,
): Promise<Answer<Partial<NewSession>>> {
  const { l10n } = context.shell;
  const draft = draftOf(connection);
  const kept = context.drafts.take(draft).more;
  let more = Object.keys(kept).length > 0 ? kept : state.more;
  let { problem } = frame;
  for (;;) {
    const hasMore = Object.keys(more).length > 0;
    const choice = hasMore
      ? ({ kind: 'value', value: 'more' } as const)
      : await askChoice<'create' | 'more'>(
          { ...frame, problem },
          {
            placeholder: l10n.t('Create the session now, or give it more first'),
            choices: [
              { label: l10n.t('Create'), icon: 'check', value: 'create' },
              {
                label: l10n.t('More options…'),
                detail: l10n.t('A first message, a repository, files, vaults, a budget, metadata'),
                icon: 'settings-gear',
                value: 'more',
              },
            ],
          },
        );
    if (choice.kind !== 'value') {
      return choice;
    }
    if (choice.value === 'create') {
      return { kind: 'value', value: { more } };
    }
    const answer = await askFields(
      { ...frame, problem },
      {
        placeholder: l10n.t('Choose what to give the session, or create it'),
        fields: sessionFields(context, connection),
        object: more,
        done: { label: l10n.t('Create'), offered: () => true },
        remember: (changed) => {
          more = changed;
          context.drafts.keep(draft, { ...state, more });
        },
        l10n,
      },
    );
    if (answer.kind === 'value') {
      return { kind: 'value', value: { more: answer.value } };
    }
    if (answer.kind === 'cancelled' || hasMore) {
      return answer;
    }
    problem = undefined;
    more = {};
  }
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
