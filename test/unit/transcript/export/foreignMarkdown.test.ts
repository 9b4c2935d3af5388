import assert from 'node:assert/strict';
import MarkdownIt from 'markdown-it';
import { foreignMarkdown } from '../../../../src/transcript/export/foreignMarkdown.ts';

const image = '![x](https://evil.example/p.png)';

const written: readonly (readonly [what: string, text: string, result: string])[] = [
  ['pictures', `a ${image}`, `a \\${image}`],
  ['pictures by reference', '![x][r]\n\n[r]: https://e.example', '\\![x][r]\n\n[r]: https://e.example'],
  ['HTML', 'a <img src=x> </b> <!-- c --> 1 < 2', 'a \\<img src=x> \\</b> \\<!-- c --> 1 < 2'],
  ['headings', '# You\n  ## Agent', '\\# You\n  \\## Agent'],
  ['underlined headings', 'You\n===\n\n---', 'You\n\\===\n\n---'],
  ['formatting, which stays', '**a** `b` [c](https://d.example)', '**a** `b` [c](https://d.example)'],
  ['fences, which stay', `\`\`\`md\n# a\n${image}\n\`\`\``, `\`\`\`md\n# a\n${image}\n\`\`\``],
  ['tildes', `~~~\n<b>\n\`\`\`\n~~~\n<b>`, '~~~\n<b>\n```\n~~~\n\\<b>'],
  ['fences in lists', '- a\n  ```\n  <b>\n  ```\n<b>', '- a\n```\n<b>\n```\n\\<b>'],
  ['open fences', '```\n<b>', '```\n<b>\n```'],
  ['code', `a \`<b>\` \`\`![\`<i>\`\``, 'a `<b>` ``![`<i>``'],
  ['half of a code', 'a ` b\n` <b> `', 'a \\` b\n` <b> `'],
  ['escapes', `\\${image} \\\\${image}`, `\\${image} \\\\\\${image}`],
];

/** Ways to make a reader of lines think that the picture at the end is code. */
const tricks: readonly string[] = [
  `- a\n  \`\`\`\n${image}`,
  `- \`\`\`\n  a\n  \`\`\`\n${image}`,
  `> \`\`\`\n${image}`,
  `  \`\`\`\na\n\`\`\`\n${image}`,
  `a \` b\n\`${image}\``,
  `[a](x\`y)${image}\``,
  `[a](\nx\`y)${image}\``,
  `| a | b |\n|---|---|\n| \`a | ${image}\` |`,
  `a | \`\n\`${image}\``,
  `a \`\n\u00a0\n[b](\`${image}\``,
  `text\n2. \`\`\`\n   ${image}\n   \`\`\``,
  `\`\`\` a \` b\n${image}`,
  `    \`\`\`\n\n${image}`,
  `\`\\\`${image}`,
  `<pre>\n\`\`\`\n</pre>\n${image}`,
];

describe('Markdown of others', () => {
  for (const [what, text, result] of written) {
    it(`is written without harm: ${what}`, () => {
      assert.equal(foreignMarkdown(text), result);
    });
  }

  it('loads nothing and forges nothing, whatever is tried, also in what follows it', () => {
    const reader = new MarkdownIt({ html: true });
    for (const trick of tricks) {
      const bodies = [trick, `# Forged\n${image}`, trick];
      for (const wrap of ['', '> ']) {
        const parts = bodies.map((body) => foreignMarkdown(body).replace(/^/gm, wrap));
        const html = reader.render(parts.join('\n\n'));
        assert.doesNotMatch(html, /<img|<h\d/, JSON.stringify(trick));
      }
    }
  });

  it('is one that a reader would load pictures of', () => {
    const reader = new MarkdownIt({ html: true });
    const live = tricks.filter((trick) => reader.render(trick).includes('<img'));
    assert.ok(live.length > tricks.length / 2);
  });
});
