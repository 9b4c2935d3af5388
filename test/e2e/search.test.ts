import assert from 'node:assert/strict';
import type { FrameLocator } from 'playwright-core';
import { eventually } from '../support/eventually.ts';
import { type Editor, openWorkbench } from './support/editor.ts';
import { panelFrame } from './support/panel.ts';
import { inputMessage, quickInput, runCommand, typeText } from './support/quickInput.ts';
import { setTheme, themeKinds } from './support/theme.ts';
import { showManagedAgents, sideBar, treeRow, treeTexts } from './support/tree.ts';

/** Said in some of the sandbox's sessions. */
const TEXT = 'timeout';

describe('searching in all sessions', () => {
  let editor: Editor;
  const message = (text: string | RegExp) => sideBar(editor).locator('.message').getByText(text);
  const current = (page: FrameLocator) =>
    page.locator('body').evaluate(() => [...(CSS.highlights.get('find-current') ?? [])].map(String));

  before(async () => {
    editor = await openWorkbench();
    await editor.execute('managedAgents.sandbox.start', { seedSessions: 60 });
    await showManagedAgents(editor);
    await treeRow(editor, /^Session /).waitFor();
  });

  after(async () => {
    await editor.close();
  });

  it('asks what to look for, and says what it searches', async () => {
    await runCommand(editor, 'Managed Agents: Search in Sessions…');
    await inputMessage(editor).getByText('In all sessions · without archived').waitFor();
    await quickInput(editor).getByRole('button', { name: 'Archived sessions too: off' }).click();
    await inputMessage(editor).getByText('In all sessions · archived too').waitFor();
    await editor.screenshot('search-ask');
    await typeText(editor, ' ');
    await editor.page.keyboard.press('Enter');
    await inputMessage(editor).getByText('Write what to look for.').waitFor();
    await typeText(editor, TEXT);
    await editor.page.keyboard.press('Enter');
    await message(/^\d+ sessions, \d+ hits$/).waitFor();
    const rows = await treeTexts(editor);
    assert.ok(
      rows.some((row) => /, \d+ hits?$/.test(row)),
      rows.join('\n'),
    );
  });

  for (const theme of themeKinds) {
    it(`shows each hit with what stands around it: ${theme}`, async () => {
      await setTheme(editor, theme);
      const hit = treeRow(editor, new RegExp(`: .*${TEXT}`, 'i'));
      await hit.waitFor();
      await editor.screenshot(`search-results-${theme}`);
      assert.equal((await hit.locator('.highlight').first().innerText()).toLowerCase(), TEXT);
    });
  }

  it('opens the session at the hit, with its find bar', async () => {
    await setTheme(editor, 'dark');
    await treeRow(editor, new RegExp(`: .*${TEXT}`, 'i')).click();
    const page = panelFrame(editor);
    await page.getByRole('textbox', { name: 'Find in session' }).waitFor();
    await eventually(
      async () =>
        assert.deepEqual(
          (await current(page)).map((text) => text.toLowerCase()),
          [TEXT],
        ),
      { timeoutMs: 20_000 },
    );
    assert.equal(await page.getByRole('textbox', { name: 'Find in session' }).inputValue(), TEXT);
    await editor.screenshot('search-opened');
    await editor.setSize({ width: 800, height: 900 });
    await editor.screenshot('search-narrow');
    await editor.setSize({ width: 1_280, height: 800 });
  });

  it('is repeated, and cleared with its view', async () => {
    await runCommand(editor, 'Managed Agents: Search Again');
    await message(/^\d+ sessions, \d+ hits$/).waitFor();
    await runCommand(editor, 'Managed Agents: Clear Search Results');
    await message(/hits$/).waitFor({ state: 'detached' });
    await treeRow(editor, /^Session /).waitFor();
  });
});
