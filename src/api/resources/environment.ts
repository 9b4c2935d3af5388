import { asObject, asText, field, type JsonObject } from '../../util/json.ts';
import { parseTime } from './time.ts';

/** An environment, from either dialect. Everything but the id may be missing; `raw` is what the server sent. */
export interface Environment {
  readonly id: string;
  /** The name, or the id where the server gave none. */
  readonly name: string;
  readonly description: string | undefined;
  /** `cloud`, `self_hosted`, or whatever the server says. */
  readonly kind: string | undefined;
  /** `unrestricted`, `limited`, or whatever the server says. */
  readonly networking: string | undefined;
  readonly createdAt: number | undefined;
  readonly updatedAt: number | undefined;
  readonly archivedAt: number | undefined;
  readonly raw: JsonObject;
}

/** Decodes an environment; undefined where there is no id to know it by. */
export function decodeEnvironment(value: unknown): Environment | undefined {
  const raw = asObject(value);
  const id = asText(field(raw, 'id'));
  if (raw === undefined || id === undefined) {
    return undefined;
  }
  const config = asObject(field(raw, 'config'));
  return {
    id,
    name: asText(field(raw, 'name')) ?? id,
    description: asText(field(raw, 'description')),
    kind: asText(field(config, 'type')),
    networking: asText(field(asObject(field(config, 'networking')), 'type')),
    createdAt: parseTime(field(raw, 'created_at')),
    updatedAt: parseTime(field(raw, 'updated_at')),
    archivedAt: parseTime(field(raw, 'archived_at')),
    raw,
  };
}
