import assert from 'node:assert/strict';
import { AskedDocuments } from '../../../src/vscode/documents/askedDocuments.ts';

describe('documents that were asked for', () => {
  it('are those that a tab shows, as long as it does', () => {
    let tabs = ['x:/a', 'x:/b'];
    const asked = new AskedDocuments(() => tabs);
    assert.ok(asked.has('x:/b'));
    assert.ok(!asked.has('x:/c'));
    tabs = ['x:/a'];
    assert.ok(!asked.has('x:/b'));
  });

  it('are those that a command announced, until their tab is closed', () => {
    const asked = new AskedDocuments(() => []);
    asked.announce('x:/a');
    assert.ok(asked.has('x:/a'));
    assert.ok(!asked.has('x:/a?other'));
    asked.withdraw('x:/a');
    assert.ok(!asked.has('x:/a'));
  });

  it('stay asked for while another tab shows them', () => {
    const asked = new AskedDocuments(() => ['x:/a']);
    asked.announce('x:/a');
    asked.withdraw('x:/a');
    assert.ok(asked.has('x:/a'));
  });

  it('are forgotten when many others came since', () => {
    const asked = new AskedDocuments(() => []);
    asked.announce('x:/kept');
    asked.announce('x:/gone');
    asked.announce('x:/kept');
    for (let index = 0; index < 99; index++) {
      asked.announce(`x:/${index}`);
    }
    assert.ok(asked.has('x:/kept'));
    assert.ok(!asked.has('x:/gone'));
  });
});
