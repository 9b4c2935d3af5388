import assert from 'node:assert/strict';
import { type Arena, sharedArena } from './support/arena.ts';
import { attack } from './support/attackList.ts';

describe('a server whose ids are traps', () => {
  let arena: Arena;

  before(async () => {
    arena = await sharedArena();
  });

  afterEach(async () => {
    await arena.calm();
    await arena.assertUnharmed();
  });

  it(attack('A16'), async () => {
    const { hostile, editor } = arena;
    const traps = ['..', '.', 'a/b', 'a?b', 'a#b', '%2e%2e', '..\\x', '../../admin', 'x'.repeat(10_240)];
    for (const id of traps) {
      await arena.openSession(id);
      await editor.page.getByText('an id has a form that ids do not have').first().waitFor();
      await arena.calm();
    }
    const known = /^\/(?:sessions(?:\/healthy(?:\/events(?:\/stream)?|\/stream)?)?|agents|environments)$/;
    assert.deepEqual(
      hostile.requests.map(({ path }) => path).filter((path) => !known.test(path)),
      [],
    );
  });
});
