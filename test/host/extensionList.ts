import { mkdir, readFile, writeFile } from 'node:fs/promises';
import path from 'node:path';
import { asObject, asText, field, type JsonValue } from '../../src/util/json.ts';

/**
 * Makes a VS Code use extensions from the folders they are developed in, as if they were installed:
 * its list of installed extensions may name any place. So the editor shows no sign of development.
 */
export async function listExtensions(extensionsFolder: string, folders: readonly string[]): Promise<void> {
  await mkdir(extensionsFolder, { recursive: true });
  const entries = await Promise.all(folders.map(describeExtension));
  await writeFile(path.join(extensionsFolder, 'extensions.json'), JSON.stringify(entries));
}

async function describeExtension(folder: string) {
  const manifest = asObject(
    JSON.parse(await readFile(path.join(folder, 'package.json'), 'utf8')) as JsonValue,
  );
  const name = asText(field(manifest, 'name'));
  const publisher = asText(field(manifest, 'publisher'));
  const version = asText(field(manifest, 'version'));
  if (name === undefined || publisher === undefined || version === undefined) {
    throw new Error(`${folder} holds no extension: its package.json lacks a name, a publisher or a version.`);
  }
  return {
    identifier: { id: `${publisher}.${name}` },
    version,
    location: { $mid: 1, scheme: 'file', path: folder.replaceAll('\\', '/').replace(/^(?!\/)/, '/') },
    metadata: { isBuiltin: false, pinned: true, source: 'vsix' },
  };
}
