import assert from 'node:assert/strict';
import type { FrameLocator } from 'playwright-core';
import { asObject, asText, field, type JsonObject } from '../../src/util/json.ts';
import { hostMessageFields, isHostMessage } from '../../src/protocol/hostMessageFields.ts';
import { dialog, listedMessage } from '../e2e/support/messages.ts';
import { row, send } from '../e2e/support/sessionPanel.ts';
import { eventually } from '../support/eventually.ts';
import { type Arena, inArena, KEY, sharedArena } from './support/arena.ts';
import { attack } from './support/attackList.ts';
import { dangerousAddresses } from './support/dangerousAddresses.ts';
import { attackedWrapper } from './support/forged.ts';
import { agentMessage, messageIn, type ServedSession } from './support/hostileServer.ts';
import { showEvents, showText } from './support/hostilePage.ts';
import { findKey } from './support/keyScan.ts';
import { forge } from './support/pageSpy.ts';
import { clearTheLeft } from './support/twoSides.ts';

/** What a page that was taken over posts: through the editor's own frame, where everything of a page passes. */
describe('messages that a page forges', () => {
  const { it } = inArena();
  let arena: Arena;
  const posts = (session: ServedSession) => arena.hostile.about(session, ({ method }) => method === 'POST');
  const tabs = async () => await arena.editor.page.locator('.tabs-container').allTextContents();

  before(async () => {
    arena = await sharedArena();
  });

  /** The session still shows what comes, and sends what is written. */
  async function assertWorks(session: ServedSession, page: Awaited<ReturnType<typeof showText>>['page']) {
    arena.hostile.emit(session, agentMessage(`works_${session.id}`, 'It still works.'));
    await row(page, 'It still works.').waitFor();
    await send(page, `Hello ${session.id}`);
    await eventually(() => posts(session).some((request) => messageIn(request) === `Hello ${session.id}`));
  }

  it(attack('C1'), async () => {
    const { session, page } = await showText(arena, 'formless', 'Text.');
    const wrapper = await attackedWrapper(arena);
    const before = await tabs();
    const send = { type: 'send', id: 1, text: 'x', attachments: [], interrupt: false };
    const formless: readonly unknown[] = [
      null,
      [],
      'send',
      1,
      {},
      { type: 'unknown' },
      { type: 'send' },
      { ...send, extra: 1 },
      { ...send, id: '1' },
      { ...send, text: { toString: 'x' } },
      [send],
      { type: '__proto__' },
      { type: 'constructor', constructor: { prototype: { polluted: true } } },
      JSON.parse('{"type":"send","id":1,"text":"x","attachments":[],"__proto__":{"interrupt":false}}'),
      { type: 'action', action: 'workbench.action.quit' },
      { type: 'openBody', key: 'formless_text', part: '../../etc/passwd' },
      { type: 'rows', id: 1, from: -1e308, count: 1e308 },
      { type: 'findStart', id: 1, text: 'x'.repeat(1_001), matchCase: false, wholeWord: false, from: 0 },
    ];
    for (const message of formless) {
      await forge(wrapper, message);
    }
    await wrapper.evaluate((message) => {
      const post: unknown = Reflect.get(globalThis, '__vscode_post_message__');
      if (typeof post === 'function') {
        const huge = { ...message, text: 'x'.repeat(50_000_000) };
        Reflect.apply(post, undefined, ['onmessage', { message: huge }]);
      }
    }, send);
    // Messages stay in order: when this one is sent, those before it were read.
    await forge(wrapper, { ...send, text: 'The first of any known form.' });
    await eventually(() => posts(session).length > 0, { timeoutMs: 60_000 });
    assert.deepEqual(posts(session).map(messageIn), ['The first of any known form.']);
    assert.deepEqual(await tabs(), before);
    await assertWorks(session, page);
    assert.equal(posts(session).length, 2);
  });

  it(attack('C2'), async () => {
    const { editor } = arena;
    const { session, page } = await showText(arena, 'opening', 'Text.');
    for (const url of [...dangerousAddresses.filter((each) => !each.startsWith('&')), '', 'x', ' ']) {
      await forge(await attackedWrapper(arena), { type: 'openLink', url });
    }
    // The editor shows no more than three messages in a moment; the others wait in its list.
    await listedMessage(editor, 'This link was not opened');
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

  it(attack('C4'), async () => {
    const { hostile } = arena;
    const { session, page } = await showText(arena, 'flood', 'Text.');
    await hear(page);
    // As long as the first is on its way, each of the others could wait behind it.
    const held: (() => void)[] = [];
    hostile.attack = async ({ method, session: id }) => {
      if (method === 'POST' && id === session.id) {
        await new Promise<void>((resolve) => held.push(resolve));
      }
      return undefined;
    };
    const wrapper = await attackedWrapper(arena);
    await wrapper.evaluate(() => {
      const post: unknown = Reflect.get(globalThis, '__vscode_post_message__');
      for (let id = 0; id < 10_000 && typeof post === 'function'; id++) {
        const message = { type: 'send', id, text: `flood ${id}`, attachments: [], interrupt: false };
        Reflect.apply(post, undefined, ['onmessage', { message }]);
      }
    });
    // What comes behind the flood is answered, once there is room for it again.
    await eventually(
      async () => {
        await forge(wrapper, { type: 'send', id: 10_000, text: 'late', attachments: [], interrupt: false });
        return (await heard(page)).some((message) => field(message, 'id') === 10_000);
      },
      { timeoutMs: 60_000, intervalMs: 200 },
    );
    await arena.assertUnharmed();
    const answers = (await heard(page)).filter((message) => Number(field(message, 'id')) < 10_000);
    assert.ok(answers.length > 0 && answers.length < 5_000, `${answers.length} of 10,000 were looked at`);
    assert.equal(posts(session).length, 1);
    hostile.attack = () => undefined;
    held.forEach((release) => release());
    await row(page, 'flood 0').waitFor();
    await assertWorks(session, page);
    assert.deepEqual(posts(session).map(messageIn), ['flood 0', `Hello ${session.id}`]);
  });

  it(attack('C5'), async () => {
    const { editor } = arena;
    const { session, page } = await showText(arena, 'asking', 'Text.');
    await hear(page);
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
    const all = await heard(page);
    const types = new Set(all.map((message) => String(asText(field(message, 'type')))));
    assert.ok(types.has('open') && types.has('rows') && types.has('logRows'), [...types].join());
    assert.deepEqual(
      all.filter((message) => !isHostMessage(message)),
      [],
      `not one of ${Object.keys(hostMessageFields).join()}`,
    );
    assert.deepEqual(findKey(KEY, [{ where: 'what the page heard', bytes: JSON.stringify(all) }]), []);
    assert.ok(!JSON.stringify(all).includes(editor.runFolder), 'the page learns of places on the disk');
    assert.deepEqual(await tabs(), seen);
    assert.deepEqual(await arena.whereTheKeyIs(), []);
  });

  it(attack('C6'), async () => {
    const { hostile, editor } = arena;
    const { session, page } = await showEvents(arena, 'gone', [agentMessage('gone_0', 'Text.')]);
    const wrapper = await attackedWrapper(arena);
    for (let again = 0; again < 5; again++) {
      await forge(wrapper, { type: 'ready' });
      await forge(wrapper, { type: 'ack', seq: 1e12 });
      await forge(wrapper, { type: 'window', from: -1e9, end: 1e9 });
    }
    await assertWorks(session, page);
    // It goes on while its panel is closed.
    await wrapper.evaluate(() => {
      const post: unknown = Reflect.get(globalThis, '__vscode_post_message__');
      let id = 0;
      setInterval(() => {
        id += 1;
        for (const message of [
          { type: 'ready' },
          { type: 'send', id, text: `from the grave ${id}`, attachments: [], interrupt: false },
        ]) {
          if (typeof post === 'function') {
            Reflect.apply(post, undefined, ['onmessage', { message }]);
          }
        }
      }, 50);
    });
    await eventually(() =>
      posts(session).some((request) => messageIn(request)?.startsWith('from the grave')),
    );
    await clearTheLeft(editor);
    await eventually(() => wrapper.isDetached());
    await arena.assertUnharmed();
    const sent = posts(session).length;
    await assert.rejects(forge(wrapper, { type: 'ready' }));
    // The feed outlives its panel by half a minute, for one who only closed it by mistake: till then it may read.
    await eventually(() => session.streams.size === 0, { timeoutMs: 60_000 });
    const asked = hostile.about(session).length;
    await arena.assertUnharmed();
    assert.equal(posts(session).length, sent);
    assert.equal(hostile.about(session).length, asked);
  });
});

/** From now on, what the host says to a page is noted in it. */
async function hear(page: FrameLocator): Promise<void> {
  await page.locator(':root').evaluate(() => {
    const heard: unknown[] = [];
    Reflect.set(globalThis, 'heard', heard);
    window.addEventListener('message', ({ data }: MessageEvent<unknown>) => heard.push(data));
  });
}

async function heard(page: FrameLocator): Promise<readonly JsonObject[]> {
  const noted = await page.locator(':root').evaluate(() => Reflect.get(globalThis, 'heard') as unknown);
  return (noted as readonly unknown[]).map(asObject).filter((message) => message !== undefined);
}
