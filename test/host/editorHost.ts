import type { Page } from 'playwright-core';
import type { JsonValue } from '../../src/util/json.ts';
import type { IntegrationResult } from './integrationResult.ts';

/** Where the extension comes from: its own folder as it is developed, or the package a user installs. */
export type ExtensionSource =
  { readonly kind: 'folder'; readonly path: string } | { readonly kind: 'vsix'; readonly path: string };

export interface WorkbenchOptions {
  readonly extensions: readonly ExtensionSource[];
  /** The folder, or the file of a workspace of several, to open; a new empty folder by default. */
  readonly folder?: string;
  /** User settings on top of the quiet ones every run starts with. */
  readonly settings?: Settings;
  /** Environment variables for the extension host. */
  readonly env?: Readonly<Record<string, string>>;
  /** Size of the window in CSS pixels. */
  readonly size?: WindowSize;
  /** Whether the editor asks before it trusts what it opens; otherwise everything is trusted. */
  readonly asksForTrust?: boolean;
  /** How much the editor and its extensions log. */
  readonly logLevel?: 'trace';
}

export type Settings = Readonly<Record<string, unknown>>;

export interface WindowSize {
  readonly width: number;
  readonly height: number;
}

/** An editor on the screen, with nothing in it that an earlier one left. */
export interface Workbench {
  readonly page: Page;
  /** The folder that is open. */
  readonly folder: string;
  /** Where everything is that this editor writes: its data, its logs, its extensions. */
  readonly runFolder: string;
  /** What the page's console said so far; the extension host's console is part of it. */
  readonly consoleLines: readonly string[];
  /** Changes the user's settings; `undefined` brings back a default. Resolves when they are in effect. */
  changeSettings(changes: Settings): Promise<void>;
  /** Runs a command with arguments, past the user interface. For preparations; a flow uses the palette. */
  execute(command: string, ...args: readonly unknown[]): Promise<JsonValue | undefined>;
  setSize(size: WindowSize): Promise<void>;
  close(): Promise<void>;
}

export interface PersonalEditorOptions {
  readonly extensions: readonly ExtensionSource[];
  readonly settings?: Settings;
  /** Environment variables for the extension host. */
  readonly env?: Readonly<Record<string, string>>;
  /** The port to serve on; a free one by default. Only the server has one. */
  readonly port?: number;
}

/** An editor for a person to look at. */
export interface PersonalEditor {
  /** Where to point a browser; undefined where the editor opened its own window. */
  readonly url?: string;
  /** Resolves with words about it when the editor ends by itself. */
  readonly ended: Promise<string>;
}

export interface IntegrationSuite {
  readonly extension: string;
  /** The built module whose `run()` is called inside the extension host. */
  readonly entry: string;
}

/** One way to have a real VS Code: on the desktop, or as a server with a browser in front. */
export interface EditorHost {
  /** For people: which VS Code this is. */
  readonly name: string;
  /** Runs a suite inside a real extension host. A crash, a hang or a missing result is an error. */
  runIntegration(suite: IntegrationSuite): Promise<IntegrationResult>;
  openWorkbench(options: WorkbenchOptions): Promise<Workbench>;
  openForPerson(options: PersonalEditorOptions): Promise<PersonalEditor>;
  /** Ends everything this host started. */
  dispose(): Promise<void>;
}
