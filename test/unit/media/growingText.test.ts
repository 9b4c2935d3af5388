import assert from 'node:assert/strict';
import { growingText, withOpenEndsClosed } from '../../../media/session/growingText.ts';
import { MarkdownBlocks } from '../../../media/session/markdownBlocks.ts';

describe('a text that grows', () => {
  it('keeps back a last line that does not say yet what it is', () => {
    for (const line of [
      '-',
      '- ',
      '*',
      '1',
      '12.',
      '3) ',
      '#',
      '## ',
      '>',
      '> -',
      '``',
      '```',
      '~~~',
      '|',
      '=',
      '---',
    ]) {
      assert.equal(growingText(`Before\n${line}`), 'Before\n', line);
    }
    for (const line of ['- a', '1. a', '# a', '```ts', 'a', '> a', '-a', '2026 a']) {
      assert.equal(growingText(`Before\n${line}`), `Before\n${line}`, line);
    }
  });

  it('keeps back the head of a table until it is one', () => {
    assert.equal(growingText('Before\n\n| a | b'), 'Before\n\n');
    assert.equal(growingText('Before\n\n| a | b |\n'), 'Before\n\n');
    assert.equal(growingText('Before\n\n| a | b |\n|--'), 'Before\n\n');
    const table = '| a | b |\n|---|---|\n';
    assert.equal(growingText(table), table);
    assert.equal(growingText(`${table}| 1`), `${table}| 1`);
  });

  it('closes what is open at its end', () => {
    const closed: Readonly<Record<string, string>> = {
      'a **b': 'a **b**',
      'a **b ': 'a **b** ',
      'a **b*': 'a **b**',
      'a **b**': 'a **b**',
      'a *b **c': 'a *b **c***',
      'a `b': 'a `b`',
      'a ``b`c': 'a ``b`c``',
      'a ~~b': 'a ~~b~~',
      'a **': 'a ',
      'a * b': 'a * b',
      '2 * 3 * 4': '2 * 3 * 4',
      snake_case: 'snake_case',
      'a [b](https://c': 'a b',
      'a ![b](https://c': 'a b',
      'a [b](https://c)': 'a [b](https://c)',
      'one **open\n\ntwo': 'one **open\n\ntwo',
      'a \\*b': 'a \\*b',
    };
    for (const [text, expected] of Object.entries(closed)) {
      assert.equal(withOpenEndsClosed(text), expected, text);
    }
  });

  it('leaves code as it is', () => {
    const code = (text: string) => new MarkdownBlocks().update(text, true).at(-1)?.[0]?.content;
    assert.equal(code('```ts\nconst a = `x'), 'const a = `x');
    assert.equal(code('```ts\na **b'), 'a **b');
    assert.equal(code('```ts\na\n``'), 'a\n');
  });

  it('never shows more or less lines than it will have, growing letter by letter', () => {
    const text =
      'Some **bold** and `code`.\n\n- one\n- two\n  - inner\n\n1. a\n2. b\n\n' +
      '```ts\nconst a = 1;\n```\n\n| a | b |\n|---|---|\n| 1 | 2 |\n\n# End\n\nSee [x](https://example.com/long).';
    const blocks = new MarkdownBlocks();
    let most = 0;
    for (let end = 1; end <= text.length; end += 1) {
      const elements = blocks
        .update(text.slice(0, end), true)
        .flat()
        .filter(({ type }) => /^(?:paragraph|list_item|heading|tr|td|th)_open$|^fence$/.test(type)).length;
      assert.ok(elements >= most, `what was shown went away at ${JSON.stringify(text.slice(0, end))}`);
      most = elements;
    }
  });
});
