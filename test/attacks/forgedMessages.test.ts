import assert from 'node:assert/strict';
import { asObject, asText, field } from '../../src/util/json.ts';
import { hostMessageFields, isHostMessage } from '../../src/protocol/hostMessageFields.ts';
import { dialog, notification } from '../e2e/support/messages.ts';
import { row, send } from '../e2e/support/sessionPanel.ts';
import { eventually } from '../support/eventually.ts';
import { type Arena, KEY, sharedArena } from './support/arena.ts';
import { attack } from './support/attackList.ts';
import { dangerousAddresses } from './support/dangerousAddresses.ts';
import { attackedWrapper } from './support/forged.ts';
import { agentMessage, messageIn, type ServedSession } from './support/hostileServer.ts';
import { showText } from './support/hostilePage.ts';
import { findKey } from './support/keyScan.ts';
import { forge } from './support/pageSpy.ts';

/** What a page that was taken over posts: through the editor's own frame, where everything of a page passes. */
describe('messages that a page forges', () => {
  let arena: Arena;
  const posts = (session: ServedSession) => arena.hostile.about(session, ({ method }) => method === 'POST');
  const tabs = async () => await arena.editor.page.locator('.tabs-container').allTextContents();

  before(async () => {
    arena = await sharedArena();
  });

  afterEach(async () => {
    await arena.calm();
    await arena.assertUnharmed();
  });

  /** The session still shows what comes, and sends what is written. */
  async function assertWorks(session: ServedSession, page: Awaited<ReturnType<typeof showText>>['page']) {
    arena.hostile.emit(session, agentMessage(`works_${session.id}`, 'It still works.'));
    await row(page, 'It still works.').waitFor();
    await send(page, `Hello ${session.id}`);
    await eventually(() => posts(session).some((request) => messageIn(request) === `Hello ${session.id}`));
  }

  it(attack('C2'), async () => {
    const { editor } = arena;
    const { session, page } = await showText(arena, 'opening', 'Text.');
    for (const url of [...dangerousAddresses.filter((each) => !each.startsWith('&')), '', 'x', ' ']) {
      await forge(await attackedWrapper(arena), { type: 'openLink', url });
    }
    await notification(editor, 'This link was not opened').waitFor();
    // A question about one of them would still stand here.
    await assertWorks(session, page);
    assert.equal(await dialog(editor).count(), 0);
  });

  it(attack('C3'), async () => {
    const { hostile, healthy } = arena;
    const { session, page } = await showText(arena, 'stranger', 'Text.');
    const before = hostile.about(healthy).length;
    const seen = await tabs();
    const call = { eventId: 'healthy_0', inputHash: 'x' };
    const others: readonly unknown[] = [
      { type: 'openBody', key: 'healthy_0', part: 'raw' },
      { type: 'copyBody', key: 'healthy_0', part: 'raw' },
      { type: 'openCode', key: 'healthy_0', block: 0, code: 0 },
      { type: 'openBlock', key: 'healthy_0', part: 'text', index: 0 },
      { type: 'logOpenJson', name: 'healthy_0' },
      { type: 'logCopy', name: 'healthy_0', part: 'json' },
      { type: 'showCall', eventId: 'healthy_0' },
      { type: 'decide', id: 1, ...call, decision: 'allow', reason: '' },
      { type: 'allowAll', id: 2, calls: [call] },
      { type: 'answerTool', id: 3, ...call, text: 'x', isError: false },
      { type: 'openInput', id: 4, ...call },
      { type: 'recall', id: 5, from: 'healthy_0' },
      { type: 'detach', key: 'healthy_0' },
      { type: 'openAttachment', key: 'healthy_0' },
      { type: 'send', id: 6, text: 'x', attachments: ['healthy_0'], interrupt: false, sessionId: 'healthy' },
      { type: 'interrupt', id: 7, sessionId: 'healthy' },
    ];
    await arena.editor.page.evaluate(async () => await navigator.clipboard.writeText('untouched'));
    for (const message of others) {
      await forge(await attackedWrapper(arena), message);
    }
    await assertWorks(session, page);
    assert.equal(hostile.about(healthy).length, before);
    assert.equal(posts(session).length, 1);
    assert.deepEqual(await tabs(), seen);
    assert.equal(
      await arena.editor.page.evaluate(async () => await navigator.clipboard.readText()),
      'untouched',
    );
  });

  it(attack('C5'), async () => {
    const { editor } = arena;
    const { session, page } = await showText(arena, 'asking', 'Text.');
    await page.locator(':root').evaluate(() => {
      const heard: unknown[] = [];
      Reflect.set(globalThis, 'heard', heard);
      window.addEventListener('message', ({ data }: MessageEvent<unknown>) => heard.push(data));
    });
    const wrapper = await attackedWrapper(arena);
    const seen = await tabs();
    for (const type of [
      'key getKey apiKey setKey secret settings getSetting setSetting readFile writeFile openFile command',
      'executeCommand env terminal fetch request eval require clipboard',
    ].flatMap((words) => words.split(' '))) {
      await forge(wrapper, {
        type,
        id: 1,
        name: 'managedAgents.connections',
        path: '/etc/passwd',
        command: 'x',
      });
    }
    // Everything that the page can get: all of it, from the beginning.
    for (const message of [
      { type: 'ready' },
      { type: 'rows', id: 1, from: 0, count: 200 },
      { type: 'logView', view: 1, kinds: [], text: '', place: { at: 'end' }, count: 200, selected: null },
      { type: 'logDetail', id: 2, name: 'asking_text' },
      { type: 'recall', id: 3, from: null },
      { type: 'attachMenu' },
    ]) {
      await forge(wrapper, message);
    }
    await assertWorks(session, page);
    const heard = (await page
      .locator(':root')
      .evaluate(() => Reflect.get(globalThis, 'heard') as unknown)) as unknown[];
    const types = new Set(heard.map((message) => String(asText(field(asObject(message), 'type')))));
    assert.ok(types.has('open') && types.has('rows') && types.has('logRows'), [...types].join());
    assert.deepEqual(
      heard.filter((message) => !isHostMessage(message)),
      [],
      `not one of ${Object.keys(hostMessageFields).join()}`,
    );
    assert.deepEqual(findKey(KEY, [{ where: 'what the page heard', bytes: JSON.stringify(heard) }]), []);
    assert.ok(!JSON.stringify(heard).includes(editor.runFolder), 'the page learns of places on the disk');
    assert.deepEqual(await tabs(), seen);
    assert.deepEqual(await arena.whereTheKeyIs(), []);
  });
});
