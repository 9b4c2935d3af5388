import assert from 'node:assert/strict';
import { homedir, hostname, userInfo } from 'node:os';
import { row, send } from '../e2e/support/sessionPanel.ts';
import { inArena } from './support/arena.ts';
import { attack } from './support/attackList.ts';
import { agentMessage } from './support/hostileServer.ts';

describe('what a server or a proxy gets to see', () => {
  const ground = inArena();

  it(attack('E7'), async () => {
    const { arena } = ground;
    const { hostile, editor } = arena;
    const session = hostile.addSession({ id: 'e7' });
    session.events.push(agentMessage('e7_0', 'Who are you?'));
    const page = await arena.openWorkingSession(session);
    await send(page, 'Nobody.');
    await row(page, 'Nobody.').waitFor();
    const names = new Set(hostile.requests.flatMap(({ headers }) => Object.keys(headers)));
    const expected = ['accept', 'accept-encoding', 'anthropic-beta', 'anthropic-version', 'authorization'];
    expected.push('cache-control', 'connection', 'content-length', 'content-type', 'host');
    assert.deepEqual(
      [...names].filter((name) => !expected.includes(name)),
      [],
    );
    const sent = hostile.requests.map(({ path, query, headers, body }) =>
      JSON.stringify([path, [...query], headers, body]),
    );
    const personal = [hostname(), homedir(), editor.folder, editor.runFolder, 'vscode', process.version];
    if (userInfo().username.length > 4) {
      personal.push(userInfo().username);
    }
    for (const word of personal.filter((each) => each.length > 3)) {
      assert.deepEqual(
        sent.filter((text) => text.toLowerCase().includes(word.toLowerCase())),
        [],
        word,
      );
    }
  });
});
