import * as vscode from 'vscode';
import { type Connection, DEFAULT_BETAS } from '../../api/connection.ts';
import { describeBaseUrlProblem } from '../../text/inputProblems.ts';
import { visible } from '../../text/visible.ts';
import { assertNever } from '../../util/assertNever.ts';
import type { Answer, Frame } from '../input/answer.ts';
import { askChoice, type Choice } from '../input/askChoice.ts';
import { type ConnectionEntry, toConnection } from '../services/connectionSetting.ts';
import type { CommandContext } from './commandContext.ts';
import { askAuth, askBaseUrl, askBetas, askName, askReadOnly } from './connectionQuestions.ts';
import { ownConnection } from './ownConnection.ts';

type Wish = 'save' | 'name' | 'baseUrl' | 'auth' | 'betas' | 'readOnly';

/** Changes one of the user's own connections: shows what it is, lets each part be changed, and then writes it. */
export async function editConnection(context: CommandContext, argument?: unknown): Promise<void> {
  const { l10n, notify } = context.shell;
  const before = await ownConnection(context, argument, l10n.t('Edit Connection'));
  if (before === undefined) {
    return;
  }
  const entry = await edit(context, before);
  if (entry === undefined) {
    return;
  }
  const after = toConnection(entry);
  if ('problem' in after) {
    notify.warn(describeBaseUrlProblem(after.problem, l10n));
    return;
  }
  await carryOut(context, before, after, entry);
}

/** Asks until it is saved or given up. */
async function edit(context: CommandContext, before: Connection): Promise<ConnectionEntry | undefined> {
  const { l10n } = context.shell;
  const title = l10n.t('Edit Connection: {name}', { name: visible(before.name, 60) });
  let entry = context.settings.entryOf(before);
  let last: Wish = 'name';
  for (;;) {
    const marked: Wish = last;
    const answer: Answer<Wish> = await askChoice<Wish>(
      { title },
      {
        placeholder: l10n.t('What to change'),
        choices: choices(context, entry, before),
        selected: (wish) => wish === marked,
      },
    );
    if (answer.kind !== 'value') {
      return undefined;
    }
    if (answer.value === 'save') {
      return entry;
    }
    const changed = await change(context, { title, canGoBack: true }, answer.value, entry, before);
    if (changed.kind === 'cancelled') {
      return undefined;
    }
    if (changed.kind === 'value') {
      entry = { ...entry, ...changed.value };
      last = 'save';
    } else {
      last = answer.value;
    }
  }
}

function choices(
  { shell }: CommandContext,
  entry: ConnectionEntry,
  before: Connection,
): readonly Choice<Wish>[] {
  const { l10n } = shell;
  const betas = entry.betas ?? DEFAULT_BETAS;
  return [
    { label: l10n.t('Name'), description: visible(entry.name, 60), icon: 'tag', value: 'name' },
    { label: l10n.t('Base URL'), description: visible(entry.baseUrl, 200), icon: 'globe', value: 'baseUrl' },
    {
      label: l10n.t('How the API key travels'),
      description: (entry.auth ?? before.auth) === 'bearer' ? 'Authorization: Bearer' : 'x-api-key',
      icon: 'key',
      value: 'auth',
    },
    {
      label: l10n.t('Beta header'),
      description: betas.length === 0 ? l10n.t('not sent') : visible(betas.join(', '), 200),
      icon: 'beaker',
      value: 'betas',
    },
    {
      label: l10n.t('Changes'),
      description: entry.readOnly === true ? l10n.t('read-only') : l10n.t('allowed'),
      icon: entry.readOnly === true ? 'lock' : 'unlock',
      value: 'readOnly',
    },
    { label: l10n.t('Save'), icon: 'save', value: 'save' },
  ];
}

async function change(
  context: CommandContext,
  frame: Frame,
  wish: Exclude<Wish, 'save'>,
  entry: ConnectionEntry,
  before: Connection,
): Promise<Answer<Partial<ConnectionEntry>>> {
  switch (wish) {
    case 'name': {
      const others = context.settings.connections.connections.filter(({ id }) => id !== before.id);
      return as('name', await askName(context, frame, entry.name, others));
    }
    case 'baseUrl':
      return as('baseUrl', await askBaseUrl(context, frame, entry.baseUrl));
    case 'auth':
      return as('auth', await askAuth(context, frame, entry.baseUrl, entry.auth));
    case 'betas':
      return as('betas', await askBetas(context, frame, entry.betas ?? DEFAULT_BETAS));
    case 'readOnly':
      return as('readOnly', await askReadOnly(context, frame, entry.readOnly === true));
    default:
      return assertNever(wish);
  }
}

function as<Name extends keyof ConnectionEntry>(
  name: Name,
  answer: Answer<ConnectionEntry[Name]>,
): Answer<Partial<ConnectionEntry>> {
  return answer.kind === 'value' ? { kind: 'value', value: { [name]: answer.value } } : answer;
}

/** A key stays with its address: it follows a new name, and never a new origin. */
async function carryOut(
  context: CommandContext,
  before: Connection,
  after: Connection,
  entry: ConnectionEntry,
): Promise<void> {
  const { registry, keyStore, settings, shell } = context;
  const { l10n, notify } = shell;
  const isMoved = before.origin !== after.origin;
  if (isMoved && !(await confirmMove(context, before, after))) {
    return;
  }
  const wasActive = registry.active.id === before.id;
  if (isMoved) {
    await keyStore.remove(before);
  } else if (before.id !== after.id) {
    await keyStore.rename(before, after);
  }
  await settings.changeConnection(before.name, entry);
  if (isMoved || before.prefix !== after.prefix) {
    await context.searchCache.forget(before); // nothing would ever ask for it again
  }
  if (wasActive && before.id !== after.id) {
    registry.choose(after.id);
  }
  notify.info(
    l10n.t('{name} is changed: requests go to {origin}{prefix}.', {
      name: after.name,
      origin: after.origin,
      prefix: after.prefix,
    }),
  );
}

async function confirmMove(
  { shell }: CommandContext,
  before: Connection,
  after: Connection,
): Promise<boolean> {
  const { l10n } = shell;
  const yes = l10n.t('Change the Address');
  const pressed = await vscode.window.showWarningMessage(
    l10n.t('Lead {name} to {origin}?', { name: before.name, origin: after.origin }),
    {
      modal: true,
      detail: l10n.t(
        'Its API key was given for {origin} and is not taken along: it is deleted from this machine, and you set one for the new address. Open panels keep what they show.',
        { origin: before.origin },
      ),
    },
    yes,
  );
  return pressed === yes;
}
