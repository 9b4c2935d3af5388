import assert from 'node:assert/strict';
import { pasteable, pasteableId } from '../../../src/util/pasteable.ts';

describe('a text for the clipboard', () => {
  it('has no line break at its end, and keeps all others', () => {
    for (const end of ['', '\n', '\r\n', '\r', '\n\n', '\r\r\n\n\r']) {
      assert.equal(pasteable(`a\r\n\nb ${end}`), 'a\r\n\nb ');
    }
    assert.equal(pasteable('\n\r\n'), '');
  });

  it('has no line break where it is an id', () => {
    assert.equal(pasteableId('sevt_1'), 'sevt_1');
    assert.equal(pasteableId('rm -rf ~\n'), '"rm -rf ~\\n"');
    assert.equal(pasteableId('a\rb'), '"a\\rb"');
  });
});
