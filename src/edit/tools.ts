import type { L10n } from '../l10n.ts';
import { asArray, asObject, asText, field, isJsonObject, type JsonObject } from '../util/json.ts';
import { limits } from './limits.ts';

const TOOLSET = 'agent_toolset_20260401';

/** The tools of the built-in toolset (API reference, tools). */
export const builtInTools = [
  'bash',
  'edit',
  'read',
  'write',
  'glob',
  'grep',
  'web_fetch',
  'web_search',
] as const;

/** How a tool may be used. `other` is a policy that this version does not know, and is left as it is. */
export type ToolMode = 'allow' | 'ask' | 'off' | 'other';

/** The tools of an agent as the server sent them; entries that are no objects are left out. */
export function readTools(agent: JsonObject): readonly JsonObject[] {
  return asArray(field(agent, 'tools')).filter(isJsonObject);
}

/** How the built-in tools may be used as a whole. */
export function toolsetMode(tools: readonly JsonObject[]): ToolMode {
  const set = tools.find((tool) => tool['type'] === TOOLSET);
  return set === undefined ? 'off' : modeOf(asObject(field(set, 'default_config')), 'allow');
}

/** How one built-in tool may be used; undefined where it does as the others do. */
export function toolMode(tools: readonly JsonObject[], name: string): ToolMode | undefined {
  const set = tools.find((tool) => tool['type'] === TOOLSET);
  const own = configsOf(set).find((config) => field(config, 'name') === name);
  return own === undefined ? undefined : modeOf(own, toolsetMode(tools));
}

/** Sets how the built-in tools may be used as a whole. What is set for single ones, and unknown fields, stay. */
export function withToolset(
  tools: readonly JsonObject[],
  mode: Exclude<ToolMode, 'other'>,
): readonly JsonObject[] {
  const set = tools.find((tool) => tool['type'] === TOOLSET);
  if (mode === 'off') {
    return tools.filter((tool) => tool !== set);
  }
  const changed = {
    ...(set ?? { type: TOOLSET }),
    default_config: withMode(asObject(field(set, 'default_config')) ?? {}, mode),
  };
  return set === undefined ? [changed, ...tools] : tools.map((tool) => (tool === set ? changed : tool));
}

/** Sets how one built-in tool may be used; undefined: as the others. Changes nothing while there is no toolset. */
export function withToolMode(
  tools: readonly JsonObject[],
  name: string,
  mode: Exclude<ToolMode, 'other'> | undefined,
): readonly JsonObject[] {
  return tools.map((tool) => {
    if (tool['type'] !== TOOLSET) {
      return tool;
    }
    const configs = configsOf(tool);
    const own = configs.find((config) => field(config, 'name') === name);
    const others = configs.filter((config) => config !== own);
    return {
      ...tool,
      configs: mode === undefined ? [...others] : [...others, withMode(own ?? { name }, mode)],
    };
  });
}

/** Tools that the user's own program answers. */
export function customTools(tools: readonly JsonObject[]): readonly JsonObject[] {
  return tools.filter((tool) => tool['type'] === 'custom');
}

export function withCustomTools(
  tools: readonly JsonObject[],
  custom: readonly JsonObject[],
): readonly JsonObject[] {
  return [...tools.filter((tool) => tool['type'] !== 'custom'), ...custom];
}

/** Reads custom tools from JSON that was written by hand: the tools, or what is wrong. */
export function parseCustomTools(text: string, l10n: L10n): readonly JsonObject[] | string {
  let value: unknown;
  try {
    value = JSON.parse(text);
  } catch {
    return l10n.t('This is not JSON.');
  }
  if (!Array.isArray(value)) {
    return l10n.t('A list of tools is needed, in square brackets; an empty one for none.');
  }
  if (value.length > limits.tools) {
    return l10n.t('An agent has at most {limit} tools.', { limit: limits.tools });
  }
  const tools: JsonObject[] = [];
  for (const [index, entry] of value.entries()) {
    const tool = asObject(entry);
    const name = asText(field(tool, 'name'));
    const number = index + 1;
    if (tool === undefined || name === undefined) {
      return l10n.t('Tool {number} needs a name.', { number });
    }
    if (name.length > 128) {
      return l10n.t('The name of tool {number} has more than 128 characters.', { number });
    }
    if (
      typeof field(tool, 'description') !== 'string' ||
      asObject(field(tool, 'input_schema')) === undefined
    ) {
      return l10n.t('Tool {number} needs a description and an input_schema.', { number });
    }
    tools.push({ ...tool, type: 'custom' });
  }
  return tools;
}

function configsOf(set: JsonObject | undefined): readonly JsonObject[] {
  return asArray(field(set, 'configs')).filter(isJsonObject);
}

function modeOf(config: JsonObject | undefined, fallback: ToolMode): ToolMode {
  if (field(config, 'enabled') === false) {
    return 'off';
  }
  switch (field(asObject(field(config, 'permission_policy')), 'type')) {
    case 'always_allow':
      return 'allow';
    case 'always_ask':
      return 'ask';
    case undefined:
      return fallback;
    default:
      return 'other';
  }
}

function withMode(config: JsonObject, mode: 'allow' | 'ask' | 'off'): JsonObject {
  return mode === 'off'
    ? { ...config, enabled: false }
    : {
        ...config,
        enabled: true,
        permission_policy: { type: mode === 'ask' ? 'always_ask' : 'always_allow' },
      };
}
