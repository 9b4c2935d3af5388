import { existsSync } from 'node:fs';
import path from 'node:path';
import type { Page } from 'playwright-core';
import type { JsonValue } from '../../../src/util/json.ts';
import { chooseHost } from '../../host/chooseHost.ts';
import type {
  EditorHost,
  ExtensionSource,
  Settings,
  WindowSize,
  Workbench,
  WorkbenchOptions,
} from '../../host/editorHost.ts';
import { projectFolder } from '../../host/paths.ts';
import { keepTrace, takeScreenshot } from './traces.ts';

export interface EditorOptions extends Omit<WorkbenchOptions, 'extensions'> {
  /** What to run; the project as it was built by default, or the package that `MANAGED_AGENTS_VSIX` names. */
  readonly extension?: ExtensionSource;
  /** Further extensions to have beside it. */
  readonly alongside?: readonly ExtensionSource[];
  /** Starts the local sandbox with that many sessions as soon as the editor is up. */
  readonly seedSessions?: number;
}

/** A real editor on the screen, driven as a person drives it. The helpers of this folder take one. */
export interface Editor {
  readonly page: Page;
  /** For people: which VS Code this is. */
  readonly host: string;
  /** The folder that is open. */
  readonly folder: string;
  /** Where everything is that this editor writes: its data, its logs, its extensions. */
  readonly runFolder: string;
  /** What the editor and its extensions wrote to the console so far. */
  readonly consoleLines: readonly string[];
  /** Changes the user's settings; `undefined` brings back a default. Resolves when they are in effect. */
  changeSettings(changes: Settings): Promise<void>;
  /** Runs a command with arguments, past the user interface. For preparations; a flow uses the palette. */
  execute(command: string, ...args: readonly unknown[]): Promise<JsonValue | undefined>;
  setSize(size: WindowSize): Promise<void>;
  /** Keeps a picture of the whole window in `test-results/screenshots` and gives its place. */
  screenshot(name: string): Promise<string>;
  close(): Promise<void>;
}

let host: EditorHost | undefined;
const open = new Map<Editor, { testsSeen: number }>();

/** Opens an editor that remembers nothing of any other: its own data, settings, extension host and browser profile. */
export async function openWorkbench(options: EditorOptions = {}): Promise<Editor> {
  const { extension = underTest(), alongside = [], seedSessions, settings, ...rest } = options;
  host ??= chooseHost();
  const workbench = await host.openWorkbench({
    ...rest,
    extensions: [extension, ...alongside],
    settings: { 'workbench.colorTheme': 'Default Dark Modern', ...settings },
  });
  const editor = register(workbench, host.name);
  if (seedSessions !== undefined) {
    await editor.execute('managedAgents.sandbox.start', { seedSessions });
  }
  return editor;
}

function register(workbench: Workbench, hostName: string): Editor {
  const { page, folder, runFolder, consoleLines } = workbench;
  const state = { testsSeen: 0 };
  const editor: Editor = {
    page,
    host: hostName,
    folder,
    runFolder,
    consoleLines,
    changeSettings: async (changes) => await workbench.changeSettings(changes),
    execute: async (command, ...args) => await workbench.execute(command, ...args),
    setSize: async (size) => await workbench.setSize(size),
    screenshot: async (name) => await takeScreenshot(page, name),
    async close() {
      if (!open.delete(editor)) {
        return;
      }
      if (state.testsSeen === 0) {
        // No test got as far as its end: the preparation failed, and nothing else would show why.
        await keepTrace(editor, `closed before any test ${Date.now()}`);
      }
      await workbench.close();
    },
  };
  open.set(editor, state);
  return editor;
}

function underTest(): ExtensionSource {
  const vsix = process.env['MANAGED_AGENTS_VSIX'];
  if (vsix !== undefined && vsix !== '') {
    return { kind: 'vsix', path: path.resolve(vsix) };
  }
  if (!existsSync(path.join(projectFolder, 'dist', 'extension.cjs'))) {
    throw new Error('Build first (npm run build): there is no dist/extension.cjs.');
  }
  return { kind: 'folder', path: projectFolder };
}

/** For the hooks: closes an input that an earlier test left open. */
export async function clearTheWay(): Promise<void> {
  for (const { page } of open.keys()) {
    if (await page.locator('.quick-input-widget').isVisible()) {
      await page.keyboard.press('Escape');
    }
  }
}

/** For the hooks: a test has ended. A failed one leaves a picture and the console of every open editor. */
export async function noteTestEnd(failed: string | undefined): Promise<void> {
  for (const [index, [editor, state]] of [...open].entries()) {
    state.testsSeen += 1;
    if (failed !== undefined) {
      await keepTrace(editor, index === 0 ? failed : `${failed} editor ${index + 1}`);
    }
  }
}

/** For the hooks: ends every editor that a test forgot, and the host. */
export async function endAll(): Promise<void> {
  for (const editor of [...open.keys()]) {
    await editor.close();
  }
  await host?.dispose();
  host = undefined;
}
