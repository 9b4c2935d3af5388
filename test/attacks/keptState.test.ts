import assert from 'node:assert/strict';
import { setKey } from '../e2e/support/connections.ts';
import { panelFrame } from '../e2e/support/panel.ts';
import { reloadWindow } from '../e2e/support/reload.ts';
import { banner, row } from '../e2e/support/sessionPanel.ts';
import { eventually } from '../support/eventually.ts';
import { Arena, KEY } from './support/arena.ts';
import { attack } from './support/attackList.ts';
import { attackedWrapper, forgeState } from './support/forged.ts';
import { agentMessage } from './support/hostileServer.ts';
import { assertNoMarkup, showText } from './support/hostilePage.ts';

/** An editor is started, and its window loaded once more. */
const LOADING_MS = 600_000;

/** In an arena of its own, since no other attack goes on in a window that was loaded anew. */
describe('a state that the editor hands back', function () {
  this.timeout(LOADING_MS);
  let arena: Arena;

  before(async () => {
    arena = await Arena.open();
    await arena.connect();
  });

  after(async () => {
    await arena.close();
  });

  it(attack('C7'), async () => {
    const { hostile, attacker, editor } = arena;
    const { session, page } = await showText(arena, 'kept', 'Text.');
    hostile.addSession({ id: 'before', events: [agentMessage('before_text', 'In front of it.')] });
    const elsewhere = {
      connectionId: 'custom:Hostile%20server',
      origin: attacker.url,
      sessionId: 'kept',
      // Without the whole name, since the editor writes the state into a script of its own.
      title: '<img src=x onerror="globalThis[`pw`+`ned`]=1">',
      draft: 'x'.repeat(1_000),
      place: { anchorKey: 'x'.repeat(100_000), anchorOffset: 1e308, atEnd: 'no' },
      rows: [
        [{}, 1],
        ['a'.repeat(10_000), true],
      ],
      forms: [{ key: 'kept_text', text: 7 }],
      views: { view: '__proto__', log: { kinds: ['all'], place: { at: 'position', position: 1e308 } } },
    };
    const states: readonly unknown[] = [
      'not a state',
      [],
      { connectionId: {}, sessionId: [] },
      JSON.parse('{"__proto__":{"polluted":true},"connectionId":"x","sessionId":"../../x","draft":1}'),
      elsewhere,
    ];
    // The page that comes back from behind another tab gets its state from the editor.
    for (const state of states) {
      await forgeState(await attackedWrapper(arena), state);
      await row(await arena.openSession('before'), 'In front of it.').waitFor();
      await editor.execute('workbench.action.closeActiveEditor');
      await row(page, 'Text.').waitFor();
      await assertNoMarkup(page);
      const polluted = await page.locator(':root').evaluate(() => Reflect.has({}, 'polluted'));
      assert.equal(polluted, false);
    }
    await arena.assertUnharmed();
    // After a reload the host gets it. The address in it is not that of the connection: the session is not asked for.
    await forgeState(await attackedWrapper(arena), elsewhere);
    const asked = hostile.about(session).length;
    await reloadWindow(editor);
    const frames = [panelFrame(editor, 0), panelFrame(editor, 1)];
    const [lost] = await eventually(
      async () => {
        const found = await Promise.all(
          frames.map(async (frame) => await banner(frame, 'leads to another server now').count()),
        );
        return found.includes(1) && frames.filter((_frame, index) => found[index] === 1);
      },
      { timeoutMs: 60_000 },
    );
    assert.ok(lost);
    await assertNoMarkup(lost);
    // The other panel is there again: with the key, which a browser without a keyring forgets with its page.
    const other = frames.find((frame) => frame !== lost);
    assert.ok(other);
    const noKey = banner(other, 'There is no API key');
    await row(other, 'All is well.').or(noKey).first().waitFor({ timeout: 60_000 });
    if ((await noKey.count()) > 0) {
      await setKey(editor, KEY);
    }
    await row(other, 'All is well.').waitFor({ timeout: 60_000 });
    assert.equal(hostile.about(session).length, asked);
    assert.equal(session.streams.size, 0);
    arena.assertNothingGotOut();
  });
});
