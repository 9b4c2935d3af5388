import assert from 'node:assert/strict';
import { answerDialog, dialog, notification, clearNotifications } from '../e2e/support/messages.ts';
import { row } from '../e2e/support/sessionPanel.ts';
import { type Arena, inArena, sharedArena } from './support/arena.ts';
import { attack } from './support/attackList.ts';
import { dangerousAddresses } from './support/dangerousAddresses.ts';
import { assertNoMarkup, hiddenInPage, showText } from './support/hostilePage.ts';

/** Links to the web are shown as links; the host refuses those among them that it should. */
const otherSchemes = dangerousAddresses.filter((url) => !/^https?:\/\//.test(url));

describe('links in what a server says', () => {
  const { it } = inArena();
  let arena: Arena;

  before(async () => {
    arena = await sharedArena();
  });

  it(attack('B4'), async () => {
    const { page } = await showText(
      arena,
      'schemes',
      otherSchemes.map((url) => `[click](${url}) [click](<${url}>) <${url}>`).join('\n\n'),
    );
    const shown = row(page, 'click');
    await shown.waitFor();
    assert.equal(await shown.locator('a, [role=link], button.link').count(), 0);
    await assertNoMarkup(page);
  });

  it(attack('B5'), async () => {
    const { editor } = arena;
    const { page } = await showText(arena, 'posing', '[https://good.example](https://evil.example/login)');
    const link = row(page, 'good.example').getByRole('link', { name: 'https://good.example' });
    await row(page, '(evil.example)').waitFor();
    assert.equal(await link.getAttribute('title'), 'https://evil.example/login');
    await link.click();
    await dialog(editor).getByText('Open a page of evil.example?').waitFor();
    await dialog(editor).getByText('https://evil.example/login').waitFor();
    await answerDialog(editor, 'Cancel');
  });

  it(attack('B6'), async () => {
    const { editor } = arena;
    const { page } = await showText(
      arena,
      'look-alikes',
      [
        '[apple](https://\u0430pple.com/)',
        '[user](https://good.example@evil.example/)',
        `[long](https://e.example/${'x'.repeat(5_000)})`,
        '[turned](https://e.example/\u202egpj.exe)',
      ].join('\n\n'),
    );
    const shown = row(page, 'turned');
    await shown.getByRole('link', { name: 'apple' }).click();
    await dialog(editor).getByText('Open a page of xn--pple-43d.com?').waitFor();
    await answerDialog(editor, 'Cancel');
    for (const name of ['user', 'long']) {
      await shown.getByRole('link', { name }).click();
      await notification(editor, 'This link was not opened').waitFor();
      await clearNotifications(editor);
    }
    await shown.getByRole('link', { name: 'turned' }).click();
    await dialog(editor).getByText('Open a page of e.example?').waitFor();
    const asked = await dialog(editor).textContent();
    assert.doesNotMatch(asked ?? '', /\u202e/);
    await answerDialog(editor, 'Cancel');
    assert.deepEqual(await hiddenInPage(page), []);
  });

  it(attack('B7'), async () => {
    const { editor, attacker } = arena;
    const { page } = await showText(
      arena,
      'inside',
      `<http://169.254.169.254/latest/meta-data/>\n\n<${attacker.url}/admin>`,
    );
    const links = row(page, '169.254').getByRole('link');
    assert.equal(await links.count(), 2);
    await links.nth(0).click();
    await notification(editor, 'This link was not opened').waitFor();
    await clearNotifications(editor);
    await links.nth(1).click();
    await dialog(editor).getByText('This address is on your own machine.').waitFor();
    await answerDialog(editor, 'Cancel');
  });

  it(attack('B8'), async () => {
    const { attacker } = arena;
    const { page } = await showText(
      arena,
      'previews',
      `[one](${attacker.url}/one) https://prefetch.example/two [three](https://prefetch.example/three)`,
    );
    for (const link of await row(page, 'one').getByRole('link').all()) {
      await link.hover();
      await link.focus();
    }
    const hints = await page
      .locator(':root')
      .evaluate((root) => [...root.querySelectorAll('link')].map(({ rel }) => rel).sort());
    assert.deepEqual(hints, ['stylesheet']);
  });
});
