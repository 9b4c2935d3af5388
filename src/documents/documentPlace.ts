import { visible } from '../text/visible.ts';
import type { DocumentKind } from './editable.ts';

/** Which object of which connection a document is. */
export interface DocumentPlace {
  readonly connectionId: string;
  readonly kind: DocumentKind;
  readonly id: string;
}

const folders: Readonly<Record<DocumentKind, string>> = { agent: 'agents', environment: 'environments' };

/** The ending of the name says what a file holds, and chooses its JSON schema. */
const endings: Readonly<Record<DocumentKind, string>> = {
  agent: '.agent.json',
  environment: '.environment.json',
};

/**
 * The path of a document: `/connection/agents/name (id).agent.json`. The connection is a segment and not the
 * authority, which the editor compares without regard to case. The name is for people, the id counts.
 */
export function documentPath(place: DocumentPlace, name: string): string {
  const file = `${harmlessName(name)} (${escape(place.id)})${endings[place.kind]}`;
  return `/${escape(place.connectionId)}/${folders[place.kind]}/${file}`;
}

/** Which object a path names; undefined where it is no path of a document. */
export function readDocumentPath(path: string): DocumentPlace | undefined {
  const found = /^\/([^/]+)\/(agents|environments)\/[^/]* \(([^/()]+)\)(\.agent|\.environment)\.json$/.exec(
    path,
  );
  const [, connection, folder, id, ending] = found ?? [];
  const kind = ending === '.agent' ? 'agent' : 'environment';
  if (connection === undefined || id === undefined || folder !== folders[kind]) {
    return undefined;
  }
  const connectionId = unescape(connection);
  const plainId = unescape(id);
  return connectionId === undefined || plainId === undefined
    ? undefined
    : { connectionId, kind, id: plainId };
}

/** What a file of the workspace holds, by its name. */
export function kindOfFile(path: string): DocumentKind | undefined {
  if (path.endsWith(endings.agent)) {
    return 'agent';
  }
  return path.endsWith(endings.environment) ? 'environment' : undefined;
}

/** A name for a file in the workspace. */
export function fileName(kind: DocumentKind, name: string): string {
  return `${harmlessName(name)}${endings[kind]}`;
}

/** A server's text as part of a file name: no separators, nothing that a system reserves, nothing invisible. */
function harmlessName(name: string): string {
  const plain = visible(name, 60)
    .replace(/[\\/:*?"<>|%#()]+/g, '-')
    .replace(/^[.\s-]+|[.\s-]+$/g, '');
  return plain === '' ? 'unnamed' : plain;
}

/** Also round brackets, which end the id in the name of a file. */
function escape(text: string): string {
  return encodeURIComponent(text).replace(
    /[()*.]/g,
    (character) => `%${character.charCodeAt(0).toString(16).toUpperCase()}`,
  );
}

function unescape(text: string): string | undefined {
  try {
    return decodeURIComponent(text);
  } catch {
    return undefined;
  }
}
