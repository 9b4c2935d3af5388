import assert from 'node:assert/strict';
import type { Answer, Frame } from '../../../src/vscode/input/answer.ts';
import { runWizard, type Step } from '../../../src/vscode/input/wizard.ts';

interface State {
  readonly name: string;
  readonly kind: string;
  readonly extra: string;
}

/** Steps that answer from a script and note what they were asked with. */
function scripted(answers: string[]) {
  const asked: { readonly field: string; readonly frame: Frame; readonly before: string }[] = [];
  const step = (field: keyof State, applies?: (state: State) => boolean): Step<State> => ({
    fields: [field],
    ...(applies !== undefined && { applies }),
    ask: (frame, state): Promise<Answer<Partial<State>>> => {
      asked.push({ field, frame, before: state[field] });
      const given = answers.shift() ?? 'cancelled';
      return Promise.resolve(
        given === 'back' || given === 'cancelled'
          ? { kind: given }
          : { kind: 'value', value: { [field]: given } },
      );
    },
  });
  const steps = [step('name'), step('kind'), step('extra', (state) => state.kind === 'special')];
  return { asked, steps };
}
const state: State = { name: '', kind: '', extra: '' };

describe('runWizard', () => {
  it('asks in order and leaves out what does not apply', async () => {
    const { asked, steps } = scripted(['a', 'plain']);
    assert.deepEqual(await runWizard({ title: 'T', steps, state }), { name: 'a', kind: 'plain', extra: '' });
    assert.deepEqual(
      asked.map(({ field, frame }) => [field, frame.step, frame.totalSteps, frame.canGoBack]),
      [
        ['name', 1, 2, false],
        ['kind', 2, 2, true],
      ],
    );
  });

  it('goes back without losing what was entered', async () => {
    const { asked, steps } = scripted(['a', 'special', 'back', 'back', 'b', 'special', 'x']);
    assert.deepEqual(await runWizard({ title: 'T', steps, state }), {
      name: 'b',
      kind: 'special',
      extra: 'x',
    });
    assert.deepEqual(
      asked.map(({ field, before }) => [field, before]),
      [
        ['name', ''],
        ['kind', ''],
        ['extra', ''],
        ['kind', 'special'],
        ['name', 'a'],
        ['kind', 'special'],
        ['extra', ''],
      ],
    );
  });

  it('can begin in the middle, says there why, and only there', async () => {
    const { asked, steps } = scripted(['plain']);
    const filled = { ...state, name: 'kept' };
    const result = await runWizard({ title: 'T', steps, state: filled, startAt: 1, problem: 'Taken' });
    assert.equal(result?.name, 'kept');
    assert.deepEqual(
      asked.map(({ field, frame }) => [field, frame.problem]),
      [['kind', 'Taken']],
    );
  });

  it('ends with nothing when the person gives up, and has told what there was', async () => {
    const { steps } = scripted(['a', 'cancelled']);
    const told: State[] = [];
    const remember = (soFar: State) => told.push(soFar);
    assert.equal(await runWizard({ title: 'T', steps, state, remember }), undefined);
    assert.deepEqual(told, [{ name: 'a', kind: '', extra: '' }]);
  });
});
