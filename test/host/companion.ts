import { existsSync } from 'node:fs';
import { mkdir, readFile, rename, rm, writeFile } from 'node:fs/promises';
import path from 'node:path';
import { asObject, asText, field, type JsonValue } from '../../src/util/json.ts';
import { eventually } from '../support/eventually.ts';
import type { ExtensionSource, Settings } from './editorHost.ts';

/** A small extension that does in the editor what a launcher cannot do from outside. Never shipped. */
export const companion: ExtensionSource = {
  kind: 'folder',
  path: path.join(import.meta.dirname, 'companion'),
};

/** The environment that makes the companion run commands, each with its arguments, whenever the editor starts. */
export function commandsAtStart(commands: readonly (readonly [string, ...unknown[]])[]) {
  return { MANAGED_AGENTS_COMPANION_COMMANDS: JSON.stringify(commands) };
}

interface CompanionRequest {
  readonly settings?: Settings;
  readonly command?: string;
  readonly args?: readonly unknown[];
}

/** Talks with the companion of one editor through files in a folder of the run. */
export class CompanionChannel {
  private readonly folder: string;
  private count = 0;

  private constructor(folder: string) {
    this.folder = folder;
  }

  static async create(runFolder: string): Promise<CompanionChannel> {
    const folder = path.join(runFolder, 'companion');
    await mkdir(folder, { recursive: true });
    return new CompanionChannel(folder);
  }

  get env(): Readonly<Record<string, string>> {
    return { MANAGED_AGENTS_COMPANION_REQUESTS: this.folder };
  }

  /**
   * Has the companion do something and gives the command's answer. The first request also waits for the editor
   * to have started. Rejects with the error of the command or the setting.
   */
  async ask(request: CompanionRequest, patienceMs = 60_000): Promise<JsonValue | undefined> {
    this.count += 1;
    const base = path.join(this.folder, String(this.count));
    await writeFile(`${base}.unfinished`, JSON.stringify({ args: [], ...request }));
    await rename(`${base}.unfinished`, `${base}.request`);
    const answerFile = `${base}.answer`;
    await eventually(() => existsSync(answerFile), { timeoutMs: patienceMs, intervalMs: 25 }).catch(() => {
      throw new Error(`The editor did not answer within ${patienceMs / 1000} s: ${JSON.stringify(request)}`);
    });
    const answer = asObject(JSON.parse(await readFile(answerFile, 'utf8')) as JsonValue);
    await rm(answerFile);
    const error = asText(field(answer, 'error'));
    if (error !== undefined) {
      throw new Error(error);
    }
    return field(answer, 'value');
  }
}
