/**
 * A TrueType font with the glyphs of some characters only. For icon fonts: plain outlines, one character each,
 * no ligatures and no kerning. Throws where the font has something else.
 */
export function subsetFont(font: Buffer, characters: Iterable<number>): Buffer {
  const tables = readTables(font);
  const table = (tag: string): Buffer => {
    const found = tables.get(tag);
    if (found === undefined) {
      throw new Error(`The font has no table ${tag}`);
    }
    return found;
  };
  const codes = [...new Set(characters)].sort((a, b) => a - b);
  const glyphOf = readCharacters(table('cmap'));
  // The first glyph is what is drawn for a character that is not there.
  const kept = [0, ...codes.map((code) => glyphOf(code))];

  const outlines = kept.map((glyph) => outlineOf(glyph, table('head'), table('loca'), table('glyf')));
  const loca = Buffer.alloc((kept.length + 1) * 4);
  let end = 0;
  for (const [index, outline] of outlines.entries()) {
    end += outline.length;
    loca.writeUInt32BE(end, (index + 1) * 4);
  }
  const head = Buffer.from(table('head'));
  head.writeUInt32BE(0, 8); // the checksum of the whole, which readers work out themselves
  head.writeInt16BE(1, 50); // offsets of outlines have 32 bits
  const maxp = Buffer.from(table('maxp'));
  maxp.writeUInt16BE(kept.length, 4);
  const hhea = Buffer.from(table('hhea'));
  const metrics = hhea.readUInt16BE(34);
  hhea.writeUInt16BE(kept.length, 34);
  const hmtx = Buffer.concat(kept.map((glyph) => metricOf(glyph, table('hmtx'), metrics)));
  const post = Buffer.concat([Buffer.from([0, 3, 0, 0]), table('post').subarray(4, 32)]); // glyphs without names

  return writeTables([
    ['OS/2', table('OS/2')],
    ['cmap', writeCharacters(codes)],
    ['glyf', Buffer.concat(outlines)],
    ['head', head],
    ['hhea', hhea],
    ['hmtx', hmtx],
    ['loca', loca],
    ['maxp', maxp],
    ['name', table('name')],
    ['post', post],
  ]);
}

function readTables(font: Buffer): ReadonlyMap<string, Buffer> {
  const tables = new Map<string, Buffer>();
  for (let index = 0; index < font.readUInt16BE(4); index++) {
    const record = 12 + index * 16;
    const offset = font.readUInt32BE(record + 8);
    const tag = font.toString('latin1', record, record + 4);
    tables.set(tag, font.subarray(offset, offset + font.readUInt32BE(record + 12)));
  }
  return tables;
}

/** The glyph of a character, by the table's part in format 4, which every font for the basic plane has. */
function readCharacters(cmap: Buffer): (code: number) => number {
  const parts = Array.from({ length: cmap.readUInt16BE(2) }, (_, index) => cmap.readUInt32BE(8 + index * 8));
  const at = parts.find((offset) => cmap.readUInt16BE(offset) === 4);
  if (at === undefined) {
    throw new Error('The font has no character table of format 4');
  }
  const segments = cmap.readUInt16BE(at + 6) / 2;
  const [ends, starts] = [at + 14, at + 16 + segments * 2];
  const [deltas, ranges] = [starts + segments * 2, starts + segments * 4];
  return (code) => {
    for (let segment = 0; segment < segments; segment++) {
      const start = cmap.readUInt16BE(starts + segment * 2);
      if (code < start || code > cmap.readUInt16BE(ends + segment * 2)) {
        continue;
      }
      const range = cmap.readUInt16BE(ranges + segment * 2);
      const delta = cmap.readUInt16BE(deltas + segment * 2);
      const glyph = range === 0 ? code : cmap.readUInt16BE(ranges + segment * 2 + range + (code - start) * 2);
      if (glyph !== 0) {
        return (glyph + delta) & 0xffff;
      }
    }
    throw new Error(`The font has no character U+${code.toString(16)}`);
  };
}

function outlineOf(glyph: number, head: Buffer, loca: Buffer, glyf: Buffer): Buffer {
  const isLong = head.readInt16BE(50) === 1;
  const offset = (index: number) =>
    isLong ? loca.readUInt32BE(index * 4) : loca.readUInt16BE(index * 2) * 2;
  const outline = glyf.subarray(offset(glyph), offset(glyph + 1));
  if (outline.length > 0 && outline.readInt16BE(0) < 0) {
    throw new Error(`Glyph ${String(glyph)} is made of others`);
  }
  return padded(outline);
}

/** Width and left bearing. Glyphs beyond the widths that are listed have the last of them. */
function metricOf(glyph: number, hmtx: Buffer, metrics: number): Buffer {
  if (glyph < metrics) {
    return hmtx.subarray(glyph * 4, glyph * 4 + 4);
  }
  const bearing = metrics * 4 + (glyph - metrics) * 2;
  return Buffer.concat([
    hmtx.subarray((metrics - 1) * 4, metrics * 4 - 2),
    hmtx.subarray(bearing, bearing + 2),
  ]);
}

/** A character table in format 4 that gives the first character glyph 1, the next glyph 2, and so on. */
function writeCharacters(codes: readonly number[]): Buffer {
  const last = 0xffff; // the end that the format asks for, which is no character
  const each = [...codes, last];
  const words = (values: readonly number[]) => values.flatMap((value) => [(value >> 8) & 0xff, value & 0xff]);
  const power = 2 ** Math.floor(Math.log2(each.length));
  const length = 16 + each.length * 8;
  const deltas = each.map((code, index) => (code === last ? 1 : index + 1 - code) & 0xffff);
  return Buffer.from([
    ...words([0, 1, 3, 1, 0, 12]), // one part, for Windows and Unicode, behind this head
    ...words([4, length, 0, each.length * 2]),
    ...words([power * 2, Math.log2(power), (each.length - power) * 2]),
    ...words(each),
    ...words([0]),
    ...words(each),
    ...words(deltas),
    ...words(each.map(() => 0)),
  ]);
}

function writeTables(tables: readonly (readonly [tag: string, content: Buffer])[]): Buffer {
  const power = 2 ** Math.floor(Math.log2(tables.length));
  const head = Buffer.alloc(12 + tables.length * 16);
  head.writeUInt32BE(0x00010000, 0);
  head.writeUInt16BE(tables.length, 4);
  head.writeUInt16BE(power * 16, 6);
  head.writeUInt16BE(Math.log2(power), 8);
  head.writeUInt16BE((tables.length - power) * 16, 10);
  let at = head.length;
  for (const [index, [tag, content]] of tables.entries()) {
    const record = 12 + index * 16;
    head.write(tag, record, 'latin1');
    head.writeUInt32BE(checksum(padded(content)), record + 4);
    head.writeUInt32BE(at, record + 8);
    head.writeUInt32BE(content.length, record + 12);
    at += padded(content).length;
  }
  return Buffer.concat([head, ...tables.map(([, content]) => padded(content))]);
}

function checksum(content: Buffer): number {
  let sum = 0;
  for (let at = 0; at < content.length; at += 4) {
    sum = (sum + content.readUInt32BE(at)) >>> 0;
  }
  return sum;
}

/** Everything in a font begins at a multiple of four bytes. */
function padded(content: Buffer): Buffer {
  return Buffer.concat([content, Buffer.alloc((4 - (content.length % 4)) % 4)]);
}
