import type { Connection } from '../api/connection.ts';
import type { Presence } from '../contract/contractReport.ts';
import type { L10n } from '../l10n.ts';
import { asArray, asObject, asText, field, isJsonObject, type JsonObject } from '../util/json.ts';

/** What may be given to a session when it is created, beside agent, environment and title. */
export type SessionExtra = 'message' | 'metadata' | 'repository' | 'files' | 'vaults' | 'budget';

/** Whether a server takes something: known to, known not to, or to be tried. */
export type Taken = 'yes' | 'maybe' | 'no';

/** Asks what a server offers, by method and path as the contract names them. */
export type PresenceOf = (operation: string) => Presence;

/**
 * What a server takes at creation. A message and metadata are in Synth's documents as well; the others are
 * Anthropic's, and go by whether the operations that belong to them are there.
 */
export function takenExtra(extra: SessionExtra, connection: Connection, of: PresenceOf): Taken {
  switch (extra) {
    case 'message':
    case 'metadata':
      return 'yes';
    case 'vaults':
      return taken(of('GET /vaults'), 'maybe');
    case 'repository':
    case 'files':
    case 'budget':
      return taken(
        of('GET /sessions/{session_id}/resources'),
        isAnthropicShaped(connection) ? 'yes' : 'maybe',
      );
  }
}

/** Whether the path of a connection is that of Anthropic's own API, whose create body takes the first events. */
export function isAnthropicShaped({ prefix }: Pick<Connection, 'prefix'>): boolean {
  return prefix === '/v1';
}

function taken(presence: Presence, unknown: Taken): Taken {
  switch (presence) {
    case 'present':
      return 'yes';
    case 'absent':
      return 'no';
    case 'refused':
    case 'unknown':
      return unknown;
  }
}

/** One message of the user, as an event. */
export function messageEvent(text: string): JsonObject {
  return { type: 'user.message', content: [{ type: 'text', text }] };
}

/** The first message in a create body, as text. */
export function firstMessage(body: JsonObject): string {
  const event = asObject(asArray(field(body, 'initial_events'))[0]);
  return asText(field(asObject(asArray(field(event, 'content'))[0]), 'text')) ?? '';
}

export function withFirstMessage(body: JsonObject, text: string): JsonObject {
  return withField(body, 'initial_events', text === '' ? undefined : [messageEvent(text)]);
}

/** A repository that a session gets a working copy of. */
export interface Repository {
  readonly url: string;
  /** Empty for the default one. */
  readonly branch: string;
}

export function repositoryOf(body: JsonObject): Repository | undefined {
  const resource = resources(body).find(({ type }) => type === 'github_repository');
  const url = asText(field(resource, 'url'));
  const branch = asText(field(asObject(field(resource, 'checkout')), 'name')) ?? '';
  return url === undefined ? undefined : { url, branch };
}

export function withRepository(body: JsonObject, repository: Repository | undefined): JsonObject {
  const others = resources(body).filter(({ type }) => type !== 'github_repository');
  const added: JsonObject[] =
    repository === undefined
      ? []
      : [
          {
            type: 'github_repository',
            url: repository.url,
            ...(repository.branch !== '' && { checkout: { type: 'branch', name: repository.branch } }),
          },
        ];
  return withResources(body, [...added, ...others]);
}

/** What is wrong with the address of a repository, if anything. */
export function repositoryProblem(text: string, l10n: L10n): string | undefined {
  return text === '' || /^https:\/\/github\.com\/[\w.-]+\/[\w.-]+\/?$/.test(text)
    ? undefined
    : l10n.t('An address such as https://github.com/owner/name is needed.');
}

export function filesOf(body: JsonObject): readonly string[] {
  return resources(body).flatMap((resource) => {
    const id = resource['type'] === 'file' ? asText(field(resource, 'file_id')) : undefined;
    return id === undefined ? [] : [id];
  });
}

export function withFiles(body: JsonObject, ids: readonly string[]): JsonObject {
  const others = resources(body).filter(({ type }) => type !== 'file');
  return withResources(body, [...others, ...ids.map((id): JsonObject => ({ type: 'file', file_id: id }))]);
}

/** Sets a field, or takes it out where it would be empty: what is not asked for is not sent. */
export function withField(body: JsonObject, name: string, value: JsonObject[string] | undefined): JsonObject {
  const others = Object.fromEntries(Object.entries(body).filter(([key]) => key !== name));
  return value === undefined ? others : { ...others, [name]: value };
}

function resources(body: JsonObject): readonly JsonObject[] {
  return asArray(field(body, 'resources')).filter(isJsonObject);
}

function withResources(body: JsonObject, all: readonly JsonObject[]): JsonObject {
  return withField(body, 'resources', all.length === 0 ? undefined : [...all]);
}
