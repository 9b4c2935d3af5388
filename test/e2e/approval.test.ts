import { type Editor, openWorkbench } from './support/editor.ts';
import { editorTab } from './support/panel.ts';
import { activity, openSession, row, send } from './support/sessionPanel.ts';
import { showManagedAgents } from './support/tree.ts';
import type { FrameLocator } from 'playwright-core';

describe('an agent that asks', () => {
  let editor: Editor;
  let page: FrameLocator;

  before(async () => {
    editor = await openWorkbench({ seedSessions: 3 });
    await showManagedAgents(editor);
  });

  after(async () => {
    await editor.close();
  });

  it('shows the call that waits since before, on the tab as well', async () => {
    page = await openSession(editor, /^Session Release web-shop 2\.4\.0/);
    await page.getByRole('heading', { name: 'The agent asks to use bash' }).waitFor();
    await activity(page, 'Waiting for you').waitFor();
    await editorTab(editor, /Release web-shop 2\.4\.0 · needs you/).waitFor();
    await editor.screenshot('approval-waiting');
  });

  it('runs what is allowed, and shows the result', async () => {
    await page.getByRole('button', { name: 'Allow' }).click();
    await row(page, 'was allowed and has run').waitFor();
    await activity(page, 'Idle').waitFor();
    await editorTab(editor, /Release web-shop 2\.4\.0 · Local sandbox/).waitFor();
  });

  it('shows exactly what would run, and tells the agent why not', async () => {
    await send(page, '/approve 2');
    const publish = page.locator('.ask').filter({ hasText: 'npm publish --access public' });
    await publish.waitFor();
    const push = page.locator('.ask').filter({ hasText: 'git push --force origin main' });
    await push.getByRole('button', { name: 'Deny…' }).click();
    await push
      .getByRole('textbox', { name: 'Reason, told to the agent (optional)' })
      .fill('Never force a push.');
    await editor.screenshot('approval-deny');
    await push.getByRole('button', { name: 'Deny', exact: true }).click();
    await push.waitFor({ state: 'detached' });
    await activity(page, 'Waiting for you').waitFor();
    await publish.getByRole('button', { name: 'Allow' }).click();
    await row(page, 'was denied (“Never force a push.”), so I leave it').waitFor();
    await activity(page, 'Idle').waitFor();
    await editor.screenshot('approval-decided');
  });

  it('asks for the result of a tool that is ours to run, and uses it', async () => {
    await send(page, '/custom');
    const card = page.locator('.ask').filter({ hasText: 'The agent waits for the result of lookup_order' });
    await card.getByText('A-1042').waitFor();
    await card.getByRole('textbox', { name: 'Result' }).fill('shipped, 42.00 EUR');
    await editor.screenshot('approval-custom');
    await card.getByRole('button', { name: 'Send result' }).click();
    await row(page, 'Your tool answered: shipped, 42.00 EUR').waitFor();
    await activity(page, 'Idle').waitFor();
  });
});
