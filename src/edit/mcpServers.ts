import type { L10n } from '../l10n.ts';
import { asArray, asText, field, isJsonObject, type JsonObject } from '../util/json.ts';
import { limits } from './limits.ts';
import { readTools } from './tools.ts';

/** The MCP servers of an agent as the server sent them. */
export function readServers(agent: JsonObject): readonly JsonObject[] {
  return asArray(field(agent, 'mcp_servers')).filter(isJsonObject);
}

/** Adds an MCP server. A server that no toolset names is refused, so its tools are added too, asking first. */
export function withServer(agent: JsonObject, name: string, url: string): JsonObject {
  return {
    ...agent,
    mcp_servers: [...readServers(agent), { type: 'url', name, url }],
    tools: [...readTools(agent), { type: 'mcp_toolset', mcp_server_name: name }],
  };
}

/** Takes an MCP server away, and its tools with it. */
export function withoutServer(agent: JsonObject, name: string): JsonObject {
  return {
    ...agent,
    mcp_servers: readServers(agent).filter((server) => field(server, 'name') !== name),
    tools: readTools(agent).filter((tool) => field(tool, 'mcp_server_name') !== name),
  };
}

/** What is wrong with the name of a new server, if anything. */
export function serverNameProblem(name: string, agent: JsonObject, l10n: L10n): string | undefined {
  if (name === '') {
    return l10n.t('A name is needed.');
  }
  if (readServers(agent).some((server) => asText(field(server, 'name')) === name)) {
    return l10n.t('There is a server of this name already.');
  }
  return undefined;
}

/** What is wrong with the address of a server, if anything. */
export function serverUrlProblem(text: string, l10n: L10n): string | undefined {
  const url = URL.canParse(text) ? new URL(text) : undefined;
  if (url?.protocol !== 'https:') {
    return l10n.t('The address must begin with https://.');
  }
  return url.username === '' && url.password === ''
    ? undefined
    : l10n.t('The address must not hold a user name or a password: credentials belong in a vault.');
}

export function mayAddServer(agent: JsonObject): boolean {
  return readServers(agent).length < limits.mcpServers;
}
