import assert from 'node:assert/strict';
import { connect } from 'node:net';
import { once } from 'node:events';
import { row } from '../e2e/support/sessionPanel.ts';
import { Arena, KEY, sharedArena } from './support/arena.ts';
import { startAttacker } from './support/attacker.ts';
import { agentMessage } from './support/hostileServer.ts';
import { findKey } from './support/keyScan.ts';
import { keySpellings } from './support/keySpellings.ts';
import { forge, postedByPages, wrappersOf } from './support/pageSpy.ts';

describe('what the attacks are watched with', () => {
  it('finds the key in each of its spellings, and in nothing else', () => {
    for (const [name, forms] of keySpellings(KEY)) {
      for (const form of forms) {
        const found = findKey(KEY, [{ where: 'here', bytes: Buffer.concat([Buffer.from('x'), form]) }]);
        assert.ok(found.includes(`here: ${name}`), name);
      }
    }
    assert.deepEqual(
      findKey(KEY, [{ where: 'here', bytes: 'attacked key with every sort of character' }]),
      [],
    );
  });

  it('hears a connection that says nothing', async () => {
    const attacker = await startAttacker();
    const socket = connect(attacker.port, '127.0.0.1');
    await once(socket, 'connect');
    socket.destroy();
    await once(socket, 'close');
    await attacker.close();
    assert.equal(attacker.knocks.length, 1);
  });
});

describe('the installed package', () => {
  let arena: Arena;

  before(async () => {
    arena = await sharedArena();
  });

  it('is unharmed when nothing attacks it, and its eyes are open', async () => {
    const session = arena.hostile.addSession({ id: 'calm', title: 'A calm session' });
    session.events.push(agentMessage('calm_0', 'Nothing happens.'));
    const page = await arena.openWorkingSession(session);
    await row(page, 'Nothing happens.').waitFor();
    await arena.assertUnharmed();
    assert.deepEqual(await arena.whereTheKeyIs(), []);
    assert.ok(arena.witness.connections.length > 0);
    await arena.calm();
    await arena.assertUnharmed();
  });

  it('gets what a page that was taken over would post', async () => {
    const [wrapper] = wrappersOf(arena.editor.page);
    assert.ok(wrapper);
    await forge(wrapper, { type: 'nonsense' });
    const posted = await postedByPages(arena.editor.page);
    assert.ok(posted.some(({ json }) => json.includes('nonsense')));
    await arena.assertUnharmed();
  });
});

describe('an editor that lets something out', () => {
  let arena: Arena;

  before(async () => {
    arena = await Arena.open();
  });

  after(async () => {
    await arena.close();
  });

  it('is seen: in what the browser keeps, asks for and whom it calls', async () => {
    const { attacker, editor, foreignRequests } = arena;
    await editor.page.evaluate((key) => {
      localStorage.setItem('planted', key);
    }, KEY);
    const found = await arena.whereTheKeyIs();
    assert.ok(found.includes('what the browser keeps: JSON-escaped'), found.join());
    const other = await editor.page.context().newPage();
    await other.goto(attacker.url);
    await other.close();
    assert.equal(foreignRequests[0], `${attacker.url}/`);
    assert.ok(attacker.knocks.length > 0);
    assert.throws(() => arena.assertNothingGotOut());
  });
});
