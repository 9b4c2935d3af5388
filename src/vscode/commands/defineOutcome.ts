import * as vscode from 'vscode';
import type { Connection } from '../../api/connection.ts';
import { ApiError } from '../../api/errors.ts';
import { visible } from '../../text/visible.ts';
import type { JsonObject } from '../../util/json.ts';
import type { Answer, Frame } from '../input/answer.ts';
import { askChoice, type Choice } from '../input/askChoice.ts';
import { askText } from '../input/askText.ts';
import type { WrittenText } from '../input/textInEditor.ts';
import type { Step } from '../input/wizard.ts';
import type { CommandContext } from './commandContext.ts';
import { runCreateFlow } from './createFlow.ts';
import type { DraftKind } from './drafts.ts';
import { sessionRef, type SessionRef } from './sessionRef.ts';

/** Limits of the API. */
const MAX_RUBRIC = 262_144;
const MAX_ITERATIONS = 20;

interface NewOutcome {
  readonly description: string;
  readonly rubric: string;
  /** The editor in which the rubric was written, to be closed when it is no longer needed. */
  readonly written: vscode.TextDocument | undefined;
  readonly iterations: number;
}

/**
 * Tells the agent of a session what to reach, and by what it is judged: the service has it work, judges each
 * result by the rubric, and sends it back to revise as often as allowed.
 */
export async function defineOutcome(context: CommandContext, argument?: unknown): Promise<void> {
  const { l10n, notify, sessions } = context.shell;
  const title = l10n.t('Define Outcome');
  const ref = await sessionRef(context, argument, title);
  if (ref === undefined) {
    return;
  }
  const draft = draftOf(ref);
  const sent = await runCreateFlow<NewOutcome, Sent>(context, {
    connection: ref.connection,
    title,
    steps: steps(context),
    draft,
    create: async (state, signal) => await send(context, ref, state, signal),
  });
  if (sent === undefined) {
    return;
  }
  if (sent.refusal !== undefined) {
    context.drafts.keep(draft, sent.outcome);
    notify.warn(notTaken(context, ref.connection, sent.refusal));
    return;
  }
  await closeEditor(sent.outcome);
  sessions.refresh(ref.connection.id);
  const { connection, sessionId, title: name } = ref;
  await context.openSession(connection, sessionId, name === undefined ? {} : { title: name });
}

/** Hands over the rubric that stands in the active editor. */
export async function useRubric({ texts }: CommandContext): Promise<void> {
  await texts.accept();
}

function draftOf({ connection, sessionId }: SessionRef): DraftKind<NewOutcome> {
  return {
    name: `outcome ${connection.id} ${sessionId}`,
    blank: { description: '', rubric: '', written: undefined, iterations: 3 },
  };
}

// ---- sending ----

interface Sent {
  readonly outcome: NewOutcome;
  /** Set where the server does not know this kind of event; to ask again would not help. */
  readonly refusal: ApiError | undefined;
}

async function send(
  { shell }: CommandContext,
  { connection, sessionId }: SessionRef,
  outcome: NewOutcome,
  signal: AbortSignal,
): Promise<Sent> {
  const event: JsonObject = {
    type: 'user.define_outcome',
    description: outcome.description,
    rubric: { type: 'text', content: outcome.rubric },
    max_iterations: outcome.iterations,
  };
  try {
    await shell.clients.for(connection).sendEvents(sessionId, [event], signal);
    return { outcome, refusal: undefined };
  } catch (error) {
    if (ApiError.is(error) && isKindRefused(error)) {
      return { outcome, refusal: error };
    }
    throw error;
  }
}

/** Whether the server complains about the kind of the event itself, not about what is in it. */
function isKindRefused(error: ApiError): boolean {
  const paths = (error.details.fieldErrors ?? []).map(({ path }) => path);
  return error.reason === 'notOffered' || paths.some((path) => /^events(\.0)?(\.type)?$/.test(path));
}

function notTaken({ shell }: CommandContext, { name }: Connection, error: ApiError): string {
  const { l10n, redactor } = shell;
  const said = error.details.fieldErrors?.[0]?.message ?? error.details.serverMessage ?? '';
  const text = l10n.t(
    '{server} does not take outcomes: it may be of an older version. What you wrote is kept.',
    {
      server: name,
    },
  );
  return said === ''
    ? text
    : redactor.redact(`${text} ${l10n.t('It said: {text}', { text: visible(said, 300) })}`);
}

/** The untitled editor has served its purpose; one that was changed since stays. */
async function closeEditor({ written, rubric }: NewOutcome): Promise<void> {
  if (written?.isUntitled === true && !written.isClosed && written.getText() === rubric) {
    await vscode.window.showTextDocument(written);
    await vscode.commands.executeCommand('workbench.action.revertAndCloseActiveEditor');
  }
}

// ---- questions ----

function steps(context: CommandContext): readonly Step<NewOutcome>[] {
  const { l10n } = context.shell;
  return [
    {
      fields: ['description'],
      ask: async (frame, state) => {
        const answer = await askText(frame, {
          prompt: l10n.t('What is to be reached? The agent works on it until the rubric is met.'),
          placeholder: l10n.t('A summary of the incident that a newcomer understands'),
          value: state.description,
          validate: (text) => (text === '' ? l10n.t('Say what is to be reached.') : undefined),
        });
        return answer.kind === 'value' ? { kind: 'value', value: { description: answer.value } } : answer;
      },
    },
    { fields: ['rubric'], ask: async (frame, state) => await askRubric(context, frame, state) },
    {
      fields: ['max_iterations'],
      ask: async (frame, state) => {
        const answer = await askText(frame, {
          prompt: l10n.t('How many tries at most, from 1 to {max}', { max: MAX_ITERATIONS }),
          value: String(state.iterations),
          validate: (text) =>
            /^\d{1,2}$/.test(text) && Number(text) >= 1 && Number(text) <= MAX_ITERATIONS
              ? undefined
              : l10n.t('A whole number from 1 to {max}.', { max: MAX_ITERATIONS }),
        });
        return answer.kind === 'value'
          ? { kind: 'value', value: { iterations: Number(answer.value) } }
          : answer;
      },
    },
  ];
}

type RubricSource = 'editor' | 'line' | 'kept' | vscode.TextDocument;

/** A rubric has many lines, and often stands somewhere already. */
async function askRubric(
  context: CommandContext,
  frame: Frame,
  state: NewOutcome,
): Promise<Answer<Partial<NewOutcome>>> {
  const { l10n } = context.shell;
  for (;;) {
    const source = await askChoice<RubricSource>(frame, {
      placeholder: l10n.t('By what is the result judged?'),
      choices: sources(context, state),
    });
    if (source.kind !== 'value') {
      return source;
    }
    const rubric = await rubricFrom(source.value, context, frame, state);
    if (rubric.kind !== 'back') {
      return rubric;
    }
  }
}

function sources({ shell }: CommandContext, state: NewOutcome): readonly Choice<RubricSource>[] {
  const { l10n } = shell;
  const size = (text: string) =>
    l10n.t('{lines} lines, {characters} characters', {
      lines: text.split('\n').length,
      characters: text.length,
    });
  const open = vscode.window.visibleTextEditors
    .map(({ document }) => document)
    .filter(({ uri, isClosed }) => ['file', 'untitled', 'vscode-remote'].includes(uri.scheme) && !isClosed)
    .filter((document) => problemOf(document.getText(), shell.l10n) === undefined);
  return [
    ...(state.rubric === ''
      ? []
      : [
          {
            label: l10n.t('Keep the rubric as it is'),
            description: size(state.rubric),
            detail: visible(state.rubric.replaceAll(/\s+/g, ' '), 120),
            icon: 'check',
            value: 'kept' as const,
          },
        ]),
    {
      label: l10n.t('Write it in an editor'),
      detail: l10n.t('As Markdown, in as many lines as it takes'),
      icon: 'edit',
      value: 'editor' as const,
    },
    ...[...new Set(open)].map((document) => ({
      label: l10n.t('Use the text of {name}', { name: visible(nameOf(document), 80) }),
      description: size(document.getText()),
      icon: 'file',
      value: document,
    })),
    { label: l10n.t('Write one line here'), icon: 'dash', value: 'line' as const },
  ];
}

async function rubricFrom(
  source: RubricSource,
  context: CommandContext,
  frame: Frame,
  state: NewOutcome,
): Promise<Answer<Partial<NewOutcome>>> {
  const { l10n } = context.shell;
  const validate = (text: string) => problemOf(text, l10n);
  if (source === 'kept') {
    return { kind: 'value', value: {} };
  }
  if (source === 'editor') {
    const written: Answer<WrittenText> = await context.texts.ask({
      hint: l10n.t(
        'Write the rubric, one point per line. Then choose “Use as Rubric”: the check mark at the top right, or Ctrl+Enter.',
      ),
      language: 'markdown',
      text: state.rubric === '' ? `# ${l10n.t('The result is good when')}\n\n- ` : state.rubric,
      validate,
    });
    return written.kind === 'value'
      ? { kind: 'value', value: { rubric: written.value.text, written: written.value.document } }
      : written;
  }
  if (source === 'line') {
    const line = await askText(
      { ...frame, canGoBack: true },
      {
        prompt: l10n.t('The rubric in one line'),
        value: state.rubric.includes('\n') ? '' : state.rubric,
        validate,
      },
    );
    return line.kind === 'value'
      ? { kind: 'value', value: { rubric: line.value, written: undefined } }
      : line;
  }
  return { kind: 'value', value: { rubric: source.getText(), written: undefined } };
}

function problemOf(text: string, l10n: CommandContext['shell']['l10n']): string | undefined {
  if (text.trim() === '') {
    return l10n.t('The rubric is empty. Write by what the result is judged.');
  }
  return text.length > MAX_RUBRIC
    ? l10n.t('The rubric has {count} characters; at most {max} are taken.', {
        count: text.length,
        max: MAX_RUBRIC,
      })
    : undefined;
}

function nameOf(document: vscode.TextDocument): string {
  return document.uri.path.split('/').pop() ?? document.uri.path;
}
