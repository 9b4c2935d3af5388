import type { Answer, Frame } from './answer.ts';

/** One question of several: gets what is known so far, and answers with what it adds. */
export interface Step<State> {
  /** Names of the request's fields that this step asks for; a complaint about one leads back here. */
  readonly fields: readonly string[];
  /** Whether the question arises at all, given the answers before it. */
  readonly applies?: (state: State) => boolean;
  readonly ask: (frame: Frame, state: State) => Promise<Answer<Partial<State>>>;
}

export interface WizardRun<State> {
  readonly title: string;
  readonly steps: readonly Step<State>[];
  readonly state: State;
  /** Where to begin, and why the person is back. */
  readonly startAt?: number | undefined;
  readonly problem?: string | undefined;
  /** Told after each answer, so that nothing is lost if a later question fails. */
  readonly remember?: (state: State) => void;
}

/** Asks one question after the other, with a way back. Undefined when the person gives up. */
export async function runWizard<State>(run: WizardRun<State>): Promise<State | undefined> {
  let { state } = run;
  let { problem } = run;
  let index = Math.min(run.startAt ?? 0, run.steps.length - 1);
  for (;;) {
    const step = run.steps[index];
    if (step === undefined) {
      return state;
    }
    const asked = run.steps.filter((each) => each === step || each.applies?.(state) !== false);
    const answer = await step.ask(
      {
        title: run.title,
        step: asked.indexOf(step) + 1,
        totalSteps: asked.length,
        canGoBack: asked.indexOf(step) > 0,
        problem,
      },
      state,
    );
    problem = undefined;
    switch (answer.kind) {
      case 'cancelled':
        return undefined;
      case 'back':
        index = neighbour(run.steps, state, index, -1);
        break;
      case 'value':
        state = { ...state, ...answer.value };
        run.remember?.(state);
        index = neighbour(run.steps, state, index, 1);
        break;
    }
  }
}

/** The next step that applies in a direction; the number of steps when there is none after this one. */
function neighbour<State>(
  steps: readonly Step<State>[],
  state: State,
  from: number,
  direction: 1 | -1,
): number {
  let index = from + direction;
  while (index > 0 && index < steps.length && steps[index]?.applies?.(state) === false) {
    index += direction;
  }
  return Math.max(0, index);
}
