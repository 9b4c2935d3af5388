import { inflateRawSync } from 'node:zlib';

export interface ZipEntry {
  readonly name: string;
  readonly bytes: () => Buffer;
  readonly text: () => string;
}

const END_OF_DIRECTORY = 0x06054b50;
const ENTRY = 0x02014b50;
const STORED = 0;

/** The files in a zip archive, by its directory. @throws Error where the bytes are no archive of this plain kind. */
export function readZip(zip: Buffer): readonly ZipEntry[] {
  const end = lastIndexOf(zip, END_OF_DIRECTORY);
  const entries: ZipEntry[] = [];
  let at = zip.readUInt32LE(end + 16);
  for (let left = zip.readUInt16LE(end + 10); left > 0; left--) {
    if (zip.readUInt32LE(at) !== ENTRY) {
      throw new Error(`There is no entry of the directory at ${String(at)}.`);
    }
    const nameEnd = at + 46 + zip.readUInt16LE(at + 28);
    const name = zip.toString('utf8', at + 46, nameEnd);
    const method = zip.readUInt16LE(at + 10);
    const size = zip.readUInt32LE(at + 20);
    const header = zip.readUInt32LE(at + 42);
    const bytes = () => {
      const start = header + 30 + zip.readUInt16LE(header + 26) + zip.readUInt16LE(header + 28);
      const data = zip.subarray(start, start + size);
      return method === STORED ? data : inflateRawSync(data);
    };
    if (!name.endsWith('/')) {
      entries.push({ name, bytes, text: () => bytes().toString('utf8') });
    }
    at = nameEnd + zip.readUInt16LE(at + 30) + zip.readUInt16LE(at + 32);
  }
  return entries;
}

function lastIndexOf(zip: Buffer, signature: number): number {
  for (let at = zip.length - 22; at >= 0; at--) {
    if (zip.readUInt32LE(at) === signature) {
      return at;
    }
  }
  throw new Error('This is no zip archive.');
}
