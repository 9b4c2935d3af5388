import assert from 'node:assert/strict';
import {
  type FaultAnswer,
  type FaultServer,
  jsonAnswer,
  pageAnswer,
  startFaultServer,
  streamAnswer,
} from '../support/faultServer.ts';
import { askForKey, setKey, setKeyUnchecked, useConnection } from './support/connections.ts';
import { type Editor, openWorkbench } from './support/editor.ts';
import { answerDialog, clearNotifications, dialog, notification } from './support/messages.ts';
import {
  atQuestion,
  cancelInput,
  enterText,
  inputMessage,
  pick,
  quickInput,
  runCommand,
  typeText,
} from './support/quickInput.ts';
import { composer, openSession, row, send } from './support/sessionPanel.ts';
import { pressRowAction, showManagedAgents, sideBar, treeRow } from './support/tree.ts';

describe('addresses that no key may go to', () => {
  let editor: Editor;

  before(async () => {
    editor = await openWorkbench();
    await showManagedAgents(editor);
  });

  after(async () => {
    await editor.close();
  });

  it('are told of when the settings hold them, and the good ones are used', async () => {
    await editor.changeSettings({
      'managedAgents.connections': [
        { name: 'Plain', baseUrl: 'http://agents.example.com' },
        { name: 'Mistyped', baseUrl: 'https//agents.example.com' },
        { name: 'Good', baseUrl: 'https://agents.example.com' },
      ],
    });
    await notification(
      editor,
      'The connection “Plain” of the settings is not used. The key would travel unprotected: use https.',
    ).waitFor();
    await notification(
      editor,
      'The connection “Mistyped” of the settings is not used. This is not a complete address. Enter one such as https://api.example.com.',
    ).waitFor();
    await editor.screenshot('bad-settings');
    await clearNotifications(editor);
    await runCommand(editor, 'Managed Agents: Choose Connection…');
    await quickInput(editor).getByText('Good', { exact: true }).waitFor();
    await editor.screenshot('bad-choose');
    assert.equal(await quickInput(editor).getByText('Plain', { exact: true }).count(), 0);
    assert.equal(await quickInput(editor).getByText('Mistyped', { exact: true }).count(), 0);
  });

  it('are refused while they are typed, with a word on how a good one looks', async () => {
    await pick(editor, 'Add a connection…');
    await atQuestion(editor, 'Add Connection (1/3)');
    await enterText(editor, 'Staging');
    await atQuestion(editor, 'Add Connection (2/3)');
    for (const [text, why] of [
      ['agents.example.com', 'This is not a complete address.'],
      ['http://agents.example.com', 'The key would travel unprotected: use https.'],
      ['ftp://agents.example.com', 'The address must begin with https://.'],
      ['https://me:secret@agents.example.com', 'must not hold a user name or a password'],
      ['https://agents.example.com/v1?x=1', 'The address must end with its path'],
      ['https://agents.example.com/a/../b', 'The path may hold letters'],
    ] as const) {
      await typeText(editor, text);
      await inputMessage(editor).getByText(why).waitFor();
    }
    await editor.screenshot('bad-add');
    await cancelInput(editor);
  });
});

describe('a server that misbehaves', () => {
  const healthy = (path: string): FaultAnswer => {
    const session = { id: 'session_1', title: 'A long story', status: 'idle' };
    if (path.endsWith('/stream')) {
      return streamAnswer(': hello\n\n');
    }
    if (path.endsWith('/events')) {
      const text = [{ type: 'text', text: 'Once upon a time.' }];
      return jsonAnswer({ events: [{ id: 'e1', type: 'agent.message', content: text }] });
    }
    if (path.endsWith('/sessions')) {
      return jsonAnswer({ data: [session, { ...session, id: 'up/../../admin', title: 'A hostile id' }] });
    }
    return jsonAnswer(path.endsWith('/session_1') ? session : { data: [] });
  };
  let answer = healthy;
  let server: FaultServer;
  let editor: Editor;

  before(async () => {
    server = await startFaultServer(({ path }) => answer(path));
    editor = await openWorkbench();
    await showManagedAgents(editor);
    await useConnection(editor, { name: 'Odd server', baseUrl: server.url });
  });

  after(async () => {
    await editor.close();
    await server.close();
  });

  it('gives its reason when the key cannot be checked, and leaves the choice', async () => {
    answer = () => pageAnswer('Please sign in');
    await askForKey(editor);
    await enterText(editor, 'any-key-0123456789');
    await dialog(editor).getByText('The API key could not be checked.').waitFor();
    await dialog(editor).getByText('A web page came instead of an answer').waitFor();
    await editor.screenshot('bad-key-check');
    answer = healthy;
    await answerDialog(editor, 'Try Again');
    await quickInput(editor).locator('input[type="password"]').waitFor();
    await editor.page.keyboard.press('Enter');
    await treeRow(editor, /^Session A long story/).waitFor();
    await clearNotifications(editor);
  });

  it('cannot make an id lead elsewhere', async () => {
    const before = server.requests.length;
    await treeRow(editor, /^Session A hostile id/).click();
    await notification(editor, 'was not asked: an id has a form that ids do not have.').waitFor();
    await editor.screenshot('bad-id');
    const asked = server.requests.slice(before).map(({ path }) => path);
    assert.deepEqual(
      asked.filter((path) => path.includes('admin')),
      [],
    );
    await clearNotifications(editor);
  });

  for (const [name, how, words] of [
    ['a web page', () => pageAnswer('Please sign in'), 'A web page came instead of an answer'],
    [
      'nothing',
      () => ({ headers: { 'content-type': 'application/json' } }),
      'It is empty, or JSON of another kind than was asked for.',
    ],
    ['JSON of another form', () => jsonAnswer({ hello: 'world' }), 'has an unknown form'],
    ['an error of its own', () => jsonAnswer({ detail: 'out of memory' }, 500), 'has a problem of its own'],
  ] as const) {
    it(`answers with ${name}: the tree says so, keeps its rows and tries again`, async () => {
      answer = how;
      await runCommand(editor, 'Managed Agents: Refresh');
      const error = treeRow(editor, words);
      await error.waitFor();
      await treeRow(editor, /^Session A long story/).waitFor();
      await editor.screenshot(`bad-${name}`);
      answer = healthy;
      await pressRowAction(editor, error, 'Retry');
      await error.waitFor({ state: 'detached' });
      await treeRow(editor, /^Session A long story/).waitFor();
    });
  }

  it('keeps a message that could not be sent, with the reason', async () => {
    const page = await openSession(editor, /^Session A long story/);
    await row(page, 'Once upon a time.').waitFor();
    answer = () =>
      jsonAnswer({ detail: [{ loc: ['body', 'events'], msg: 'no more today', type: 'x' }] }, 422);
    await send(page, 'A message worth keeping');
    await page.getByRole('alert').filter({ hasText: 'did not accept the request' }).waitFor();
    assert.equal(await composer(page).inputValue(), 'A message worth keeping');
    await row(page, 'Once upon a time.').waitFor();
    await editor.screenshot('bad-send');
    answer = healthy;
  });

  it('rejects the key later on: the view says so', async () => {
    answer = () => jsonAnswer({ detail: 'Invalid API key' }, 401);
    await runCommand(editor, 'Managed Agents: Refresh');
    await sideBar(editor).getByText('The server rejected the API key.').waitFor();
    await editor.screenshot('bad-rejected');
    answer = healthy;
    await setKey(editor, 'newer-key-0123456789');
    await treeRow(editor, /^Session A long story/).waitFor();
    await clearNotifications(editor);
  });

  it('offers no managed agents: the view says so', async () => {
    const bare = await startFaultServer(() => jsonAnswer({ detail: 'Not Found' }, 404));
    await useConnection(
      editor,
      { name: 'Bare server', baseUrl: bare.url },
      { name: 'Odd server', baseUrl: server.url },
    );
    await setKeyUnchecked(editor, 'any-key-0123456789');
    await sideBar(editor).getByText('This server does not offer managed agents.').waitFor();
    await editor.screenshot('bad-not-offered');
    await bare.close();
    await clearNotifications(editor);
  });

  it('is not there at all: the view says so, and a click tries again', async () => {
    await runCommand(editor, 'Managed Agents: Refresh');
    await sideBar(editor).getByText('The server cannot be reached.').waitFor();
    await editor.screenshot('bad-unreachable');
    await sideBar(editor).getByText('Show the log').waitFor();
    await sideBar(editor).getByRole('button', { name: 'Retry' }).click();
    await sideBar(editor).getByText('The server cannot be reached.').waitFor();
  });
});
