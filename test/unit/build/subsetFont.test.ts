import assert from 'node:assert/strict';
import { readFile } from 'node:fs/promises';
import { subsetFont } from '../../../scripts/build/subsetFont.ts';

const FONT = 'node_modules/@vscode/codicons/dist/codicon.ttf';

describe('the icon font', () => {
  it('is cut down to the icons that are asked for', async () => {
    const whole = await readFile(FONT);
    const few = subsetFont(whole, [0xeab2, 0xea76]);
    const more = subsetFont(whole, [0xea76, 0xeab2, 0xeab4]);
    assert.ok(few.length < more.length && more.length < 3_000, `${few.length} and ${more.length} bytes`);
    assert.deepEqual(subsetFont(more, [0xea76, 0xeab2]), few, 'a font that was cut down can be read again');
    assert.deepEqual(subsetFont(more, [0xeab4, 0xeab2, 0xea76]), more);
  });

  it('must have what is asked for', async () => {
    const whole = await readFile(FONT);
    assert.throws(() => subsetFont(whole, [0x41]), /no character U\+41/);
    assert.throws(() => subsetFont(subsetFont(whole, [0xeab2]), [0xeab4]), /no character U\+eab4/);
  });
});
