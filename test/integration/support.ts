import assert from 'node:assert/strict';
import { readFile } from 'node:fs/promises';
import path from 'node:path';
import * as vscode from 'vscode';
import { type BuildRecord, loadedWith } from '../../scripts/buildRecord.ts';
import type { TestApi } from '../../src/extension.ts';
import type { Parts } from '../../src/vscode/parts.ts';

export const extensionId = 'managed-agents.managed-agents-vscode';

export function theExtension(): vscode.Extension<TestApi | undefined> {
  const extension = vscode.extensions.getExtension<TestApi | undefined>(extensionId);
  assert.ok(extension, 'the extension is not installed');
  return extension;
}

/** What the extension under test lets only a test run see. */
export async function theTestApi(): Promise<TestApi> {
  const api = await theExtension().activate();
  assert.ok(api, 'the extension does not know that it is tested');
  return api;
}

/** The parts of the extension under test, built if nobody has needed them yet. */
export async function theParts(): Promise<Parts> {
  return await (await theTestApi()).parts.get();
}

/** The editor's secret store, as another window sees it. */
export async function theSecrets(): Promise<vscode.SecretStorage> {
  return (await theTestApi()).secrets;
}

/** Names of the extension's own bundles that have been loaded so far. */
export function loadedBundles(): readonly string[] {
  const folder = theExtension().extensionPath;
  return Object.keys(require.cache)
    .filter((file) => file.startsWith(`${folder}/dist/`) && !file.includes('/dist/test/'))
    .map((file) => file.slice(`${folder}/dist/`.length))
    .sort();
}

/** Names of the bundles that activation loads: the extension's own, and all that it cannot be without. */
export async function bundlesAtActivation(): Promise<readonly string[]> {
  const file = path.join(theExtension().extensionPath, 'dist/meta.json');
  const { outputs } = JSON.parse(await readFile(file, 'utf8')) as BuildRecord;
  return [...loadedWith('dist/extension.cjs', outputs)].map((name) => name.slice('dist/'.length)).sort();
}
