import assert from 'node:assert/strict';
import { RefusedMessages } from '../../../src/vscode/panel/refusedMessages.ts';

describe('refused messages', () => {
  it('leave a line for the first, and then for ten times as many', () => {
    const lines: string[] = [];
    const refused = new RefusedMessages((line) => lines.push(line));
    for (let count = 0; count < 12_345; count++) {
      refused.add();
    }
    assert.deepEqual(lines, [
      'a message of the page was refused',
      '10 messages of the page were refused',
      '100 messages of the page were refused',
      '1000 messages of the page were refused',
      '10000 messages of the page were refused',
    ]);
  });
});
