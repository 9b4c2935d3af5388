import * as vscode from 'vscode';
import { withoutIcons } from '../../text/visible.ts';
import type { Answer, Frame } from './answer.ts';
import { showInput } from './quickInput.ts';

/** One thing to choose. Its texts are shown as they are, never read as icons. */
export interface Choice<T> {
  readonly label: string;
  readonly description?: string | undefined;
  readonly detail?: string | undefined;
  /** Name of a codicon before the label. */
  readonly icon?: string;
  readonly value: T;
}

export interface ChoiceQuestion<T> {
  readonly placeholder: string;
  readonly choices: readonly Choice<T>[];
  /** The choice that is marked at first. */
  readonly selected?: ((value: T) => boolean) | undefined;
  /** Makes a choice of what was typed, where free text is welcome. */
  readonly freeText?: (typed: string) => Choice<T> | undefined;
  /** What was typed before, where free text is welcome. */
  readonly typed?: string | undefined;
}

interface Pick<T> extends vscode.QuickPickItem {
  readonly value?: T;
}

/** Asks to choose one of some things. */
export async function askChoice<T>(frame: Frame, question: ChoiceQuestion<T>): Promise<Answer<T>> {
  const input = vscode.window.createQuickPick<Pick<T>>();
  input.placeholder = question.placeholder;
  input.matchOnDescription = true;
  input.matchOnDetail = true;
  const draw = (typed: string, problem: readonly Pick<T>[]) => {
    const free = typed.trim() === '' ? undefined : question.freeText?.(typed.trim());
    input.items = [
      ...problem,
      // A long text is cut in its label, which the editor's filter would then not find.
      ...(free === undefined ? [] : [{ ...toPick(free), alwaysShow: true }]),
      ...question.choices.map(toPick),
    ];
  };
  input.value = question.typed ?? '';
  const problem = problemItems<T>(frame);
  draw(input.value, problem);
  const real = input.items.filter((item) => item.value !== undefined);
  // What says why the question is asked again stands first, and is nothing to choose.
  const marked =
    real.find((item) => item.value !== undefined && question.selected?.(item.value) === true) ?? real[0];
  if (marked !== undefined) {
    input.activeItems = [marked];
  }
  return await showInput<T>(input, frame, (done, disposables) => {
    if (question.freeText !== undefined) {
      // Whoever writes something else has seen what was wrong.
      disposables.add(
        input.onDidChangeValue((typed) => draw(typed, typed === question.typed ? problem : [])),
      );
    }
    disposables.add(
      input.onDidAccept(() => {
        const value = input.selectedItems[0]?.value;
        if (value !== undefined) {
          done({ kind: 'value', value });
        }
      }),
    );
  });
}

/** A pick has no place for an error message; a row above the choices that cannot be chosen is the next best. */
export function problemItems<T>(frame: Frame): Pick<T>[] {
  return frame.problem === undefined
    ? []
    : [
        { label: `$(error) ${withoutIcons(frame.problem)}`, alwaysShow: true },
        { label: '', kind: vscode.QuickPickItemKind.Separator },
      ];
}

export function toPick<T>(choice: Choice<T>): Pick<T> & { readonly value: T } {
  const { label, description, detail, icon, value } = choice;
  return {
    label: icon === undefined ? withoutIcons(label) : `$(${icon}) ${withoutIcons(label)}`,
    ...(description !== undefined && { description: withoutIcons(description) }),
    ...(detail !== undefined && { detail: withoutIcons(detail) }),
    value,
  };
}
