import { ApiError } from '../../api/errors.ts';
import type { Connection } from '../../api/connection.ts';
import { describeError } from '../../text/describeError.ts';
import { sentences } from '../../text/explanation.ts';
import { visible } from '../../text/visible.ts';
import { withCancel } from '../input/withCancel.ts';
import { runWizard, type Step } from '../input/wizard.ts';
import type { CommandContext } from './commandContext.ts';
import type { DraftKind } from './drafts.ts';

export interface CreateFlow<State extends object, Made> {
  readonly connection: Connection;
  /** The title of the questions and of the messages: "Create Agent". */
  readonly title: string;
  readonly steps: readonly Step<State>[];
  readonly draft: DraftKind<State>;
  /** Known before the first question, and not to be taken from an old draft. */
  readonly given?: Partial<State>;
  readonly startAt?: number;
  readonly create: (state: State, signal: AbortSignal) => Promise<Made>;
}

/**
 * Asks, creates, and where creating fails comes back with everything that was entered, at the question that
 * the server complained about. Undefined when the person gives up; what failed is then kept for the next time.
 */
export async function runCreateFlow<State extends object, Made>(
  context: CommandContext,
  flow: CreateFlow<State, Made>,
): Promise<Made | undefined> {
  const { shell, drafts } = context;
  let state: State = { ...drafts.take(flow.draft), ...flow.given };
  let { startAt } = flow;
  let problem: string | undefined;
  const { title, steps } = flow;
  const remember = (soFar: State) => {
    state = soFar;
  };
  for (;;) {
    try {
      const entered = await runWizard({ title, steps, state, startAt, problem, remember });
      if (entered === undefined) {
        return undefined;
      }
    } catch (error) {
      // A question could not be asked, since a list that it offers cannot be read.
      drafts.keep(flow.draft, state);
      throw error;
    }
    try {
      const made = await withCancel(title, (signal) => flow.create(state, signal));
      drafts.forget(flow.draft);
      return made;
    } catch (error) {
      drafts.keep(flow.draft, state);
      if (!ApiError.is(error) || ApiError.is(error, 'cancelled', 'noKey', 'badKey', 'unauthorized')) {
        void shell.notify.error(error, { connection: flow.connection, what: title });
        return undefined;
      }
      // The question that comes back says what is wrong; a message beside it would only say it twice.
      startAt = stepAtFault(error, steps, state);
      problem = shell.redactor.redact(problemText(context, error, flow.connection));
    }
  }
}

/** The step that asks for what the server complained about; otherwise the last one. */
function stepAtFault<State>(error: ApiError, steps: readonly Step<State>[], state: State): number {
  const fields = (error.details.fieldErrors ?? []).map(({ path }) => path.split('.')[0] ?? '');
  const index = steps.findIndex((step) => step.fields.some((name) => fields.includes(name)));
  return index < 0 ? steps.findLastIndex((step) => step.applies?.(state) !== false) : index;
}

function problemText({ shell }: CommandContext, error: ApiError, connection: Connection): string {
  const [first] = error.details.fieldErrors ?? [];
  if (first !== undefined && first.message !== '') {
    return visible(first.path === '' ? first.message : `${first.path}: ${first.message}`);
  }
  const where = { connection: connection.name, origin: connection.origin };
  const { title, why, next } = describeError(error, where, shell.l10n);
  return sentences(title, why, next);
}
