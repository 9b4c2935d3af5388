import { existsSync, readFileSync } from 'node:fs';
import { mkdtemp } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { asNumber, asObject, asText, field, type JsonValue } from '../../../src/util/json.ts';
import type { ExtensionSource } from '../../host/editorHost.ts';

/**
 * Sees from inside the extension host what no server can: connections to places that are not ours to listen at,
 * and whether the process is still the one that it was.
 */
export class Witness {
  /** The extension that does the noting, to be installed beside the one under test. */
  readonly extension: ExtensionSource = { kind: 'folder', path: path.join(import.meta.dirname, 'witness') };
  private readonly file: string;

  private constructor(file: string) {
    this.file = file;
  }

  static async create(): Promise<Witness> {
    return new Witness(path.join(await mkdtemp(path.join(tmpdir(), 'managed-agents-witness-')), 'notes'));
  }

  get env(): Readonly<Record<string, string>> {
    return { MANAGED_AGENTS_WITNESS: this.file };
  }

  /** `host:port` of each connection that any extension opened, in order. */
  get connections(): readonly string[] {
    return this.notes.map((note) => asText(field(note, 'target'))).filter((target) => target !== undefined);
  }

  /** The extension hosts there were; more than one means that one ended. */
  get processes(): readonly number[] {
    return this.notes.map((note) => asNumber(field(note, 'process'))).filter((id) => id !== undefined);
  }

  private get notes() {
    const lines = existsSync(this.file) ? readFileSync(this.file, 'utf8').trim().split('\n') : [];
    return lines.filter((line) => line !== '').map((line) => asObject(JSON.parse(line) as JsonValue));
  }
}
