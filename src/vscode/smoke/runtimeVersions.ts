import { release } from 'node:os';
import * as vscode from 'vscode';
import { asObject, asText, field } from '../../util/json.ts';
import { EXTENSION_ID } from '../ids.ts';

/** Names and versions of what runs here, for reports. */
export function runtimeVersions(): Readonly<Record<string, string>> {
  const extension: unknown = vscode.extensions.getExtension(EXTENSION_ID)?.packageJSON;
  const version = asText(field(asObject(extension), 'version'));
  return {
    ...(version !== undefined && { Extension: version }),
    Editor: `${vscode.env.appName} ${vscode.version}`,
    Node: process.versions.node,
    System: `${process.platform} ${release()}`,
  };
}
