import assert from 'node:assert/strict';
import type { FrameLocator } from 'playwright-core';
import { row, send } from '../e2e/support/sessionPanel.ts';
import type { JsonObject } from '../../src/util/json.ts';
import { type Arena, inArena } from './support/arena.ts';
import { attack } from './support/attackList.ts';
import { agentMessage, type ServedSession } from './support/hostileServer.ts';

describe('events of a hostile server', () => {
  const ground = inArena();
  const { it } = ground;

  it(attack('A6'), async () => {
    const { arena } = ground;
    const deep = `${'['.repeat(1_000_000)}${']'.repeat(1_000_000)}`;
    const objects = `${'{"a":'.repeat(1_000_000)}1${'}'.repeat(1_000_000)}`;
    const { session, page } = await openWith(arena, 'a6', [agentMessage('a6_0', 'Before the depths.')]);
    for (const input of [deep, objects]) {
      arena.hostile.send(
        session,
        `data: {"id":"deep","type":"agent.tool_use","name":"bash","input":${input}}\n\n`,
      );
    }
    arena.hostile.emit(session, agentMessage('a6_1', 'After the depths.'));
    await row(page, 'After the depths.').waitFor({ timeout: 30_000 });
    await row(page, 'Before the depths.').waitFor();
    assert.equal(await page.getByText('RangeError').count(), 0);

    // In history such an event stands in one answer with all the others, and takes none of them along.
    const other = await openHistory(arena, 'a6history', [
      JSON.stringify(agentMessage('a6_2', 'From a deep history.')),
      `{"id":"deep","type":"agent.tool_use","name":"bash","input":${deep}}`,
    ]);
    await row(other, 'From a deep history.').waitFor({ timeout: 30_000 });
    assert.equal(await other.locator('.banner').count(), 0);
    assert.equal(await other.getByText('RangeError').count(), 0);
  });

  it(attack('A7'), async () => {
    const { arena } = ground;
    const { editor, hostile } = arena;
    const { session, page } = await openWith(arena, 'a7', []);
    const poison = '{"x":1,"polluted":true}';
    for (const id of ['a7_1', 'a7_2']) {
      hostile.send(
        session,
        `data: {"__proto__":${poison},"constructor":{"prototype":${poison}},"payload":{"__proto__":${poison}},` +
          `"id":"${id}","type":"agent.message","content":[{"__proto__":${poison},"type":"text","text":"Polluting ${id}"}]}\n\n`,
      );
      hostile.send(
        session,
        `data: {"id":"${id}t","type":"agent.tool_use","name":"__proto__","input":{"__proto__":${poison},"constructor":{"prototype":${poison}}}}\n\n`,
      );
    }
    await row(page, 'Polluting a7_2').waitFor();
    assert.deepEqual(await editor.execute('managedAgentsWitness.inherited'), []);
    const inPages = await Promise.all(
      editor.page.frames().map(async (frame) => await frame.evaluate(() => Object.keys(Object.prototype))),
    );
    assert.deepEqual(inPages.flat(), []);
  });

  it(attack('A8'), async () => {
    const { arena } = ground;
    const { hostile } = arena;
    const names = [
      '__proto__',
      'constructor',
      'toString',
      'hasOwnProperty',
      'valueOf',
      'x'.repeat(1024 * 1024),
    ];
    const events = names.map((id, index) => agentMessage(id, `Named badly ${index}`));
    const { session, page } = await openWith(arena, 'constructor', events.slice(0, 3));
    for (const event of events.slice(3)) {
      hostile.emit(session, event);
    }
    for (const [index] of names.entries()) {
      await row(page, `Named badly ${index}`).waitFor();
    }
    // The same once more, with their results keyed by the same names: nothing is doubled.
    for (const event of events) {
      hostile.send(session, `data: ${JSON.stringify(event)}\n\n`);
    }
    hostile.emit(session, agentMessage('a8_end', 'The last of them.'));
    await row(page, 'The last of them.').waitFor();
    assert.equal(await page.locator('article').filter({ hasText: 'Named badly' }).count(), names.length);
  });

  it(attack('A9'), async () => {
    const { arena } = ground;
    const { session, page } = await openWith(arena, 'a9', []);
    const twice = '"type":"session.error","type":"agent.message","id":"a9_1","id":"a9_2"';
    arena.hostile.send(
      session,
      `data: {${twice},"content":"no","content":[{"type":"text","text":"not this","text":"Said twice"}]}\n\n`,
    );
    await row(page, 'Said twice').waitFor();
    assert.equal(await page.locator('article').count(), 1);
  });

  it(attack('A10'), async () => {
    const { arena } = ground;
    const numbers = ['1e400', '-1e400', '-0', '12345678901234567890'];
    const page = await openHistory(
      arena,
      'a10',
      numbers.map(
        (number, index) =>
          `{"id":${number},"seq":${number},"sequence":${number},"created_at":${number},"processed_at":${number},` +
          `"type":"agent.message","content":[{"type":"text","text":"Number ${index}","n":${number}}],` +
          `"usage":{"input_tokens":${number},"output_tokens":${number}}}`,
      ),
    );
    for (const [index] of numbers.entries()) {
      await row(page, `Number ${index}`).waitFor();
    }
    assert.equal(await page.getByText(/NaN|Invalid Date/).count(), 0);
  });

  it(attack('A11'), async () => {
    const { arena } = ground;
    const half = '\\ud800';
    const page = await openHistory(
      arena,
      'a11',
      [
        [`a11_${half}`, `Half a sign ${half} here`],
        ['', `No id and half ${half}`],
      ].map(
        ([id, text]) =>
          `{"id":"${id ?? ''}","type":"agent.message","content":[{"type":"text","text":"${text ?? ''}"}]}`,
      ),
    );
    await row(page, 'Half a sign').waitFor();
    await row(page, 'No id and half').waitFor();
    await send(page, 'Half a sign \ud800 from here');
    await row(page, 'from here').waitFor();
    const shown = (await row(page, 'No id and half').textContent()) ?? '';
    assert.doesNotMatch(shown, /undefined|\[object/);
  });
});

/** Opens a new session whose history is made of those texts of JSON. */
async function openHistory(arena: Arena, id: string, events: readonly string[]): Promise<FrameLocator> {
  const session = arena.hostile.addSession({ id });
  arena.hostile.attack = (request) =>
    request.session === id && request.method === 'GET' && request.path.endsWith('/events')
      ? {
          headers: { 'content-type': 'application/json' },
          body: `{"data":[${[...events, ...session.events.map((event) => JSON.stringify(event))].join(',')}]}`,
        }
      : undefined;
  return await arena.openWorkingSession(session);
}

/** Opens a new session that has those events already, and waits for its stream. */
async function openWith(
  arena: Arena,
  id: string,
  events: readonly JsonObject[],
): Promise<{ readonly session: ServedSession; readonly page: FrameLocator }> {
  const session = arena.hostile.addSession({ id });
  session.events.push(...events);
  return { session, page: await arena.openWorkingSession(session) };
}
