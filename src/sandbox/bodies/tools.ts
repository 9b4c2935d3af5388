import { asObject, field, type JsonObject } from '../../util/json.ts';
import type { AgentSnapshot } from '../records.ts';
import type { Checker } from '../validation.ts';

const toolTypes = ['agent_toolset_20260401', 'mcp_toolset', 'custom'] as const;
const builtInTools = ['bash', 'edit', 'read', 'write', 'glob', 'grep', 'web_fetch', 'web_search'] as const;
const policies = ['always_allow', 'always_ask', 'auto'] as const;

/** Checks `tools` of an agent and fills in the defaults, as the real service's answers do. */
export function readTools(body: JsonObject, checker: Checker): JsonObject[] | undefined {
  return checker.objects(body, 'tools', { max: 128 })?.map((tool, index) => {
    const at = ['body', 'tools', index];
    const type = checker.oneOf(tool, 'type', toolTypes, { required: true, at });
    switch (type) {
      case 'agent_toolset_20260401':
        return { type, ...toolset(tool, at, checker, 'always_allow', builtInTools) };
      case 'mcp_toolset': {
        const server = checker.text(tool, 'mcp_server_name', { required: true, min: 1, at });
        return { type, mcp_server_name: server ?? '', ...toolset(tool, at, checker, 'always_ask') };
      }
      case 'custom':
        checker.text(tool, 'name', { required: true, min: 1, max: 128, at });
        checker.text(tool, 'description', { required: true, at });
        checker.required(tool, 'input_schema', at);
        return tool;
      case undefined:
        return tool;
    }
  });
}

function toolset(
  tool: JsonObject,
  at: readonly (string | number)[],
  checker: Checker,
  standard: (typeof policies)[number],
  names?: readonly string[],
): JsonObject {
  const given = asObject(field(tool, 'default_config')) ?? {};
  const fallback = {
    enabled: field(given, 'enabled') !== false,
    permission_policy: readPolicy(given, [...at, 'default_config'], checker) ?? { type: standard },
  };
  const configs = checker.objects(tool, 'configs', { at })?.map((config, index) => {
    const here = [...at, 'configs', index];
    const name =
      names === undefined
        ? checker.text(config, 'name', { required: true, min: 1, at: here })
        : checker.oneOf(config, 'name', names, { required: true, at: here });
    return {
      ...config,
      ...(names === undefined ? {} : { type: name ?? '' }),
      name: name ?? '',
      enabled: field(config, 'enabled') === undefined ? fallback.enabled : field(config, 'enabled') !== false,
      permission_policy: readPolicy(config, here, checker) ?? fallback.permission_policy,
    };
  });
  return { default_config: fallback, configs: configs ?? [] };
}

function readPolicy(
  config: JsonObject,
  at: readonly (string | number)[],
  checker: Checker,
): JsonObject | undefined {
  const policy = asObject(field(config, 'permission_policy'));
  if (policy === undefined) {
    return undefined;
  }
  const type = checker.oneOf(policy, 'type', policies, {
    required: true,
    at: [...at, 'permission_policy'],
  });
  return { type: type ?? 'always_allow' };
}

/** Whether an agent's built-in tool waits for the user's approval.. */
export function needsApproval(agent: AgentSnapshot, name: string): boolean {
  const set = agent.tools.find((tool) => tool['type'] === 'agent_toolset_20260401');
  if (set === undefined) {
    return false;
  }
  const configs = Array.isArray(set['configs']) ? set['configs'] : [];
  const own = configs.map(asObject).find((config) => field(config, 'name') === name);
  const policy = asObject(field(own ?? asObject(set['default_config']), 'permission_policy'));
  return field(policy, 'type') === 'always_ask';
}
