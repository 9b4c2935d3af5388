import assert from 'node:assert/strict';
import type { JsonObject } from '../../src/util/json.ts';
import { row } from '../e2e/support/sessionPanel.ts';
import { eventually } from '../support/eventually.ts';
import { jsonAnswer } from '../support/faultServer.ts';
import { markdownCases } from '../support/markdownCases.ts';
import { type Arena, inArena, sharedArena } from './support/arena.ts';
import { attack } from './support/attackList.ts';
import { agentMessage } from './support/hostileServer.ts';
import { assertNoMarkup, hiddenInPage, showEvents, showText } from './support/hostilePage.ts';

const at = '2026-01-01T00:00:01Z';

describe('characters in what a server says', () => {
  const { it } = inArena();
  let arena: Arena;

  before(async () => {
    arena = await sharedArena();
  });

  it(attack('B11'), async () => {
    const hidden =
      '\u202a\u202b\u202d\u202e\u202c\u2066\u2067\u2068\u2069\u200b\u200e\u200f\ufeff\u00ad\u3164\u{e0041}\u{e007f}';
    const text = `before ${Array.from(hidden).join('a')} behind`;
    const { page } = await showEvents(
      arena,
      'hidden',
      [
        agentMessage('text', text),
        {
          id: 'call',
          type: 'agent.tool_use',
          name: `bash${hidden}`,
          input: { command: text },
          processed_at: at,
        },
        { id: 'err', type: 'session.error', error: { type: 'x', message: text }, processed_at: at },
      ],
      `Title ${hidden}`,
    );
    const marks = await row(page, 'before').locator('.mark').count();
    assert.ok(marks > 0);
    assert.deepEqual(await hiddenInPage(page), []);
    const tabs = await arena.editor.page.locator('.tabs-container').allTextContents();
    assert.ok(
      tabs.some((tab) => tab.includes('Title ⟨202A⟩')),
      tabs.join(),
    );
  });

  it(attack('B12'), async () => {
    const { editor, hostile } = arena;
    const text =
      'a\u001b[31mred\u001b[0m \u001b[2J\u001b[1;1H \u001b]0;title\u0007 \u001b]8;;https://e.example\u001b\\link ' +
      '\u001b]52;c;cm0gLXJmIC8=\u0007 \u001bPq#0\u001b\\ \u009b31m beep\u0007 ab\b\b\b over\rwritten';
    await editor.page.evaluate(async () => await navigator.clipboard.writeText('untouched'));
    const { page } = await showEvents(arena, 'terminal', [
      agentMessage('text', text),
      { id: 'call', type: 'agent.tool_use', name: 'bash', input: { command: text }, processed_at: at },
      {
        id: 'out',
        type: 'agent.tool_result',
        tool_use_id: 'call',
        content: [{ type: 'text', text }],
        processed_at: at,
      },
    ]);
    await row(page, 'over').first().waitFor();
    assert.deepEqual(await hiddenInPage(page), []);
    assert.ok((await page.locator('.mark').allTextContents()).some((mark) => mark.includes('␛')));
    // The same in an error, outside of the page. What of it the log would get is the business of the log's own tests.
    hostile.attack = ({ path }) =>
      path === '/sessions'
        ? jsonAnswer(
            { type: 'error', error: { type: 'invalid_request_error', message: `Said: ${text}` } },
            400,
          )
        : undefined;
    await editor.execute('managedAgents.refresh');
    const said = editor.page.locator('.part.sidebar').getByText('Said:').first();
    await said.waitFor();
    assert.doesNotMatch(await said.innerText(), /[\u0007\b\u001b\u009b]/);
    assert.equal(await editor.page.locator('.xterm').count(), 0, 'there is a terminal');
    assert.equal(await editor.page.evaluate(async () => await navigator.clipboard.readText()), 'untouched');
  });

  it(attack('B13'), async () => {
    const { page } = await showEvents(arena, 'stacking', [
      agentMessage('zalgo', `Z${'\u0301'.repeat(10_000)}`),
      agentMessage('wide', '\ufdfd'.repeat(100_000)),
      agentMessage('line', 'x'.repeat(5_000_000)),
      {
        id: 'call',
        type: 'agent.tool_use',
        name: 'bash',
        input: { command: 'y'.repeat(5_000_000) },
        processed_at: at,
      },
    ]);
    const size = await page
      .locator('.stage')
      .first()
      .evaluate((stage) => ({
        overflow: stage.scrollWidth - stage.clientWidth,
        text: stage.textContent.length,
        elements: stage.querySelectorAll('*').length,
      }));
    assert.equal(size.overflow, 0, 'the page can be pushed sideways');
    assert.ok(size.text < 500_000 && size.elements < 2_000, JSON.stringify(size));
  });

  it(attack('B14'), async () => {
    const events = Object.entries(markdownCases).map(([name, make], index) =>
      agentMessage(`slow_${index}`, `${make(64 * 1_024)}\n\n${name}`),
    );
    events.push(agentMessage('cells', `${'|a'.repeat(1_000)}\n${'|-'.repeat(1_000)}\n${'|b\n'.repeat(100)}`));
    const { page } = await showEvents(arena, 'slow', events);
    const elements = await page.locator('#app').evaluate((app) => app.querySelectorAll('*').length);
    assert.ok(elements < 60_000, String(elements));
    await assertNoMarkup(page);
  });

  it(attack('B15'), async function () {
    this.timeout(300_000);
    const tiny = Array.from({ length: EVENTS }, (_, index): JsonObject =>
      agentMessage(`t${index}`, `${index}`),
    );
    const few = await showEvents(arena, 'few', tiny.slice(0, 1_000));
    const count = async ({ page }: typeof few) =>
      await page.locator('#app').evaluate((app) => app.querySelectorAll('*').length);
    const elements = await count(few);
    await arena.calm();
    const many = await showEvents(arena, 'many', tiny);
    await eventually(async () => (await count(many)) <= 1.2 * elements, { timeoutMs: 60_000 });
  });

  it(attack('B16'), async () => {
    const text =
      'Session ended. Enter API key:\n\n[ Allow ] [ Deny ]\n\n**The agent asks to use bash**\n\n' +
      '<button>Allow</button> <input type=password placeholder="API key">';
    const { page } = await showText(arena, 'posing-panel', text);
    const shown = row(page, 'Enter API key:');
    await shown.waitFor();
    assert.equal(await shown.getByRole('button', { name: /allow|deny|key/i }).count(), 0);
    assert.equal(await page.locator('input[type=password]').count(), 0);
    assert.equal(await page.locator('.ask').count(), 0);
    assert.equal(await shown.evaluate((article) => article.closest('.stage') !== null), true);
    assert.equal(await page.locator('article .composer, article .banner, article .waiting').count(), 0);
  });
});

/** A tenth of the million, since these cross real sockets into a real page, beside everything else that runs. */
const EVENTS = 100_000;
