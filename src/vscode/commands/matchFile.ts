import type { Connection } from '../../api/connection.ts';
import { ApiError } from '../../api/errors.ts';
import type { Cursor, Page } from '../../api/pagination.ts';
import { asText, field } from '../../util/json.ts';
import { operationsOf, type ServerObject } from '../documents/serverObjects.ts';
import type { CommandContext } from './commandContext.ts';
import type { DocumentFile } from './documentFile.ts';
import { agentTarget, environmentTarget } from './targets.ts';

const PAGE_SIZE = 100;
/** Beyond this many, a name is asked for: reading on would take longer than answering. */
const MAX_PAGES = 20;

/** What a file is about on a connection: what it was made into or from, else the one of its name, else the answer. */
export async function matchFile(
  context: CommandContext,
  connection: Connection,
  file: DocumentFile,
  title: string,
): Promise<ServerObject | undefined> {
  const client = context.shell.clients.for(connection);
  const operations = operationsOf[file.kind];
  const known = context.documents.links.find(file.uri.toString(), connection.id, connection.origin);
  if (known !== undefined) {
    try {
      return await operations.read(client, known);
    } catch (error) {
      if (!ApiError.is(error, 'notFound')) {
        throw error;
      }
    }
  }
  const id =
    (await idByName(context, connection, file)) ?? (await idByAnswer(context, connection, file, title));
  return id === undefined ? undefined : await operations.read(client, id);
}

async function idByName(
  { shell }: CommandContext,
  connection: Connection,
  { kind, part }: DocumentFile,
): Promise<string | undefined> {
  const name = asText(field(part, 'name'));
  if (name === undefined) {
    return undefined;
  }
  const client = shell.clients.for(connection);
  const fetch = async (cursor: Cursor | undefined): Promise<Page<ServerObject>> =>
    kind === 'agent'
      ? await client.listAgents({ limit: PAGE_SIZE, cursor })
      : await client.listEnvironments({ limit: PAGE_SIZE, cursor });
  const found: string[] = [];
  let cursor: Cursor | undefined;
  for (let count = 0; count < MAX_PAGES; count++) {
    const page = await fetch(cursor);
    found.push(...page.items.filter((item) => item.name === name).map(({ id }) => id));
    cursor = page.next;
    if (cursor === undefined) {
      // Two of the same name: only the person knows which.
      return found.length === 1 ? found[0] : undefined;
    }
  }
  return undefined;
}

async function idByAnswer(
  context: CommandContext,
  { id: connectionId }: Connection,
  { kind }: DocumentFile,
  title: string,
): Promise<string | undefined> {
  const target = await (kind === 'agent' ? agentTarget : environmentTarget)(context, { connectionId }, title);
  return target?.item.id;
}
