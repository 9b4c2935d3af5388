import type { AuthScheme, Connection } from '../../api/connection.ts';
import { parseBaseUrl } from '../../api/connection.ts';
import { describeBaseUrlProblem } from '../../text/inputProblems.ts';
import type { Answer, Frame } from '../input/answer.ts';
import { askChoice } from '../input/askChoice.ts';
import { askText } from '../input/askText.ts';
import { defaultAuth, isNameTaken, readConnections } from '../services/connectionSetting.ts';
import type { CommandContext } from './commandContext.ts';

/** The questions about a connection, each with what is known already. */

/** @param others the connections whose names are taken. */
export async function askName(
  { shell }: CommandContext,
  frame: Frame,
  value: string,
  others: readonly Connection[],
): Promise<Answer<string>> {
  const { l10n } = shell;
  return await askText(frame, {
    prompt: l10n.t('A name for the connection, as it will be shown'),
    placeholder: l10n.t('Staging'),
    value,
    validate: (name) => {
      if (isNameTaken(name, others)) {
        return l10n.t('There is a connection of this name already.');
      }
      const probe = readConnections([{ name, baseUrl: 'https://example.com' }]);
      return probe.problems.length > 0
        ? l10n.t('A name has 1 to 60 characters, without control characters.')
        : undefined;
    },
  });
}

export async function askBaseUrl(
  { shell }: CommandContext,
  frame: Frame,
  value: string,
): Promise<Answer<string>> {
  const { l10n } = shell;
  return await askText(frame, {
    prompt: l10n.t(
      'Base URL: an address alone gets the usual path of its kind of server; with a path it is used as it is',
    ),
    placeholder: 'https://api.example.com',
    value,
    validate: (text) => {
      const base = parseBaseUrl(text);
      return 'problem' in base ? describeBaseUrlProblem(base.problem, l10n) : undefined;
    },
  });
}

/** @param baseUrl decides what is usual. */
export async function askAuth(
  { shell }: CommandContext,
  frame: Frame,
  baseUrl: string,
  value: AuthScheme | undefined,
): Promise<Answer<AuthScheme>> {
  const { l10n } = shell;
  const base = parseBaseUrl(baseUrl);
  const usual = 'problem' in base ? 'bearer' : defaultAuth(base.origin);
  return await askChoice<AuthScheme>(frame, {
    placeholder: l10n.t('How the API key travels'),
    choices: [
      { label: 'Authorization: Bearer', description: l10n.t('Synth and most others'), value: 'bearer' },
      { label: 'x-api-key', description: l10n.t('Anthropic'), value: 'x-api-key' },
    ],
    selected: (auth) => auth === (value ?? usual),
  });
}

/** The values of the header, separated by commas; an empty text sends none. */
export async function askBetas(
  { shell }: CommandContext,
  frame: Frame,
  value: readonly string[],
): Promise<Answer<readonly string[]>> {
  const { l10n } = shell;
  const answer = await askText(frame, {
    prompt: l10n.t('Values of the header anthropic-beta, separated by commas. Empty: the header is not sent'),
    value: value.join(', '),
    validate: (text) => {
      const probe = readConnections([{ name: 'x', baseUrl: 'https://example.com', betas: listOf(text) }]);
      return probe.problems.length > 0
        ? l10n.t('At most 20 values of up to 100 visible ASCII characters, without spaces.')
        : undefined;
    },
  });
  return answer.kind === 'value' ? { kind: 'value', value: listOf(answer.value) } : answer;
}

export async function askReadOnly(
  { shell }: CommandContext,
  frame: Frame,
  value: boolean,
): Promise<Answer<boolean>> {
  const { l10n } = shell;
  return await askChoice<boolean>(frame, {
    placeholder: l10n.t('May things be changed on this server from here?'),
    choices: [
      {
        label: l10n.t('Changes are allowed'),
        detail: l10n.t('Create, send, approve, archive: all of it.'),
        icon: 'edit',
        value: false,
      },
      {
        label: l10n.t('Read-only'),
        detail: l10n.t(
          'Nothing is changed: every request that would change something stays on this machine.',
        ),
        icon: 'lock',
        value: true,
      },
    ],
    selected: (readOnly) => readOnly === value,
  });
}

function listOf(text: string): readonly string[] {
  return text
    .split(',')
    .map((part) => part.trim())
    .filter((part) => part !== '');
}
