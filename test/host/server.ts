import { mkdir, readFile } from 'node:fs/promises';
import { createServer } from 'node:net';
import { once } from 'node:events';
import path from 'node:path';
import { pathToFileURL } from 'node:url';
import { eventually } from '../support/eventually.ts';
import { runCommand, startOwnedProcess } from './ownedProcess.ts';
import type { ExtensionSource, Settings } from './editorHost.ts';
import { listExtensions } from './extensionList.ts';
import type { ServerInstall } from './serverInstall.ts';
import { quietSettings, writeSettings } from './settings.ts';

export interface ServerOptions {
  readonly install: ServerInstall;
  /** A new folder for everything this server writes. */
  readonly runFolder: string;
  readonly extensions: readonly ExtensionSource[];
  readonly settings: Settings;
  readonly env: NodeJS.ProcessEnv;
  /** The folder, or the file of a workspace of several, that a browser gets to see. */
  readonly folder: string;
  /** A secret that every request must carry; only a server for tests goes without. */
  readonly token?: string;
  readonly port?: number;
  /** Lets the address of the page name an extension under development and its suite. */
  readonly allowDevelopment?: boolean;
  /** Whether folders are trusted only after a question, as the setting for it says. */
  readonly asksForTrust?: boolean;
  readonly logLevel?: 'trace';
}

/** A running VS Code server, on the loopback interface only. */
export interface EditorServer {
  /** `host:port`, the authority of the server's files in addresses inside the editor. */
  readonly authority: string;
  readonly url: string;
  readonly logFile: string;
  readonly ended: Promise<string>;
  stop(): Promise<void>;
}

const HOST = '127.0.0.1';

/** Starts a VS Code server and resolves when it answers. */
export async function startServer(options: ServerOptions): Promise<EditorServer> {
  const dataFolder = path.join(options.runFolder, 'data');
  const extensionsFolder = path.join(options.runFolder, 'extensions');
  const logFile = path.join(options.runFolder, 'server.log');
  const isWorkspaceFile = options.folder.endsWith('.code-workspace');
  await mkdir(isWorkspaceFile ? path.dirname(options.folder) : options.folder, { recursive: true });
  await writeSettings(path.join(dataFolder, 'data', 'User'), {
    ...quietSettings,
    ...(options.asksForTrust === true && { 'security.workspace.trust.enabled': true }),
    ...options.settings,
  });
  await listExtensions(extensionsFolder, foldersOf(options.extensions));

  const { node, entry } = options.install;
  const common = [
    '--accept-server-license-terms',
    '--server-data-dir',
    dataFolder,
    '--extensions-dir',
    extensionsFolder,
  ];
  for (const source of options.extensions) {
    if (source.kind === 'vsix') {
      const args = [entry, '--install-extension', source.path, ...common];
      await runCommand(node, args, { cwd: options.runFolder, env: options.env });
    }
  }

  const port = options.port ?? (await findFreePort());
  const child = startOwnedProcess(
    node,
    [
      '--disable-warning=ExperimentalWarning',
      '--import',
      pathToFileURL(path.join(import.meta.dirname, 'endWithParent.ts')).href,
      entry,
      ...common,
      '--host',
      HOST,
      '--port',
      String(port),
      ...(options.token === undefined
        ? ['--without-connection-token']
        : ['--connection-token', options.token]),
      ...(options.allowDevelopment === true ? ['--enable-smoke-test-driver'] : []),
      '--disable-telemetry',
      ...(options.asksForTrust === true ? [] : ['--disable-workspace-trust']),
      ...(options.logLevel === undefined ? [] : ['--log', options.logLevel]),
      isWorkspaceFile ? '--default-workspace' : '--default-folder',
      options.folder,
    ],
    { cwd: options.runFolder, env: options.env, logFile },
  );
  const origin = `http://${HOST}:${String(port)}`;
  const state = await eventually(
    async () => (child.hasExited ? 'ended' : (await answers(`${origin}/version`)) && 'ready'),
    { timeoutMs: 60_000, intervalMs: 50 },
  ).catch(() => 'silent');
  if (state !== 'ready') {
    await child.stop();
    const log = await readFile(logFile, 'utf8').catch(() => '');
    throw new Error(
      `The VS Code server never answered; it ${await child.exited}.\n${log.trim().slice(-1500)}`,
    );
  }
  return {
    authority: `${HOST}:${String(port)}`,
    url: options.token === undefined ? `${origin}/` : `${origin}/?tkn=${options.token}`,
    logFile,
    ended: child.exited,
    stop: async () => await child.stop(),
  };
}

function foldersOf(extensions: readonly ExtensionSource[]): string[] {
  return extensions.filter((source) => source.kind === 'folder').map((source) => source.path);
}

async function answers(url: string): Promise<boolean> {
  try {
    const response = await fetch(url, { signal: AbortSignal.timeout(2000) });
    await response.text();
    return true;
  } catch {
    return false;
  }
}

async function findFreePort(): Promise<number> {
  const probe = createServer().listen(0, HOST);
  await once(probe, 'listening');
  const address = probe.address();
  probe.close();
  await once(probe, 'close');
  if (address === null || typeof address === 'string') {
    throw new Error('The system gave no free port.');
  }
  return address.port;
}
