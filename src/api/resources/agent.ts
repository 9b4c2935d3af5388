import { asObject, asText, field, type JsonObject } from '../../util/json.ts';
import { parseTime } from './time.ts';

/** An agent, from either dialect. Everything but the id may be missing; `raw` is what the server sent. */
export interface Agent {
  readonly id: string;
  /** The name, or the id where the server gave none. */
  readonly name: string;
  readonly description: string | undefined;
  /** The model's id; the wire has it as a string or as an object. */
  readonly model: string | undefined;
  readonly version: string | undefined;
  /** Names of the tools and toolsets, for a summary. */
  readonly tools: readonly string[];
  readonly createdAt: number | undefined;
  readonly updatedAt: number | undefined;
  readonly archivedAt: number | undefined;
  readonly raw: JsonObject;
}

/** Decodes an agent; undefined where there is no id to know it by. */
export function decodeAgent(value: unknown): Agent | undefined {
  const raw = asObject(value);
  const id = asText(field(raw, 'id'));
  if (raw === undefined || id === undefined) {
    return undefined;
  }
  return {
    id,
    name: asText(field(raw, 'name')) ?? id,
    description: asText(field(raw, 'description')),
    model: decodeModel(field(raw, 'model')),
    version: decodeVersion(field(raw, 'version')),
    tools: toolNames(field(raw, 'tools')),
    createdAt: parseTime(field(raw, 'created_at')),
    updatedAt: parseTime(field(raw, 'updated_at')),
    archivedAt: parseTime(field(raw, 'archived_at')),
    raw,
  };
}

/** The model's id from either form of the wire: a bare string or `{id}`. */
export function decodeModel(value: unknown): string | undefined {
  return asText(value) ?? asText(field(asObject(value), 'id'));
}

/** A version as text: servers send an integer or a string. */
export function decodeVersion(value: unknown): string | undefined {
  return typeof value === 'number' ? String(value) : asText(value);
}

function toolNames(value: unknown): readonly string[] {
  if (!Array.isArray(value)) {
    return [];
  }
  return value.flatMap((tool: unknown) => {
    const object = asObject(tool);
    const name =
      asText(field(object, 'name')) ??
      asText(field(object, 'mcp_server_name')) ??
      asText(field(object, 'type'));
    return name === undefined ? [] : [name];
  });
}
