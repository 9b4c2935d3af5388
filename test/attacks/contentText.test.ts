import assert from 'node:assert/strict';
import { row } from '../e2e/support/sessionPanel.ts';
import { type Arena, sharedArena } from './support/arena.ts';
import { attack } from './support/attackList.ts';
import { agentMessage } from './support/hostileServer.ts';
import { hiddenInPage, showEvents } from './support/hostilePage.ts';

const at = '2026-01-01T00:00:01Z';

describe('characters in what a server says', () => {
  let arena: Arena;

  before(async () => {
    arena = await sharedArena();
  });

  afterEach(async () => {
    await arena.calm();
    await arena.assertUnharmed();
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
});
