/** What the first bytes of a picture say about it. Sizes are in pixels. */
export interface RasterHeader {
  readonly mediaType: 'image/png' | 'image/jpeg' | 'image/gif' | 'image/webp';
  readonly width: number;
  readonly height: number;
}

/** Reads the header of a PNG, JPEG, GIF or WebP file; undefined for everything else and for broken files. */
export function rasterHeader(bytes: Uint8Array): RasterHeader | undefined {
  const view = new DataView(bytes.buffer, bytes.byteOffset, bytes.byteLength);
  try {
    return png(view) ?? gif(view) ?? jpeg(view) ?? webp(view);
  } catch (error) {
    if (error instanceof RangeError) {
      return undefined;
    }
    throw error;
  }
}

function png(view: DataView): RasterHeader | undefined {
  if (view.getUint32(0) !== 0x89504e47 || ascii(view, 12, 4) !== 'IHDR') {
    return undefined;
  }
  return { mediaType: 'image/png', width: view.getUint32(16), height: view.getUint32(20) };
}

function gif(view: DataView): RasterHeader | undefined {
  if (ascii(view, 0, 4) !== 'GIF8') {
    return undefined;
  }
  return { mediaType: 'image/gif', width: view.getUint16(6, true), height: view.getUint16(8, true) };
}

/** ISO/IEC 10918-1: segments one after the other; the one that starts a frame has the size. */
function jpeg(view: DataView): RasterHeader | undefined {
  if (view.getUint16(0) !== 0xffd8) {
    return undefined;
  }
  let offset = 2;
  for (;;) {
    const marker = view.getUint16(offset);
    const startsFrame = marker >= 0xffc0 && marker <= 0xffcf && ![0xffc4, 0xffc8, 0xffcc].includes(marker);
    if (startsFrame) {
      return {
        mediaType: 'image/jpeg',
        width: view.getUint16(offset + 7),
        height: view.getUint16(offset + 5),
      };
    }
    const length = view.getUint16(offset + 2);
    if (marker < 0xff01 || length < 2) {
      return undefined;
    }
    offset += 2 + length;
  }
}

/** RFC 9649: the canvas size stands in another place in each of the three kinds of file. */
function webp(view: DataView): RasterHeader | undefined {
  if (ascii(view, 0, 4) !== 'RIFF' || ascii(view, 8, 4) !== 'WEBP') {
    return undefined;
  }
  const mediaType = 'image/webp';
  switch (ascii(view, 12, 4)) {
    case 'VP8X':
      return { mediaType, width: 1 + uint24(view, 24), height: 1 + uint24(view, 27) };
    case 'VP8L': {
      const bits = view.getUint32(21, true);
      return { mediaType, width: 1 + (bits & 0x3fff), height: 1 + ((bits >>> 14) & 0x3fff) };
    }
    case 'VP8 ':
      return {
        mediaType,
        width: view.getUint16(26, true) & 0x3fff,
        height: view.getUint16(28, true) & 0x3fff,
      };
    default:
      return undefined;
  }
}

function uint24(view: DataView, offset: number): number {
  return view.getUint16(offset, true) + (view.getUint8(offset + 2) << 16);
}

function ascii(view: DataView, offset: number, length: number): string {
  return Array.from({ length }, (_, index) => String.fromCharCode(view.getUint8(offset + index))).join('');
}
