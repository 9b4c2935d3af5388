import * as vscode from 'vscode';
import { asNumber, asObject, field } from '../../util/json.ts';
import type { SandboxSeed } from '../services/sandboxHost.ts';
import { views } from '../ids.ts';
import type { CommandContext } from './commandContext.ts';

/**
 * Starts the sandbox and makes it the active connection.
 * @param argument may be `{ seedSessions?, seedAgents?, seedEvents? }`, whole numbers.
 * @returns the connection's id and origin, for whoever drives the editor by commands.
 */
export async function startSandbox(
  context: CommandContext,
  argument?: unknown,
): Promise<{ readonly connectionId: string; readonly origin: string } | undefined> {
  const { l10n } = context.shell;
  await vscode.window.withProgress(
    { location: { viewId: views.explorer }, title: l10n.t('Starting the local sandbox') },
    () => context.sandbox.start(readSeed(argument)),
  );
  const connection = context.registry.sandbox;
  return connection === undefined ? undefined : { connectionId: connection.id, origin: connection.origin };
}

/** Stops the sandbox. What was in it is gone with it. */
export async function stopSandbox(context: CommandContext): Promise<void> {
  const { l10n, notify } = context.shell;
  if (context.registry.sandbox === undefined) {
    notify.info(l10n.t('The local sandbox is not running.'));
    return;
  }
  await context.sandbox.stop();
}

function readSeed(argument: unknown): SandboxSeed {
  const given = asObject(argument);
  const seedSessions = wholeNumber(field(given, 'seedSessions'));
  const seedAgents = wholeNumber(field(given, 'seedAgents'));
  const seedEvents = wholeNumber(field(given, 'seedEvents'));
  return {
    ...(seedSessions !== undefined && { seedSessions }),
    ...(seedAgents !== undefined && { seedAgents }),
    ...(seedEvents !== undefined && { seedEvents }),
  };
}

function wholeNumber(value: unknown): number | undefined {
  const number = asNumber(value);
  return number !== undefined && Number.isInteger(number) && number >= 0 && number <= 1_000_000
    ? number
    : undefined;
}
