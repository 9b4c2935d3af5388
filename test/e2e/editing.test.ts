import assert from 'node:assert/strict';
import { type Sandbox, startSandbox } from '../../src/sandbox/server.ts';
import { eventually } from '../support/eventually.ts';
import { setKey, useConnection } from './support/connections.ts';
import { type Editor, openWorkbench } from './support/editor.ts';
import {
  answerDialog,
  chooseFromMenu,
  clearNotifications,
  dialog,
  notification,
} from './support/messages.ts';
import {
  atQuestion,
  enterText,
  inputMessage,
  pick,
  quickInput,
  quickPickRow,
  runCommand,
} from './support/quickInput.ts';
import { expandRow, pressRowAction, showManagedAgents, sideBar, treeRow } from './support/tree.ts';

describe('changing what there is', () => {
  let server: Sandbox;
  let editor: Editor;

  before(async () => {
    server = await startSandbox({
      key: 'right-key-0123456789',
      seedSessions: 3,
    });
    editor = await openWorkbench();
    await showManagedAgents(editor);
    await useConnection(editor, {
      name: 'Anthropic shaped',
      baseUrl: `${server.url}/v1`,
    });
    await setKey(editor, server.key);
    await clearNotifications(editor);
    await expandRow(editor, /^Agents/);
    await expandRow(editor, /^Environments/);
  });

  after(async () => {
    await editor.close();
    await server.close();
  });

  it('renames with F2, refuses a name that is too long, and keeps what was typed', async () => {
    await focusRow(/^Agent Code reviewer/);
    await editor.page.keyboard.press('F2');
    await atQuestion(editor, 'Rename');
    await enterText(editor, 'n'.repeat(257));
    await inputMessage(editor).getByText('A name has at most 256 characters; this one has 257.').waitFor();
    assert.equal(await quickInput(editor).getByRole('textbox').inputValue(), 'n'.repeat(257));
    await editor.screenshot('rename-too-long');
    await enterText(editor, 'Careful reviewer');
    await treeRow(editor, /^Agent Careful reviewer/).waitFor();
    await quickInput(editor).waitFor({ state: 'hidden' });
  });

  it('renames a session in the same way', async () => {
    await focusRow(/^Session Upgrade the HTTP client/);
    await editor.page.keyboard.press('F2');
    await atQuestion(editor, 'Rename Session');
    await enterText(editor, 'Upgrade everything');
    await treeRow(editor, /^Session Upgrade everything/).waitFor();
  });

  it('edits metadata pair by pair, and checks the limits first', async () => {
    await runCommand(editor, 'Managed Agents: Edit Metadata…');
    await pick(editor, 'An environment');
    await pick(editor, 'node-24');
    await pick(editor, 'Add a pair…');
    await inputMessage(editor).getByText('The key, of at most').waitFor();
    await enterText(editor, 'k'.repeat(65));
    await inputMessage(editor).getByText('A key has at most 64 characters; this one has 65.').waitFor();
    await enterText(editor, 'team');
    await inputMessage(editor).getByText('The value of team').waitFor();
    await enterText(editor, 'v'.repeat(513));
    await inputMessage(editor).getByText('A value has at most 512 characters; this one has 513.').waitFor();
    await enterText(editor, 'parsers');
    await quickPickRow(editor, 'team').waitFor();
    await editor.screenshot('edit-metadata');
    await pick(editor, 'Save');
    await notification(editor, 'The metadata is saved.').waitFor();
    await clearNotifications(editor);
  });

  it('changes an agent field by field, and says so when somebody else was faster', async () => {
    await runCommand(editor, 'Managed Agents: Edit Agent…');
    await pick(editor, 'Careful reviewer');
    await pick(editor, 'Description');
    await inputMessage(editor).getByText('What it is for').waitFor();
    await enterText(editor, 'Reads every line.');
    await quickPickRow(editor, 'Save').waitFor();
    await editor.screenshot('edit-agent');
    await changeAgentElsewhere('Careful reviewer', {
      metadata: { by: 'somebody else' },
    });
    await pick(editor, 'Save');
    await dialog(editor).getByText('It was changed on Anthropic shaped meanwhile.').waitFor();
    await editor.screenshot('edit-agent-conflict');
    await answerDialog(editor, 'Reload and Try Again');
    await pick(editor, 'Save');
    await notification(editor, 'Careful reviewer is saved.').waitFor();
    const agent = await agentNamed('Careful reviewer');
    assert.equal(agent['description'], 'Reads every line.');
    assert.deepEqual(agent['metadata'], { team: 'platform', by: 'somebody else' });
    await clearNotifications(editor);
  });

  it('compares a version of an agent with the current one', async () => {
    await runCommand(editor, 'Managed Agents: Agent Versions…');
    await pick(editor, 'Careful reviewer');
    await pick(editor, 'Version 1');
    await pick(editor, 'Compare with Current');
    await editor.page.getByRole('tab', { name: /Careful reviewer: version 1 and/ }).waitFor();
    await editor.screenshot('agent-versions');
  });

  it('shows the threads of a session as rows below it', async () => {
    await expandRow(editor, /^Session Upgrade everything/);
    await treeRow(editor, /^Main thread/).waitFor();
    await editor.screenshot('session-threads');
  });

  it('raises a budget, and waits for the agent before it archives', async () => {
    const agent = await agentNamed('Careful reviewer');
    const { data } = await api('/environments');
    const [environment] = data as Record<string, unknown>[];
    await api('/sessions', {
      method: 'POST',
      body: JSON.stringify({
        agent: agent['id'],
        environment_id: environment?.['id'],
        title: 'Capped',
        budget: { type: 'limit', max_list_cost: { amount: '500', currency: 'USD' } },
        initial_events: [{ type: 'user.message', content: [{ type: 'text', text: '/slow 20' }] }],
      }),
    });
    await runCommand(editor, 'Managed Agents: Refresh');
    await treeRow(editor, /^Session Capped, running/).waitFor();
    await runCommand(editor, 'Managed Agents: Change Budget…');
    await pick(editor, 'Capped');
    await quickPickRow(editor, '$10.00').waitFor();
    await editor.screenshot('change-budget');
    await pick(editor, '$10.00');
    await notification(editor, 'The budget is $10.00 now.').waitFor();
    await clearNotifications(editor);
    await pressRowAction(editor, treeRow(editor, /^Session Capped/), 'Archive Session…');
    await answerDialog(editor, 'Wait Until Idle, Then Archive');
    await notification(editor, 'Waiting until “Capped” is idle, then archiving it').waitFor();
    await treeRow(editor, /^Session Capped/).waitFor({ state: 'detached', timeout: 60_000 });
  });

  it('creates a session with a first message, and archives it while it runs', async () => {
    await runCommand(editor, 'Managed Agents: Create Session…');
    await pick(editor, 'Careful reviewer');
    await pick(editor, 'node-24');
    await atQuestion(editor, 'Create Session (3/4)');
    await enterText(editor, 'Busy');
    await pick(editor, 'More options…');
    await pick(editor, 'First message');
    await pick(editor, 'Write one line here');
    await inputMessage(editor).getByText('What the agent is to begin with').waitFor();
    await enterText(editor, '/slow 600');
    await editor.screenshot('create-session-more');
    await pick(editor, 'Create');
    const session = treeRow(editor, /^Session Busy, running/);
    await session.waitFor();
    await pressRowAction(editor, treeRow(editor, /^Session Busy/), 'Archive Session…');
    await dialog(editor).getByText('The agent is at work.').waitFor();
    await editor.screenshot('archive-running');
    await answerDialog(editor, 'Interrupt and Archive');
    await treeRow(editor, /^Session Busy/).waitFor({ state: 'detached' });
  });

  it('deletes a session after asking', async () => {
    await focusRow(/^Session Upgrade everything/);
    await chooseFromMenu(
      editor,
      async () => await editor.page.keyboard.press('Shift+F10'),
      'Delete Session…',
    );
    await dialog(editor).getByText('are gone for good').waitFor();
    await answerDialog(editor, 'Delete');
    await treeRow(editor, /^Session Upgrade everything/).waitFor({
      state: 'detached',
    });
  });

  /** Puts the keyboard on a row, as the arrow keys do, without opening what it stands for. */
  async function focusRow(name: RegExp): Promise<void> {
    await treeRow(editor, name).waitFor();
    await sideBar(editor).getByRole('tree').focus();
    await editor.page.keyboard.press('Home');
    await eventually(
      async () => {
        if ((await treeRow(editor, name).getAttribute('class'))?.includes('focused') === true) {
          return true;
        }
        await editor.page.keyboard.press('ArrowDown');
        return false;
      },
      { intervalMs: 200, timeoutMs: 10_000 },
    );
  }

  async function api(path: string, init: RequestInit = {}): Promise<Record<string, unknown>> {
    const response = await fetch(`${server.url}/v1${path}`, {
      ...init,
      headers: {
        'x-api-key': server.key,
        'anthropic-version': '2023-06-01',
        'anthropic-beta': 'managed-agents-2026-04-01',
      },
    });
    return (await response.json()) as Record<string, unknown>;
  }

  async function agentNamed(name: string): Promise<Record<string, unknown>> {
    const { data } = await api('/agents?limit=100');
    const found = (data as Record<string, unknown>[]).find((agent) => agent['name'] === name);
    assert.ok(found);
    return found;
  }

  async function changeAgentElsewhere(name: string, body: object): Promise<void> {
    const { id } = await agentNamed(name);
    await api(`/agents/${String(id)}`, {
      method: 'POST',
      body: JSON.stringify(body),
    });
  }
});
