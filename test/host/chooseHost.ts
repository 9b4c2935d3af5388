import { existsSync } from 'node:fs';
import path from 'node:path';
import { DesktopHost } from './desktopHost.ts';
import { hasDisplay } from './display.ts';
import type { EditorHost } from './editorHost.ts';
import { chooseEditorVersion, type EditorVersion } from './editorVersion.ts';
import { cacheFolder } from './paths.ts';
import { isServerInstalled } from './serverInstall.ts';
import { ServerHost } from './serverHost.ts';

/**
 * The editor that the environment asks for: `VSCODE_TEST_HOST` (desktop or server), `VSCODE_TEST_VERSION`,
 * `VSCODE_EXECUTABLE`. Without a wish: what is already there, otherwise the server.
 */
export function chooseHost(): EditorHost {
  const version = chooseEditorVersion(process.env['VSCODE_TEST_VERSION']);
  const wanted = process.env['VSCODE_TEST_HOST'] ?? '';
  switch (wanted) {
    case 'desktop':
      return new DesktopHost(version);
    case 'server':
      return new ServerHost(version);
    case '':
      return prefersDesktop(version) ? new DesktopHost(version) : new ServerHost(version);
    default:
      throw new Error(`VSCODE_TEST_HOST is "desktop" or "server", not "${wanted}".`);
  }
}

function prefersDesktop(version: EditorVersion): boolean {
  if (!hasDisplay()) {
    return false;
  }
  if (process.env['VSCODE_EXECUTABLE'] !== undefined) {
    return true;
  }
  return !isServerInstalled(version) && existsSync(downloadedEditor(version));
}

/** Where @vscode/test-electron unpacks a download. */
function downloadedEditor(version: EditorVersion): string {
  const intel = process.arch === 'x64';
  const platforms: Partial<Record<NodeJS.Platform, string>> = {
    darwin: intel ? 'darwin' : 'darwin-arm64',
    win32: intel ? 'win32-x64-archive' : 'win32-arm64-archive',
  };
  const platform = platforms[process.platform] ?? `linux-${process.arch}`;
  return path.join(cacheFolder, `vscode-${platform}-${version.vscode}`);
}
