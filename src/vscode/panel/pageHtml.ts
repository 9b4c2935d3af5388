import { randomBytes } from 'node:crypto';
import * as vscode from 'vscode';
import { contentSecurityPolicy } from './contentSecurityPolicy.ts';

/** The folder that a page may load from; nothing else of the disk is in its reach. */
function pageRoot(extensionUri: vscode.Uri): vscode.Uri {
  return vscode.Uri.joinPath(extensionUri, 'dist', 'webview');
}

/** What a page is allowed: scripts, and its own files. No forms, no command links, no ports. */
export function pageOptions(extensionUri: vscode.Uri): vscode.WebviewOptions {
  return {
    enableScripts: true,
    enableForms: false,
    enableCommandUris: false,
    localResourceRoots: [pageRoot(extensionUri)],
  };
}

/**
 * The document of the session page: a frame without any content, so that nothing from a server can stand in
 * it. The policy allows this one script, our own styles, font and images, and no connection at all; strings
 * become markup only through Lit's own policy.
 */
export function pageHtml(webview: vscode.Webview, extensionUri: vscode.Uri, language: string): string {
  const nonce = randomBytes(16).toString('base64url');
  const file = (name: string) =>
    webview.asWebviewUri(vscode.Uri.joinPath(pageRoot(extensionUri), name)).toString();
  return `<!DOCTYPE html>
<html lang="${language.replace(/[^A-Za-z-]/g, '')}">
<head>
<meta charset="utf-8">
<meta http-equiv="Content-Security-Policy" content="${contentSecurityPolicy(nonce, webview.cspSource)}">
<meta name="viewport" content="width=device-width, initial-scale=1">
<link rel="stylesheet" href="${file('session-style.css')}">
</head>
<body>
<div id="app"></div>
<script type="module" nonce="${nonce}" src="${file('session.js')}"></script>
</body>
</html>`;
}
