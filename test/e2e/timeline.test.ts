import assert from 'node:assert/strict';
import type { FrameLocator } from 'playwright-core';
import { eventually } from '../support/eventually.ts';
import { type Editor, openWorkbench } from './support/editor.ts';
import { chooseFromMenuOf } from './support/messages.ts';
import { editorTab } from './support/panel.ts';
import { runCommand } from './support/quickInput.ts';
import { activity, composer, openSession, row, send } from './support/sessionPanel.ts';
import { setTheme, themeKinds } from './support/theme.ts';
import { expandRow, showManagedAgents, treeRow } from './support/tree.ts';

describe('the timeline', () => {
  let editor: Editor;
  let page: FrameLocator;

  const picture = () => page.getByRole('listbox', { name: 'Timeline of the session' });
  const option = () => page.getByRole('option', { selected: true });
  const totals = () => page.locator('.timeline-totals');

  before(async () => {
    editor = await openWorkbench({ seedSessions: 3 });
    await showManagedAgents(editor);
    page = await openSession(editor, /^Session Upgrade the HTTP client/);
    await send(page, '/tool');
    await row(page, 'Two notes are open').waitFor();
    await activity(page, 'Idle').waitFor();
    await send(page, '/approve');
    await activity(page, 'Waiting for you').waitFor();
  });

  after(async () => {
    await editor.close();
  });

  it('comes and goes with a key, and shows what the session did and waits for', async () => {
    await eventually(
      async () => {
        if (!(await picture().isVisible())) {
          await composer(page).press('Control+Shift+Alt+L');
        }
        await picture().waitFor({ timeout: 8_000 });
      },
      { timeoutMs: 25_000 },
    );
    await totals()
      .getByText(/model · \d+ requests/)
      .waitFor();
    await totals().getByText('waited for you').waitFor();
    assert.equal(await page.getByRole('tab', { name: 'Timeline' }).getAttribute('aria-selected'), 'true');
    await picture().focus();
    await picture().press('ArrowDown');
    await picture().press('End');
    await option()
      .filter({ hasText: /Model request, .* tokens in/ })
      .waitFor();
  });

  for (const theme of themeKinds) {
    it(`is drawn in ${theme}`, async () => {
      await setTheme(editor, theme);
      await page.locator('.timeline-svg').waitFor();
      await editor.screenshot(`timeline-${theme}`);
      const excess = await page.locator('html').evaluate((root) => root.scrollWidth - root.clientWidth);
      assert.equal(excess, 0);
    });
  }

  it('is drawn in a narrow window and in a wide one', async () => {
    await setTheme(editor, 'dark');
    for (const [name, width] of [
      ['narrow', 720],
      ['wide', 1_900],
    ] as const) {
      await editor.setSize({ width, height: 950 });
      await eventually(async () => {
        const [box, svg] = await Promise.all([
          page.locator('.timeline-picture').boundingBox(),
          page.locator('.timeline-svg').boundingBox(),
        ]);
        return box !== null && svg !== null && Math.abs(box.width - svg.width) < 2;
      });
      await editor.screenshot(`timeline-${name}`);
      const excess = await page.locator('html').evaluate((root) => root.scrollWidth - root.clientWidth);
      assert.equal(excess, 0);
    }
    await editor.setSize({ width: 1_280, height: 900 });
  });

  it('leads from a tool call to its row, and back', async () => {
    await picture().focus();
    await eventually(async () => {
      await picture().press('ArrowDown');
      return /^\s*Tools, /.test((await option().textContent()) ?? '');
    });
    await picture().press('End');
    await picture().press('Enter');
    await page.locator('article.row-tool:focus').waitFor();
    await runCommand(editor, 'Managed Agents: Toggle Timeline');
    await picture().waitFor();
  });

  it('is a table too, and still one when the panel comes back', async () => {
    await page.getByRole('button', { name: 'As table' }).click();
    await page.getByRole('table', { name: /^Timeline from/ }).waitFor();
    await page.getByRole('row').filter({ hasText: 'Waits for you' }).first().waitFor();
    await editor.screenshot('timeline-table');
    await runCommand(editor, 'File: New Untitled Text File');
    await editor.page.locator('iframe.webview:visible').waitFor({ state: 'detached' });
    await editorTab(editor, /Upgrade the HTTP client/).click();
    await page.getByRole('table', { name: /^Timeline from/ }).waitFor();
  });

  it('sums up what the sessions of an agent used, in a document', async () => {
    await expandRow(editor, /^Agents/);
    await chooseFromMenuOf(editor, treeRow(editor, /^Agent /), 'Show Usage of Agent');
    await editorTab(editor, /Usage of/).waitFor();
    const preview = editor.page
      .frameLocator('iframe.webview:visible')
      .last()
      .frameLocator('iframe#active-frame');
    await preview.getByRole('heading', { name: /^Usage of / }).waitFor();
    await preview.getByRole('heading', { name: 'What the server did not give' }).waitFor();
    await editor.screenshot('agent-usage');
  });
});
