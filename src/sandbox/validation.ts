import { asObject, field, type JsonObject, type JsonValue } from '../util/json.ts';
import { type Issue, SandboxError } from './errors.ts';

type Location = readonly (string | number)[];

const metadataLimits = { pairs: 16, key: 64, value: 512 } as const;

/**
 * Reads fields of a body or a query and collects every complaint, so that one answer names them all.
 * Call {@link Checker.finish} before using what was read.
 */
export class Checker {
  private readonly issues: Issue[] = [];

  fail(loc: Location, msg: string, type: string): void {
    this.issues.push({ loc, msg, type });
  }

  /** @throws SandboxError of kind `validation` when anything was wrong. */
  finish(): void {
    const first = this.issues[0];
    if (first === undefined) {
      return;
    }
    const message = this.issues.map((issue) => `${issue.loc.slice(1).join('.')}: ${issue.msg}`).join('; ');
    throw new SandboxError('validation', message, { issues: this.issues });
  }

  required(body: JsonObject, name: string, at: Location = ['body']): JsonValue | undefined {
    const value = field(body, name);
    if (value === undefined) {
      this.fail([...at, name], 'field required', 'value_error.missing');
    }
    return value;
  }

  /** A string of the body within its limits; undefined where it is missing or wrong. */
  text(
    body: JsonObject,
    name: string,
    rules: { required?: boolean; min?: number; max?: number; at?: Location } = {},
  ): string | undefined {
    const at = rules.at ?? ['body'];
    const value = rules.required === true ? this.required(body, name, at) : field(body, name);
    if (value === undefined) {
      return undefined;
    }
    if (typeof value !== 'string') {
      this.fail([...at, name], 'str type expected', 'type_error.str');
      return undefined;
    }
    if (value.length < (rules.min ?? 0)) {
      const least = String(rules.min);
      this.fail(
        [...at, name],
        `ensure this value has at least ${least} characters`,
        'value_error.any_str.min_length',
      );
    }
    if (rules.max !== undefined && value.length > rules.max) {
      const most = String(rules.max);
      this.fail(
        [...at, name],
        `ensure this value has at most ${most} characters`,
        'value_error.any_str.max_length',
      );
    }
    return value;
  }

  /** A string or null; undefined where the field is missing or wrong. */
  nullableText(
    body: JsonObject,
    name: string,
    rules: { max?: number; at?: Location } = {},
  ): string | null | undefined {
    return field(body, name) === null ? null : this.text(body, name, rules);
  }

  /** One of a closed set of strings. */
  oneOf<T extends string>(
    body: JsonObject,
    name: string,
    allowed: readonly T[],
    rules: { required?: boolean; at?: Location } = {},
  ): T | undefined {
    const value = this.text(body, name, rules);
    if (value === undefined) {
      return undefined;
    }
    const found = allowed.find((candidate) => candidate === value);
    if (found === undefined) {
      this.fail(
        [...(rules.at ?? ['body']), name],
        `unexpected value; permitted: ${allowed.map((candidate) => `'${candidate}'`).join(', ')}`,
        'value_error.const',
      );
    }
    return found;
  }

  /** A list of objects; undefined where the field is missing; null counts as empty. */
  objects(
    body: JsonObject,
    name: string,
    rules: { max?: number; at?: Location } = {},
  ): JsonObject[] | undefined {
    const at = [...(rules.at ?? ['body']), name];
    const value = field(body, name);
    if (value === undefined) {
      return undefined;
    }
    if (value === null) {
      return [];
    }
    if (!Array.isArray(value)) {
      this.fail(at, 'value is not a valid list', 'type_error.list');
      return undefined;
    }
    if (rules.max !== undefined && value.length > rules.max) {
      this.fail(at, `ensure this value has at most ${String(rules.max)} items`, 'value_error.list.max_items');
    }
    return value.flatMap((item, index) => {
      const object = asObject(item);
      if (object === undefined) {
        this.fail([...at, index], 'value is not a valid dict', 'type_error.dict');
      }
      return object === undefined ? [] : [object];
    });
  }

  /**
   * Metadata of a create body, or of an update body merged into what is there: a null deletes its key.
   * Undefined where the field is missing or wrong.
   */
  metadata(
    body: JsonObject,
    current: Readonly<Record<string, string>> = {},
  ): Readonly<Record<string, string>> | undefined {
    const value = field(body, 'metadata');
    if (value === undefined || value === null) {
      return undefined;
    }
    const at = ['body', 'metadata'];
    const object = asObject(value);
    if (object === undefined) {
      this.fail(at, 'value is not a valid dict', 'type_error.dict');
      return undefined;
    }
    const merged = new Map(Object.entries(current));
    for (const [key, entry] of Object.entries(object)) {
      if (entry === null) {
        merged.delete(key);
        continue;
      }
      if (key.length > metadataLimits.key) {
        this.fail(
          [...at, key.slice(0, 64)],
          'metadata keys have at most 64 characters',
          'value_error.metadata',
        );
      }
      if (typeof entry !== 'string') {
        this.fail([...at, key.slice(0, 64)], 'str type expected', 'type_error.str');
        continue;
      }
      if (entry.length > metadataLimits.value) {
        this.fail(
          [...at, key.slice(0, 64)],
          'metadata values have at most 512 characters',
          'value_error.metadata',
        );
      }
      merged.set(key, entry);
    }
    if (merged.size > metadataLimits.pairs) {
      this.fail(at, 'metadata has at most 16 pairs', 'value_error.metadata');
    }
    return Object.fromEntries(merged);
  }
}
