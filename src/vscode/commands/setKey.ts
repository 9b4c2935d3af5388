import * as vscode from 'vscode';
import { type Connection, keyProblem } from '../../api/connection.ts';
import { type EnvironmentKey, environmentKeyOf, keyVariableOf } from '../../api/environmentKey.ts';
import { ApiError } from '../../api/errors.ts';
import { describeError } from '../../text/describeError.ts';
import { sentences } from '../../text/explanation.ts';
import { describeKeyProblem } from '../../text/inputProblems.ts';
import type { Answer } from '../input/answer.ts';
import { askChoice } from '../input/askChoice.ts';
import { showInput } from '../input/quickInput.ts';
import type { CommandContext } from './commandContext.ts';
import { namedConnection } from './namedConnection.ts';

/** A key that was typed or found, and what the server thinks of it. */
interface Checked {
  readonly key: string;
  readonly doubt: ApiError | undefined;
}

/**
 * Asks for a key, tries it on the server, and keeps it. A key that the server rejects never gets that far:
 * the box stays, with what was typed. Where the server cannot say, the person decides.
 */
export async function setKey(context: CommandContext, argument?: unknown): Promise<boolean> {
  const connection = namedConnection(context, argument);
  if (connection === undefined) {
    return false;
  }
  if (context.registry.sandbox?.id === connection.id) {
    context.shell.notify.info(
      context.shell.l10n.t('The local sandbox has its own key. There is nothing to set.'),
    );
    return false;
  }
  const offered = environmentKeyOf(connection, context.environment);
  const source = offered === undefined ? 'typed' : await askSource(context, connection, offered.variable);
  if (source === undefined) {
    return false;
  }
  if (source === 'environment' && offered !== undefined) {
    return await useEnvironmentKey(context, connection, offered);
  }
  let typed = '';
  for (;;) {
    const answer = await askKey(context, connection, typed);
    if (answer.kind !== 'value') {
      return false;
    }
    const { key, doubt } = answer.value;
    const decision = doubt === undefined ? 'keep' : await askAboutDoubt(context, connection, doubt);
    if (decision === 'keep') {
      return await keep(context, connection, key);
    }
    if (decision === 'leave') {
      return false;
    }
    typed = key;
  }
}

/** The password box. It stays open while the server is asked, and when the server says no. */
async function askKey(
  context: CommandContext,
  connection: Connection,
  typed: string,
): Promise<Answer<Checked>> {
  const { l10n } = context.shell;
  const input = vscode.window.createInputBox();
  input.password = true;
  input.value = typed;
  input.prompt = l10n.t(
    'API key for {name} at {origin}. It is kept by the editor’s secret store, for this address only.',
    {
      name: connection.name,
      origin: connection.origin,
    },
  );
  input.placeholder = l10n.t('API key');
  const abort = new AbortController();
  const answer = await showInput<Checked>(
    input,
    { title: l10n.t('Set API Key: {name}', { name: connection.name }) },
    (done, disposables) => {
      disposables.add(input.onDidChangeValue(() => (input.validationMessage = undefined)));
      disposables.add(
        input.onDidAccept(() => {
          if (input.busy) {
            return;
          }
          const key = input.value.trim();
          const problem = keyProblem(key);
          if (problem !== undefined) {
            input.validationMessage = describeKeyProblem(problem, l10n);
            return;
          }
          input.busy = true;
          input.enabled = false;
          void checkKey(context, connection, key, abort.signal).then((doubt) => {
            input.busy = false;
            input.enabled = true;
            if (doubt?.reason === 'unauthorized') {
              input.validationMessage = explain(context, connection, doubt);
            } else {
              done({ kind: 'value', value: { key, doubt } });
            }
          });
        }),
      );
    },
  );
  abort.abort();
  return answer;
}

/** Tries a key on the server. Undefined where it is good; otherwise why that is not known. */
async function checkKey(
  context: CommandContext,
  connection: Connection,
  key: string,
  signal?: AbortSignal,
): Promise<ApiError | undefined> {
  context.shell.redactor.learn(key);
  try {
    // Health may answer without a key, so it would prove nothing.
    await context.clientPool.withKey(connection, key).listAgents({ limit: 1, signal });
    return undefined;
  } catch (error) {
    return ApiError.is(error) ? error : new ApiError('network', { cause: error });
  }
}

async function keep(context: CommandContext, connection: Connection, key: string): Promise<boolean> {
  const { notify, l10n } = context.shell;
  const kept = await context.keyStore.set(connection, key);
  if (kept === 'kept') {
    notify.info(l10n.t('The API key for {name} is set.', { name: connection.name }));
    return true;
  }
  const variable = keyVariableOf(connection);
  const otherWay =
    variable === undefined
      ? ''
      : l10n.t('Or set {variable} where the editor is started: it is offered then, and never stored.', {
          variable,
        });
  const why =
    kept === 'lost'
      ? l10n.t(
          'The editor’s secret store took the key and does not give it back. On Linux this often means that no keyring is running.',
        )
      : l10n.t('The editor’s secret store failed. It may be locked, or no keyring may be running.');
  const useNow = l10n.t('Keep for This Window');
  const pressed = await vscode.window.showWarningMessage(
    l10n.t('The API key for {name} could not be stored.', { name: connection.name }),
    {
      modal: true,
      detail: sentences(why, l10n.t('It can be kept in memory until this window closes.'), otherWay),
    },
    useNow,
  );
  if (pressed !== useNow) {
    return false;
  }
  context.keyStore.keepForWindow(connection, key);
  return true;
}

async function askAboutDoubt(
  context: CommandContext,
  connection: Connection,
  doubt: ApiError,
): Promise<'keep' | 'again' | 'leave'> {
  const { l10n } = context.shell;
  const keepAnyway = l10n.t('Keep the Key Anyway');
  const again = l10n.t('Try Again');
  const pressed = await vscode.window.showWarningMessage(
    l10n.t('The API key could not be checked.'),
    { modal: true, detail: explain(context, connection, doubt) },
    again,
    keepAnyway,
  );
  if (pressed === keepAnyway) {
    return 'keep';
  }
  return pressed === again ? 'again' : 'leave';
}

/** Uses a key of the environment in this window. One that belongs to another server takes an explicit yes. */
export async function useEnvironmentKey(
  context: CommandContext,
  connection: Connection,
  { variable, key, belongs }: EnvironmentKey,
): Promise<boolean> {
  const { notify, l10n } = context.shell;
  if (!belongs && !(await confirmForeign(context, connection, variable))) {
    return false;
  }
  const problem = keyProblem(key);
  if (problem !== undefined) {
    notify.warn(describeKeyProblem(problem, l10n));
    return false;
  }
  const doubt = await checkKey(context, connection, key);
  if (doubt?.reason === 'unauthorized') {
    await notify.error(doubt, { connection });
    return false;
  }
  if (doubt !== undefined && (await askAboutDoubt(context, connection, doubt)) !== 'keep') {
    return false;
  }
  context.keyStore.keepForWindow(connection, key);
  notify.info(
    l10n.t('The key of the environment is used for {name} in this window. It is not stored.', {
      name: connection.name,
    }),
  );
  return true;
}

async function confirmForeign(
  { shell }: CommandContext,
  { origin }: Connection,
  variable: string,
): Promise<boolean> {
  const { l10n } = shell;
  const yes = l10n.t('Send It There');
  const pressed = await vscode.window.showWarningMessage(
    l10n.t('Send the key in {variable} to {origin}?', { variable, origin }),
    {
      modal: true,
      detail: l10n.t('The variable usually holds a key of another server, which {origin} could then use.', {
        origin,
      }),
    },
    yes,
  );
  return pressed === yes;
}

async function askSource(
  context: CommandContext,
  connection: Connection,
  variable: string,
): Promise<'typed' | 'environment' | undefined> {
  const { l10n } = context.shell;
  const answer = await askChoice<'typed' | 'environment'>(
    { title: l10n.t('Set API Key: {name}', { name: connection.name }) },
    {
      placeholder: l10n.t('Where is the key for {origin}?', { origin: connection.origin }),
      choices: [
        { label: l10n.t('Type or paste a key'), icon: 'key', value: 'typed' },
        {
          label: l10n.t('Use {variable} from the environment', { variable }),
          detail: l10n.t('In this window only. It is not stored.'),
          icon: 'terminal',
          value: 'environment',
        },
      ],
    },
  );
  return answer.kind === 'value' ? answer.value : undefined;
}

function explain({ shell }: CommandContext, connection: Connection, error: ApiError): string {
  const where = { connection: connection.name, origin: connection.origin };
  const { title, why, next } = describeError(error, where, shell.l10n);
  return shell.redactor.redact(sentences(title, why, next));
}
