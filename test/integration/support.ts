import assert from 'node:assert/strict';
import * as vscode from 'vscode';
import type { TestApi } from '../../src/extension.ts';
import type { Parts } from '../../src/vscode/parts.ts';

export const extensionId = 'managed-agents.managed-agents-vscode';

export function theExtension(): vscode.Extension<TestApi | undefined> {
  const extension = vscode.extensions.getExtension<TestApi | undefined>(extensionId);
  assert.ok(extension, 'the extension is not installed');
  return extension;
}

/** The parts of the extension under test, which only a test run gets to see. */
export async function theParts(): Promise<Parts> {
  const api = await theExtension().activate();
  assert.ok(api, 'the extension does not know that it is tested');
  return api.parts;
}

/** The editor's secret store, as another window sees it. */
export async function theSecrets(): Promise<vscode.SecretStorage> {
  const api = await theExtension().activate();
  assert.ok(api, 'the extension does not know that it is tested');
  return api.secrets;
}

/** Names of the extension's own bundles that have been loaded so far. */
export function loadedBundles(): readonly string[] {
  const folder = theExtension().extensionPath;
  return Object.keys(require.cache)
    .filter((file) => file.startsWith(`${folder}/dist/`) && !file.includes('/dist/test/'))
    .map((file) => file.slice(`${folder}/dist/`.length));
}
