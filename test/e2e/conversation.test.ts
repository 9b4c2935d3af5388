import assert from 'node:assert/strict';
import type { FrameLocator } from 'playwright-core';
import { type FaultServer, jsonAnswer, startFaultServer, streamAnswer } from '../support/faultServer.ts';
import { eventually } from '../support/eventually.ts';
import { setKey, useConnection } from './support/connections.ts';
import { type Editor, openWorkbench } from './support/editor.ts';
import { editorTab } from './support/panel.ts';
import { runCommand } from './support/quickInput.ts';
import { activity, composer, openSession, row } from './support/sessionPanel.ts';
import { showManagedAgents } from './support/tree.ts';

describe('a conversation', () => {
  const title = /^Session Upgrade the HTTP client/;
  const tab = /Upgrade the HTTP client/;
  let editor: Editor;
  let page: FrameLocator;

  before(async () => {
    editor = await openWorkbench({ seedSessions: 3 });
    await showManagedAgents(editor);
    page = await openSession(editor, title);
  });

  after(async () => {
    await editor.close();
  });

  it('breaks the line with Shift+Enter and sends with Enter', async () => {
    await composer(page).fill('/slow 600');
    await composer(page).press('Shift+Enter');
    await composer(page).pressSequentially('please');
    assert.equal(await composer(page).inputValue(), '/slow 600\nplease');
    await composer(page).fill('/slow 600');
    await composer(page).press('Enter');
    await row(page, 'Second 1 of 600.').waitFor();
    assert.equal(await composer(page).inputValue(), '');
    await activity(page, 'Running for').waitFor();
    await editorTab(editor, /· running/).waitFor();
  });

  it('queues what is sent while the agent works', async () => {
    await composer(page).fill('And then this.');
    await page.getByRole('button', { name: 'Queue' }).click();
    await row(page, 'And then this.').getByText('Queued').waitFor();
    await editor.screenshot('conversation-queued');
  });

  it('is interrupted, and goes on with what was queued', async () => {
    await page.getByRole('button', { name: 'Interrupt', exact: true }).click();
    await row(page, 'You interrupted the agent').waitFor();
    await row(page, 'Send /help for the other scenes.').waitFor();
    await activity(page, 'Idle').waitFor();
    await row(page, 'And then this.').getByText('Queued').waitFor({ state: 'detached' });
    await editor.screenshot('conversation-interrupted');
  });

  it('keeps a draft while its panel is hidden, and when it is closed', async () => {
    await composer(page).fill('A thought that is\nnot finished');
    await runCommand(editor, 'File: New Untitled Text File');
    await editor.page.locator('iframe.webview:visible').waitFor({ state: 'detached' });
    await editorTab(editor, tab).click();
    await composer(page).waitFor();
    await eventually(async () => (await composer(page).inputValue()) === 'A thought that is\nnot finished');

    await composer(page).press('End');
    await composer(page).pressSequentially(' yet');
    await runCommand(editor, 'View: Close Editor');
    await editorTab(editor, tab).waitFor({ state: 'detached' });
    page = await openSession(editor, title);
    await eventually(
      async () => (await composer(page).inputValue()) === 'A thought that is\nnot finished yet',
    );
    await composer(page).fill('');
  });

  describe('with events that nobody knows', () => {
    let server: FaultServer;

    before(async () => {
      server = await startFaultServer(({ path }) => strangeServer(path));
      await useConnection(editor, { name: 'Strange', baseUrl: server.url });
      await setKey(editor, 'any-key-0123456789');
    });

    after(async () => {
      await server.close();
    });

    it('shows them as they came, and an unknown status by its own word', async () => {
      page = await openSession(editor, 'Session Strange things, hibernating');
      await row(page, 'Event of a kind this version does not know: agent.telepathy').click();
      await row(page, 'agent.telepathy').getByText('"the number is 7"').waitFor();
      await row(page, 'A calm message.').waitFor();
      await activity(page, 'hibernating').waitFor();
      await editor.screenshot('conversation-unknown');
    });
  });
});

function strangeServer(path: string) {
  const session = { id: 'session_1', title: 'Strange things', status: 'hibernating' };
  if (path.endsWith('/stream')) {
    return streamAnswer(': hello\n\n');
  }
  if (path.endsWith('/events')) {
    const events = [
      { id: 'e1', type: 'user.message', content: [{ type: 'text', text: 'Hello' }] },
      { id: 'e2', type: 'agent.telepathy', thought: 'the number is 7' },
      { id: 'e3', type: 'agent.message', content: [{ type: 'text', text: 'A calm message.' }] },
    ].map((event, index) => ({ ...event, processed_at: `2026-01-01T00:00:0${index}Z` }));
    return jsonAnswer({ events });
  }
  return jsonAnswer(
    path.endsWith('/session_1') ? session : { data: path.endsWith('/sessions') ? [session] : [] },
  );
}
