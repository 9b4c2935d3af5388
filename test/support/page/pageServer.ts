import { randomBytes } from 'node:crypto';
import { createServer } from 'node:http';
import type { AddressInfo } from 'node:net';
import path from 'node:path';
import { fileURLToPath } from 'node:url';
import { build } from 'esbuild';
import { pageThemes, themeCss } from './themes.ts';
import { contentSecurityPolicy } from '../../../src/vscode/panel/contentSecurityPolicy.ts';

const here = path.dirname(fileURLToPath(import.meta.url));
const repository = path.join(here, '../../..');

export interface PageServer {
  readonly origin: string;
  /** Paths that were asked for and are none of ours. */
  readonly strangers: readonly string[];
  /** Sizes of the page's own files by name. */
  readonly files: ReadonlyMap<string, Uint8Array>;
  dispose(): Promise<void>;
}

const types: Record<string, string> = { '.js': 'text/javascript', '.css': 'text/css', '.ttf': 'font/ttf' };

/** Serves the page as the extension does: same body, same policy, and nothing else. */
export async function startPageServer(): Promise<PageServer> {
  const files = new Map([...(await bundlePage()), ...(await bundleFakeHost())]);
  const strangers: string[] = [];
  const server = createServer((request, response) => {
    const { pathname } = new URL(request.url ?? '/', 'http://localhost');
    const theme = pageThemes.find((name) => pathname === `/${name}`);
    const file = files.get(pathname.slice(1));
    if (theme !== undefined) {
      response.setHeader('content-type', 'text/html; charset=utf-8');
      response.end(document(theme, `http://${request.headers.host ?? ''}`));
    } else if (pathname.startsWith('/theme/')) {
      response.setHeader('content-type', 'text/css');
      response.end(themeCss(pathname.slice('/theme/'.length)));
    } else if (file !== undefined) {
      response.setHeader('content-type', types[path.extname(pathname)] ?? 'application/octet-stream');
      response.end(file);
    } else {
      if (pathname !== '/favicon.ico') {
        strangers.push(pathname);
      }
      response.statusCode = 404;
      response.end();
    }
  });
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
  const { port } = server.address() as AddressInfo;
  return {
    origin: `http://127.0.0.1:${port}`,
    strangers,
    files,
    dispose: () =>
      new Promise((resolve) => {
        server.closeAllConnections();
        server.close(() => resolve());
      }),
  };
}

function document(theme: string, cspSource: string): string {
  const nonce = randomBytes(16).toString('base64');
  return `<!DOCTYPE html>
<html lang="en">
<head>
<meta charset="utf-8">
<meta http-equiv="Content-Security-Policy" content="${contentSecurityPolicy(nonce, cspSource)}">
<meta name="viewport" content="width=device-width, initial-scale=1">
<title>Session</title>
<link rel="stylesheet" href="/theme/${theme}">
<link rel="stylesheet" href="/session.css">
<script nonce="${nonce}" src="/fakeHost.js"></script>
</head>
<body class="vscode-${theme}${theme === 'high-contrast-light' ? ' vscode-high-contrast' : ''}">
<div id="app"></div>
<script type="module" nonce="${nonce}" src="/session.js"></script>
</body>
</html>`;
}

async function bundlePage(): Promise<[string, Uint8Array][]> {
  const result = await build({
    entryPoints: {
      session: path.join(repository, 'media/session/main.ts'),
      sessionStyle: path.join(repository, 'media/session/session.css'),
    },
    bundle: true,
    minify: true,
    splitting: true,
    format: 'esm',
    target: 'chrome138',
    loader: { '.ttf': 'file' },
    assetNames: '[name]',
    chunkNames: '[name]-[hash]',
    outdir: '/page',
    write: false,
  });
  return result.outputFiles.map((file) => [
    path.basename(file.path).replace('sessionStyle.css', 'session.css'),
    file.contents,
  ]);
}

async function bundleFakeHost(): Promise<[string, Uint8Array][]> {
  const result = await build({
    entryPoints: { fakeHost: path.join(here, 'fakeHost.ts') },
    bundle: true,
    format: 'iife',
    target: 'chrome138',
    outdir: '/page',
    write: false,
  });
  return result.outputFiles.map((file) => [path.basename(file.path), file.contents]);
}
