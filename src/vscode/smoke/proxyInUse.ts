import * as vscode from 'vscode';
import { asText } from '../../util/json.ts';

/** The proxy that the editor is told to use, without the user and the password that its address may hold. */
export function proxyInUse(): string | undefined {
  const setting: unknown = vscode.workspace.getConfiguration('http').get('proxy');
  const text = asText(setting) ?? asText(process.env['HTTPS_PROXY']) ?? asText(process.env['https_proxy']);
  return text !== undefined && URL.canParse(text) ? new URL(text).origin : undefined;
}
