import { mkdir, rm } from 'node:fs/promises';
import path from 'node:path';
import {
  downloadAndUnzipVSCode,
  resolveCliArgsFromVSCodeExecutablePath,
  runTests,
} from '@vscode/test-electron';
import { _electron, type ElectronApplication } from 'playwright-core';
import { companion, CompanionChannel } from './companion.ts';
import { hasDisplay } from './display.ts';
import type {
  EditorHost,
  ExtensionSource,
  IntegrationSuite,
  PersonalEditor,
  PersonalEditorOptions,
  Settings,
  Workbench,
  WorkbenchOptions,
} from './editorHost.ts';
import type { EditorVersion } from './editorVersion.ts';
import { testEnvironment } from './environment.ts';
import { listExtensions } from './extensionList.ts';
import { followIntegration } from './followIntegration.ts';
import { type IntegrationResult, resultFileVariable } from './integrationResult.ts';
import { type OwnedProcess, runCommand, startOwnedProcess } from './ownedProcess.ts';
import { cacheFolder, integrationResultFile, newRunFolder } from './paths.ts';
import { quietSettings, writeSettings } from './settings.ts';

interface Prepared {
  readonly executable: string;
  readonly args: readonly string[];
  readonly folder: string;
}

/** VS Code on the desktop: the one `VSCODE_EXECUTABLE` names, or one downloaded from VS Code's own server. */
export class DesktopHost implements EditorHost {
  readonly name: string;
  private readonly version: EditorVersion;
  private readonly windows = new Set<ElectronApplication>();
  private personal: OwnedProcess | undefined;

  constructor(version: EditorVersion) {
    this.version = version;
    this.name = process.env['VSCODE_EXECUTABLE'] ?? `VS Code ${version.vscode} (desktop)`;
    if (!hasDisplay()) {
      throw new Error(
        'VS Code on the desktop needs a display. Run this under xvfb-run, or set VSCODE_TEST_HOST=server.',
      );
    }
  }

  async runIntegration(suite: IntegrationSuite): Promise<IntegrationResult> {
    const runFolder = await newRunFolder('integration');
    await mkdir(path.dirname(integrationResultFile), { recursive: true });
    await rm(integrationResultFile, { force: true });
    const { executable, args } = await this.prepare(runFolder, [], {}, undefined);
    const editor = runTests({
      vscodeExecutablePath: executable,
      extensionDevelopmentPath: suite.extension,
      extensionTestsPath: suite.entry,
      extensionTestsEnv: { [resultFileVariable]: integrationResultFile },
      launchArgs: [...args],
    });
    const ended = editor.then(
      () => 'VS Code ended',
      (error: unknown) => String(error),
    );
    const result = await followIntegration({
      resultFile: integrationResultFile,
      ended,
      print: (line) => console.log(line),
    });
    await ended;
    return result;
  }

  async openWorkbench(options: WorkbenchOptions): Promise<Workbench> {
    const runFolder = await newRunFolder('workbench');
    const channel = await CompanionChannel.create(runFolder);
    const prepared = await this.prepare(
      runFolder,
      [...options.extensions, companion],
      options.settings ?? {},
      options.folder,
      options,
    );
    const application = await _electron.launch({
      executablePath: prepared.executable,
      args: [...prepared.args],
      env: definedOnly(testEnvironment({ ...channel.env, ...options.env })),
    });
    this.windows.add(application);
    const page = await application.firstWindow();
    const consoleLines: string[] = [];
    page.on('console', (message) => consoleLines.push(`[${message.type()}] ${message.text()}`));
    await page.locator('.monaco-workbench .part.statusbar').waitFor({ timeout: 60_000 });
    const setSize: Workbench['setSize'] = async (size) => {
      const window = await application.browserWindow(page);
      await window.evaluate(
        (target: { setContentSize(width: number, height: number): void }, wanted) =>
          target.setContentSize(wanted.width, wanted.height),
        size,
      );
    };
    await setSize(options.size ?? { width: 1280, height: 800 });
    await channel.ask({});
    return {
      page,
      folder: prepared.folder,
      runFolder,
      consoleLines,
      changeSettings: async (settings) => {
        await channel.ask({ settings });
      },
      execute: async (command, ...args) => await channel.ask({ command, args }),
      setSize,
      close: async () => {
        this.windows.delete(application);
        await application.close();
      },
    };
  }

  async openForPerson(options: PersonalEditorOptions): Promise<PersonalEditor> {
    const runFolder = await newRunFolder('start');
    const prepared = await this.prepare(runFolder, options.extensions, options.settings ?? {}, undefined);
    this.personal = startOwnedProcess(prepared.executable, prepared.args, {
      cwd: runFolder,
      env: { ...process.env, ...options.env },
      logFile: path.join(runFolder, 'editor.log'),
    });
    return { ended: this.personal.exited };
  }

  async dispose(): Promise<void> {
    await Promise.all([...this.windows].map(async (window) => await window.close()));
    await this.personal?.stop();
  }

  private async prepare(
    runFolder: string,
    extensions: readonly ExtensionSource[],
    settings: Settings,
    wantedFolder: string | undefined,
    { asksForTrust = false, logLevel }: Pick<WorkbenchOptions, 'asksForTrust' | 'logLevel'> = {},
  ): Promise<Prepared> {
    const folder = wantedFolder ?? path.join(runFolder, 'workspace');
    const dataFolder = path.join(runFolder, 'data');
    const extensionsFolder = path.join(runFolder, 'extensions');
    await mkdir(folder.endsWith('.code-workspace') ? path.dirname(folder) : folder, { recursive: true });
    await writeSettings(path.join(dataFolder, 'User'), {
      ...quietSettings,
      ...(asksForTrust && { 'security.workspace.trust.enabled': true }),
      ...settings,
    });
    const folders = extensions.filter((source) => source.kind === 'folder').map((source) => source.path);
    await listExtensions(extensionsFolder, folders);

    const executable =
      process.env['VSCODE_EXECUTABLE'] ??
      (await downloadAndUnzipVSCode({ version: this.version.vscode, cachePath: cacheFolder }));
    const places = ['--user-data-dir', dataFolder, '--extensions-dir', extensionsFolder];
    const [command = executable, ...before] = resolveCliArgsFromVSCodeExecutablePath(executable, {
      reuseMachineInstall: true,
    });
    for (const source of extensions) {
      if (source.kind === 'vsix') {
        await runCommand(command, [...before, ...places, '--install-extension', source.path], {
          cwd: runFolder,
          env: testEnvironment(),
        });
      }
    }
    const args = [
      folder,
      ...places,
      '--new-window',
      ...(asksForTrust ? [] : ['--disable-workspace-trust']),
      ...(logLevel === undefined ? [] : ['--log', logLevel]),
      '--disable-telemetry',
      '--disable-updates',
      '--skip-welcome',
      '--skip-release-notes',
      '--password-store=basic',
      ...(process.getuid?.() === 0 ? ['--no-sandbox'] : []),
    ];
    return { executable, args, folder };
  }
}

function definedOnly(env: NodeJS.ProcessEnv): Record<string, string> {
  const entries = Object.entries(env).filter((entry): entry is [string, string] => entry[1] !== undefined);
  return Object.fromEntries(entries);
}
