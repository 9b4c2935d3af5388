import type { Block } from '../../../src/transcript/row.ts';
import { terminalText } from '../../../src/util/terminalText.ts';

/** The lines of all texts of a result, and whether the page has all of them. */
export function outputLines(blocks: readonly Block[]): {
  readonly lines: readonly string[];
  readonly isWhole: boolean;
} {
  let isWhole = true;
  const texts: string[] = [];
  for (const block of blocks) {
    if (block.type === 'text') {
      texts.push(terminalText(block.text).replace(/\s+$/, ''));
      isWhole &&= block.text.length === block.total;
    } else if (block.type === 'other') {
      texts.push(block.json);
      isWhole &&= block.json.length >= block.total;
    } else if (block.type === 'more') {
      isWhole = false;
    }
  }
  const text = texts.filter((each) => each !== '').join('\n');
  return { lines: text === '' ? [] : text.split(/\r?\n/), isWhole };
}
