import { ApiError } from '../../api/errors.ts';
import type { Connection } from '../../api/connection.ts';
import { messageEvent, withFirstMessage } from '../../edit/sessionBody.ts';
import type { L10n } from '../../l10n.ts';
import { visible, withoutLinks } from '../../text/visible.ts';
import type { Disposable } from '../../util/disposable.ts';
import { errorText } from '../commands/errorText.ts';
import type { ToolName } from '../ids.ts';
import type { Shell } from '../shell.ts';
import { ShownActions, type ToolAction } from './shownActions.ts';
import { ToolInput } from './toolInput.ts';
import { untrusted } from './untrusted.ts';

/** What the tools need of everything. */
export interface ToolParts {
  readonly shell: Pick<Shell, 'clients' | 'connections' | 'l10n' | 'redactor' | 'sessions'>;
  /** The newest part of a session in writing, of at most `most` UTF-16 units. */
  readonly readSession: (
    connection: Connection,
    sessionId: string,
    most: number,
    signal: AbortSignal,
  ) => Promise<{ readonly text: string; readonly isAll: boolean }>;
}

/** What the editor shows before a tool runs. */
export interface Preparation {
  /** What is going on, while it goes on. */
  readonly progress: string;
  /** Where the user has to agree first: the question, and as Markdown what it is about. */
  readonly question?: { readonly title: string; readonly text: string };
}

/** One tool, as this file has it: what it would do, and what it does. Both throw where the input is not right. */
interface Tool {
  readonly announce: (input: ToolInput) => string | ToolAction;
  readonly run: (input: ToolInput, signal: AbortSignal) => Promise<string>;
}

const MOST_SESSIONS = 50;
const MOST_CHARACTERS = 60_000;

/**
 * What the editor's own AI can do with sessions. Takes what the model wrote, unchecked, and answers with text for
 * the model: never with a key, and what agents wrote only as untrusted data.
 */
export class SessionTools implements Disposable {
  private readonly shell: ToolParts['shell'];
  private readonly tools: Readonly<Record<ToolName, Tool>>;
  private readonly shown: ShownActions;

  constructor({ shell, readSession }: ToolParts) {
    this.shell = shell;
    this.shown = new ShownActions(shell.l10n);
    this.tools = {
      managedAgents_listSessions: listing(shell),
      managedAgents_readSession: reading(shell, readSession),
      managedAgents_sendMessage: sending(shell),
      managedAgents_createSession: creating(shell),
    };
  }

  /** Throws with a reason that may be read by the model where the input is not right, or nothing may be changed. */
  prepare(name: ToolName, input: unknown): Preparation {
    const announced = this.saying(() => this.tools[name].announce(this.checked(input)));
    return typeof announced === 'string'
      ? { progress: announced }
      : {
          progress: announced.question,
          question: { title: announced.question, text: this.shown.show(announced) },
        };
  }

  /** Rejects with a reason that may be read by the model; with the reason of the signal where that is what ended it. */
  async run(name: ToolName, input: unknown, signal: AbortSignal): Promise<string> {
    signal.throwIfAborted();
    const checked = this.checked(input);
    try {
      const action = this.tools[name].announce(checked);
      if (typeof action !== 'string') {
        this.shown.take(action);
      }
      return this.shell.redactor.redact(await this.tools[name].run(checked, signal));
    } catch (error) {
      signal.throwIfAborted();
      throw this.readable(error, checked);
    }
  }

  dispose(): void {
    this.shown.forget();
  }

  private checked(input: unknown): ToolInput {
    return new ToolInput(input, this.shell.connections, this.shell.l10n);
  }

  private saying<T>(act: () => T): T {
    try {
      return act();
    } catch (error) {
      throw new Error(this.redacted(error), { cause: error });
    }
  }

  private readable(error: unknown, input: ToolInput): Error {
    const text = ApiError.is(error) ? errorText(this.shell, error, input.connection) : this.redacted(error);
    return new Error(text, { cause: error });
  }

  private redacted(error: unknown): string {
    return this.shell.redactor.redact(error instanceof Error ? error.message : String(error));
  }
}

function listing({ clients, l10n }: ToolParts['shell']): Tool {
  return {
    announce: ({ connection }) => l10n.t('Listing the sessions of {name}', { name: nameOf(connection) }),
    run: async (input, signal) => {
      const { connection } = input;
      const limit = input.count('limit', 1, MOST_SESSIONS);
      const { items } = await clients.for(connection).listSessions({ limit, signal });
      const lines = items.slice(0, limit).map(({ id, title, status, statusText, updatedAt, createdAt }) => {
        const at = updatedAt ?? createdAt;
        const time = at === undefined ? '' : new Date(at).toISOString();
        return [visible(id), visible(statusText ?? status), time, visible(title ?? '')].join('\t');
      });
      const what = `The newest sessions of the connection ${nameOf(connection)}: id, status, time and title.`;
      return untrusted(what, lines.length === 0 ? '(There are none.)' : lines.join('\n'));
    },
  };
}

function reading({ clients, l10n }: ToolParts['shell'], readSession: ToolParts['readSession']): Tool {
  return {
    announce: (input) =>
      l10n.t('Reading session {id} of {name}', {
        id: input.id('sessionId'),
        name: nameOf(input.connection),
      }),
    run: async (input, signal) => {
      const { connection } = input;
      const id = input.id('sessionId');
      const most = input.count('maxCharacters', 1_000, MOST_CHARACTERS);
      // Asked for first: a session that cannot be had has to be an error, not an empty text.
      const { status, statusText } = await clients.for(connection).getSession(id, signal);
      const { text, isAll } = await readSession(connection, id, most, signal);
      const how = isAll ? 'This is all of it.' : 'Only its newest part is here.';
      return untrusted(
        `Session ${id}, status ${visible(statusText ?? status, 40)}. ${how}`,
        text.toWellFormed(),
      );
    },
  };
}

function sending({ clients, l10n, sessions }: ToolParts['shell']): Tool {
  return {
    announce: (input) => ({
      question: l10n.t('Send this message to a session?'),
      connection: input.writable,
      facts: [
        [l10n.t('Session'), input.id('sessionId')],
        [l10n.t('Message'), input.message],
      ],
    }),
    run: async (input, signal) => {
      const { writable: connection, message } = input;
      const id = input.id('sessionId');
      await clients.for(connection).sendEvents(id, [messageEvent(message)], signal);
      sessions.refresh(connection.id);
      return `The message was sent to session ${id}. The agent answers in its own time: read the session later.`;
    },
  };
}

function creating({ clients, l10n, sessions }: ToolParts['shell']): Tool {
  return {
    announce: (input) => {
      const { title, optionalMessage: message } = input;
      return {
        question: l10n.t('Create a session?'),
        connection: input.writable,
        facts: [
          [l10n.t('Agent'), input.id('agentId')],
          [l10n.t('Environment'), input.id('environmentId')],
          ...optionalFact(l10n, 'Title', title),
          ...optionalFact(l10n, 'Message', message),
        ],
      };
    },
    run: async (input, signal) => {
      const { writable: connection, title, optionalMessage: message = '' } = input;
      const body = {
        agent: input.id('agentId'),
        environment_id: input.id('environmentId'),
        ...(title !== undefined && { title }),
      };
      const { id } = await clients.for(connection).createSession(withFirstMessage(body, message), signal);
      sessions.refresh(connection.id);
      return `The session ${visible(id, 128)} was created${message === '' ? '' : ', and its first message was sent'}.`;
    },
  };
}

function optionalFact(l10n: L10n, label: 'Title' | 'Message', value: string | undefined) {
  return value === undefined
    ? []
    : [[label === 'Title' ? l10n.t('Title') : l10n.t('Message'), value] as const];
}

function nameOf({ name }: Connection): string {
  return withoutLinks(visible(name, 60));
}
