import type * as vscode from 'vscode';
import { isDeepStrictEqual } from 'node:util';
import type { ShownPart } from '../../documents/afterAnswer.ts';
import { asArray, asObject, asText, field, isJsonObject, type JsonValue } from '../../util/json.ts';

/** What an open document was made from. Its fields move together: a newer version never comes with older fields. */
export interface Base extends ShownPart {
  /** The server's version of an agent; undefined where there is none. */
  readonly version: JsonValue | undefined;
  /** Where it came from. A connection that leads elsewhere by now gets nothing of it. */
  readonly origin: string;
  readonly name: string;
}

const KEY = 'managedAgents.documents.bases';
const MAX_KEPT = 20;

/**
 * Bases over a restart: the editor brings unsaved text back, and what changed in it can only be told from what
 * it was made from. Kept for this window's folder, as the editor keeps the text itself.
 */
export class KeptBases {
  private readonly memory: vscode.Memento;

  constructor(memory: vscode.Memento) {
    this.memory = memory;
  }

  find(uri: string): Base | undefined {
    const entry = this.entries().find(([kept]) => kept === uri)?.[1];
    const object = asObject(entry);
    const [part, server] = [asObject(field(object, 'part')), asObject(field(object, 'server'))];
    const origin = asText(field(object, 'origin'));
    if (part === undefined || server === undefined || origin === undefined) {
      return undefined;
    }
    const name = asText(field(object, 'name')) ?? '';
    return { part, server, origin, name, version: field(object, 'version') };
  }

  keep(uri: string, base: Base): void {
    if (isDeepStrictEqual(this.find(uri), base)) {
      return;
    }
    const others = this.entries().filter(([kept]) => kept !== uri);
    void this.memory.update(KEY, [...others, [uri, base]].slice(-MAX_KEPT));
  }

  forget(uri: string): void {
    const entries = this.entries();
    const others = entries.filter(([kept]) => kept !== uri);
    if (others.length !== entries.length) {
      void this.memory.update(KEY, others);
    }
  }

  private entries(): readonly (readonly [JsonValue | undefined, JsonValue | undefined])[] {
    return asArray(this.memory.get(KEY)).flatMap((entry) =>
      Array.isArray(entry) && typeof entry[0] === 'string' && isJsonObject(entry[1])
        ? [[entry[0], entry[1]] as const]
        : [],
    );
  }
}
