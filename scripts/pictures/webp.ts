import { Buffer } from 'node:buffer';
import type { Page } from 'playwright-core';

/** One picture of an animation. */
export interface Frame {
  /** A WebP file of its own. */
  readonly webp: Buffer;
  /** How long it shows, in milliseconds. */
  readonly ms: number;
}

export interface Size {
  readonly width: number;
  readonly height: number;
}

/**
 * A screenshot as WebP, by the encoder of the browser that took it.
 * @param quality from 0 to 1.
 * @param width of the result in pixels; the height follows.
 */
export async function webpOf(page: Page, png: Buffer, quality: number, width?: number): Promise<Buffer> {
  const base64 = await page.evaluate(
    async ({ data, quality: wanted, width: scaled }) => {
      const bytes = Uint8Array.from(atob(data), (letter) => letter.charCodeAt(0));
      const bitmap = await createImageBitmap(new Blob([bytes], { type: 'image/png' }));
      const scale = (scaled ?? bitmap.width) / bitmap.width;
      const canvas = new OffscreenCanvas(Math.round(bitmap.width * scale), Math.round(bitmap.height * scale));
      const context = canvas.getContext('2d');
      if (context === null) {
        throw new Error('The browser has no canvas.');
      }
      context.imageSmoothingQuality = 'high';
      context.drawImage(bitmap, 0, 0, canvas.width, canvas.height);
      const blob = await canvas.convertToBlob({ type: 'image/webp', quality: wanted });
      let text = '';
      for (const byte of new Uint8Array(await blob.arrayBuffer())) {
        text += String.fromCharCode(byte);
      }
      return btoa(text);
    },
    { data: png.toString('base64'), quality, width },
  );
  return Buffer.from(base64, 'base64');
}

/**
 * Joins pictures of one size to an animated WebP that repeats for ever. The form is that of the WebP container
 * specification: RIFF with VP8X, ANIM, and one ANMF for every frame around the frame's own image chunks.
 */
export function animatedWebp(frames: readonly Frame[], { width, height }: Size): Buffer {
  const HAS_ANIMATION = 0x02;
  const header = Buffer.concat([
    Buffer.from([HAS_ANIMATION, 0, 0, 0]),
    uint24(width - 1),
    uint24(height - 1),
  ]);
  const animation = Buffer.alloc(6); // no background colour, and 0 for: again and again
  const pictures = frames.map(({ webp, ms }) =>
    chunk(
      'ANMF',
      Buffer.concat([
        uint24(0),
        uint24(0),
        uint24(width - 1),
        uint24(height - 1),
        uint24(Math.round(ms)),
        // Do not blend: every frame covers the whole picture.
        Buffer.from([0x02]),
        imageChunks(webp),
      ]),
    ),
  );
  const body = Buffer.concat([
    Buffer.from('WEBP'),
    chunk('VP8X', header),
    chunk('ANIM', animation),
    ...pictures,
  ]);
  return chunk('RIFF', body);
}

/** What a still WebP file holds of its picture, without the file's own header. */
function imageChunks(webp: Buffer): Buffer {
  const kept: Buffer[] = [];
  for (let at = 12; at + 8 <= webp.length;) {
    const name = webp.toString('latin1', at, at + 4);
    const end = at + 8 + padded(webp.readUInt32LE(at + 4));
    if (name === 'VP8 ' || name === 'VP8L' || name === 'ALPH') {
      kept.push(webp.subarray(at, end));
    }
    at = end;
  }
  return Buffer.concat(kept);
}

function chunk(name: string, body: Buffer): Buffer {
  const head = Buffer.alloc(8);
  head.write(name, 'latin1');
  head.writeUInt32LE(body.length, 4);
  return Buffer.concat([head, body, Buffer.alloc(padded(body.length) - body.length)]);
}

const padded = (length: number) => length + (length % 2);

function uint24(value: number): Buffer {
  const bytes = Buffer.alloc(3);
  bytes.writeUIntLE(value, 0, 3);
  return bytes;
}
