import {
  builtInTools,
  customTools,
  parseCustomTools,
  readTools,
  type ToolMode,
  toolMode,
  toolsetMode,
  withCustomTools,
  withToolMode,
  withToolset,
} from '../../../edit/tools.ts';
import type { L10n } from '../../../l10n.ts';
import { asText, field, type JsonObject } from '../../../util/json.ts';
import type { Answer, Frame } from '../../input/answer.ts';
import { askChoice, type Choice } from '../../input/askChoice.ts';
import type { EditField } from '../../input/askFields.ts';
import type { CommandContext } from '../commandContext.ts';
import { writeInEditor } from './longText.ts';

/** The built-in tools: whether the agent has them, and which of them ask first. */
export function toolsField(l10n: L10n): EditField {
  return {
    name: 'tools',
    label: l10n.t('Built-in tools'),
    icon: 'tools',
    describe: (agent) => {
      const tools = readTools(agent);
      const own = builtInTools.flatMap((name) => {
        const mode = toolMode(tools, name);
        return mode === undefined || mode === toolsetMode(tools) ? [] : [`${name}: ${modeText(mode, l10n)}`];
      });
      return [modeText(toolsetMode(tools), l10n), ...own].join(', ');
    },
    ask: async (frame, agent) => await askTools(frame, agent, l10n),
  };
}

type Row = 'done' | 'all' | (typeof builtInTools)[number];

async function askTools(frame: Frame, agent: JsonObject, l10n: L10n): Promise<Answer<JsonObject>> {
  let tools = readTools(agent);
  let last: Row | undefined;
  for (;;) {
    const current = toolsetMode(tools);
    const single: Choice<Row>[] =
      current === 'off'
        ? []
        : builtInTools.map((name) => {
            const mode = toolMode(tools, name);
            return {
              label: name,
              description: mode === undefined ? l10n.t('as all') : modeText(mode, l10n),
              icon: 'wrench',
              value: name,
            };
          });
    const answer = await askChoice<Row>(frame, {
      placeholder: l10n.t('Which built-in tools the agent has, and which ask first'),
      choices: [
        { label: l10n.t('Done'), icon: 'check', value: 'done' },
        {
          label: l10n.t('All built-in tools'),
          description: modeText(current, l10n),
          icon: 'tools',
          value: 'all',
        },
        ...single,
      ],
      selected: (row) => row === (last ?? 'all'),
    });
    if (answer.kind === 'cancelled') {
      return answer;
    }
    if (answer.kind === 'back' || answer.value === 'done') {
      return { kind: 'value', value: { ...agent, tools: [...tools] } };
    }
    const row = answer.value;
    last = row;
    const mode = await askMode(
      frame,
      row === 'all' ? l10n.t('All built-in tools') : row,
      row !== 'all',
      l10n,
    );
    if (mode.kind === 'cancelled') {
      return mode;
    }
    if (mode.kind === 'value') {
      tools =
        row === 'all'
          ? withToolset(tools, mode.value === 'all' ? 'allow' : mode.value)
          : withToolMode(tools, row, mode.value === 'all' ? undefined : mode.value);
    }
  }
}

async function askMode(
  { title }: Frame,
  name: string,
  isSingle: boolean,
  l10n: L10n,
): Promise<Answer<Exclude<ToolMode, 'other'> | 'all'>> {
  return await askChoice<Exclude<ToolMode, 'other'> | 'all'>(
    { title, canGoBack: true },
    {
      placeholder: name,
      choices: [
        ...(isSingle
          ? [{ label: l10n.t('As all built-in tools'), icon: 'discard', value: 'all' as const }]
          : []),
        {
          label: l10n.t('On'),
          detail: l10n.t('Used as the agent sees fit'),
          icon: 'pass',
          value: 'allow',
        },
        {
          label: l10n.t('On, asking first'),
          detail: l10n.t('Every use waits for your approval'),
          icon: 'shield',
          value: 'ask',
        },
        { label: l10n.t('Off'), icon: 'circle-slash', value: 'off' },
      ],
    },
  );
}

function modeText(mode: ToolMode, l10n: L10n): string {
  switch (mode) {
    case 'allow':
      return l10n.t('on');
    case 'ask':
      return l10n.t('on, asking first');
    case 'off':
      return l10n.t('off');
    case 'other':
      return l10n.t('on, by a rule of the server');
  }
}

/** Tools that the user's own program answers, as JSON in an editor. */
export function customToolsField({ shell, longTexts }: CommandContext): EditField {
  const { l10n } = shell;
  return {
    name: 'tools',
    label: l10n.t('Custom tools'),
    icon: 'json',
    describe: (agent) => {
      const names = customTools(readTools(agent)).map((tool) => asText(field(tool, 'name')) ?? '?');
      return names.length === 0 ? l10n.t('none') : names.join(', ');
    },
    ask: async (_, agent) => {
      const tools = readTools(agent);
      const custom = customTools(tools);
      const answer = await writeInEditor(
        {
          prompt: l10n.t('The custom tools as a JSON list'),
          text: `${JSON.stringify(custom.length === 0 ? [example] : custom, undefined, 2)}\n`,
          language: 'json',
          validate: (text) => {
            const parsed = parseCustomTools(text, l10n);
            return typeof parsed === 'string' ? parsed : undefined;
          },
        },
        longTexts,
        l10n,
      );
      if (answer.kind !== 'value') {
        return answer;
      }
      const parsed = parseCustomTools(answer.value, l10n);
      return typeof parsed === 'string'
        ? { kind: 'back' }
        : { kind: 'value', value: { ...agent, tools: [...withCustomTools(tools, parsed)] } };
    },
  };
}

/** A tool to begin with, where there is none. */
const example: JsonObject = {
  type: 'custom',
  name: 'look_up',
  description: 'Looks something up.',
  input_schema: { type: 'object', properties: { query: { type: 'string' } }, required: ['query'] },
};
