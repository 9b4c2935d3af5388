import { nameProblem } from '../../edit/limits.ts';
import type { L10n } from '../../l10n.ts';
import { askText } from '../input/askText.ts';
import type { Step } from '../input/wizard.ts';

/** The step that asks for a name. */
export function nameStep<State extends { readonly name: string }>(l10n: L10n, prompt: string): Step<State> {
  return {
    fields: ['name'],
    ask: async (frame, state) => {
      const answer = await askText(frame, {
        prompt,
        placeholder: l10n.t('Name'),
        value: state.name,
        validate: (name) => nameProblem(name, l10n),
      });
      // A patch of one known field fits every state that has it; the compiler cannot see that for a type parameter.
      return answer.kind === 'value'
        ? { kind: 'value', value: { name: answer.value } as Partial<State> }
        : answer;
    },
  };
}
