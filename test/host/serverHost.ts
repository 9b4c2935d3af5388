import { randomBytes } from 'node:crypto';
import { createWriteStream } from 'node:fs';
import { mkdir, rm } from 'node:fs/promises';
import path from 'node:path';
import { type Browser, type BrowserContext, chromium, type Page } from 'playwright-core';
import { ensureChromium } from './chromium.ts';
import { companion, CompanionChannel } from './companion.ts';
import type {
  EditorHost,
  IntegrationSuite,
  PersonalEditor,
  PersonalEditorOptions,
  WindowSize,
  Workbench,
  WorkbenchOptions,
} from './editorHost.ts';
import type { EditorVersion } from './editorVersion.ts';
import { testEnvironment } from './environment.ts';
import { followIntegration } from './followIntegration.ts';
import { type IntegrationResult, resultFileVariable } from './integrationResult.ts';
import { integrationResultFile, newRunFolder } from './paths.ts';
import { say } from './say.ts';
import { type EditorServer, startServer } from './server.ts';
import { installServer } from './serverInstall.ts';

const defaultSize: WindowSize = { width: 1280, height: 800 };

/**
 * VS Code as a server, with a headless browser in front. Every workbench gets a server of its own:
 * that costs half a second and leaves nothing to be shared by accident.
 */
export class ServerHost implements EditorHost {
  readonly name: string;
  private readonly version: EditorVersion;
  private readonly servers = new Set<EditorServer>();
  private launching: Promise<Browser> | undefined;

  constructor(version: EditorVersion) {
    this.version = version;
    this.name = `VS Code ${version.vscode} (server)`;
  }

  async runIntegration(suite: IntegrationSuite): Promise<IntegrationResult> {
    const runFolder = await newRunFolder('integration');
    await mkdir(path.dirname(integrationResultFile), { recursive: true });
    await rm(integrationResultFile, { force: true });
    const server = await this.start(runFolder, {
      extensions: [],
      env: { [resultFileVariable]: integrationResultFile },
      allowDevelopment: true,
    });
    const context = await this.newContext(defaultSize);
    try {
      const page = await context.newPage();
      logPage(page, path.join(runFolder, 'page.log'));
      const hostEnded = new Promise<string>((resolve) => {
        page.on('crash', () => resolve('the page of the editor crashed'));
        // VS Code calls this function of its page when its extension host is done with a suite.
        void page.exposeFunction('codeAutomationExit', (code: number) => {
          resolve(`the extension host ended with code ${code}`);
        });
        void server.ended.then((how) => resolve(`the VS Code server ${how}`));
      });
      const place = (file: string) => `vscode-remote://${server.authority}${asUriPath(file)}`;
      const payload = [
        ['extensionDevelopmentPath', place(suite.extension)],
        ['extensionTestsPath', place(suite.entry)],
        ['skipWelcome', 'true'],
        ['skipReleaseNotes', 'true'],
      ];
      await page.goto(`${server.url}?payload=${encodeURIComponent(JSON.stringify(payload))}`);
      return await followIntegration({
        resultFile: integrationResultFile,
        ended: hostEnded,
        print: (line) => console.log(line),
      });
    } catch (error) {
      say(`Logs: ${runFolder}`);
      throw error;
    } finally {
      await context.close();
      await this.end(server);
    }
  }

  async openWorkbench(options: WorkbenchOptions): Promise<Workbench> {
    const runFolder = await newRunFolder('workbench');
    const folder = options.folder ?? path.join(runFolder, 'workspace');
    const channel = await CompanionChannel.create(runFolder);
    const server = await this.start(runFolder, {
      ...options,
      folder,
      extensions: [...options.extensions, companion],
      env: { ...channel.env, ...options.env },
    });
    const context = await this.newContext(options.size ?? defaultSize);
    const end = async () => {
      await context.close();
      await this.end(server);
    };
    try {
      const page = await context.newPage();
      const consoleLines = logPage(page, path.join(runFolder, 'page.log'));
      await page.goto(server.url);
      await page.locator('.monaco-workbench .part.statusbar').waitFor({ timeout: 60_000 });
      await channel.ask({});
      return {
        page,
        folder,
        runFolder,
        consoleLines,
        changeSettings: async (settings) => {
          await channel.ask({ settings });
        },
        execute: async (command, ...args) => await channel.ask({ command, args }),
        setSize: async (size) => await page.setViewportSize(size),
        close: end,
      };
    } catch (error) {
      say(`Logs: ${runFolder}`);
      await end();
      throw error;
    }
  }

  async openForPerson(options: PersonalEditorOptions): Promise<PersonalEditor> {
    const runFolder = await newRunFolder('start');
    const server = await startServer({
      install: await installServer(this.version),
      runFolder,
      folder: path.join(runFolder, 'workspace'),
      extensions: options.extensions,
      settings: options.settings ?? {},
      env: { ...process.env, ...options.env },
      token: randomBytes(24).toString('base64url'),
      ...(options.port === undefined ? {} : { port: options.port }),
    });
    this.servers.add(server);
    return { url: server.url, ended: server.ended };
  }

  async dispose(): Promise<void> {
    const browser = await this.launching?.catch(() => undefined);
    await browser?.close();
    await Promise.all([...this.servers].map(async (server) => await this.end(server)));
  }

  private async start(
    runFolder: string,
    options: Omit<WorkbenchOptions, 'size'> & { readonly allowDevelopment?: boolean },
  ): Promise<EditorServer> {
    const home = path.join(runFolder, 'home');
    await mkdir(home);
    const server = await startServer({
      install: await installServer(this.version),
      runFolder,
      folder: options.folder ?? path.join(runFolder, 'workspace'),
      extensions: options.extensions,
      settings: options.settings ?? {},
      env: testEnvironment({ HOME: home, USERPROFILE: home, ...options.env }),
      allowDevelopment: options.allowDevelopment ?? false,
      asksForTrust: options.asksForTrust ?? false,
      ...(options.logLevel !== undefined && { logLevel: options.logLevel }),
    });
    this.servers.add(server);
    return server;
  }

  private async end(server: EditorServer): Promise<void> {
    await server.stop();
    this.servers.delete(server);
  }

  private async newContext(size: WindowSize): Promise<BrowserContext> {
    this.launching ??= launchBrowser();
    const browser = await this.launching;
    return await browser.newContext({
      viewport: size,
      locale: 'en-US',
      timezoneId: 'UTC',
      reducedMotion: 'reduce',
      permissions: ['clipboard-read', 'clipboard-write'],
    });
  }
}

async function launchBrowser(): Promise<Browser> {
  return await chromium.launch({
    executablePath: await ensureChromium(),
    chromiumSandbox: false,
    args: [
      // Chromium refuses to run as root with its sandbox on.
      ...(process.getuid?.() === 0 ? ['--no-sandbox'] : []),
      '--disable-gpu',
      '--disable-background-networking',
      '--disable-component-update',
      '--disable-sync',
      '--no-first-run',
    ],
    // This launcher ends everything itself, in its own order.
    handleSIGINT: false,
    handleSIGTERM: false,
    handleSIGHUP: false,
  });
}

/** Collects what a page says, in memory and in a file. */
function logPage(page: Page, file: string): readonly string[] {
  const lines: string[] = [];
  const log = createWriteStream(file);
  const note = (line: string) => {
    lines.push(line);
    log.write(`${line}\n`);
  };
  page.on('console', (message) => note(`[${message.type()}] ${plainText(message.text())}`));
  page.on('pageerror', (error) => note(`[uncaught] ${error.stack ?? error.message}`));
  page.once('close', () => log.end());
  return lines;
}

/** VS Code colours its console: `%c` marks in the text, style sheets as further arguments. */
function plainText(text: string): string {
  return text
    .replaceAll('%c', '')
    .replaceAll(/ ?color: [#\w]*;? ?/g, ' ')
    .trim();
}

function asUriPath(file: string): string {
  return encodeURI(file.replaceAll('\\', '/').replace(/^(?!\/)/, '/'));
}
