import * as vscode from 'vscode';
import { partsOf, type SessionFilter } from '../../browse/sessionFilter.ts';
import type { L10n } from '../../l10n.ts';
import { MAX_FIND_TEXT } from '../../protocol/findMessages.ts';
import { Matcher } from '../../transcript/searchMatcher.ts';
import { showInput } from '../input/quickInput.ts';
import type { SearchScope } from './searchRequest.ts';

/** What is asked for before a search. */
export interface AskedSearch extends SearchScope {
  readonly text: string;
  readonly matchCase: boolean;
  readonly wholeWord: boolean;
}

type Option = Exclude<keyof AskedSearch, 'text'>;

/** Asks what to look for and where; each option is a button that says how it stands. */
export async function askSearch(
  title: string,
  start: AskedSearch,
  list: SessionFilter,
  l10n: L10n,
): Promise<AskedSearch | undefined> {
  const input = vscode.window.createInputBox();
  const options: Record<Option, boolean> = { ...start };
  const hasFilter = partsOf(list).some((part) => part !== 'archived');
  input.value = start.text;
  input.placeholder = l10n.t('Text in messages, tool inputs and outputs');
  const draw = () => {
    input.buttons = buttonsOf(options, hasFilter, l10n);
    input.prompt = scopeText(options, hasFilter, l10n);
  };
  const answer = await showInput<AskedSearch>(input, { title }, (done, disposables) => {
    draw();
    disposables.add(
      input.onDidTriggerButton((button) => {
        if (isOptionButton(button)) {
          options[button.option] = !options[button.option];
          draw();
        }
      }),
    );
    disposables.add(
      input.onDidChangeValue(() => {
        input.validationMessage = undefined;
      }),
    );
    disposables.add(
      input.onDidAccept(() => {
        const problem = problemOf(input.value, l10n);
        if (problem === undefined) {
          done({ kind: 'value', value: { ...options, text: input.value } });
        } else {
          input.validationMessage = problem;
        }
      }),
    );
  });
  return answer.kind === 'value' ? answer.value : undefined;
}

/** What is wrong with a text to look for, if anything. */
function problemOf(text: string, l10n: L10n): string | undefined {
  if (text.trim() === '' || new Matcher({ text, matchCase: false, wholeWord: false }).needle.trim() === '') {
    return l10n.t('Write what to look for.');
  }
  return text.length > MAX_FIND_TEXT
    ? l10n.t('This is too long to be looked for: {count} characters at most.', { count: MAX_FIND_TEXT })
    : undefined;
}

interface OptionButton extends vscode.QuickInputButton {
  readonly option: Option;
}

function isOptionButton(button: vscode.QuickInputButton): button is OptionButton {
  return 'option' in button;
}

function buttonsOf(
  options: Readonly<Record<Option, boolean>>,
  hasFilter: boolean,
  l10n: L10n,
): readonly OptionButton[] {
  const button = (option: Option, icon: string, name: string): OptionButton => ({
    option,
    iconPath: new vscode.ThemeIcon(icon),
    tooltip: options[option]
      ? l10n.t('{option}: on', { option: name })
      : l10n.t('{option}: off', { option: name }),
  });
  return [
    button('matchCase', 'case-sensitive', l10n.t('Match Case')),
    button('wholeWord', 'whole-word', l10n.t('Match Whole Word')),
    ...(hasFilter
      ? [
          button(
            'isFiltered',
            options.isFiltered ? 'filter-filled' : 'filter',
            l10n.t('Only sessions that pass the filter of the list'),
          ),
        ]
      : []),
    button('withArchived', 'archive', l10n.t('Archived sessions too')),
  ];
}

/** How the options stand, in words. */
function scopeText(
  { isFiltered, withArchived, matchCase, wholeWord }: Readonly<Record<Option, boolean>>,
  hasFilter: boolean,
  l10n: L10n,
): string {
  const where =
    hasFilter && isFiltered
      ? l10n.t('In sessions that pass the filter of the list')
      : l10n.t('In all sessions');
  return [
    where,
    withArchived ? l10n.t('archived too') : l10n.t('without archived'),
    ...(matchCase ? [l10n.t('match case')] : []),
    ...(wholeWord ? [l10n.t('whole words')] : []),
  ].join(' · ');
}
