import { ThreadNode } from '../tree/nodes/threadNode.ts';
import { asText, field, type JsonObject } from '../../util/json.ts';
import { visible } from '../../text/visible.ts';
import { askFromList } from '../input/askFromList.ts';
import { type Identified, Pager } from '../tree/pager.ts';
import type { CommandContext } from './commandContext.ts';
import { sessionRef } from './sessionRef.ts';

interface Thread extends Identified {
  readonly raw: JsonObject;
}

/** Shows the events of one thread of a session: the row it was called on, or one that is asked for. */
export async function openThread(context: CommandContext, argument?: unknown): Promise<void> {
  const { l10n, clients } = context.shell;
  if (argument instanceof ThreadNode) {
    await context.past.showThread(argument.connection, argument.sessionId, argument.threadId);
    return;
  }
  const title = l10n.t('Open Thread');
  const ref = await sessionRef(context, argument, title);
  if (ref === undefined) {
    return;
  }
  const { connection, sessionId } = ref;
  const answer = await askFromList<Thread>(
    { title },
    {
      placeholder: l10n.t('Choose a thread'),
      pager: new Pager<Thread>(async (cursor) => {
        const page = await clients.for(connection).listSessionThreads(sessionId, { limit: 100, cursor });
        return {
          ...page,
          items: page.items.flatMap((raw) => {
            const id = asText(field(raw, 'id'));
            return id === undefined ? [] : [{ id, raw }];
          }),
        };
      }),
      toChoice: (thread) => ({
        label: visible(thread.id),
        description: visible(asText(field(thread.raw, 'status')) ?? ''),
        icon: 'comment',
        value: thread,
      }),
      l10n,
    },
  );
  if (answer.kind !== 'value') {
    return;
  }
  switch (answer.value.from) {
    case 'list':
      await context.past.showThread(connection, sessionId, answer.value.item.id);
      return;
    case 'failure':
      throw answer.value.error;
    case 'extras':
      return;
  }
}
