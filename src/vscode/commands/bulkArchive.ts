import * as vscode from 'vscode';
import type { Connection } from '../../api/connection.ts';
import { ApiError } from '../../api/errors.ts';
import { inTurns } from '../../browse/inTurns.ts';
import { describeError } from '../../text/describeError.ts';
import { visible } from '../../text/visible.ts';
import { withCancel } from '../input/withCancel.ts';
import { AgentNode } from '../tree/nodes/agentNode.ts';
import { EnvironmentNode } from '../tree/nodes/environmentNode.ts';
import { SessionNode } from '../tree/nodes/sessionNode.ts';
import type { CommandContext } from './commandContext.ts';
import { interruptAndWait } from './interruptFirst.ts';

/** How many things are archived at the same time. */
const AT_ONCE = 3;
/** How many names a question or a summary gives. */
const NAMES = 5;

type Kind = 'sessions' | 'agents' | 'environments';

interface Thing {
  readonly kind: Kind;
  readonly connection: Connection;
  readonly id: string;
  readonly name: string;
  readonly isAtWork: boolean;
}

interface Failure {
  readonly thing: Thing;
  readonly error: unknown;
}

type Handler = (context: CommandContext, argument?: unknown) => Promise<void>;

/** An archive command that takes all selected rows together where there are several. */
export function orSelected(one: Handler) {
  return async (context: CommandContext, argument?: unknown, more?: unknown): Promise<void> => {
    const things = Array.isArray(more) ? thingsOf(context, more) : [];
    await (things.length > 1 ? archiveTogether(context, things) : one(context, argument));
  };
}

/** Archives whatever is selected in the tree: for the keyboard and the palette. */
export async function archiveSelected(context: CommandContext): Promise<void> {
  const things = thingsOf(context, context.explorer.selection);
  if (things.length === 0) {
    const { l10n, notify } = context.shell;
    notify.info(l10n.t('Select sessions, agents or environments in the tree first.'));
    return;
  }
  await archiveTogether(context, things);
}

function thingsOf({ shell }: CommandContext, rows: readonly unknown[]): readonly Thing[] {
  return rows.flatMap((row): Thing[] => {
    if (row instanceof SessionNode && row.session.archivedAt === undefined) {
      const { connection, session } = row;
      const { id, title, status } = session;
      const isAtWork =
        status === 'running' ||
        status === 'rescheduling' ||
        shell.attention.of(connection, id)?.activity === 'running';
      return [{ kind: 'sessions', connection, id, name: visible(title ?? id, 60), isAtWork }];
    }
    if (row instanceof AgentNode && row.agent.archivedAt === undefined) {
      const { id, name } = row.agent;
      return [{ kind: 'agents', connection: row.connection, id, name: visible(name, 60), isAtWork: false }];
    }
    if (row instanceof EnvironmentNode && row.environment.archivedAt === undefined) {
      const { id, name } = row.environment;
      return [
        { kind: 'environments', connection: row.connection, id, name: visible(name, 60), isAtWork: false },
      ];
    }
    return [];
  });
}

async function archiveTogether(context: CommandContext, things: readonly Thing[]): Promise<void> {
  const { l10n } = context.shell;
  const [first] = things;
  if (first === undefined) {
    return;
  }
  const atWork = things.filter(({ isAtWork }) => isAtWork).length;
  const interrupt = l10n.t('Interrupt and Archive');
  const skip = l10n.t('Skip Running');
  const archive = l10n.t('Archive');
  const buttons = atWork === 0 ? [archive] : atWork === things.length ? [interrupt] : [interrupt, skip];
  const pressed = await vscode.window.showWarningMessage(
    l10n.t('Archive {what} on {connection}?', {
      what: counted(context, things),
      connection: first.connection.name,
    }),
    { modal: true, detail: detailOf(context, things, atWork) },
    ...buttons,
  );
  if (pressed !== undefined) {
    await run(context, pressed === skip ? things.filter(({ isAtWork }) => !isAtWork) : things);
  }
}

async function run(context: CommandContext, things: readonly Thing[]): Promise<void> {
  const { shell } = context;
  const failures: Failure[] = [];
  let archived = 0;
  const title = shell.l10n.t('Archiving {what}', { what: counted(context, things) });
  await withCancel(title, async (signal, report) => {
    const task = async (thing: Thing) => {
      try {
        await archiveOne(context, thing);
        archived++;
      } catch (error) {
        failures.push({ thing, error });
      }
      const done = archived + failures.length;
      const message = shell.l10n.t('{done} of {all}', { done, all: things.length });
      report({ message, increment: 100 / things.length });
    };
    await inTurns(things, AT_ONCE, task, signal);
  });
  for (const { id } of new Set(things.map(({ connection }) => connection))) {
    shell.sessions.refresh(id);
  }
  summarise(context, things.length, archived, failures);
}

async function archiveOne(context: CommandContext, thing: Thing): Promise<void> {
  const { connection, kind, id, isAtWork } = thing;
  const client = context.shell.clients.for(connection);
  try {
    switch (kind) {
      case 'sessions':
        if (isAtWork) {
          await interruptAndWait(context, { connection, sessionId: id, title: thing.name });
        }
        await client.archiveSession(id);
        context.panels.find(connection, id)?.page.noteArchived();
        break;
      case 'agents':
        await client.archiveAgent(id);
        break;
      case 'environments':
        await client.archiveEnvironment(id);
        break;
    }
  } catch (error) {
    if (!ApiError.is(error, 'notFound')) {
      throw error;
    }
    takeOut(context, thing); // nothing is left of it to archive
    throw error;
  }
  takeOut(context, thing);
}

/** Takes the row out at once. */
function takeOut({ explorer }: CommandContext, { connection, kind, id }: Thing): void {
  if (explorer.lists.scope.connection.id === connection.id) {
    explorer.lists[kind].pager.remove(id);
  }
}

function summarise(
  context: CommandContext,
  all: number,
  archived: number,
  failures: readonly Failure[],
): void {
  const { l10n, notify, log } = context.shell;
  const left = all - archived - failures.length;
  const done = [
    l10n.t('{count} archived', { count: archived }),
    ...(failures.length > 0 ? [l10n.t('{count} failed', { count: failures.length })] : []),
    ...(left > 0 ? [l10n.t('{count} left alone', { count: left })] : []),
  ].join(', ');
  if (failures.length === 0) {
    notify.info(`${done}.`);
    return;
  }
  const reasons = failures.map(({ thing, error }) => {
    log.error(`Archiving ${thing.kind} ${thing.id} failed`, error);
    const known = ApiError.is(error) ? error : new ApiError('network', { cause: error });
    const { connection } = thing;
    const { title, why } = describeError(
      known,
      { connection: connection.name, origin: connection.origin },
      l10n,
    );
    return `“${thing.name}”: ${[title, why].filter((text) => text !== '').join(' ')}`;
  });
  const more = reasons.length - NAMES;
  const shown = [
    ...reasons.slice(0, NAMES),
    ...(more > 0 ? [l10n.t('and {count} more', { count: more })] : []),
  ].join(' ');
  notify.warn(`${done}. ${shown}`, {
    title: l10n.t('Retry Failed'),
    run: () =>
      void run(
        context,
        failures.map(({ thing }) => thing),
      ),
  });
}

function counted({ shell }: CommandContext, things: readonly Thing[]): string {
  const { l10n } = shell;
  const count = (kind: Kind) => things.filter((thing) => thing.kind === kind).length;
  const texts: Record<Kind, (count: number) => string> = {
    sessions: (n) => (n === 1 ? l10n.t('1 session') : l10n.t('{count} sessions', { count: n })),
    agents: (n) => (n === 1 ? l10n.t('1 agent') : l10n.t('{count} agents', { count: n })),
    environments: (n) => (n === 1 ? l10n.t('1 environment') : l10n.t('{count} environments', { count: n })),
  };
  return (['sessions', 'agents', 'environments'] as const)
    .filter((kind) => count(kind) > 0)
    .map((kind) => texts[kind](count(kind)))
    .join(', ');
}

function detailOf({ shell }: CommandContext, things: readonly Thing[], atWork: number): string {
  const { l10n } = shell;
  const has = (kind: Kind) => things.some((thing) => thing.kind === kind);
  const more = things.length - NAMES;
  return [
    ...things.slice(0, NAMES).map(({ name }) => `• ${name}`),
    ...(more > 0 ? [l10n.t('and {count} more', { count: more })] : []),
    '',
    ...(atWork > 0
      ? [
          l10n.t(
            'Agents are at work in {count} of them: what they are doing is not finished if they are interrupted.',
            {
              count: atWork,
            },
          ),
        ]
      : []),
    ...(has('sessions')
      ? [l10n.t('Sessions end and take no more messages. Their history can still be read.')]
      : []),
    ...(has('agents') ? [l10n.t('No new sessions can be created with archived agents.')] : []),
    ...(has('environments') ? [l10n.t('No new sessions can be created in archived environments.')] : []),
    l10n.t('There is no way back.'),
  ].join('\n');
}
