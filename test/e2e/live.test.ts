import assert from 'node:assert/strict';
import type { Locator } from 'playwright-core';
import { type Sandbox, startSandbox } from '../../src/sandbox/server.ts';
import { eventually } from '../support/eventually.ts';
import { setKey, useConnection } from './support/connections.ts';
import { type Editor, openWorkbench } from './support/editor.ts';
import { clearNotifications, notification, pressInNotification } from './support/messages.ts';
import { panelFrame } from './support/panel.ts';
import { cancelInput, quickInput, quickPickRow } from './support/quickInput.ts';
import { showManagedAgents, treeRow } from './support/tree.ts';

const calm = 'Upgrade the HTTP client';

// What the view does by itself: nobody presses refresh here.
describe('sessions that others work with', () => {
  const key = 'right-key-0123456789';
  let server: Sandbox;
  let editor: Editor;

  before(async () => {
    server = await startSandbox({ key, seedSessions: 3 });
    editor = await openWorkbench({ settings: { 'managedAgents.notify.needsYou': 'always' } });
    await showManagedAgents(editor);
    await useConnection(editor, { name: 'Team server', baseUrl: server.url });
    await setKey(editor, key);
    await treeRow(editor, new RegExp(`^Session ${calm}`)).waitFor();
    await clearNotifications(editor);
  });

  after(async () => {
    await editor.close();
    await server.close();
  });

  const prefix = '/api/managed-agents/anthropic/v1/sessions';
  const ask = async (path: string, init: RequestInit = {}): Promise<unknown> => {
    const headers = { authorization: `Bearer ${key}`, 'content-type': 'application/json' };
    const response = await fetch(`${server.url}${prefix}${path}`, { ...init, headers });
    assert.ok(response.ok, `${String(response.status)} ${path}`);
    return await response.json();
  };
  /** Another client writes a message. */
  const say = async (text: string) => {
    const { data } = (await ask('')) as { readonly data: { readonly id: string; readonly title: string }[] };
    const session = data.find(({ title }) => title.startsWith(calm));
    assert.ok(session);
    const events = [{ type: 'user.message', content: [{ type: 'text', text }] }];
    await ask(`/${session.id}/events`, { method: 'POST', body: JSON.stringify({ events }) });
  };
  const statusBar = (): Locator => editor.page.locator('.statusbar-item[id*="managedAgents.attention"]');
  const badge = (): Locator =>
    editor.page
      .locator('.activitybar .action-item')
      .filter({ has: editor.page.locator('a[aria-label^="Managed Agents"]') })
      .locator('.badge-content');

  it('show what waits since before, without a message', async () => {
    await treeRow(editor, /^Session Release web-shop 2\.4\.0, needs you/).waitFor();
    await eventually(async () => (await badge().textContent()) === '1', { timeoutMs: 20_000 });
    await statusBar().getByText('1 needs you').waitFor();
    assert.equal(await notification(editor, 'needs you').count(), 0);
  });

  it('are seen to run, and then to need the user', async () => {
    await say('/slow 12');
    await treeRow(editor, new RegExp(`^Session ${calm}[^,]*, running`)).waitFor({ timeout: 30_000 });
    await statusBar().getByText('1 running · 1 needs you').waitFor();
    await editor.screenshot('live-running');
    await treeRow(editor, new RegExp(`^Session ${calm}[^,]*, idle`)).waitFor({ timeout: 60_000 });
    await say('/approve');
    await treeRow(editor, new RegExp(`^Session ${calm}[^,]*, needs you`)).waitFor({ timeout: 60_000 });
    await eventually(async () => (await badge().textContent()) === '2', { timeoutMs: 20_000 });
    await statusBar().getByText('2 need you').waitFor();
    await notification(editor, /Upgrade the HTTP client.* needs you/).waitFor();
    await editor.screenshot('live-needs-you');
  });

  it('open from the status bar, and at what waits from the message', async () => {
    await statusBar().click();
    await quickInput(editor).getByText('Running and Waiting Sessions').waitFor();
    await quickPickRow(editor, 'Release web-shop 2.4.0').waitFor();
    await editor.screenshot('live-pick');
    await cancelInput(editor);
    await pressInNotification(editor, /Upgrade the HTTP client.* needs you/, 'Review');
    const card = panelFrame(editor).locator('.ask').first();
    await card.waitFor();
    await card.getByRole('button', { name: 'Allow' }).first().click();
    // The panel follows the session: its row changes with it.
    await treeRow(editor, new RegExp(`^Session ${calm}[^,]*, idle`)).waitFor({ timeout: 30_000 });
    await eventually(async () => (await badge().textContent()) === '1', { timeoutMs: 20_000 });
  });
});
