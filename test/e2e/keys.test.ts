import { startSandbox, type Sandbox } from '../../src/sandbox/server.ts';
import { setKey, useConnection } from './support/connections.ts';
import { type Editor, openWorkbench } from './support/editor.ts';
import { answerDialog, clearNotifications, dialog, notification } from './support/messages.ts';
import {
  atQuestion,
  cancelInput,
  enterText,
  inputMessage,
  quickInput,
  runCommand,
} from './support/quickInput.ts';
import { banner, openSession, row, send } from './support/sessionPanel.ts';
import { showManagedAgents, sideBar, treeRow } from './support/tree.ts';
import { panelFrame } from './support/panel.ts';

describe('the API key', () => {
  const rightKey = 'right-key-0123456789';
  let server: Sandbox;
  let editor: Editor;

  before(async () => {
    server = await startSandbox({ key: rightKey, seedSessions: 3 });
    editor = await openWorkbench();
    await showManagedAgents(editor);
  });

  after(async () => {
    await editor.close();
    await server.close();
  });

  it('is asked for by a connection of the settings', async () => {
    await useConnection(editor, { name: 'Team server', baseUrl: server.url });
    await sideBar(editor).getByText('an API key is needed').waitFor();
    await sideBar(editor).getByRole('button', { name: 'Set API Key' }).click();
    await quickInput(editor).getByText(`API key for Team server at ${server.url}`).waitFor();
    await editor.screenshot('keys-box');
  });

  it('stays in its box when its form is wrong, and says what is wrong', async () => {
    await enterText(editor, 'two words');
    await inputMessage(editor).getByText('A key has no spaces, line breaks or special letters').waitFor();
    await enterText(editor, 'short');
    await inputMessage(editor).getByText('A key has between 8 and 512 characters').waitFor();
    await editor.screenshot('keys-malformed');
  });

  it('stays in its box when the server refuses it, and is not kept', async () => {
    await enterText(editor, 'wrong-key-0123456789');
    await inputMessage(editor)
      .getByText('Team server', { exact: false })
      .getByText('rejected the API key')
      .waitFor();
    await editor.screenshot('keys-wrong');
    await cancelInput(editor);
    await sideBar(editor).getByText('an API key is needed').waitFor();
    await runCommand(editor, 'Managed Agents: Remove API Key…');
    await notification(editor, 'There is no API key for Team server.').waitFor();
    await clearNotifications(editor);
  });

  it('fills the tree when it is right', async () => {
    await setKey(editor, rightKey);
    await treeRow(editor, /^Session Upgrade the HTTP client/).waitFor();
    await clearNotifications(editor);
  });

  it('ends live sessions when it is removed, and takes nothing that is shown away', async () => {
    const page = await openSession(editor, /^Session Fix the flaky timeout test/);
    await page.getByText('Live').waitFor();
    await send(page, 'Remember the number 4711.');
    await row(page, 'Send /help for the other scenes.').waitFor();
    await runCommand(editor, 'Managed Agents: Remove API Key…');
    await dialog(editor).getByText('Remove the API key for Team server?').waitFor();
    await editor.screenshot('keys-remove');
    await answerDialog(editor, 'Remove');
    await banner(page, 'There is no API key for Team server here').waitFor();
    await row(page, 'Remember the number 4711.').waitFor();
    await sideBar(editor).getByText('an API key is needed').waitFor();
    await editor.screenshot('keys-removed');
    await clearNotifications(editor);
  });

  it('lets the session go on where it was when it is set again, from the panel itself', async () => {
    const page = panelFrame(editor);
    await banner(page, 'There is no API key').getByRole('button', { name: 'Set API Key' }).click();
    await atQuestion(editor, 'Set API Key: Team server');
    await enterText(editor, rightKey);
    await notification(editor, 'The API key for Team server is set.').waitFor();
    await banner(page, '').waitFor({ state: 'detached' });
    await page.getByText('Live').waitFor();
    await send(page, 'Are you back?');
    await row(page, 'Are you back?').waitFor();
    await treeRow(editor, /^Session Upgrade the HTTP client/).waitFor();
    await editor.screenshot('keys-back');
  });
});
