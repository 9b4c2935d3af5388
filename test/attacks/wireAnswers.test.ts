import assert from 'node:assert/strict';
import { gzipSync } from 'node:zlib';
import { composer, row, send } from '../e2e/support/sessionPanel.ts';
import { treeRow } from '../e2e/support/tree.ts';
import { eventually } from '../support/eventually.ts';
import { type FaultAnswer, jsonAnswer } from '../support/faultServer.ts';
import { type Arena, inArena, KEY } from './support/arena.ts';
import { attack } from './support/attackList.ts';
import { agentMessage } from './support/hostileServer.ts';

const MEBIBYTE = 1024 * 1024;
/** More answers than are read ahead by sockets on both sides. */
const SLACK = 48;

describe('answers of a hostile server', () => {
  const ground = inArena();
  const { it } = ground;

  it(attack('A1'), async () => {
    await refusesRedirect(ground.arena, 302, `http://localhost:${ground.arena.attacker.port}`);
  });

  it(attack('A2'), async () => {
    // From https to http of one host is shown with real certificates, at A20.
    await refusesRedirect(ground.arena, 307, ground.arena.attacker.url);
    await refusesRedirect(ground.arena, 308, `https://127.0.0.1:${ground.arena.hostile.port}`);
  });

  it(attack('A3'), async () => {
    const { arena } = ground;
    let pieces = 0;
    async function* list() {
      yield '{"data":[';
      for (; pieces < 1_024; pieces++) {
        yield Buffer.alloc(MEBIBYTE, ' ');
      }
    }
    await listAnswers(arena, { headers: { 'content-type': 'application/json' }, body: list() });
    await treeRow(arena.editor, 'is too large').waitFor({ timeout: 60_000 });
    assert.ok(pieces < 64 + SLACK, `${pieces} MiB were taken`);
  });

  it(attack('A5'), async () => {
    const { arena } = ground;
    const { hostile, editor } = arena;
    // Members of gzip may follow each other without end (RFC 1952, 2.2): each of these unpacks to 10 MiB.
    const member = gzipSync(Buffer.alloc(10 * MEBIBYTE, ' '));
    async function* bomb() {
      for (let left = 1_024; left > 0; left--) {
        yield member;
      }
    }
    const headers = { 'content-encoding': 'gzip' };
    await listAnswers(arena, {
      headers: { ...headers, 'content-type': 'application/json' },
      body: bomb(),
    });
    await treeRow(editor, 'is too large').waitFor({ timeout: 60_000 });

    const session = hostile.addSession({ id: 'a5' });
    session.events.push(agentMessage('a5_0', 'Before the bomb.'));
    let streams = 0;
    hostile.attack = ({ session: id, path }) => {
      if (id !== 'a5' || !path.endsWith('stream')) {
        return undefined;
      }
      streams += 1;
      return { headers: { ...headers, 'content-type': 'text/event-stream' }, body: bomb() };
    };
    const page = await arena.openSession('a5');
    await row(page, 'Before the bomb.').waitFor();
    // The second stream is proof that the first was given up.
    await eventually(() => streams >= 2, { timeoutMs: 60_000 });
  });

  it(attack('A14'), async () => {
    const { arena } = ground;
    const { editor, hostile } = arena;
    for (const pause of ['99999999999', '-5', 'next week, perhaps']) {
      await listAnswers(arena, jsonAnswer({ detail: 'slow down' }, 429, { 'retry-after': pause }));
      await treeRow(editor, 'asks for a pause').waitFor({ timeout: 30_000 });
      // Nobody has to sit out a pause: asking again is asking again.
      hostile.attack = () => undefined;
      await editor.execute('managedAgents.refresh');
      await treeRow(editor, 'asks for a pause').waitFor({ state: 'detached' });
    }
    const session = hostile.addSession({ id: 'a14' });
    let refusals = 0;
    hostile.attack = ({ session: id, path }) => {
      if (id !== 'a14' || !path.endsWith('stream')) {
        return undefined;
      }
      refusals += 1;
      return jsonAnswer({ detail: 'later' }, 503, { 'retry-after': '99999999999' });
    };
    await arena.openSession('a14');
    await eventually(() => refusals === 1, { timeoutMs: 20_000 });
    hostile.attack = () => undefined;
    await eventually(
      async () => {
        await editor.execute('managedAgents.session.reconnect', { sessionId: 'a14' });
        return session.streams.size > 0;
      },
      { timeoutMs: 20_000, intervalMs: 500 },
    );
  });

  it(attack('A17'), async () => {
    const { arena } = ground;
    const { hostile, editor } = arena;
    const echo = (headers: Readonly<Record<string, string>>) =>
      jsonAnswer(
        {
          type: 'error',
          error: { type: KEY, message: `No: ${JSON.stringify(headers)}` },
          detail: [{ loc: ['header', KEY], msg: JSON.stringify(JSON.stringify(headers)) }],
        },
        403,
        { 'request-id': KEY, 'x-request-id': Buffer.from(KEY).toString('base64') },
      );
    hostile.addSession({ id: 'a17' });
    hostile.attack = ({ path, session, headers }) =>
      path === '/sessions' || session === 'a17' ? echo(headers) : undefined;
    await editor.execute('managedAgents.refresh');
    await treeRow(editor, 'does not allow this').waitFor();
    await arena.openSession('a17');
    await arena.page.getByText('does not let this API key see this session').first().waitFor();
    assert.match((await treeRow(editor, 'does not allow this').getAttribute('aria-label')) ?? '', /•••/);
    // An event can echo it as well, in the stream and in the list.
    const told = hostile.addSession({ id: 'a17told' });
    told.events.push(agentMessage('a17_0', `Listed: Bearer ${KEY}`));
    const page = await arena.openWorkingSession(told);
    await row(page, 'Listed: Bearer •••').waitFor();
    hostile.emit(told, agentMessage('a17_1', `Streamed: ${JSON.stringify({ authorization: KEY })}`));
    await row(page, 'Streamed: {"authorization":"•••"}').waitFor();
    assert.deepEqual(await arena.whereTheKeyIs(), []);
  });

  it(attack('A18'), async () => {
    const { arena } = ground;
    const { editor, hostile } = arena;
    const markup = `<script>document.title='owned'</script><img src="${arena.attacker.url}/x">`;
    const body = `<!doctype html><html><body>${markup}Sorry${'!'.repeat(100_000)}</body></html>`;
    hostile.addSession({ id: 'a18' });
    hostile.attack = ({ path, session, method }) =>
      path === '/sessions' || (session === 'a18' && method === 'POST')
        ? { status: 400, headers: { 'content-type': 'text/html' }, body }
        : undefined;
    await editor.execute('managedAgents.refresh');
    const label = await treeRow(editor, 'did not accept the request').getAttribute('aria-label');
    assert.match(label ?? '', /Sorry!/);
    assert.doesNotMatch(label ?? '', /<script|<img/);
    assert.ok((label ?? '').length < 1_000);

    const page = await arena.openSession('a18');
    await composer(page).waitFor();
    const scripts = await page.locator('script').count();
    await send(page, 'Hello');
    const alert = page.getByRole('alert').filter({ hasText: 'did not accept the request' });
    await alert.waitFor();
    assert.ok(((await alert.textContent()) ?? '').length < 1_000);
    assert.equal(await page.locator('script').count(), scripts);
    assert.equal(await page.locator(`[src^="${arena.attacker.url}"]`).count(), 0);
    assert.notEqual(await editor.page.title(), 'owned');
  });

  it(attack('A19'), async () => {
    const { arena } = ground;
    const { hostile, editor, attacker } = arena;
    hostile.addSession({ id: 'a19' }).events.push(agentMessage('a19_0', 'Have a cookie.'));
    const headers = {
      'set-cookie': 'track=me; Path=/',
      link: `<${attacker.url}/style.css>; rel=preload; as=style, <${attacker.url}>; rel=preconnect`,
      refresh: `0; url=${attacker.url}`,
      'alt-svc': `h2="127.0.0.1:${attacker.port}"; ma=86400`,
      'content-location': attacker.url,
      'report-to': JSON.stringify({ group: 'x', endpoints: [{ url: attacker.url }] }),
    };
    const seen = hostile.requests.length;
    hostile.attack = ({ path, session }) => {
      if (path === '/sessions') {
        return jsonAnswer({ data: [{ id: 'a19', title: 'A sweet session', status: 'idle' }] }, 200, headers);
      }
      return session === 'a19' && path.endsWith('/events')
        ? jsonAnswer({ data: hostile.sessions.get('a19')?.events }, 200, headers)
        : undefined;
    };
    await editor.execute('managedAgents.refresh');
    await treeRow(editor, /^Session A sweet session/).waitFor();
    const page = await arena.openSession('a19');
    await row(page, 'Have a cookie.').waitFor();
    await send(page, 'No, thank you.');
    await row(page, 'No, thank you.').waitFor();
    const after = hostile.requests.slice(seen);
    assert.ok(after.length > 3);
    for (const { headers: sent } of after) {
      assert.equal(sent['cookie'], undefined);
      assert.equal(sent['referer'], undefined);
    }
  });

  it(attack('A22'), async () => {
    const { arena } = ground;
    const { hostile } = arena;
    hostile.addSession({ id: 'a22' }).events.push(agentMessage('a22_0', 'From the list.'));
    const frame = `data: ${JSON.stringify(agentMessage('a22_1', 'From a page.'))}\n\n`;
    const kinds = ['text/html', 'text/html; charset=utf-8; x=text/event-stream', ''];
    let streams = 0;
    hostile.attack = ({ session, path }) => {
      if (session !== 'a22' || !path.endsWith('stream')) {
        return undefined;
      }
      const kind = kinds[streams++ % kinds.length] ?? '';
      return { headers: { 'content-type': kind }, body: frame, ending: 'stayOpen' };
    };
    const page = await arena.openSession('a22');
    await row(page, 'From the list.').waitFor({ timeout: 30_000 });
    await eventually(() => streams >= kinds.length, { timeoutMs: 40_000 });
    assert.equal(await page.getByText('From a page.').count(), 0);
  });
});

/** The list of sessions answers like that, and is asked for. */
async function listAnswers({ hostile, editor }: Arena, answer: FaultAnswer): Promise<void> {
  hostile.attack = ({ path }) => (path === '/sessions' ? answer : undefined);
  await editor.execute('managedAgents.refresh');
}

/** Every kind of request is answered with a redirect to an origin, which must be named and never asked. */
async function refusesRedirect(arena: Arena, status: number, origin: string): Promise<void> {
  const { hostile, editor } = arena;
  const session = hostile.addSession({ id: `redirected${status}` });
  let streams = 0;
  hostile.attack = ({ path, session: id, method }) => {
    const isStream = id === session.id && path.endsWith('stream');
    streams += isStream ? 1 : 0;
    return path === '/sessions' || isStream || (id === session.id && method === 'POST')
      ? { status, headers: { location: `${origin}${path}` } }
      : undefined;
  };
  await editor.execute('managedAgents.refresh');
  await treeRow(editor, `redirect to ${origin}`).waitFor();
  const page = await arena.openSession(session.id);
  await send(page, 'Where does this go?');
  await page
    .getByRole('alert')
    .filter({ hasText: `redirect to ${origin}` })
    .waitFor();
  await eventually(() => streams >= 2, { timeoutMs: 30_000 });
  assert.deepEqual(session.events, []);
  arena.assertNothingGotOut();
  await arena.calm();
}
