import assert from 'node:assert/strict';
import { jsonDocument, jsonLines } from '../../../../src/transcript/export/exportJson.ts';
import {
  type ReadExport,
  readExport,
  type ReadFailure,
} from '../../../../src/transcript/export/readExport.ts';
import type { JsonObject } from '../../../../src/util/json.ts';
import { event } from '../../../support/storeEvents.ts';
import { head } from './exportSetup.ts';

const strange: readonly JsonObject[] = [
  { id: 'a', type: 'user.message', content: [{ type: 'text', text: 'line\nline\u2028 "],\n {' }] },
  { id: '__proto__', type: 'agent.telepathy', events: [{ type: 'inner' }] },
  { type: 'no.id', processed_at: null },
];

async function read(text: string | Uint8Array): Promise<ReadExport | ReadFailure> {
  return await readExport(typeof text === 'string' ? Buffer.from(text) : text, () => Promise.resolve());
}

async function good(text: string | Uint8Array): Promise<ReadExport> {
  const result = await read(text);
  assert.ok(!('failure' in result), JSON.stringify(result));
  return result;
}

const raws = ({ events }: ReadExport) => events.map(({ raw }) => raw);
const lines = () => [...jsonLines(head, strange.map(event))].join('');
const whole = () => [...jsonDocument(head, strange.map(event))].join('');

describe('an export that is opened again', () => {
  it('has what was exported, from JSON Lines and from JSON', async () => {
    for (const text of [lines(), whole(), lines().replaceAll('\n', '\r\n'), `\ufeff${lines()}`]) {
      const result = await good(text);
      assert.deepEqual(raws(result), strange);
      assert.equal(result.session?.['id'], 'sesn_1');
      assert.equal(result.facts?.['complete'], true);
      assert.equal(result.damagedCount, 0);
    }
  });

  it('has no events where there are none', async () => {
    assert.deepEqual(raws(await good([...jsonDocument(head, [])].join(''))), []);
    assert.deepEqual(raws(await good([...jsonLines(head, [])].join(''))), []);
  });

  it('takes bare events, and a document on one line, as other programs write them', async () => {
    assert.deepEqual(raws(await good(strange.map((each) => JSON.stringify(each)).join('\n'))), strange);
    const oneLine = JSON.stringify(JSON.parse(whole()));
    assert.deepEqual(raws(await good(oneLine)), strange);
  });

  it('shows the good lines and names the damaged ones', async () => {
    for (const text of [lines(), whole()]) {
      const all = text.split('\n');
      const at = all.findIndex((line) => line.includes('telepathy'));
      all[at] = all[at]?.slice(0, 30) ?? '';
      all.splice(
        at + 1,
        0,
        '[1, 2],',
        '"text",',
        '{"no":"type"},'.replace(/,$/, text === lines() ? '' : ','),
      );
      const result = await good(all.join('\n'));
      assert.deepEqual(raws(result), [strange[0], strange[2]]);
      assert.equal(result.damagedCount, 4);
      assert.equal(result.damaged[0]?.line, at + 1);
      assert.equal(result.damaged[0].why, 'notJson');
      assert.deepEqual(result.damaged.at(-1), { line: at + 4, why: 'notAnEvent' });
    }
  });

  it('shows what is there of a file that was cut off', async () => {
    for (const text of [lines(), whole()]) {
      const result = await good(text.slice(0, text.indexOf('no.id')));
      assert.deepEqual(raws(result), strange.slice(0, 2));
      assert.equal(result.damagedCount, 1);
    }
  });

  it('keeps few of many damaged lines, and counts all', async () => {
    const result = await good(`${lines()}${'{\n'.repeat(5_000)}`);
    assert.equal(result.damagedCount, 5_000);
    assert.equal(result.damaged.length, 20);
  });

  it('says that a file is empty, foreign, or of another version, and at which line', async () => {
    assert.deepEqual(await read(''), { failure: 'empty' });
    assert.deepEqual(await read('\n \n'), { failure: 'empty' });
    assert.deepEqual(await read('\nhello\nworld\n'), { failure: 'foreign', line: 2 });
    assert.deepEqual(await read('{"a":1}\n{"b":2}\n'), { failure: 'foreign', line: 1 });
    assert.deepEqual(await read('{\n  "name": "x",\n  "version": "1.0.0"\n}\n'), {
      failure: 'foreign',
      line: 1,
    });
    assert.deepEqual(await read(JSON.stringify({ format: 'other', version: 1 })), {
      failure: 'foreign',
      line: 1,
    });
    assert.deepEqual(await read(lines().replace('"version":1', '"version":2')), {
      failure: 'version',
      line: 1,
      version: '2',
    });
    assert.deepEqual(await read(whole().replace('"version": 1', '"version": "x"')), {
      failure: 'version',
      line: 1,
      version: '"x"',
    });
    assert.deepEqual(await read(new Uint8Array([0xff, 0xd8, 0xff, 0x00, 0x0a, 0x01])), {
      failure: 'foreign',
      line: 1,
    });
  });

  it('takes a breath between slices, and stops when that throws', async () => {
    const long = `${lines()}${JSON.stringify({ id: 'x', type: 'y', z: 'z'.repeat(3_000_000) })}\n`.repeat(1);
    const many = lines() + `${long.split('\n').at(-2) ?? ''}\n`.repeat(6);
    let breaths = 0;
    const result = await readExport(Buffer.from(many), () => {
      breaths += 1;
      return Promise.resolve();
    });
    assert.ok(!('failure' in result) && breaths >= 2, String(breaths));
    await assert.rejects(
      readExport(Buffer.from(many), () => Promise.reject(new Error('cancelled'))),
      /cancelled/,
    );
  });

  it('takes a breath among empty lines too', async () => {
    const empty = Buffer.from(lines() + '\n'.repeat(5_000_000));
    await assert.rejects(
      readExport(empty, () => Promise.reject(new Error('cancelled'))),
      /cancelled/,
    );
  });
});
