/** The composer of the session page alone, in a real browser under the policy that the extension sets. */
import assert from 'node:assert/strict';
import { AxeBuilder } from '@axe-core/playwright';
import type { Browser, BrowserContext, Locator, Page } from 'playwright-core';
import type { AttachmentChip, ComposerState } from '../../src/protocol/composerMessages.ts';
import type { PageMessage } from '../../src/protocol/messages.ts';
import { openBrowser } from '../support/page/browser.ts';
import { type PageServer, startPageServer } from '../support/page/pageServer.ts';
import { NOW } from '../support/page/rows.ts';
import { pageThemes } from '../support/page/themes.ts';

const selection: AttachmentChip = {
  key: 'attachment-0',
  kind: 'text',
  source: 'selection',
  name: 'src/billing/retry.ts',
  lines: 33,
  bytes: 1_240,
};
const picture: AttachmentChip = {
  key: 'attachment-1',
  kind: 'image',
  source: 'pasted',
  name: 'Pasted picture',
  lines: null,
  bytes: 69,
};
/** One red pixel. */
const PIXEL = 'iVBORw0KGgoAAAANSUhEUgAAAAEAAAABCAIAAACQd1PeAAAADElEQVR4nGP4z8AAAAMBAQDJ/pLvAAAAAElFTkSuQmCC';

describe('composer of the session page', function () {
  this.timeout(60_000);
  let server: PageServer;
  let browser: Browser;
  let context: BrowserContext;
  let page: Page;
  let field: Locator;
  let errors: string[] = [];

  before(async () => {
    server = await startPageServer();
    browser = await openBrowser();
  });

  after(async () => {
    await browser.close();
    await server.dispose();
  });

  beforeEach(async () => {
    errors = [];
    context = await browser.newContext({ viewport: { width: 900, height: 800 }, timezoneId: 'UTC' });
    page = await context.newPage();
    page.on('pageerror', (error) => errors.push(error.message));
  });

  afterEach(async () => {
    const violations = await page.evaluate(() => window.fakeHost.violations);
    await context.close();
    assert.deepEqual(violations, [], 'the policy was broken');
    assert.deepEqual(errors, [], 'the page threw');
  });

  async function open(scenario = 'calm', theme = 'dark'): Promise<void> {
    await page.clock.install({ time: NOW });
    await page.goto(`${server.origin}/${theme}#${scenario}`);
    await page.waitForSelector('article');
    field = page.locator('.composer-text');
  }

  async function posted<T extends PageMessage['type']>(
    type: T,
    count = 1,
  ): Promise<Extract<PageMessage, { type: T }>[]> {
    await page.waitForFunction(
      ([wanted, atLeast]) =>
        window.fakeHost.posted.filter((message) => message.type === wanted).length >= atLeast,
      [type, count] as const,
    );
    const messages = await page.evaluate(
      (wanted) => window.fakeHost.posted.filter((message) => message.type === wanted),
      type,
    );
    return messages as Extract<PageMessage, { type: T }>[];
  }

  async function host(part: Partial<ComposerState>): Promise<void> {
    await page.evaluate((change) => window.fakeHost.changeComposer(change), part);
    await frames();
  }

  const frames = () =>
    page.evaluate(
      () =>
        new Promise<void>((resolve) =>
          requestAnimationFrame(() => requestAnimationFrame(() => requestAnimationFrame(() => resolve()))),
        ),
    );
  const attach = () => page.getByRole('button', { name: 'Attach to the message' });
  const focused = () => page.evaluate(() => document.activeElement?.textContent.trim());

  async function noObjections(): Promise<void> {
    const { violations } = await new AxeBuilder({ page }).include('.composer-area').analyze();
    assert.deepEqual(
      violations.map(({ id, nodes }) => `${id}: ${nodes.map((node) => node.html).join(' | ')}`),
      [],
    );
  }

  for (const theme of pageThemes) {
    it(`has nothing that axe objects to, with all that it can show: ${theme}`, async () => {
      await open('calm', theme);
      await host({
        attachments: [selection, picture],
        error: 'The server cannot be reached.',
        note: 'x.bin was not attached.',
        editor: { name: 'src/a.ts', selectedLines: 0 },
      });
      await noObjections();
      await host({ sending: 'checking', error: null });
      await noObjections();
      await host({ sending: 'idle' });
      await attach().click();
      await page.getByRole('menuitem', { name: 'File…' }).waitFor();
      await noObjections();
    });
  }

  it('opens the menu by keyboard, walks it, and gives the focus back', async () => {
    await open();
    await host({ editor: { name: 'src/a.ts', selectedLines: 3 } });
    await attach().focus();
    await page.keyboard.press('Enter');
    await page.getByRole('menu').waitFor();
    await posted('attachMenu');
    assert.equal(await focused(), 'File…');
    await page.keyboard.press('ArrowUp');
    assert.match((await focused()) ?? '', /^Open editor’s file\s*src\/a\.ts$/);
    await page.keyboard.press('Home');
    await page.keyboard.press('e');
    assert.match((await focused()) ?? '', /^Editor selection\s*src\/a\.ts, 3 lines$/);
    await page.keyboard.press('Escape');
    await page.getByRole('menu').waitFor({ state: 'hidden' });
    assert.equal(await attach().evaluate((button) => button === document.activeElement), true);
    await page.keyboard.press('ArrowDown');
    await page.getByRole('menu').waitFor();
    await page.keyboard.press('End');
    await page.keyboard.press('Enter');
    await page.getByRole('menu').waitFor({ state: 'hidden' });
    assert.deepEqual(await posted('attach'), [{ type: 'attach', source: 'editor' }]);
  });

  it('says why something cannot be attached, and does not ask for it', async () => {
    await open();
    await attach().click();
    const item = page.getByRole('menuitem', { name: 'Editor selection' });
    assert.equal(await item.getAttribute('aria-disabled'), 'true');
    await item.getByText('Nothing is selected in an editor').waitFor();
    await item.click({ force: true });
    await host({ noFiles: 'This workspace is not trusted.' });
    await page.getByText('This workspace is not trusted.').waitFor();
    assert.equal(await page.locator('[role=menuitem]:not([aria-disabled])').count(), 0);
    await page.getByRole('menuitem', { name: 'File…' }).click({ force: true });
    await page.getByRole('menuitem', { name: 'Image…' }).press('Enter');
    assert.equal(
      await page.evaluate(() => window.fakeHost.posted.some(({ type }) => type === 'attach')),
      false,
    );
  });

  it('shows what is attached with its size, opens it, takes it away, and sends it by name', async () => {
    await open();
    await host({ attachments: [selection, picture] });
    const list = page.getByRole('list', { name: 'Attachments of the message' });
    assert.deepEqual(
      (await list.getByRole('listitem').allTextContents()).map((text) => text.replace(/\s+/g, ' ').trim()),
      [
        'Selection · retry.ts33 lines · 1.2kB: see exactly what is sent',
        'Pasted picture69B: see exactly what is sent',
      ],
    );
    await list.getByRole('button', { name: /^Selection · retry\.ts\s*33 lines/ }).click();
    assert.deepEqual(await posted('openAttachment'), [{ type: 'openAttachment', key: 'attachment-0' }]);
    await page.getByRole('button', { name: 'Queue' }).click();
    const [sent] = await posted('send');
    assert.deepEqual(
      [sent?.text, sent?.attachments, sent?.interrupt],
      ['', ['attachment-0', 'attachment-1'], false],
    );
    await host({ attachments: [selection] });
    await list.getByRole('button', { name: 'Remove src/billing/retry.ts' }).click();
    assert.deepEqual(await posted('detach'), [{ type: 'detach', key: 'attachment-0' }]);
    assert.equal(await page.evaluate(() => document.activeElement?.className), 'composer-text');
  });

  it('shows a picture before it is sent, and puts it away', async () => {
    await open();
    await host({ attachments: [picture] });
    const chip = page.getByRole('button', { name: /^Pasted picture/ });
    const show = () =>
      page.evaluate(
        (data) =>
          window.fakeHost.send({
            type: 'attachmentImage',
            key: 'attachment-1',
            mediaType: 'image/png',
            data,
            bytes: 69,
          }),
        PIXEL,
      );
    await chip.click();
    await show();
    const image = page.getByRole('img', { name: 'The picture that is sent: Pasted picture' });
    await image.waitFor();
    assert.match((await image.getAttribute('src')) ?? '', /^blob:/);
    assert.equal(await chip.getAttribute('aria-expanded'), 'true');
    await page.getByRole('button', { name: 'Close the preview' }).click();
    await image.waitFor({ state: 'detached' });
    await show();
    await image.waitFor();
    await host({ attachments: [] });
    await image.waitFor({ state: 'detached' });
  });

  it('walks through earlier messages with the arrows and comes back to the draft', async () => {
    await open();
    await page.evaluate(() => {
      window.fakeHost.earlier = [
        { key: 'b', text: 'second\nwith two lines' },
        { key: 'a', text: 'first' },
      ];
    });
    const value = async (text: string) =>
      await page.waitForFunction(
        (wanted) => document.querySelector<HTMLTextAreaElement>('.composer-text')?.value === wanted,
        text,
      );
    await field.fill('my draft');
    await field.press('ArrowUp');
    await frames();
    assert.equal(await field.inputValue(), 'my draft', 'the caret was not at the start');
    await field.press('Home');
    await field.press('ArrowUp');
    await value('second\nwith two lines');
    await field.press('ArrowUp');
    await value('first');
    await field.press('ArrowUp');
    await frames();
    assert.equal(await field.inputValue(), 'first', 'there is none before it');
    await field.press('ArrowDown');
    await value('second\nwith two lines');
    await field.press('End');
    await field.press('ArrowDown');
    await frames();
    assert.equal(
      await field.inputValue(),
      'second\nwith two lines',
      'the caret moves to the next line first',
    );
    await field.press('End');
    await field.press('ArrowDown');
    await value('my draft');
    assert.equal(await field.evaluate((area: HTMLTextAreaElement) => area.selectionStart), 8);
    await field.press('Home');
    await field.press('ArrowUp');
    await value('second\nwith two lines');
    await field.press('Enter');
    await value('my draft');
    assert.deepEqual(
      (await posted('send')).map(({ text }) => text),
      ['second\nwith two lines'],
    );
    await page.clock.runFor(1_000);
    assert.equal((await posted('draft')).at(-1)?.text, 'my draft');
  });

  it('does not walk while an input method composes', async () => {
    await open();
    await page.evaluate(() => {
      window.fakeHost.earlier = [{ key: 'a', text: 'first' }];
      const init = { key: 'ArrowUp', isComposing: true, bubbles: true };
      document.querySelector('.composer-text')?.dispatchEvent(new KeyboardEvent('keydown', init));
    });
    await frames();
    assert.equal(
      await page.evaluate(() => window.fakeHost.posted.some(({ type }) => type === 'recall')),
      false,
    );
  });

  it('attaches a picture from the clipboard, and leaves text alone', async () => {
    await open();
    const paste = (kind: 'picture' | 'both' | 'large') =>
      page.evaluate(
        ([data, what]) => {
          const bytes = Uint8Array.from(atob(data), (unit) => unit.charCodeAt(0));
          const transfer = new DataTransfer();
          const padding = what === 'large' ? [new Uint8Array(5 * 1024 * 1024)] : [];
          transfer.items.add(new File([bytes, ...padding], 'image.png', { type: 'image/png' }));
          if (what === 'both') {
            transfer.setData('text/plain', 'words');
          }
          const event = new ClipboardEvent('paste', {
            clipboardData: transfer,
            bubbles: true,
            cancelable: true,
          });
          document.querySelector('.composer-text')?.dispatchEvent(event);
          return event.defaultPrevented;
        },
        [PIXEL, kind] as const,
      );
    assert.equal(await paste('both'), false);
    assert.equal(await paste('picture'), true);
    assert.deepEqual(await posted('pasteImage'), [{ type: 'pasteImage', data: PIXEL }]);
    await paste('large');
    await page
      .getByRole('alert')
      .filter({ hasText: 'image.png was not attached: pictures of up to 5 MB' })
      .waitFor();
    assert.equal((await posted('pasteImage')).length, 1);
    await page.getByRole('button', { name: 'Dismiss' }).click();
    await page.getByRole('alert').waitFor({ state: 'detached' });
  });

  it('attaches files that are dropped anywhere on it, and leaves dragged text to the field', async () => {
    await open();
    const drag = (type: string, what: 'text' | 'files' | 'resources' | 'many' | 'large') =>
      page.evaluate(
        ([kind, content]) => {
          const transfer = new DataTransfer();
          const count = content === 'many' ? 12 : 1;
          if (content === 'text') {
            transfer.setData('text/plain', 'words');
          } else if (content === 'resources') {
            transfer.setData('application/vnd.code.uri-list', 'file:///w/a.ts\r\nfile:///w/b.ts\r\n');
          } else {
            const part = content === 'large' ? new Uint8Array(5 * 1024 * 1024 + 1) : 'h\u00e9';
            for (let at = 0; at < count; at += 1) {
              transfer.items.add(new File([part], `notes-${String(at)}.txt`, { type: 'text/plain' }));
            }
          }
          const event = new DragEvent(kind, { dataTransfer: transfer, bubbles: true, cancelable: true });
          document.querySelector('article')?.dispatchEvent(event);
          return event.defaultPrevented;
        },
        [type, what] as const,
      );
    const hint = page.getByText('Drop to attach');
    assert.equal(await drag('dragover', 'text'), false);
    assert.equal(await drag('drop', 'text'), false);
    assert.equal(await hint.count(), 0);

    assert.equal(await drag('dragover', 'files'), true);
    await hint.waitFor();
    await drag('dragleave', 'files');
    await hint.waitFor({ state: 'detached' });
    assert.equal(await drag('drop', 'files'), true);
    await page.waitForFunction(() => window.fakeHost.posted.some(({ type }) => type === 'dropFile'));
    const data = Buffer.from('hé').toString('base64');
    assert.deepEqual(await posted('dropFile'), [{ type: 'dropFile', name: 'notes-0.txt', data }]);

    assert.equal(await drag('drop', 'resources'), true);
    assert.deepEqual(await posted('dropUris'), [
      { type: 'dropUris', uris: ['file:///w/a.ts', 'file:///w/b.ts'] },
    ]);

    await drag('drop', 'large');
    await page.getByRole('alert').filter({ hasText: 'notes-0.txt was not attached' }).waitFor();
    assert.equal((await posted('dropFile')).length, 1);
    await drag('drop', 'many');
    await page.getByRole('alert').filter({ hasText: 'a message takes up to 10' }).waitFor();
    await page.waitForFunction(
      () => window.fakeHost.posted.filter(({ type }) => type === 'dropFile').length === 11,
    );
  });

  it('queues, or interrupts and sends, by button and by key', async () => {
    await open();
    await field.fill('one');
    await page.getByRole('button', { name: 'Interrupt and send' }).click();
    await field.fill('two');
    await field.press('Control+Shift+Enter');
    await field.fill('three');
    await field.press('Control+Enter');
    const sent = await posted('send', 3);
    assert.deepEqual(
      sent.map(({ text, interrupt }) => [text, interrupt]),
      [
        ['one', true],
        ['two', true],
        ['three', false],
      ],
    );
  });

  it('offers no interrupt where nothing is at work', async () => {
    await open('calm+idle');
    await field.fill('one');
    assert.equal(await page.getByRole('button', { name: 'Interrupt and send' }).count(), 0);
    await field.press('Control+Shift+Enter');
    assert.equal((await posted('send'))[0]?.interrupt, false);
  });

  it('tries again in the way that was meant, with text and attachments kept', async () => {
    await open();
    await host({ attachments: [selection] });
    await page.evaluate(() =>
      window.fakeHost.answerWith({ ok: false, code: 'offline', message: 'No connection' }),
    );
    await field.fill('Stop that');
    await page.getByRole('button', { name: 'Interrupt and send' }).click();
    await page.getByRole('alert').filter({ hasText: 'No connection' }).waitFor();
    assert.equal(await field.inputValue(), 'Stop that');
    assert.equal(await page.locator('.attachment').count(), 1);
    await page.evaluate(() => window.fakeHost.answerWith({ ok: true }));
    await page.locator('.composer').getByRole('button', { name: 'Retry', exact: true }).click();
    await page.waitForFunction(
      () => document.querySelector<HTMLTextAreaElement>('.composer-text')?.value === '',
    );
    assert.deepEqual(
      (await posted('send', 2)).map(({ interrupt, attachments }) => [interrupt, attachments]),
      [
        [true, ['attachment-0']],
        [true, ['attachment-0']],
      ],
    );
  });

  it('waits as long as the host is not sure, explains it, and never sends meanwhile', async () => {
    await open('calm+idle');
    await page.evaluate(() => {
      window.fakeHost.silent = true;
    });
    await field.fill('Hello');
    await field.press('Enter');
    await posted('send');
    await host({ sending: 'sending' });
    await host({ sending: 'checking' });
    await page.getByText('it is not sent a second time').waitFor();
    await page.clock.runFor(60_000);
    assert.equal(await field.evaluate((area: HTMLTextAreaElement) => area.readOnly), true);
    await field.press('Enter');
    assert.equal(await page.getByRole('button', { name: 'Retry', exact: true }).count(), 0);
    await host({ sending: 'idle' });
    assert.equal(await field.inputValue(), '', 'it has arrived');
    assert.equal((await posted('send')).length, 1);
  });

  it('says so where no answer came at all', async () => {
    await open('calm+idle');
    await page.evaluate(() => {
      window.fakeHost.silent = true;
    });
    await field.fill('Hello');
    await field.press('Enter');
    await posted('send');
    await page.clock.runFor(60_000);
    await page
      .getByRole('alert')
      .filter({ hasText: 'It is not known whether the message arrived' })
      .waitFor();
    assert.equal(await field.inputValue(), 'Hello');
  });

  it('finds the end of a message that was on its way when the page was loaded anew', async () => {
    await open('calm+idle');
    await host({ sending: 'sending' });
    await field.evaluate((area: HTMLTextAreaElement) => {
      area.value = 'Hello';
    });
    await host({ sending: 'idle', error: 'The server said no.' });
    await page.getByRole('alert').filter({ hasText: 'The server said no.' }).waitFor();
    assert.equal(await field.inputValue(), 'Hello');
    await host({ sending: 'sending', error: null });
    await host({ sending: 'idle' });
    assert.equal(await field.inputValue(), '');
  });

  it('does not bring back what is being sent when the page is loaded anew', async () => {
    await open('calm+idle');
    await page.evaluate(() => {
      window.fakeHost.silent = true;
    });
    await field.fill('Hello');
    await field.press('Enter');
    await posted('send');
    assert.equal((await posted('draft')).at(-1)?.text, 'Hello', 'the host has it before it is sent');
    await page.reload();
    await page.waitForSelector('article');
    await frames();
    assert.equal(await page.locator('.composer-text').inputValue(), '');
  });

  it('takes a change of the setting at once', async () => {
    await open('calm+idle');
    await host({ enterSends: false });
    await page.getByText('Ctrl+Enter sends').waitFor();
    await field.fill('one');
    await field.press('Enter');
    assert.equal(await field.inputValue(), 'one\n');
    await host({ enterSends: true });
    await field.press('Enter');
    assert.equal((await posted('send'))[0]?.text, 'one\n');
  });

  it('shows a writer their own message, wherever they were reading', async () => {
    await open('500');
    await page.mouse.move(400, 300);
    await page.mouse.wheel(0, -900);
    await page.waitForFunction(() => {
      const box = document.querySelector('.scroller');
      return box !== null && box.scrollHeight - box.clientHeight - box.scrollTop > 700;
    });
    await frames();
    await field.fill('one');
    await field.press('Enter');
    await posted('send');
    await page.evaluate(() => window.fakeHost.appendSynthetic(1));
    await page.waitForFunction(() => {
      const box = document.querySelector('.scroller');
      return box !== null && box.scrollHeight - box.clientHeight - box.scrollTop < 24;
    });
    assert.equal(await page.getByRole('button', { name: /new$/ }).count(), 0);
  });

  it('takes no more messages when the session has ended, and offers a new one', async () => {
    await open('calm+ended');
    await page.getByText('This session takes no more messages.').waitFor();
    assert.equal(await field.isVisible(), false);
    assert.equal(await attach().count(), 0);
    await page.getByRole('button', { name: 'New session with this agent' }).click();
    assert.deepEqual(await posted('action'), [{ type: 'action', action: 'newSession' }]);
    await noObjections();
  });

  it('grows with its text, up to a part of the panel', async () => {
    await open('calm+idle');
    const height = async () => (await field.boundingBox())?.height ?? 0;
    const one = await height();
    await field.fill('1\n2\n3\n4');
    assert.ok((await height()) > one * 2);
    await field.fill(Array.from({ length: 100 }, (_, index) => `line ${index}`).join('\n'));
    assert.ok((await height()) <= 0.41 * 800);
    assert.ok(await field.evaluate((area) => area.scrollHeight > area.clientHeight));
  });

  it('fits 320 pixels with everything in it', async () => {
    await page.setViewportSize({ width: 320, height: 640 });
    await open();
    const long = { ...selection, name: `src/${'very/'.repeat(30)}deep.ts` };
    await host({
      attachments: [long, picture],
      note: 'x'.repeat(200),
      editor: { name: long.name, selectedLines: 1 },
    });
    const wide = () =>
      page.evaluate(() => {
        const boxes = [
          document.documentElement,
          ...document.querySelectorAll('.composer-area, .composer-area *'),
        ];
        return boxes
          .filter((box) => box.getBoundingClientRect().right > 320.5)
          .map((box) => box.className)
          .join();
      });
    assert.equal(await wide(), '');
    await attach().click();
    await page.getByRole('menu').waitFor();
    assert.equal(await wide(), '');
    const small = await page.$$eval('.composer-area button', (buttons) =>
      buttons
        .filter(
          (button) => button.getBoundingClientRect().height < 24 || button.getBoundingClientRect().width < 24,
        )
        .map((button) => button.textContent),
    );
    assert.deepEqual(small, []);
  });
});
