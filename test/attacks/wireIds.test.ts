import assert from 'node:assert/strict';
import { row } from '../e2e/support/sessionPanel.ts';
import { jsonAnswer } from '../support/faultServer.ts';
import { inArena } from './support/arena.ts';
import { attack } from './support/attackList.ts';
import { agentMessage } from './support/hostileServer.ts';

/** The addresses that the client has any reason to ask for. */
const known =
  /^\/(?:sessions(?:\/[\w-]+(?:\/(?:events(?:\/stream)?|stream|threads))?)?|agents|environments|health)$/;

describe('a server whose ids and cursors are traps', () => {
  const ground = inArena();
  const { it } = ground;

  it(attack('A15'), async () => {
    const { arena } = ground;
    const { hostile } = arena;
    const trap = '../../x?y=&z=#\r\nx-evil: 1';
    hostile.addSession({ id: 'a15' });
    let pages = 0;
    hostile.attack = ({ session, path, query }) => {
      if (session !== 'a15' || !path.endsWith('/events')) {
        return undefined;
      }
      pages += 1;
      const event = query.has('page')
        ? agentMessage(`a15_${pages}`, `Page ${pages}`)
        : agentMessage('a15_first', 'Before the circle.');
      return jsonAnswer({ data: [event], next_page: trap });
    };
    const page = await arena.openSession('a15');
    await page.getByText('repeats a page of the list').waitFor({ timeout: 20_000 });
    await row(page, 'Before the circle.').waitFor();
    // A failed reading is tried again in a while; each ends as soon as a cursor comes back.
    assert.ok(pages < 60, `${pages} pages were read`);
    const asked = hostile.requests.filter(({ session, query }) => session === 'a15' && query.has('page'));
    assert.ok(asked.length > 0);
    assert.ok(asked.every(({ query }) => query.get('page') === trap));

    hostile.addSession({ id: 'a15huge' });
    const huge = agentMessage('a15_huge', 'Before a huge cursor.');
    hostile.attack = ({ session, path }) =>
      session === 'a15huge' && path.endsWith('/events')
        ? jsonAnswer({ data: [huge], next_page: 'x'.repeat(1024 * 1024) })
        : undefined;
    const other = await arena.openSession('a15huge');
    await row(other, 'Before a huge cursor.').waitFor();
    await other.getByText('the history shown is not complete').waitFor({ timeout: 30_000 });
    assertOnlyKnownPaths(hostile.requests);
  });

  it(attack('A16'), async () => {
    const { arena } = ground;
    const traps = ['..', '.', 'a/b', 'a?b', 'a#b', '%2e%2e', '..\\x', '../../admin', 'x'.repeat(10_240)];
    for (const id of traps) {
      await arena.openSession(id);
      await arena.editor.page.getByText('an id has a form that ids do not have').first().waitFor();
      await arena.calm();
    }
    assertOnlyKnownPaths(arena.hostile.requests);
  });
});

function assertOnlyKnownPaths(requests: readonly { readonly path: string }[]): void {
  assert.deepEqual(
    requests.map(({ path }) => path).filter((path) => !known.test(path)),
    [],
  );
}
