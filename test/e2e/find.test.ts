import assert from 'node:assert/strict';
import type { FrameLocator } from 'playwright-core';
import { type FaultServer, jsonAnswer, startFaultServer, streamAnswer } from '../support/faultServer.ts';
import { eventually } from '../support/eventually.ts';
import { setKey, useConnection } from './support/connections.ts';
import { type Editor, openWorkbench } from './support/editor.ts';
import { editorTab } from './support/panel.ts';
import { runCommand } from './support/quickInput.ts';
import { composer, openSession, row } from './support/sessionPanel.ts';
import { showManagedAgents } from './support/tree.ts';

describe('finding a text in the whole session', () => {
  let server: FaultServer;
  let editor: Editor;
  let page: FrameLocator;

  before(async () => {
    server = await startFaultServer(({ path }) => longSession(path));
    editor = await openWorkbench();
    await showManagedAgents(editor);
    await useConnection(editor, { name: 'Long', baseUrl: server.url });
    await setKey(editor, 'any-key-0123456789');
    page = await openSession(editor, /^Session A long one/);
    await row(page, 'Filler 3000.').waitFor();
  });

  after(async () => {
    await editor.close();
    await server.close();
  });

  const field = () => page.getByRole('textbox', { name: 'Find in session' });
  const count = (text: string) => page.locator('.find-count').filter({ hasText: text });
  const current = () =>
    page.locator('body').evaluate(() => [...(CSS.highlights.get('find-current') ?? [])].map(String));

  it('finds it in the folded output of a tool, thousands of rows above', async () => {
    await composer(page).click();
    await editor.page.keyboard.press('Control+f');
    await field().waitFor();
    await editor.page.keyboard.type('needle-in-the-output');
    await count('1 of 1').waitFor();
    const output = page.locator('.card.tool pre').filter({ hasText: 'needle-in-the-output' });
    await output.waitFor();
    await eventually(async () => assert.deepEqual(await current(), ['needle-in-the-output']));
    assert.equal(await field().evaluate((element) => element === document.activeElement), true);
    assert.equal(await editor.page.locator('.simple-find-part.visible').count(), 0);
    await editor.screenshot('find-output');
  });

  it('opens what is not shown in an editor, at the match', async () => {
    await field().fill('behind-the-cut');
    await count('1 of 1').waitFor();
    await page.getByRole('search').getByRole('button', { name: 'Show all' }).click();
    await editorTab(editor, /result of bash/).waitFor();
    const selected = editor.page.locator('.monaco-editor .selected-text').first();
    await selected.waitFor();
    await editor.page.locator('.view-line').filter({ hasText: 'behind-the-cut' }).first().waitFor();
    await editor.screenshot('find-behind-the-cut');
  });

  it('opens by its command as well, and gives the keyboard back', async () => {
    await editorTab(editor, /A long one/).click();
    await page.locator('article').last().waitFor();
    await runCommand(editor, 'Managed Agents: Find in Session');
    await eventually(async () => await field().evaluate((element) => element === document.activeElement));
    await field().fill('Filler 2');
    await count('of 1,111').waitFor();
    await editor.page.keyboard.press('Escape');
    await field().waitFor({ state: 'detached' });
    assert.deepEqual(await current(), []);
  });
});

function longSession(path: string) {
  const session = { id: 'session_1', title: 'A long one', status: 'idle' };
  if (path.endsWith('/stream')) {
    return streamAnswer(': hello\n\n');
  }
  if (path.endsWith('/events')) {
    const text = (words: string) => [{ type: 'text', text: words }];
    const output = Array.from({ length: 400 }, (_, line) =>
      line === 40
        ? 'needle-in-the-output'
        : `line ${line}: a hundred files were looked at, and none was found`,
    );
    const events = [
      { type: 'user.message', content: text('Look everywhere') },
      { id: 'call', type: 'agent.tool_use', name: 'bash', input: { command: 'find /' } },
      {
        type: 'agent.tool_result',
        tool_use_id: 'call',
        content: text(`${output.join('\n')}\nbehind-the-cut`),
      },
      ...Array.from({ length: 3_000 }, (_, index) => ({
        type: 'agent.message',
        content: text(`Filler ${index + 1}.`),
      })),
    ].map((event, index) => ({
      id: `e${index}`,
      ...event,
      processed_at: new Date(Date.UTC(2026, 0, 1) + index * 1_000).toISOString(),
    }));
    return jsonAnswer({ events });
  }
  return jsonAnswer(
    path.endsWith('/session_1') ? session : { data: path.endsWith('/sessions') ? [session] : [] },
  );
}
