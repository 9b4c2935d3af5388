import assert from 'node:assert/strict';
import { MarkdownBlocks } from '../../../media/session/markdownBlocks.ts';
import { codeBlockAt, codeBlockOf, isCodeBlock } from '../../../src/transcript/messageMarkdown.ts';
import { between, seededRandom } from '../../support/random.ts';

const codes = (text: string) => new MarkdownBlocks().update(text).flat().filter(isCodeBlock).map(codeBlockOf);

describe('codeBlockAt', () => {
  it('gives the code as it is shown, with what is behind the fence', () => {
    const text = '```ts title=a\nconst a = 1;\n\n```\n\n    indented\n\n> - ~~~py\n>   b\n>   ~~~\n';
    assert.deepEqual(codeBlockAt(text, 0), { code: 'const a = 1;\n', info: 'ts title=a' });
    assert.deepEqual(codeBlockAt(text, 1), { code: 'indented', info: '' });
    assert.deepEqual(codeBlockAt(text, 2), { code: 'b', info: 'py' });
    assert.equal(codeBlockAt(text, 3), undefined);
    assert.deepEqual(codeBlockAt('```\r\na\r\nb\r\n```', 0), { code: 'a\nb', info: '' });
    assert.deepEqual(codeBlockAt('```js\nopen', 0), { code: 'open', info: 'js' });
  });

  it('counts as the page does, whatever the text', () => {
    const pieces = [
      '```ts\n',
      '```\n',
      '~~~\n',
      '    a\n',
      '> ',
      '- ',
      '1. ',
      'text\n',
      '\n',
      '  ',
      '`',
      '[a]: b\n',
    ];
    for (let seed = 1; seed <= 300; seed += 1) {
      const random = seededRandom(seed);
      const text = Array.from({ length: 40 }, () => pieces[between(random, 0, pieces.length)]).join('');
      const shown = codes(text);
      assert.deepEqual(
        shown.map((_, index) => codeBlockAt(text, index)),
        shown,
        JSON.stringify(text),
      );
      assert.equal(codeBlockAt(text, shown.length), undefined);
    }
  });

  it('finds the whole of a block of which only the beginning is read first', () => {
    const long = 'x\n'.repeat(300_000);
    assert.equal(codeBlockAt(`\`\`\`\n${long}\`\`\`\nafter`, 0)?.code, long.slice(0, -1));
    const late = `${'words\n\n'.repeat(100_000)}\`\`\`go\nb\n\`\`\``;
    assert.deepEqual(codeBlockAt(late, 0), { code: 'b', info: 'go' });
  });
});
