import * as vscode from 'vscode';
import { isDeepStrictEqual } from 'node:util';
import type { Connection } from '../../api/connection.ts';
import { ApiError } from '../../api/errors.ts';
import { inOrderOf } from '../../documents/afterAnswer.ts';
import type { DocumentPlace } from '../../documents/documentPlace.ts';
import { documentText, editablePart, updateBody } from '../../documents/editable.ts';
import { visible } from '../../text/visible.ts';
import { field, type JsonObject } from '../../util/json.ts';
import type { Shell } from '../shell.ts';
import { askConflict } from './askConflict.ts';
import type { ComparedTexts } from './comparedTexts.ts';
import type { Base } from './keptBases.ts';
import { operationsOf, type ServerObject } from './serverObjects.ts';

/** One wish to save. */
export interface Saving {
  readonly uri: vscode.Uri;
  readonly place: DocumentPlace;
  readonly connection: Connection;
  /** Undefined where it is not known any more what the text was made from. */
  readonly base: Base | undefined;
  readonly edited: JsonObject;
  readonly text: string;
}

export type Saved =
  | { readonly kind: 'nothing' }
  | { readonly kind: 'sent'; readonly object: ServerObject; readonly sent: ReadonlySet<string> }
  /** Theirs was taken; what was written is kept elsewhere. */
  | { readonly kind: 'theirs'; readonly object: ServerObject }
  /** Nothing was sent, and the person wants to look first. */
  | { readonly kind: 'later' };

/** What an update is made on top of. */
type Ground = Pick<Base, 'server' | 'version'>;

/** Sends what was changed in a document, and settles with its author what to do when others have changed it too. */
export class ObjectSaver {
  private readonly shell: Shell;
  private readonly compared: ComparedTexts;

  constructor(shell: Shell, compared: ComparedTexts) {
    this.shell = shell;
    this.compared = compared;
  }

  /** @throws ApiError */
  async save(saving: Saving): Promise<Saved> {
    const { base, edited, place } = saving;
    if (base === undefined) {
      return await this.settle(saving, await this.read(saving));
    }
    const body = updateBody(base.part, edited);
    return body === undefined ? { kind: 'nothing' } : await this.sendOn(saving, body, groundOf(base, place));
  }

  private async sendOn(saving: Saving, body: JsonObject, ground: Ground): Promise<Saved> {
    const { connection, place } = saving;
    const client = this.shell.clients.for(connection);
    const isLocked = ground.version !== undefined;
    if (!isLocked) {
      // Without a version to lock by, a look just before is the next best.
      const now = await this.read(saving);
      if (!isDeepStrictEqual(editablePart(place.kind, now.raw), ground.server)) {
        return await this.settle(saving, now);
      }
    }
    try {
      const locked = ground.version === undefined ? body : { ...body, version: ground.version };
      const object = await operationsOf[place.kind].update(client, place.id, locked);
      return { kind: 'sent', object, sent: new Set(Object.keys(body)) };
    } catch (error) {
      if (!isLocked || !ApiError.is(error, 'conflict')) {
        throw error;
      }
      const now = await this.read(saving);
      if (isDeepStrictEqual(field(now.raw, 'version'), ground.version)) {
        throw error; // the server minds something else
      }
      return await this.settle(saving, now);
    }
  }

  private async settle(saving: Saving, theirs: ServerObject): Promise<Saved> {
    const { base, edited, place, connection } = saving;
    const ground = { server: editablePart(place.kind, theirs.raw), version: versionOf(theirs) };
    switch (await askConflict(this.shell, connection, theirs.name)) {
      case 'compare':
        await this.compare(saving, theirs);
        return { kind: 'later' };
      case 'overwrite': {
        const body = updateBody(base?.part ?? ground.server, edited);
        return body === undefined
          ? { kind: 'theirs', object: theirs }
          : await this.sendOn(saving, body, ground);
      }
      case 'theirs': {
        const mine = await vscode.workspace.openTextDocument({ language: 'json', content: saving.text });
        await vscode.window.showTextDocument(mine, {
          preview: false,
          preserveFocus: true,
          viewColumn: vscode.ViewColumn.Beside,
        });
        return { kind: 'theirs', object: theirs };
      }
      case undefined:
        return { kind: 'later' };
    }
  }

  private async compare({ uri, place, edited }: Saving, theirs: ServerObject): Promise<void> {
    const { l10n } = this.shell;
    const part = inOrderOf(editablePart(place.kind, theirs.raw), edited);
    const left = this.compared.hold('theirs.json', documentText(part));
    const title = l10n.t('{name}: theirs ↔ yours', { name: visible(theirs.name, 60) });
    await vscode.commands.executeCommand('vscode.diff', left, uri, title, { preview: false });
  }

  private async read({ connection, place }: Saving): Promise<ServerObject> {
    return await operationsOf[place.kind].read(this.shell.clients.for(connection), place.id);
  }
}

function groundOf(base: Base, { kind }: DocumentPlace): Ground {
  return kind === 'agent' ? base : { server: base.server, version: undefined };
}

export function versionOf(object: ServerObject): Base['version'] {
  return field(object.raw, 'version');
}
