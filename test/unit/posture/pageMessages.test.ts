import assert from 'node:assert/strict';
import { pageMessage } from '../../../src/protocol/readPageMessage.ts';

/** A schema of valibot as far as it can be looked into. */
interface Schema {
  readonly type: string;
  readonly pipe?: readonly Requirement[];
  readonly entries?: Readonly<Record<string, Schema>>;
  readonly options?: readonly unknown[];
  readonly item?: Schema;
  readonly wrapped?: Schema;
}
interface Requirement {
  readonly type: string;
  readonly requirement?: unknown;
}

/** Everything in a schema that a page could send without a bound. */
function openings(schema: Schema, place: string): readonly string[] {
  const bounds = new Map(schema.pipe?.map(({ type, requirement }) => [type, requirement]));
  const bounded = (...names: readonly string[]) =>
    names.every((name) => Number.isFinite(bounds.get(name))) ? [] : [`${place}: ${schema.type}`];
  switch (schema.type) {
    case 'literal':
    case 'picklist':
    case 'boolean':
      return [];
    case 'string':
      return bounded('max_length');
    case 'number':
      return [
        ...bounded('min_value', 'max_value'),
        ...(bounds.has('integer') || bounds.has('finite') ? [] : [`${place}: any number`]),
      ];
    case 'array':
      return [...bounded('max_length'), ...within(schema.item, `${place}[]`)];
    case 'nullable':
    case 'exact_optional':
      return within(schema.wrapped, place);
    case 'variant':
      return (schema.options ?? []).flatMap((each) => openings(each as Schema, place));
    case 'strict_object':
      return Object.entries(schema.entries ?? {}).flatMap(([name, each]) =>
        openings(each, `${place}.${name}`),
      );
    default:
      return [`${place}: ${schema.type}`];
  }
}

function within(schema: Schema | undefined, place: string): readonly string[] {
  return schema === undefined ? [`${place}: unknown`] : openings(schema, place);
}

const messages = (pageMessage as unknown as Schema).options as readonly Schema[];

function typeOf({ entries }: Schema): string {
  const literal = entries?.['type'] as { readonly literal?: unknown } | undefined;
  return String(literal?.literal);
}

describe('what a page can say', () => {
  it('is closed, and bounded in every field', () => {
    assert.ok(messages.length > 30);
    assert.deepEqual(
      messages.flatMap((message) => openings(message, typeOf(message))),
      [],
    );
  });

  it('names no command, address, path, setting or key but what a person is asked about', () => {
    const telling = messages.flatMap((message) =>
      Object.keys(message.entries ?? {})
        .filter((name) => /command|url|uri|href|path|file|setting|secret|apiKey|token|header|env/i.test(name))
        .map((name) => `${typeOf(message)}.${name}`),
    );
    assert.deepEqual(telling.sort(), ['dropUris.uris', 'openLink.url']);
  });

  it('would be found open if it were', () => {
    const text: Schema = { type: 'string', pipe: [{ type: 'string' }] };
    const number: Schema = { type: 'number', pipe: [{ type: 'integer' }] };
    const any: Schema = {
      type: 'number',
      pipe: [
        { type: 'min_value', requirement: 0 },
        { type: 'max_value', requirement: 1 },
      ],
    };
    assert.deepEqual(openings({ type: 'strict_object', entries: { text, number } }, 'x'), [
      'x.text: string',
      'x.number: number',
    ]);
    assert.deepEqual(openings({ type: 'strict_object', entries: { any } }, 'x'), ['x.any: any number']);
    assert.deepEqual(openings({ type: 'object', entries: {} }, 'x'), ['x: object']);
    assert.deepEqual(openings({ type: 'array', item: text }, 'x'), ['x: array', 'x[]: string']);
    assert.deepEqual(openings({ type: 'any' }, 'x'), ['x: any']);
  });
});
