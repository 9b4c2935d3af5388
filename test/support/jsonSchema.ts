import { isDeepStrictEqual } from 'node:util';
import { asArray, asObject, asText, field, type JsonObject, type JsonValue } from '../../src/util/json.ts';

/**
 * Checks a value against the part of JSON Schema draft 7 that our own schemas use. Answers the paths of what is
 * wrong, each with the keyword. An unknown keyword throws, so that none of a schema is passed over in silence.
 */
export function schemaFaults(root: JsonObject, value: JsonValue): readonly string[] {
  return faultsOf(root, root, value, '');
}

const withoutMeaning = new Set([
  '$schema',
  'title',
  'description',
  'definitions',
  'examples',
  'defaultSnippets',
  'enumDescriptions',
  'patternErrorMessage',
  'then',
]);

function faultsOf(root: JsonObject, schema: JsonObject, value: JsonValue, path: string): readonly string[] {
  return Object.entries(schema).flatMap(([keyword, rule]) => {
    const fault = (isWrong: boolean): readonly string[] => (isWrong ? [`${path}: ${keyword}`] : []);
    const inner = (part: JsonValue | undefined, item: JsonValue, at: string) =>
      faultsOf(root, asObject(part) ?? {}, item, at);
    const object = asObject(value);
    const list = Array.isArray(value) ? value : undefined;
    const text = typeof value === 'string' ? value : undefined;
    switch (keyword) {
      case '$ref':
        return inner(definition(root, asText(rule) ?? ''), value, path);
      case 'type':
        return fault(![rule].flat().some((type) => isOfType(value, asText(type) ?? '')));
      case 'enum':
        return fault(!asArray(rule).some((item) => isDeepStrictEqual(item, value)));
      case 'const':
        return fault(!isDeepStrictEqual(rule, value));
      case 'minLength':
        return fault(text !== undefined && text.length < Number(rule));
      case 'maxLength':
        return fault(text !== undefined && text.length > Number(rule));
      case 'pattern':
        return fault(typeof value === 'string' && !new RegExp(asText(rule) ?? '', 'u').test(value));
      case 'minimum':
        return fault(typeof value === 'number' && value < Number(rule));
      case 'minItems':
        return fault(list !== undefined && list.length < Number(rule));
      case 'maxItems':
        return fault(list !== undefined && list.length > Number(rule));
      case 'maxProperties':
        return fault(object !== undefined && Object.keys(object).length > Number(rule));
      case 'required':
        return fault(
          object !== undefined && asArray(rule).some((name) => !Object.hasOwn(object, asText(name) ?? '')),
        );
      case 'items':
        return (list ?? []).flatMap((item, index) => inner(rule, item, `${path}/${index}`));
      case 'propertyNames':
        return Object.keys(object ?? {}).flatMap((name) => inner(rule, name, `${path}/${name}`));
      case 'properties':
        return Object.entries(asObject(rule) ?? {}).flatMap(([name, part]) => {
          const item = field(object, name);
          return item === undefined ? [] : inner(part, item, `${path}/${name}`);
        });
      case 'additionalProperties': {
        const known = asObject(field(schema, 'properties')) ?? {};
        return Object.entries(object ?? {}).flatMap(([name, item]) =>
          Object.hasOwn(known, name) ? [] : inner(rule, item, `${path}/${name}`),
        );
      }
      case 'allOf':
        return asArray(rule).flatMap((part) => inner(part, value, path));
      case 'anyOf':
        return fault(asArray(rule).every((part) => inner(part, value, path).length > 0));
      case 'if':
        return inner(rule, value, path).length > 0 ? [] : inner(field(schema, 'then'), value, path);
      default:
        if (withoutMeaning.has(keyword)) {
          return [];
        }
        throw new TypeError(`The check does not know ${keyword}`);
    }
  });
}

function definition(root: JsonObject, reference: string): JsonValue | undefined {
  const name = /^#\/definitions\/(\w+)$/.exec(reference)?.[1] ?? '';
  const found = field(asObject(field(root, 'definitions')), name);
  if (found === undefined) {
    throw new TypeError(`There is no ${reference}`);
  }
  return found;
}

function isOfType(value: JsonValue, type: string): boolean {
  switch (type) {
    case 'null':
      return value === null;
    case 'array':
      return Array.isArray(value);
    case 'object':
      return asObject(value) !== undefined;
    case 'integer':
      return Number.isInteger(value);
    default:
      return typeof value === type;
  }
}
