import assert from 'node:assert/strict';
import { limits, nameProblem } from '../../../src/edit/limits.ts';
import {
  keyProblem,
  mayAddPair,
  metadataPatch,
  readMetadata,
  valueProblem,
} from '../../../src/edit/metadata.ts';
import { plainL10n } from '../../../src/l10n.ts';
import type { JsonObject } from '../../../src/util/json.ts';

describe('names and metadata', () => {
  it('take a name of 256 characters, refuse none at all and one of 257, and say the numbers', () => {
    assert.equal(nameProblem('n'.repeat(256), plainL10n), undefined);
    assert.match(nameProblem('', plainL10n) ?? '', /needed/);
    assert.match(nameProblem('n'.repeat(257), plainL10n) ?? '', /256.*257/);
  });

  it('name only what differs, and take away by null', () => {
    const before = readMetadata({ metadata: { team: 'a', left: 'b', gone: 'c' } });
    const after = new Map([
      ['team', 'other'],
      ['left', 'b'],
      ['new', ''],
    ]);
    assert.deepEqual(metadataPatch(before, after), { team: 'other', new: '', gone: null });
    assert.equal(metadataPatch(before, new Map(before)), undefined);
  });

  it('keep keys that are words of the language as what they are', () => {
    const raw = JSON.parse('{"metadata":{"__proto__":"x","constructor":"y"}}') as JsonObject;
    const before = readMetadata(raw);
    assert.deepEqual([...before.keys()], ['__proto__', 'constructor']);
    const patch = metadataPatch(before, new Map([['__proto__', 'z']]));
    assert.equal(JSON.stringify(patch), '{"__proto__":"z","constructor":null}');
  });

  it('show a value that is no text as JSON, and leave it alone unless it is changed', () => {
    const before = readMetadata({ metadata: { n: 7 } });
    assert.equal(before.get('n'), '7');
    assert.equal(metadataPatch(before, new Map(before)), undefined);
  });

  it('have their limits checked before anything is sent', () => {
    const full = new Map(Array.from({ length: limits.metadataPairs }, (_, index) => [`k${index}`, 'v']));
    assert.equal(mayAddPair(full), false);
    assert.equal(mayAddPair(new Map([...full].slice(1))), true);
    assert.equal(keyProblem('k'.repeat(64), full, plainL10n), undefined);
    assert.match(keyProblem('k'.repeat(65), full, plainL10n) ?? '', /64.*65/);
    assert.match(keyProblem('k0', full, plainL10n) ?? '', /already/);
    assert.match(keyProblem('', full, plainL10n) ?? '', /needed/);
    assert.equal(valueProblem('v'.repeat(512), plainL10n), undefined);
    assert.match(valueProblem('v'.repeat(513), plainL10n) ?? '', /512.*513/);
  });
});
