import type { L10n } from '../../../l10n.ts';
import type { Answer, Frame } from '../../input/answer.ts';
import { askChoice } from '../../input/askChoice.ts';
import { askText } from '../../input/askText.ts';
import type { TextInEditor } from '../../input/textInEditor.ts';
import type { CommandContext } from '../commandContext.ts';
import { closeWritten } from './closeWritten.ts';

export interface LongText {
  readonly prompt: string;
  readonly text: string;
  readonly language: string;
  readonly validate: (text: string) => string | undefined;
}

/**
 * Asks for a text of any length: one line here, or as many as wanted in an untitled editor. A text that has
 * several lines already goes to the editor, since one line would lose the rest.
 */
export async function askLongText(
  frame: Frame,
  { prompt, text, language, validate }: LongText,
  texts: TextInEditor,
  l10n: L10n,
): Promise<Answer<string>> {
  for (;;) {
    const way =
      text.includes('\n') || text.length > 300
        ? ({ kind: 'value', value: 'editor' } as const)
        : await askChoice<'line' | 'editor'>(frame, {
            placeholder: prompt,
            choices: [
              { label: l10n.t('Write one line here'), icon: 'edit', value: 'line' },
              { label: l10n.t('Write it in an editor'), icon: 'go-to-file', value: 'editor' },
            ],
          });
    if (way.kind !== 'value') {
      return way;
    }
    if (way.value === 'editor') {
      return await writeInEditor({ prompt, text, language, validate }, texts, l10n);
    }
    const answer = await askText({ ...frame, canGoBack: true }, { prompt, value: text, validate });
    if (answer.kind !== 'back') {
      return answer;
    }
  }
}

/** Asks for a text in an untitled editor. Closing it, or cancelling the notification, leads back. */
export async function writeInEditor(
  { prompt, text, language, validate }: LongText,
  texts: TextInEditor,
  l10n: L10n,
): Promise<Answer<string>> {
  const hint = l10n.t('{prompt}. Write it in the editor, then run “Use This Text” (Ctrl+Enter).', { prompt });
  const answer = await texts.ask({ hint, language, text, validate });
  if (answer.kind !== 'value') {
    return answer;
  }
  await closeWritten(answer.value);
  return { kind: 'value', value: answer.value.text };
}

/** Hands over what was written. */
export async function useText({ longTexts }: CommandContext): Promise<void> {
  await longTexts.accept();
}
