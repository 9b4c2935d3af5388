import * as vscode from 'vscode';
import type { L10n } from '../../l10n.ts';
import type { Identified, Pager } from '../tree/pager.ts';
import type { Answer, Frame } from './answer.ts';
import { type Choice, problemItems, toPick } from './askChoice.ts';
import { showInput } from './quickInput.ts';

export interface ListQuestion<T extends Identified, Extra> {
  readonly placeholder: string;
  /** The list on the server, read as far as the person wants to look. */
  readonly pager: Pager<T>;
  readonly toChoice: (item: T) => Choice<T>;
  /** Choices that are not in the list, such as making a new one. */
  readonly extras?: readonly Choice<Extra>[];
  readonly selectedId?: string | undefined;
  readonly l10n: L10n;
}

type ListAnswer<T, Extra> =
  | { readonly from: 'list'; readonly item: T }
  | { readonly from: 'extras'; readonly extra: Extra }
  | { readonly from: 'failure'; readonly error: Error };
type Pick<T, Extra> = vscode.QuickPickItem & {
  readonly value?: { readonly item: T } | { readonly extra: Extra } | 'more';
};

/** Asks to choose one thing of a list on the server. A list that cannot be read ends the question with the reason. */
export async function askFromList<T extends Identified, Extra = never>(
  frame: Frame,
  question: ListQuestion<T, Extra>,
): Promise<Answer<ListAnswer<T, Extra>>> {
  const { pager, l10n } = question;
  const input = vscode.window.createQuickPick<Pick<T, Extra>>();
  input.placeholder = question.placeholder;
  input.matchOnDescription = true;
  const draw = () => {
    const rows = pager.items.map((item): Pick<T, Extra> => {
      const { value, ...shown } = toPick(question.toChoice(item));
      return { ...shown, value: { item: value } };
    });
    // What comes after the list waits for it: rows that move under the pointer are chosen by mistake.
    const extras = (pager.isLoaded ? (question.extras ?? []) : []).map((choice): Pick<T, Extra> => {
      const { value, ...shown } = toPick(choice);
      return { ...shown, value: { extra: value } };
    });
    const more: Pick<T, Extra>[] = pager.hasMore
      ? [{ label: `$(ellipsis) ${l10n.t('Load more')}`, alwaysShow: true, value: 'more' }]
      : [];
    input.items = [...problemItems<never>(frame), ...rows, ...extras, ...more];
    if (pager.isLoaded && input.items.length === 0) {
      input.placeholder = l10n.t('There is nothing to choose here yet');
    }
  };
  const mark = () => {
    const marked =
      input.items.find(
        ({ value }) => typeof value === 'object' && 'item' in value && value.item.id === question.selectedId,
      ) ?? input.items.find(({ value }) => value !== undefined);
    if (marked !== undefined) {
      input.activeItems = [marked];
    }
  };
  return await showInput<ListAnswer<T, Extra>>(input, frame, (done) => {
    const read = async (step: () => Promise<void>) => {
      input.busy = true;
      await step();
      input.busy = false;
      if (pager.failure !== undefined) {
        done({ kind: 'value', value: { from: 'failure', error: pager.failure.error } });
        return;
      }
      draw();
    };
    input.onDidAccept(() => {
      const value = input.selectedItems[0]?.value;
      if (value === 'more') {
        void read(() => pager.more());
      } else if (value !== undefined) {
        done({
          kind: 'value',
          value:
            'item' in value ? { from: 'list', item: value.item } : { from: 'extras', extra: value.extra },
        });
      }
    });
    draw();
    void read(() => pager.first()).then(mark);
  });
}
