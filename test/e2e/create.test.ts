import assert from 'node:assert/strict';
import { type Sandbox, startSandbox } from '../../src/sandbox/server.ts';
import { setKey, useConnection } from './support/connections.ts';
import { type Editor, openWorkbench } from './support/editor.ts';
import { clearNotifications, notification } from './support/messages.ts';
import { editorTab, panelFrame } from './support/panel.ts';
import {
  atQuestion,
  cancelInput,
  enterText,
  inputMessage,
  pick,
  quickInput,
  quickPickRow,
  runCommand,
  typeText,
} from './support/quickInput.ts';
import { composer } from './support/sessionPanel.ts';
import { expandRow, pressRowAction, showManagedAgents, sideBar, treeRow } from './support/tree.ts';

describe('creating', () => {
  /** Longer than a server of this API takes. */
  const longModel = 'm'.repeat(300);
  let server: Sandbox;
  let editor: Editor;

  before(async () => {
    server = await startSandbox({ key: 'right-key-0123456789' });
    editor = await openWorkbench();
    await showManagedAgents(editor);
    await useConnection(editor, { name: 'Empty server', baseUrl: server.url });
    await setKey(editor, server.key);
    await clearNotifications(editor);
  });

  after(async () => {
    await editor.close();
    await server.close();
  });

  it('begins where there is nothing yet, and says what a session needs', async () => {
    await sideBar(editor).getByText('a session needs an agent, which does the work').waitFor();
    await editor.screenshot('create-empty');
  });

  it('makes an environment from the palette', async () => {
    await runCommand(editor, 'Managed Agents: Create Environment…');
    await atQuestion(editor, 'Create Environment (1/2)');
    await enterText(editor, '');
    await inputMessage(editor).getByText('A name is needed.').waitFor();
    await enterText(editor, 'builds');
    await pick(editor, 'Hosts that I name');
    await atQuestion(editor, 'Create Environment (3/3)');
    await enterText(editor, 'https://api.example.com');
    await inputMessage(editor).getByText('leave out “https://”').waitFor();
    await editor.screenshot('create-environment-hosts');
    await enterText(editor, 'api.example.com, docs.example.com');
    await notification(editor, 'Environment builds is created.').waitFor();
    await expandRow(editor, /^Environments/);
    await treeRow(editor, /^Environment builds, limited network/).waitFor();
  });

  it('comes back with all that was entered when the server refuses, at the question at fault', async () => {
    await expandRow(editor, /^Agents/);
    await pressRowAction(editor, treeRow(editor, /^Agents/), 'Create Agent…');
    await atQuestion(editor, 'Create Agent (1/4)');
    await enterText(editor, 'reviewer');
    await atQuestion(editor, 'Create Agent (2/4)');
    await typeText(editor, longModel);
    await pick(editor, `Use “${longModel.slice(0, 199)}…”`);
    await atQuestion(editor, 'Create Agent (3/4)');
    await enterText(editor, 'You review code.');
    await pick(editor, 'No tools');
    await atQuestion(editor, 'Create Agent (2/4)');
    await quickPickRow(editor, 'model: ensure this value has at most 256 characters').waitFor();
    await editor.screenshot('create-agent-refused');
    await cancelInput(editor);
    await clearNotifications(editor);

    await runCommand(editor, 'Managed Agents: Create Agent…');
    await atQuestion(editor, 'Create Agent (1/4)');
    assert.equal(await quickInput(editor).getByRole('textbox').inputValue(), 'reviewer');
    await editor.page.keyboard.press('Enter');
    await atQuestion(editor, 'Create Agent (2/4)');
    assert.equal(await quickInput(editor).getByRole('textbox').inputValue(), longModel);
    await typeText(editor, 'claude-sonnet');
    await pick(editor, 'claude-sonnet-5-5');
    await atQuestion(editor, 'Create Agent (3/4)');
    assert.equal(await quickInput(editor).getByRole('textbox').inputValue(), 'You review code.');
    await editor.page.keyboard.press('Enter');
    await atQuestion(editor, 'Create Agent (4/4)');
    await editor.screenshot('create-agent-tools');
    await editor.page.keyboard.press('Enter');
    await notification(editor, 'Agent reviewer is created.').waitFor();
    await treeRow(editor, /^Agent reviewer, model claude-sonnet-5-5/).waitFor();
    await clearNotifications(editor);
  });

  it('makes a session from the row of an agent, and opens it', async () => {
    await pressRowAction(editor, treeRow(editor, /^Agent reviewer/), 'Create Session…');
    await pick(editor, 'builds');
    await atQuestion(editor, 'Create Session (3/4)');
    await editor.screenshot('create-session-title');
    await enterText(editor, 'Look at the parser');
    await pick(editor, 'Create');
    await composer(panelFrame(editor)).waitFor();
    await panelFrame(editor).getByText('Send a message to start the agent.').waitFor();
    await editorTab(editor, 'Look at the parser · Empty server').waitFor();
    await treeRow(editor, /^Session Look at the parser/).waitFor();
    await editor.screenshot('create-session-open');
  });

  it('makes a session from the palette, with a new environment on the way', async () => {
    await runCommand(editor, 'Managed Agents: Create Session…');
    await pick(editor, 'reviewer');
    await pick(editor, 'Create an environment…');
    await atQuestion(editor, 'Create Environment (1/2)');
    await enterText(editor, 'on the way');
    await pick(editor, 'Open network');
    await atQuestion(editor, 'Create Session (3/4)');
    await enterText(editor, '');
    await pick(editor, 'Create');
    await treeRow(editor, /^Environment on the way, open network/).waitFor();
    await editorTab(editor, /^session_/).waitFor();
  });
});
