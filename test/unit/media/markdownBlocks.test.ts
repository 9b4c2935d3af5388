import assert from 'node:assert/strict';
import { MarkdownBlocks } from '../../../media/session/markdownBlocks.ts';
import { between, seededRandom } from '../../support/random.ts';

const sample = `# Title

A paragraph with **bold** and \`code\`
on two lines.

- one
- two

  more of two
- three

> quoted
> twice

\`\`\`ts
const a = 1;

const b = 2;
\`\`\`

| a | b |
|---|---|
| 1 | 2 |

1. x
2. y

    indented

    code

[ref]: https://example.com

A [link][ref] and the end.
`;

const outline = (source: MarkdownBlocks, text: string) =>
  source.update(text).map((tokens) => tokens.map((token) => [token.type, token.content, token.attrs]));

const types = (text: string) =>
  new MarkdownBlocks()
    .update(text)
    .flat()
    .flatMap((token) => [token, ...(token.children ?? [])])
    .map((token) => token.type);

describe('MarkdownBlocks', () => {
  it('comes to the same blocks however the text grew', () => {
    const whole = outline(new MarkdownBlocks(), sample);
    for (let seed = 1; seed <= 60; seed += 1) {
      const random = seededRandom(seed);
      const grown = new MarkdownBlocks();
      for (let end = 0; end < sample.length; end += between(random, 1, 40)) {
        grown.update(sample.slice(0, end));
      }
      assert.deepEqual(outline(grown, sample), whole);
    }
  });

  it('keeps finished blocks by identity while the text grows', () => {
    const blocks = new MarkdownBlocks();
    const [first] = blocks.update('One.\n\nTwo');
    const again = blocks.update('One.\n\nTwo and more.\n\nThree');
    assert.equal(again[0], first);
    assert.equal(again.length, 3);
    assert.equal(blocks.update('One.\n\nTwo and more.\n\nThree'), again);
  });

  it('starts anew for another text', () => {
    const blocks = new MarkdownBlocks();
    blocks.update('One.\n\nTwo.');
    const other = blocks.update('Else.\n\nTwo.');
    assert.equal(other[0]?.[1]?.content, 'Else.');
  });

  it('takes all kinds of line ends', () => {
    const crlf = outline(new MarkdownBlocks(), sample.replaceAll('\n', '\r\n'));
    assert.deepEqual(crlf, outline(new MarkdownBlocks(), sample));
  });

  it('takes a definition when it is whole, not when it is half written', () => {
    const text = '[a]: https://example.com/the/whole\n\nSee [a].';
    const grown = new MarkdownBlocks();
    for (let end = 1; end <= text.length; end += 1) {
      grown.update(text.slice(0, end));
    }
    const link = grown
      .update(text)
      .flat()
      .flatMap(({ children }) => children ?? [])
      .find(({ type }) => type === 'link_open');
    assert.deepEqual(link?.attrs, [['href', 'https://example.com/the/whole']]);
  });

  it('comes to the same in the end, however it was shown while it grew', () => {
    const whole = outline(new MarkdownBlocks(), sample);
    const grown = new MarkdownBlocks();
    for (let end = 1; end <= sample.length; end += 1) {
      grown.update(sample.slice(0, end), true);
    }
    assert.deepEqual(outline(grown, sample), whole);
  });

  it('reads each part of a growing text but once or twice', () => {
    const text = 'A paragraph of some words.\n\n'.repeat(400);
    const grown = new MarkdownBlocks();
    const seen = new Set<unknown>();
    for (let end = 0; end <= text.length; end += 7) {
      grown.update(text.slice(0, end), true).forEach((block) => seen.add(block));
    }
    // Four or five steps for each paragraph make as many blocks of it; starting anew would make 400 times that.
    assert.ok(seen.size < 400 * 12, String(seen.size));
  });

  it('makes no links but to the web, and no HTML', () => {
    for (const url of [
      'javascript:alert(1)',
      'JaVaScRiPt:x',
      'data:text/html,x',
      'command:x',
      'file:///x',
      'vscode://x',
    ]) {
      assert.ok(!types(`[a](${url})`).includes('link_open'), url);
      assert.ok(!types(`<${url}>`).includes('link_open'), url);
    }
    assert.ok(types('[a](https://example.com)').includes('link_open'));
    assert.ok(!types('<b>x</b>\n\n<div>y</div>').some((type) => type.startsWith('html')));
    assert.ok(!types('https://example.com').includes('link_open'));
  });

  it('survives what is made to hurt', function () {
    this.timeout(10_000);
    for (const unit of ['[', '>', '- ', '*a ', '`', '![', '](', '_a*']) {
      new MarkdownBlocks().update(unit.repeat(20_000));
    }
  });
});
