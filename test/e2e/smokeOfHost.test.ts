import assert from 'node:assert/strict';
import { openWorkbench, type Editor } from './support/editor.ts';
import * as q from './support/quickInput.ts';
import * as m from './support/messages.ts';
import * as t from './support/tree.ts';
import { panelFrame, editorTab } from './support/panel.ts';
import { setTheme, themeKinds } from './support/theme.ts';

describe('host smoke', () => {
  let editor: Editor;
  before(async () => { editor = await openWorkbench({ extension: { kind: 'folder', path: '/tmp/trial/ext' } }); });
  after(async () => { await editor.close(); });
  it('palette and notification', async () => {
    await q.runCommand(editor, 'Trial: Say Hello');
    await m.pressInNotification(editor, 'Hello from trial', 'Good');
    await m.notification(editor, 'You chose Good').waitFor();
    assert.deepEqual(await m.notificationTexts(editor), ['You chose Good']);
    await m.clearNotifications(editor);
  });
  it('quick inputs', async () => {
    await q.runCommand(editor, 'Trial: Ask Something');
    await q.quickPickRow(editor, 'beta').waitFor();
    assert.deepEqual(await q.quickPickLabels(editor), ['alpha', 'beta', 'gamma']);
    await q.pick(editor, 'beta');
    await q.inputMessage(editor).filter({ hasText: 'Your name' }).waitFor();
    await q.enterText(editor, 'Zoë');
    await m.notification(editor, 'beta and Zoë').waitFor();
  });
  it('dialogs', async () => {
    await q.runCommand(editor, 'Trial: Confirm Something');
    await m.dialog(editor).getByText('It cannot be undone.').waitFor();
    await editor.screenshot('host-dialog');
    await m.answerDialog(editor, 'Delete');
    await m.notification(editor, 'Answer: Delete').waitFor();
    await q.runCommand(editor, 'Trial: Confirm Something');
    await m.answerDialog(editor, 'Cancel');
    await m.notification(editor, 'Answer: undefined').waitFor();
    await m.clearNotifications(editor);
  });
  it('tree', async () => {
    await t.showManagedAgents(editor);
    await t.showManagedAgents(editor);
    await t.expandRow(editor, 'Sessions');
    await t.treeRow(editor, 'Fix the build').waitFor();
    assert.deepEqual(await t.treeTexts(editor), ['Sessions', 'Fix the build', 'Write docs', 'Agents']);
  });
  it('panels', async () => {
    await q.runCommand(editor, 'Trial: Open Panel');
    await panelFrame(editor).getByText('Panel 1').waitFor();
    await q.runCommand(editor, 'Trial: Open Panel');
    await panelFrame(editor).getByText('Panel 2').waitFor();
    await panelFrame(editor).getByRole('button', { name: 'Press' }).click();
    await panelFrame(editor).getByText('pressed 2').waitFor();
    await editorTab(editor, 'Session 1').click();
    await panelFrame(editor).getByText('Panel 1').waitFor();
  });
  for (const kind of themeKinds) {
    it(`theme ${kind}`, async () => { await setTheme(editor, kind); await editor.screenshot(`host-${kind}`); });
  }
  it('size', async () => { await editor.setSize({ width: 800, height: 500 }); await editor.screenshot('host-small'); });
  it('execute', async () => { assert.equal(await editor.execute('trial.echo', 'x'), 'echo x'); await assert.rejects(editor.execute('nope.nope'), /not found/); });
  it('fails', () => { assert.equal(1, 2); });
});
