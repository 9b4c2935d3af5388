// `npm run pictures [-- name ...]`: takes every picture of the documents anew, from the extension as it runs.
import type { Editor } from '../test/e2e/support/editor.ts';
import { endAll, openWorkbench } from '../test/e2e/support/editor.ts';
import { clearNotifications } from '../test/e2e/support/messages.ts';
import { panelFrame } from '../test/e2e/support/panel.ts';
import { runCommand, typeText } from '../test/e2e/support/quickInput.ts';
import { activity, composer, openSession, row, send } from '../test/e2e/support/sessionPanel.ts';
import { setTheme } from '../test/e2e/support/theme.ts';
import { expandRow, showManagedAgents, treeRow } from '../test/e2e/support/tree.ts';
import { Studio } from './pictures/studio.ts';

interface Scene {
  readonly name: string;
  readonly take: (editor: Editor, studio: Studio) => Promise<void>;
}

const scenes: readonly Scene[] = [
  {
    name: 'session',
    async take(editor, studio) {
      const page = await openSession(editor, /^Session Upgrade the HTTP client/);
      await send(page, '/tool');
      await row(page, 'Two notes are open').waitFor();
      await activity(page, 'Idle').waitFor();
      await clearNotifications(editor);
      await studio.still('session', { quality: 0.35, width: 1120 });
    },
  },
  {
    name: 'approval',
    async take(editor, studio) {
      const page = await openSession(editor, /^Session Upgrade the HTTP client/);
      await setTheme(editor, 'light');
      await send(page, '/approve');
      await activity(page, 'Waiting for you').waitFor();
      await page.getByRole('button', { name: 'Allow' }).first().waitFor();
      await studio.still('approval');
      await page.getByRole('button', { name: 'Allow' }).first().click();
      await activity(page, 'Idle').waitFor();
      await setTheme(editor, 'dark');
    },
  },
  {
    name: 'event-log',
    async take(editor, studio) {
      const page = await openSession(editor, /^Session Upgrade the HTTP client/);
      await composer(page).press('Control+Shift+L');
      await page.getByRole('option').filter({ hasText: 'session.status_idle' }).last().waitFor();
      await page.getByRole('option').filter({ hasText: 'agent.tool_use' }).last().click();
      await page.locator('.log-json').waitFor();
      await studio.still('event-log');
      await page.getByRole('tab', { name: /^Conversation/ }).click();
      await composer(page).waitFor();
    },
  },
  {
    name: 'timeline',
    async take(editor, studio) {
      const page = await openSession(editor, /^Session Upgrade the HTTP client/);
      await composer(page).press('Control+Shift+Alt+L');
      await page.locator('.timeline-svg').waitFor();
      const picture = page.getByRole('listbox', { name: 'Timeline of the session' });
      await picture.focus();
      await picture.press('ArrowDown');
      await picture.press('End');
      await studio.still('timeline');
      await page.getByRole('tab', { name: /^Conversation/ }).click();
      await composer(page).waitFor();
    },
  },
  {
    name: 'search',
    async take(editor, studio) {
      await runCommand(editor, 'Managed Agents: Search in Sessions…');
      await typeText(editor, 'timeout');
      await editor.page.keyboard.press('Enter');
      const hit = treeRow(editor, /: .*timeout/i);
      await hit.waitFor();
      await hit.click();
      await panelFrame(editor).getByRole('search').waitFor();
      await studio.still('search');
      await runCommand(editor, 'Managed Agents: Clear Search Results');
    },
  },
  {
    name: 'a-turn',
    async take(editor, studio) {
      const page = await openSession(editor, /^Session Upgrade the HTTP client/);
      await studio.film('a-turn', 960, async () => {
        await composer(page).pressSequentially('/approve', { delay: 60 });
        await composer(page).press('Enter');
        await activity(page, 'Waiting for you').waitFor();
        await editor.page.waitForTimeout(1_500);
        await page.getByRole('button', { name: 'Allow' }).first().click();
        await activity(page, 'Idle').waitFor();
      });
    },
  },
  {
    name: 'checks',
    async take(editor, studio) {
      await runCommand(editor, 'Testing: Focus on Test Explorer View');
      const tests = editor.page.locator('.test-explorer');
      const connection = tests.getByRole('treeitem', { name: /sandbox/i });
      await connection.click();
      await connection.press('ArrowRight');
      await tests.getByRole('treeitem', { name: /Health/ }).waitFor();
      await connection.hover();
      await connection.getByRole('button', { name: 'Run Test' }).first().click();
      await tests.getByRole('treeitem', { name: /List environments.*Passed/ }).waitFor();
      await clearNotifications(editor);
      await studio.still('checks');
      await showManagedAgents(editor);
    },
  },
];

async function main(): Promise<number> {
  const wanted = process.argv.slice(2);
  const unknown = wanted.filter((name) => !scenes.some((scene) => scene.name === name));
  if (unknown.length > 0) {
    console.error(
      `No such picture: ${unknown.join(', ')}. There are ${scenes.map(({ name }) => name).join(', ')}.`,
    );
    return 2;
  }
  const editor = await openWorkbench({ seedSessions: 12, size: { width: 1400, height: 880 } });
  try {
    await showManagedAgents(editor);
    await expandRow(editor, /^Agents/);
    await expandRow(editor, /^Environments/);
    await treeRow(editor, /^Environment node-24/).waitFor();
    const studio = new Studio(editor);
    for (const scene of scenes.filter(({ name }) => wanted.length === 0 || wanted.includes(name))) {
      await scene.take(editor, studio);
    }
    return 0;
  } finally {
    await endAll();
  }
}

process.exitCode = await main();
