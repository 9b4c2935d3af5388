import assert from 'node:assert/strict';
import { readdir, readFile } from 'node:fs/promises';
import path from 'node:path';
import type { FrameLocator, Locator } from 'playwright-core';
import { startSandbox, type Sandbox } from '../../src/sandbox/server.ts';
import type { JsonObject } from '../../src/util/json.ts';
import { eventually } from '../support/eventually.ts';
import { noPause, Wire } from '../unit/sandbox/wire.ts';
import { setKey, useConnection } from './support/connections.ts';
import { type Editor, openWorkbench } from './support/editor.ts';
import { answerDialog, clearNotifications, dialog, notification } from './support/messages.ts';
import { editorTab, panelFrame } from './support/panel.ts';
import { enterPlace, pick, quickInput, runCommand } from './support/quickInput.ts';
import { reloadWindow } from './support/reload.ts';
import { activity, banner, composer, openSession, row, send } from './support/sessionPanel.ts';
import { showManagedAgents } from './support/tree.ts';

describe('the header of a session', () => {
  const key = 'header-key-0123456789';
  const title = 'Plan the release';
  let server: Sandbox;
  let wire: Wire;
  let session: string;
  let editor: Editor;
  let page: FrameLocator;

  before(async () => {
    server = await startSandbox({ key, pace: { ...noPause, secondMs: 1_000 } });
    wire = new Wire(server, 'synth');
    session = await wire.newSession({ title });
    await wire.say(session, 'Hello there');
    await wire.idle(session);
    editor = await openWorkbench();
    await showManagedAgents(editor);
    await useConnection(editor, { name: 'Team server', baseUrl: server.url });
    await setKey(editor, key);
    await clearNotifications(editor);
    page = await openSession(editor, /^Session Plan the release/);
    await page.getByText('Live').waitFor();
  });

  after(async () => {
    await editor.close();
    await server.close();
  });

  const heading = (frame: FrameLocator, text: string) => frame.getByRole('heading', { level: 1, name: text });

  async function choose(frame: FrameLocator, item: string): Promise<void> {
    await frame.getByRole('button', { name: 'More actions' }).click();
    await frame.getByRole('menuitem', { name: item }).click();
  }

  /** Exports the session of the active panel to where it is proposed, and answers with the file. */
  async function exportAs(start: () => Promise<void>, format: string, extension: string): Promise<string> {
    const file = path.join(editor.folder, `Plan the release.${extension}`);
    await start();
    await pick(editor, format);
    await quickInput(editor)
      .getByPlaceholder(/Keys are always cut out/)
      .waitFor();
    await quickInput(editor).getByRole('button', { name: 'OK' }).click();
    await enterPlace(editor, file, `Plan the release.${extension}`);
    await notification(editor, /events exported/).waitFor();
    await clearNotifications(editor);
    return await readFile(file, 'utf8');
  }

  it('has a title that is changed in its place', async () => {
    await activity(page, 'Idle').waitFor();
    await page.getByText('this machine').waitFor();
    await editor.screenshot('header');
    await composer(page).press('F2');
    const field = page.getByRole('textbox', { name: 'Title of the session' });
    await field.waitFor();
    await field.fill('Never mind');
    await field.press('Escape');
    await heading(page, title).waitFor();
    await page.getByRole('button', { name: 'Rename (F2)' }).click();
    await field.fill('Ship the release');
    await editor.screenshot('header-rename');
    await field.press('Enter');
    await heading(page, 'Ship the release').waitFor();
    await editorTab(editor, /^Ship the release/).waitFor();
    await eventually(async () => (await wire.get(`/sessions/${session}`))['title'] === 'Ship the release');
  });

  it('takes the keyboard to the newest row and back by its shortcuts', async () => {
    await composer(page).press('Control+Alt+End');
    await page.locator('article:focus').last().waitFor();
    await page.locator('article:focus').press('Control+Shift+Alt+End');
    await composer(page).and(page.locator(':focus')).waitFor();
  });

  it('follows a title that is changed elsewhere', async () => {
    await wire.post(`/sessions/${session}`, { title });
    await heading(page, title).waitFor();
    await editorTab(editor, /^Plan the release/).waitFor();
  });

  it('exports every event as the server has it, one per line', async () => {
    const text = await exportAs(() => choose(page, 'Export…'), 'JSON Lines', 'session.jsonl');
    const [facts, ...exported] = text
      .trimEnd()
      .split('\n')
      .map((line) => JSON.parse(line) as JsonObject);
    assert.equal(facts?.['format'], 'managed-agents-session');
    const served = await wire.events(session);
    assert.ok(served.length > 3);
    assert.equal(exported.length, served.length);
    exported.forEach((event, index) => assert.deepEqual(event, served[index], `event ${index}`));
    assert.ok(!text.includes(key));
  });

  it('exports from the palette as one document, and as Markdown, and leaves nothing beside them', async () => {
    const start = () => runCommand(editor, 'Managed Agents: Export Session…');
    const document = JSON.parse(await exportAs(start, 'JSON', 'json')) as JsonObject;
    assert.deepEqual(document['events'], await wire.events(session));
    assert.equal(document['complete'], true);
    const markdown = await exportAs(start, 'Markdown', 'md');
    assert.match(markdown, /^# Plan the release\n/);
    assert.match(markdown, /## You · .*\n\nHello there\n/);
    const files = await readdir(editor.folder);
    assert.deepEqual(
      files.filter((name) => name.includes('part') || name.startsWith('.export')),
      [],
    );
  });

  it('opens as a text that grows, also without the panel', async () => {
    await choose(page, 'Open as Text');
    const lines = editor.page.locator('.editor-instance .view-lines');
    await lines
      .getByText(/Hello\sthere/)
      .first()
      .waitFor();
    await editorTab(editor, /^Plan the release\.md/).waitFor();
    await editorTab(editor, /^Plan the release ·/).click({ button: 'middle' });
    await editorTab(editor, /^Plan the release ·/).waitFor({ state: 'detached' });
    await wire.say(session, 'A line from elsewhere');
    await lines
      .getByText(/A\sline\sfrom\selsewhere/)
      .first()
      .waitFor();
    await lines
      .getByText(/for\sthe\sother\sscenes/)
      .first()
      .waitFor();
    await editor.screenshot('header-text');
    await runCommand(editor, 'View: Close Editor');
  });

  it('shows two sessions of one title side by side, and which is which', async () => {
    const other = await wire.newSession({ title });
    await wire.say(other, 'I am the other one');
    await wire.idle(other);
    await editor.execute('managedAgents.session.open', { sessionId: session });
    await row(panelFrame(editor), 'A line from elsewhere').waitFor();
    await editor.execute('managedAgents.session.openToSide', { sessionId: other });
    await editor.page.locator('iframe.webview:visible').nth(1).waitFor();
    await editorTab(editor, new RegExp(`^Plan the release \\(${session.slice(-6)}\\)`)).waitFor();
    await editorTab(editor, new RegExp(`^Plan the release \\(${other.slice(-6)}\\)`)).waitFor();
    const frames = [panelFrame(editor, 0), panelFrame(editor, 1)];
    await row(frames[0] ?? page, 'A line from elsewhere').waitFor();
    await row(frames[1] ?? page, 'I am the other one').waitFor();
    await send(frames[1] ?? page, '/slow 300');
    await editorTab(editor, /^Plan the release \(.*\) · running/).waitFor();
    await activity(frames[0] ?? page, 'Idle').waitFor();
    await editor.screenshot('header-side-by-side');
  });

  it('archives a session at work after interrupting it, and the panel stays readable', async () => {
    const frame = panelFrame(editor, 1);
    await choose(frame, 'Archive…');
    await dialog(editor).getByText('The agent is at work.').waitFor();
    await editor.screenshot('header-archive');
    await answerDialog(editor, 'Interrupt and Archive');
    await banner(frame, 'This session has ended. It can be read, and takes no more messages.').waitFor();
    await row(frame, 'I am the other one').waitFor();
    await editorTab(editor, /^Plan the release \(.*\) · ended/).waitFor();
    await frame.getByRole('button', { name: 'More actions' }).click();
    await frame.getByRole('menuitem', { name: 'Export…' }).waitFor();
    assert.equal(await frame.getByRole('menuitem', { name: 'Archive…' }).count(), 0);
    await frame.getByRole('menuitem', { name: 'Export…' }).press('Escape');
    await frame.getByRole('button', { name: 'More actions' }).and(frame.locator(':focus')).waitFor();
    await runCommand(editor, 'View: Close Editor');
  });

  function place(frame: FrameLocator): Promise<{ readonly text: string; readonly top: number }> {
    return frame.locator('.scroller').evaluate((scroller) => {
      const edge = scroller.getBoundingClientRect().top;
      const first = [...scroller.querySelectorAll('article')].find(
        (article) => article.getBoundingClientRect().bottom > edge,
      );
      return {
        text: first?.textContent.trim().slice(0, 200) ?? '',
        top: Math.round((first?.getBoundingClientRect().top ?? 0) - edge),
      };
    });
  }

  it('is where it was after the window is reloaded: place, what was opened, and draft', async () => {
    for (let round = 0; round < 12; round++) {
      await wire.say(session, `Round ${round}: ${'some more words to read. '.repeat(30)}`);
    }
    await eventually(
      async () => {
        const events = await wire.events(session);
        const isQuiet = events.at(-1)?.['type'] === 'session.status_idle';
        return isQuiet && events.every((event) => event['processed_at'] !== null);
      },
      { timeoutMs: 60_000 },
    );
    page = panelFrame(editor);
    await row(page, 'Round 11').waitFor();
    await activity(page, 'Idle').waitFor();
    await page.locator('.scroller').hover();
    await editor.page.mouse.wheel(0, -2_500);
    await eventually(async () => !(await isAtEnd(page.locator('.scroller'))));
    await composer(page).fill('Not finished');
    const before = await eventually(async () => {
      const one = await place(page);
      const two = await place(page);
      return one.text === two.text && one.top === two.top && one;
    });
    // A page that loses the keyboard keeps its state at once.
    await editorTab(editor, /^Plan the release/).click();
    page = await reloadWindow(editor);
    await composer(page).waitFor();
    await setKeyAgainIfLost();
    const after = await eventually(async () => {
      const now = await place(page);
      return now.text === before.text && now;
    });
    assert.ok(Math.abs(after.top - before.top) <= 2, `${after.top} is not ${before.top}`);
    await eventually(async () => (await composer(page).inputValue()) === 'Not finished');
    await editor.screenshot('header-reloaded');
  });

  /** A browser without a keyring forgets secrets with its page. */
  async function setKeyAgainIfLost(): Promise<void> {
    const lost = banner(page, 'There is no API key');
    await page.getByText('Live', { exact: true }).or(lost).first().waitFor();
    if ((await lost.count()) > 0) {
      await setKey(editor, key);
    }
  }

  it('says why it cannot come back where its connection is gone', async () => {
    await editor.changeSettings({ 'managedAgents.connections': [] });
    page = await reloadWindow(editor);
    await banner(page, 'The connection of this session is no longer there').waitFor();
    await heading(page, title).waitFor();
    await editor.screenshot('header-lost');
    await editor.changeSettings({
      'managedAgents.connections': [{ name: 'Team server', baseUrl: server.url }],
    });
    await banner(page, 'no longer there').waitFor({ state: 'detached' });
    await page.getByRole('button', { name: 'More actions' }).waitFor();
  });
});

function isAtEnd(scroller: Locator): Promise<boolean> {
  return scroller.evaluate((box) => box.scrollHeight - box.clientHeight - box.scrollTop < 30);
}
