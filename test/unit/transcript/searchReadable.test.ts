import assert from 'node:assert/strict';
import { readableText } from '../../../src/transcript/searchReadable.ts';

const read = (source: string) => readableText(source).text.replace(/\s+/g, ' ').trim();

describe('Markdown as it reads', () => {
  const cases: readonly (readonly [string, string])[] = [
    ['Both the **timeout handler** and the *promise*', 'Both the timeout handler and the promise'],
    ['call `scheduleRetry` twice', 'call scheduleRetry twice'],
    ['``a ` b`` and `*not bold*`', 'a ` b and *not bold*'],
    ['# Title\n\n> quoted **words**\n\n1. one\n- two', 'Title quoted words one two'],
    ['| Case | Before |\n|---|---:|\n| timeout | 2 |', 'Case Before timeout 2'],
    ['see the [retry guide](https://docs.example.com/x "T") for', 'see the retry guide for'],
    ['![diagram](https://example.com/a.png)', 'diagram'],
    ['<https://example.com/a_b>', 'https://example.com/a_b'],
    ['keep snake_case_name and 2 * 3 * 4', 'keep snake_case_name and 2 * 3 * 4'],
    ['\\*stars\\* and &lt;tag&gt;', '*stars* and <tag>'],
    ['```ts\nconst **x** = `y`;\n```\n**after**', 'const **x** = `y`; after'],
    ['~~~\n```\n**in**\n~~~\n**out**', '``` **in** out'],
    ['a [list] (of) things', 'a [list] (of) things'],
    ['no signs at all', 'no signs at all'],
  ];
  for (const [source, expected] of cases) {
    it(`reads ${JSON.stringify(source)}`, () => assert.equal(read(source), expected));
  }

  it('keeps the addresses of links apart', () => {
    assert.deepEqual(readableText('a [b](https://c.example/d) e').addresses, ['https://c.example/d']);
  });

  it('goes over hostile texts once', () => {
    for (const piece of ['[', '](', '`', '``` ', '*_', '![', '&', '<http:', '\\', '> ', '|', '- ', '[a](']) {
      readableText(piece.repeat(50_000));
    }
  });
});
