import type { L10n } from '../l10n.ts';
import { asArray, asObject, field, type JsonObject } from '../util/json.ts';

/** Package managers of a cloud environment (API reference, environments). */
export const packageManagers = ['apt', 'cargo', 'gem', 'go', 'npm', 'pip'] as const;

/** What sessions in an environment may reach. */
export interface Networking {
  readonly kind: 'unrestricted' | 'limited';
  readonly hosts: readonly string[];
  readonly mcpServers: boolean;
  readonly packageManagers: boolean;
}

/** The networking of an environment; unrestricted where the server says nothing. */
export function readNetworking(environment: JsonObject): Networking {
  const networking = asObject(field(asObject(field(environment, 'config')), 'networking'));
  return {
    kind: field(networking, 'type') === 'limited' ? 'limited' : 'unrestricted',
    hosts: texts(field(networking, 'allowed_hosts')),
    mcpServers: field(networking, 'allow_mcp_servers') === true,
    packageManagers: field(networking, 'allow_package_managers') === true,
  };
}

export function withNetworking(environment: JsonObject, networking: Networking): JsonObject {
  const { kind, hosts, mcpServers, packageManagers: managers } = networking;
  const limited = {
    type: 'limited',
    allowed_hosts: [...hosts],
    allow_mcp_servers: mcpServers,
    allow_package_managers: managers,
  };
  return withConfig(environment, {
    networking: kind === 'limited' ? limited : { type: 'unrestricted' },
  });
}

/** The packages that are installed by one manager. */
export function readPackages(environment: JsonObject, manager: string): readonly string[] {
  const packages = asObject(field(asObject(field(environment, 'config')), 'packages'));
  return texts(field(packages, manager));
}

export function withPackages(environment: JsonObject, manager: string, names: readonly string[]): JsonObject {
  const packages = asObject(field(asObject(field(environment, 'config')), 'packages'));
  return withConfig(environment, { packages: { ...packages, [manager]: [...names] } });
}

/** Whether the environment runs on the user's own machines, where neither networking nor packages are set. */
export function isSelfHosted(environment: JsonObject): boolean {
  return field(asObject(field(environment, 'config')), 'type') === 'self_hosted';
}

/** Names separated by commas or blanks. */
export function wordList(text: string): readonly string[] {
  return [...new Set(text.split(/[\s,]+/).filter((word) => word !== ''))];
}

/** What is wrong with a list of host names, if anything. */
export function hostsProblem(text: string, l10n: L10n): string | undefined {
  const wrong = wordList(text).find((host) => !/^[A-Za-z0-9*]([A-Za-z0-9.*:_-]*[A-Za-z0-9])?$/.test(host));
  return wrong === undefined
    ? undefined
    : l10n.t('“{host}” is not a host name: leave out “https://” and everything after the name.', {
        host: wrong.slice(0, 60),
      });
}

/** What the server has stays, also where this version does not know it. */
function withConfig(environment: JsonObject, change: JsonObject): JsonObject {
  return {
    ...environment,
    config: { type: 'cloud', ...asObject(field(environment, 'config')), ...change },
  };
}

function texts(value: unknown): readonly string[] {
  return asArray(value).filter((entry) => typeof entry === 'string');
}
