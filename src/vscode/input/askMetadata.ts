import { keyProblem, mayAddPair, type Metadata, valueProblem } from '../../edit/metadata.ts';
import { limits } from '../../edit/limits.ts';
import type { L10n } from '../../l10n.ts';
import { visible } from '../../text/visible.ts';
import type { Answer, Frame } from './answer.ts';
import { askChoice, type Choice } from './askChoice.ts';
import { askText } from './askText.ts';

export interface MetadataQuestion {
  readonly pairs: Metadata;
  /** The row that ends the question: “Save” or “Done”. */
  readonly doneLabel: string;
  /** Told after each change, so that nothing is lost. */
  readonly remember?: (pairs: Metadata) => void;
  readonly l10n: L10n;
}

type Row = { readonly key: string } | 'add' | 'done';

/** Lets pairs be added, changed and removed. Limits are checked before anything is sent. */
export async function askMetadata(frame: Frame, question: MetadataQuestion): Promise<Answer<Metadata>> {
  const { l10n, doneLabel } = question;
  let { pairs } = question;
  let { problem } = frame;
  for (;;) {
    const answer = await askChoice<Row>(
      { ...frame, problem },
      {
        placeholder: l10n.t('{count} of {limit} pairs. Choose one to change or remove it', {
          count: pairs.size,
          limit: limits.metadataPairs,
        }),
        choices: rows(pairs, doneLabel, l10n),
        selected: (row) => (pairs === question.pairs ? row !== 'done' : row === 'done'),
      },
    );
    problem = undefined;
    if (answer.kind !== 'value') {
      return answer;
    }
    if (answer.value === 'done') {
      return { kind: 'value', value: pairs };
    }
    const changed =
      answer.value === 'add'
        ? await add(frame, pairs, l10n)
        : await change(frame, pairs, answer.value.key, l10n);
    if (changed.kind === 'cancelled') {
      return changed;
    }
    if (changed.kind === 'value') {
      pairs = changed.value;
      question.remember?.(pairs);
    }
  }
}

function rows(pairs: Metadata, doneLabel: string, l10n: L10n): readonly Choice<Row>[] {
  return [
    { label: doneLabel, icon: 'check', value: 'done' },
    ...(mayAddPair(pairs) ? [{ label: l10n.t('Add a pair…'), icon: 'add', value: 'add' as const }] : []),
    ...[...pairs].map(([key, value]) => ({
      label: visible(key),
      description: visible(value, 80),
      icon: 'tag',
      value: { key },
    })),
  ];
}

async function add({ title }: Frame, pairs: Metadata, l10n: L10n): Promise<Answer<Metadata>> {
  const key = await askText(
    { title, canGoBack: true },
    {
      prompt: l10n.t('The key, of at most {limit} characters', { limit: limits.metadataKey }),
      validate: (text) => keyProblem(text, pairs, l10n),
    },
  );
  return key.kind === 'value' ? await askValue(title, pairs, key.value, l10n) : key;
}

async function change({ title }: Frame, pairs: Metadata, key: string, l10n: L10n): Promise<Answer<Metadata>> {
  const answer = await askChoice<'change' | 'remove'>(
    { title, canGoBack: true },
    {
      placeholder: visible(key),
      choices: [
        {
          label: l10n.t('Change the value…'),
          description: visible(pairs.get(key) ?? '', 80),
          icon: 'edit',
          value: 'change',
        },
        { label: l10n.t('Remove the pair'), icon: 'trash', value: 'remove' },
      ],
    },
  );
  if (answer.kind !== 'value') {
    return answer;
  }
  return answer.value === 'remove'
    ? { kind: 'value', value: new Map([...pairs].filter(([other]) => other !== key)) }
    : await askValue(title, pairs, key, l10n);
}

async function askValue(title: string, pairs: Metadata, key: string, l10n: L10n): Promise<Answer<Metadata>> {
  const answer = await askText(
    { title, canGoBack: true },
    {
      prompt: l10n.t('The value of {key}, of at most {limit} characters', {
        key: visible(key),
        limit: limits.metadataValue,
      }),
      value: pairs.get(key),
      validate: (text) => valueProblem(text, l10n),
    },
  );
  return answer.kind === 'value'
    ? { kind: 'value', value: new Map([...pairs, [key, answer.value]]) }
    : answer;
}
