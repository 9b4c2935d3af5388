import { asObject, field, type JsonObject } from '../../util/json.ts';
import type { AgentSnapshot } from '../records.ts';
import { Checker } from '../validation.ts';
import { readTools } from './tools.ts';

/** What a request may set on an agent. Absent means: keep, or the default on create. */
export type AgentFields = Partial<Omit<AgentSnapshot, 'id' | 'version' | 'createdAt' | 'updatedAt'>>;

const efforts = ['low', 'medium', 'high', 'xhigh', 'max'] as const;
const limits = { name: 256, description: 2_048, system: 100_000, mcpServers: 20, skills: 20 } as const;

/** @throws SandboxError of kind `validation`. */
export function readAgentCreate(body: JsonObject): AgentFields & Pick<AgentSnapshot, 'name' | 'model'> {
  const checker = new Checker();
  checker.required(body, 'name');
  checker.required(body, 'model');
  const fields = readFields(body, checker, {});
  checker.finish();
  return { ...fields, name: fields.name ?? '', model: fields.model ?? {} };
}

/** @throws SandboxError of kind `validation`. */
export function readAgentUpdate(
  body: JsonObject,
  current: AgentSnapshot,
): { fields: AgentFields; version: number | undefined } {
  const checker = new Checker();
  const fields = readFields(body, checker, current.metadata);
  const version = field(body, 'version');
  if (version !== undefined && typeof version !== 'number') {
    checker.fail(['body', 'version'], 'value is not a valid integer', 'type_error.integer');
  }
  checker.finish();
  return { fields, version: typeof version === 'number' ? version : undefined };
}

/** The fields that a session may override for itself. */
export function readAgentOverrides(body: JsonObject, checker: Checker): AgentFields {
  const { model, system, tools, mcpServers, skills } = readFields(body, checker, {});
  return given({ model, system, tools, mcpServers, skills });
}

function readFields(
  body: JsonObject,
  checker: Checker,
  metadata: Readonly<Record<string, string>>,
): AgentFields {
  return given({
    name: checker.text(body, 'name', { min: 1, max: limits.name }),
    model: readModel(body, checker),
    description: checker.nullableText(body, 'description', { max: limits.description }),
    system: checker.nullableText(body, 'system', { max: limits.system }),
    tools: readTools(body, checker),
    mcpServers: checker.objects(body, 'mcp_servers', { max: limits.mcpServers }),
    skills: checker.objects(body, 'skills', { max: limits.skills }),
    metadata: checker.metadata(body, metadata),
    multiagent: field(body, 'multiagent') === null ? null : asObject(field(body, 'multiagent')),
    executionIdentity: asObject(field(body, 'execution_identity')),
  });
}

function readModel(body: JsonObject, checker: Checker): JsonObject | undefined {
  const value = field(body, 'model');
  if (value === undefined) {
    return undefined;
  }
  if (typeof value === 'string') {
    checker.text(body, 'model', { min: 1, max: 256 });
    return { id: value };
  }
  const object = asObject(value);
  if (object === undefined) {
    checker.fail(['body', 'model'], 'str or dict type expected', 'type_error.str');
    return undefined;
  }
  const at = ['body', 'model'];
  const id = checker.text(object, 'id', { required: true, min: 1, max: 256, at });
  const effort = field(object, 'effort');
  const level = typeof effort === 'string' ? object : asObject(effort);
  const name = typeof effort === 'string' ? 'effort' : 'type';
  const type = level === undefined ? undefined : checker.oneOf(level, name, efforts, { at });
  const speed = checker.oneOf(object, 'speed', ['standard', 'fast'], { at });
  return {
    id: id ?? '',
    ...(type === undefined ? {} : { effort: { type } }),
    ...(speed === undefined ? {} : { speed }),
  };
}

/** The entries that have a value. */
function given<T extends object>(entries: T): { [Key in keyof T]?: Exclude<T[Key], undefined> } {
  const kept = Object.entries(entries).filter(([, value]) => value !== undefined);
  return Object.fromEntries(kept) as { [Key in keyof T]?: Exclude<T[Key], undefined> };
}
