import type { L10n } from '../../l10n.ts';
import type { ExportContents } from '../../transcript/export/exportFilter.ts';
import type { PersonalKind } from '../../transcript/export/redaction.ts';
import { asArray, asObject, field } from '../../util/json.ts';
import type { Answer } from '../input/answer.ts';
import type { Choice } from '../input/askChoice.ts';
import { askSome } from '../input/askSome.ts';

/** What goes into an export, and what is cut out of it beside keys. */
export interface ExportSelection extends ExportContents {
  readonly cut: readonly PersonalKind[];
}

/** All there is, without keys. */
export const everything: ExportSelection = { toolOutputs: true, thinking: true, cut: [] };

type Option = keyof ExportContents | PersonalKind;

/** Asks what goes into an export. Keys are no question. */
export async function askExportContents(l10n: L10n): Promise<Answer<ExportSelection>> {
  const answer = await askSome<Option>(
    { title: l10n.t('Export Session: Contents') },
    {
      placeholder: l10n.t('Keys are always cut out. What else goes in, and what else is cut out?'),
      choices: options(l10n),
      selected: (option) => option === 'toolOutputs' || option === 'thinking',
    },
  );
  return answer.kind === 'value' ? { kind: 'value', value: selectionOf(answer.value) } : answer;
}

/** The selection that a command was called with: `{ include?: string[], cut?: string[] }`; undefined where it names none. */
export function givenContents(argument: unknown): ExportSelection | undefined {
  const given = asObject(argument);
  const include = field(given, 'include');
  const cut = field(given, 'cut');
  if (include === undefined && cut === undefined) {
    return undefined;
  }
  const named = [
    ...(include === undefined ? ['toolOutputs', 'thinking'] : asArray(include)),
    ...asArray(cut),
  ];
  return selectionOf(named.filter(isOption));
}

function selectionOf(chosen: readonly Option[]): ExportSelection {
  return {
    toolOutputs: chosen.includes('toolOutputs'),
    thinking: chosen.includes('thinking'),
    cut: chosen.filter((option) => option !== 'toolOutputs' && option !== 'thinking'),
  };
}

const allOptions: readonly Option[] = ['toolOutputs', 'thinking', 'emails', 'userNames', 'paths'];

function isOption(value: unknown): value is Option {
  return allOptions.some((option) => option === value);
}

function options(l10n: L10n): readonly Choice<Option>[] {
  return [
    {
      label: l10n.t('With Tool Outputs'),
      detail: l10n.t('What tools gave back. Without, the calls stay and their results are left out.'),
      value: 'toolOutputs',
    },
    {
      label: l10n.t('With Thinking'),
      detail: l10n.t('What the agent thought before it answered.'),
      value: 'thinking',
    },
    {
      label: l10n.t('Cut Out E-Mail Addresses'),
      detail: l10n.t('Everything of the form name@host becomes [e-mail].'),
      value: 'emails',
    },
    {
      label: l10n.t('Cut Out User Names'),
      detail: l10n.t(
        'The names of home folders (/home/…, /Users/…) and your name on this machine become [user]. Other names stay.',
      ),
      value: 'userNames',
    },
    {
      label: l10n.t('Cut Out Paths'),
      detail: l10n.t(
        'Of absolute paths only the last part stays: /work/app/main.ts becomes …/main.ts. Paths with blanks may stay in part.',
      ),
      value: 'paths',
    },
  ];
}

/** What a reader of an export is told about what is not in it. */
export function exportNote({ toolOutputs, thinking, cut }: ExportSelection, l10n: L10n): string | undefined {
  const left = [...(toolOutputs ? [] : [l10n.t('tool outputs')]), ...(thinking ? [] : [l10n.t('thinking')])];
  const words: Record<PersonalKind, string> = {
    emails: l10n.t('e-mail addresses'),
    userNames: l10n.t('user names'),
    paths: l10n.t('absolute paths'),
  };
  const sentences = [
    ...(left.length === 0 ? [] : [l10n.t('Left out of this export: {what}.', { what: left.join(', ') })]),
    ...(cut.length === 0
      ? []
      : [
          l10n.t('Cut out as far as patterns go: {what}.', {
            what: cut.map((kind) => words[kind]).join(', '),
          }),
        ]),
  ];
  return sentences.length === 0 ? undefined : sentences.join(' ');
}
