import assert from 'node:assert/strict';
import {
  type FaultAnswer,
  type FaultServer,
  jsonAnswer,
  pageAnswer,
  startFaultServer,
} from '../support/faultServer.ts';
import { setKey, useConnection } from './support/connections.ts';
import { type Editor, openWorkbench } from './support/editor.ts';
import { clearNotifications, dialog, notification } from './support/messages.ts';
import {
  atQuestion,
  cancelInput,
  enterText,
  inputMessage,
  pick,
  quickInput,
  quickPickRow,
  runCommand,
} from './support/quickInput.ts';
import { expandRow, showManagedAgents, treeRow } from './support/tree.ts';

/** What a server can make of an edit that the questions had no objection to. */
const refusals: readonly (readonly [name: string, answer: FaultAnswer, words: string])[] = [
  [
    'a field that it does not accept (422)',
    jsonAnswer({ detail: [{ loc: ['body', 'name'], msg: 'is taken already', type: 'value_error' }] }, 422),
    'name: is taken already',
  ],
  ['that it was changed meanwhile (409)', jsonAnswer({ detail: 'version conflict' }, 409), 'meanwhile'],
  ['that it cannot do this (501)', jsonAnswer({ detail: 'Not Implemented' }, 501), 'does not offer'],
  ['a web page', pageAnswer('Please sign in'), 'A web page came instead of an answer'],
  ['an error of its own (500)', jsonAnswer({ detail: 'out of memory' }, 500), 'has a problem of its own'],
];

describe('an edit that the server answers with', () => {
  let server: FaultServer;
  let editor: Editor;
  let refusal: FaultAnswer | undefined;
  let isGone = false;
  let agent: Record<string, unknown>;

  before(async () => {
    agent = {
      id: 'agent_1',
      type: 'agent',
      name: 'Reviewer',
      model: 'm-1',
      version: 1,
      metadata: { team: 'a' },
    };
    server = await startFaultServer(({ method, path, body }) => {
      if (method === 'POST') {
        if (refusal !== undefined) {
          return refusal;
        }
        agent = { ...agent, ...(JSON.parse(body) as object), version: Number(agent['version']) + 1 };
        return jsonAnswer(agent);
      }
      if (path.endsWith('/agents')) {
        return jsonAnswer({ data: isGone ? [] : [agent], next_page: null });
      }
      return path.endsWith('/agents/agent_1') ? jsonAnswer(agent) : jsonAnswer({ data: [], next_page: null });
    });
    editor = await openWorkbench();
    await showManagedAgents(editor);
    await useConnection(editor, { name: 'Strict server', baseUrl: server.url });
    await setKey(editor, 'some-key-0123456789');
    await clearNotifications(editor);
    await expandRow(editor, /^Agents/);
    await treeRow(editor, /^Agent Reviewer/).waitFor();
  });

  after(async () => {
    await editor.close();
    await server.close();
  });

  afterEach(async () => {
    refusal = undefined;
    if (await quickInput(editor).isVisible()) {
      await cancelInput(editor);
    }
  });

  const posts = () => server.requests.filter(({ method }) => method === 'POST').length;

  for (const [name, answer, words] of refusals) {
    it(`${name}: the question comes back with the reason and what was typed`, async () => {
      await runCommand(editor, 'Managed Agents: Rename…');
      await pick(editor, 'An agent');
      await pick(editor, String(agent['name']));
      await atQuestion(editor, 'Rename');
      refusal = answer;
      const typed = `Careful ${String(posts())}`;
      await enterText(editor, typed);
      await inputMessage(editor).filter({ hasText: words }).waitFor();
      assert.equal(await quickInput(editor).getByRole('textbox').inputValue(), typed);
      await treeRow(editor, new RegExp(`^Agent ${String(agent['name'])}`)).waitFor();
      await editor.screenshot(`refused-${name}`);
      refusal = undefined;
      await enterText(editor, typed);
      await treeRow(editor, new RegExp(`^Agent ${typed}`)).waitFor();
      assert.equal(agent['name'], typed);
    });
  }

  it('a refusal of metadata: the pairs are still there, also after leaving', async () => {
    await runCommand(editor, 'Managed Agents: Edit Metadata…');
    await pick(editor, 'An agent');
    await pick(editor, String(agent['name']));
    await pick(editor, 'Add a pair…');
    await enterText(editor, 'owner');
    await inputMessage(editor).getByText('The value of owner').waitFor();
    await enterText(editor, 'platform');
    await quickPickRow(editor, 'owner').waitFor();
    refusal = jsonAnswer({ detail: [{ loc: ['body', 'metadata'], msg: 'too many pairs', type: 'x' }] }, 422);
    await pick(editor, 'Save');
    await quickInput(editor).getByText('metadata: too many pairs').first().waitFor();
    await quickPickRow(editor, 'owner').waitFor();
    await editor.screenshot('refused-metadata');
    await cancelInput(editor);
    refusal = undefined;
    await runCommand(editor, 'Managed Agents: Edit Metadata…');
    await pick(editor, 'An agent');
    await pick(editor, String(agent['name']));
    await quickPickRow(editor, 'owner').waitFor();
    await pick(editor, 'Save');
    await notification(editor, 'The metadata is saved.').waitFor();
    await clearNotifications(editor);
  });

  it('that a field may not be changed (501): the fields are still changed, and are saved later', async () => {
    const name = String(agent['name']);
    await runCommand(editor, 'Managed Agents: Edit Agent…');
    await pick(editor, name);
    await pick(editor, 'Description');
    await inputMessage(editor).getByText('What it is for').waitFor();
    await enterText(editor, 'Reads every line.');
    refusal = jsonAnswer({ detail: 'Not Implemented' }, 501);
    await pick(editor, 'Save');
    await quickInput(editor).getByText('does not offer').first().waitFor();
    await editor.screenshot('refused-fields');
    refusal = undefined;
    await pick(editor, 'Save');
    await notification(editor, `${name} is saved.`).waitFor();
    assert.equal(agent['description'], 'Reads every line.');
    await clearNotifications(editor);
  });

  it('that it is gone (404): that is said, and its row goes', async () => {
    const name = String(agent['name']);
    await runCommand(editor, 'Managed Agents: Rename…');
    await pick(editor, 'An agent');
    await pick(editor, name);
    await atQuestion(editor, 'Rename');
    isGone = true;
    refusal = jsonAnswer({ detail: 'Agent not found' }, 404);
    await enterText(editor, 'Too late');
    await inputMessage(editor).filter({ hasText: 'does not have this any more' }).waitFor();
    assert.equal(await quickInput(editor).getByRole('textbox').inputValue(), 'Too late');
    await treeRow(editor, /^Agent /).waitFor({ state: 'detached' });
    await editor.screenshot('refused-gone');
    assert.equal(await dialog(editor).count(), 0);
  });
});
