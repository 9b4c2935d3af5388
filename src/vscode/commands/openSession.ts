import { asObject, asText, field } from '../../util/json.ts';
import type { CommandContext } from './commandContext.ts';
import { connectionOf, sessionTarget } from './targets.ts';

/**
 * Opens the panel of a session.
 * @param argument a row of the tree, or `{ sessionId, connectionId?, title? }`; otherwise the session is asked for.
 */
export async function openSession(context: CommandContext, argument?: unknown): Promise<void> {
  const given = asObject(argument);
  const sessionId = asText(field(given, 'sessionId'));
  if (sessionId !== undefined) {
    const title = asText(field(given, 'title'));
    await context.openSession(
      connectionOf(context, argument),
      sessionId,
      title === undefined ? {} : { title },
    );
    return;
  }
  const target = await sessionTarget(context, argument, context.shell.l10n.t('Open Session'));
  if (target !== undefined) {
    const { id, title } = target.item;
    await context.openSession(target.connection, id, title === undefined ? {} : { title });
  }
}
