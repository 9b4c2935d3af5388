import assert from 'node:assert/strict';
import { rasterHeader } from '../../../src/util/rasterHeader.ts';

const bytes = (hex: string) => Uint8Array.from(Buffer.from(hex.replaceAll(' ', ''), 'hex'));
const text = (value: string) => Buffer.from(value).toString('hex');

describe('rasterHeader', () => {
  it('reads the size of each kind of picture', () => {
    const png = bytes(`89504e470d0a1a0a 0000000d ${text('IHDR')} 00000140 000000c8`);
    assert.deepEqual(rasterHeader(png), { mediaType: 'image/png', width: 320, height: 200 });
    const gif = bytes(`${text('GIF89a')} 4001 c800`);
    assert.deepEqual(rasterHeader(gif), { mediaType: 'image/gif', width: 320, height: 200 });
    const jpeg = bytes('ffd8 ffe0 0004 0000 ffc2 0011 08 00c8 0140');
    assert.deepEqual(rasterHeader(jpeg), { mediaType: 'image/jpeg', width: 320, height: 200 });
    const extended = bytes(`${text('RIFF')} 00000000 ${text('WEBPVP8X')} 0a000000 00000000 3f0100 c70000`);
    assert.deepEqual(rasterHeader(extended), { mediaType: 'image/webp', width: 320, height: 200 });
    const lossless = bytes(`${text('RIFF')} 00000000 ${text('WEBPVP8L')} 00000000 2f 3fc13100`);
    assert.deepEqual(rasterHeader(lossless), { mediaType: 'image/webp', width: 320, height: 200 });
    const lossy = bytes(`${text('RIFF')} 00000000 ${text('WEBPVP8 ')} 00000000 000000 9d012a 4001 c800`);
    assert.deepEqual(rasterHeader(lossy), { mediaType: 'image/webp', width: 320, height: 200 });
  });

  it('takes nothing else for a picture', () => {
    for (const other of ['', '<svg xmlns="x">', 'GIF8', '%PDF-1.7 and more bytes here', 'RIFF0000WAVEfmt ']) {
      assert.equal(rasterHeader(new TextEncoder().encode(other)), undefined);
    }
    assert.equal(rasterHeader(bytes('ffd8 ffe0 0000 0000')), undefined);
    assert.equal(rasterHeader(bytes('ffd8 0000 0000 0000')), undefined);
  });
});
