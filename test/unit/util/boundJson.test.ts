import assert from 'node:assert/strict';
import { boundJson } from '../../../src/util/boundJson.ts';
import { between, seededRandom } from '../../support/random.ts';

const nested = (depth: number, inner: string) => `${'['.repeat(depth)}${inner}${']'.repeat(depth)}`;

/** The deepest nesting of a value. */
function depthOf(value: unknown): number {
  let depth = 0;
  for (let level: unknown[] = [value]; level.length > 0; depth++) {
    level = level.flatMap((each): unknown[] =>
      typeof each === 'object' && each !== null ? Object.values(each) : [],
    );
  }
  return depth;
}

describe('the bounds of JSON from a stranger', () => {
  it('give an ordinary text back as it is', () => {
    for (const text of [
      '',
      '1',
      '"a"',
      '{"a":[1,{"b":"]]]}}"}]}',
      '"\\\\"',
      '["\\"[[[",1]',
      'not JSON',
      '"open',
    ]) {
      assert.equal(boundJson(text), text);
    }
  });

  it('cut out what is nested deeper than 200 levels, and keep all around it', () => {
    const deepest = nested(200, '1');
    assert.equal(boundJson(deepest), deepest);
    const cut = boundJson(`{"a":${nested(1_000_000, '1')},"b":${nested(3, '"[["')}}`) ?? '';
    const value = JSON.parse(cut) as { readonly a: unknown; readonly b: unknown };
    assert.deepEqual(value.b, [[['[[']]]);
    assert.equal(depthOf(value), 201);
    assert.ok(cut.endsWith(`${']'.repeat(199)},"b":[[["[["]]]}`));
  });

  it('cut out each place that is too deep, and tell one from the other', () => {
    const cut = boundJson(nested(200, '["]"],{"a":2},3,[],["]"]')) ?? '';
    const marks = [...cut.matchAll(/"… ([\w-]{43})"/g)].map(([, digest]) => digest);
    assert.equal(marks.length, 4);
    assert.equal(new Set(marks).size, 3);
    assert.equal(marks[0], marks[3]);
    assert.equal(cut.replaceAll(/"… [\w-]{43}"/g, '*'), nested(200, '*,*,3,*,*'));
  });

  it('refuse more parts, or more such places, than anybody means to say', () => {
    const many = '[],'.repeat(2_100_000);
    assert.equal(boundJson(`[${many}1]`), undefined);
    assert.equal(boundJson(nested(200, `${'[],'.repeat(1_100)}1`)), undefined);
    // What is cut out is never made, and what stands in a string is no part.
    assert.match(boundJson(nested(200, `[${many}1]`)) ?? '', /^\[{200}"… [\w-]{43}"\]{200}$/);
    const long = `["${many}"]`;
    assert.equal(boundJson(long), long);
  });

  it('never change what is not deep, whatever stands in its strings', () => {
    const random = seededRandom(7);
    const pieces = ['"', '\\', '[', ']', '{', '}', ',', ':', 'a', '\\"', '\\\\', '"…"'];
    for (let round = 0; round < 2_000; round++) {
      const words = Array.from({ length: 12 }, () => pieces[between(random, 0, pieces.length)] ?? '');
      const text = JSON.stringify({ [words.slice(0, 3).join('')]: [words.join(''), words] });
      assert.equal(boundJson(text), text);
    }
  });
});
