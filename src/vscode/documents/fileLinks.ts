import type * as vscode from 'vscode';
import { asArray, asText } from '../../util/json.ts';

const KEY = 'managedAgents.documents.links';
const MAX_LINKS = 500;

/** Which object on which connection a file of the workspace belongs to. Remembered for this window's folder. */
export class FileLinks {
  private readonly memory: vscode.Memento;

  constructor(memory: vscode.Memento) {
    this.memory = memory;
  }

  /** The id of the object on that connection. The origin is part of the link: ids mean nothing elsewhere. */
  find(file: string, connectionId: string, origin: string): string | undefined {
    return this.entries().find(
      (entry) => entry[0] === file && entry[1] === connectionId && entry[2] === origin,
    )?.[3];
  }

  async remember(file: string, connectionId: string, origin: string, id: string): Promise<void> {
    const others = this.entries().filter((entry) => entry[0] !== file || entry[1] !== connectionId);
    await this.memory.update(KEY, [...others, [file, connectionId, origin, id]].slice(-MAX_LINKS));
  }

  private entries(): readonly (readonly string[])[] {
    return asArray(this.memory.get(KEY)).map((entry) => asArray(entry).map((part) => asText(part) ?? ''));
  }
}
