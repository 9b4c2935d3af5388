import assert from 'node:assert/strict';
import { AxeBuilder } from '@axe-core/playwright';
import { type Editor, openWorkbench } from './support/editor.ts';
import { activity, openSession, row, send } from './support/sessionPanel.ts';
import { setTheme, themeKinds } from './support/theme.ts';
import { expandRow, showManagedAgents, treeRow } from './support/tree.ts';

describe('the look', () => {
  let editor: Editor;

  before(async () => {
    editor = await openWorkbench({ seedSessions: 12 });
    await showManagedAgents(editor);
    await expandRow(editor, /^Agents/);
    await expandRow(editor, /^Environments/);
    await treeRow(editor, /^Environment node-24/).waitFor();
    const page = await openSession(editor, /^Session Upgrade the HTTP client/);
    await send(page, '/tool');
    await row(page, 'Two notes are open').waitFor();
    await activity(page, 'Idle').waitFor();
    await send(page, '/approve');
    await activity(page, 'Waiting for you').waitFor();
  });

  after(async () => {
    await editor.close();
  });

  for (const theme of themeKinds) {
    it(`has nothing in the session panel that axe objects to: ${theme}`, async () => {
      await setTheme(editor, theme);
      await editor.screenshot(`look-${theme}`);
      const { passes, violations } = await new AxeBuilder({ page: editor.page })
        .include(['iframe.webview', 'iframe#active-frame', 'body'])
        .analyze();
      // Proof that it was this page that was looked at.
      assert.ok(passes.some(({ nodes }) => nodes.some(({ html }) => html.includes('composer-text'))));
      assert.deepEqual(
        violations.map(({ id, nodes }) => `${id}: ${nodes.map(({ html }) => html).join(' | ')}`),
        [],
      );
    });
  }

  for (const [name, width] of [
    ['narrow', 700],
    ['wide', 1_900],
  ] as const) {
    it(`fits a ${name} window without scrolling sideways`, async () => {
      await setTheme(editor, 'dark');
      await editor.setSize({ width, height: 900 });
      const frame = editor.page.frameLocator('iframe.webview').frameLocator('iframe#active-frame');
      await frame.getByRole('button', { name: 'Allow' }).waitFor();
      await editor.screenshot(`look-${name}`);
      const excess = await frame.locator('html').evaluate((root) => root.scrollWidth - root.clientWidth);
      assert.equal(excess, 0);
    });
  }
});
