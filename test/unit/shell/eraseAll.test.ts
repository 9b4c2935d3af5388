import assert from 'node:assert/strict';
import { plainL10n } from '../../../src/l10n.ts';
import { erasedReport } from '../../../src/text/erasedReport.ts';
import { eraseAll } from '../../../src/vscode/services/eraseAll.ts';
import { folderFirst } from '../../../src/vscode/services/folderFirst.ts';
import { MemoryMemento } from '../../support/memoryMemento.ts';

const CANARY = 'canary-4f1d9a7be2c8';

describe('removing all data', () => {
  it('deletes all that is remembered, whoever remembered it, and names it without saying it', async () => {
    const machine = new MemoryMemento();
    const folder = new MemoryMemento();
    await machine.update('offers:https://a.example/v1', { canary: CANARY });
    await machine.update('something of another part', CANARY);
    await folder.update('draft:synth:https://a.example:s_1', CANARY);
    const keys = { removeAll: () => Promise.resolve({ removed: ['synth:https://a.example'], failed: [] }) };
    const erased = await eraseAll({
      keys,
      machine,
      folder,
      search: { clear: () => Promise.resolve(1_500_000) },
    });
    assert.deepEqual([machine.keys(), folder.keys()], [[], []]);
    const report = erasedReport({ ...erased, panels: 2 }, plainL10n);
    for (const name of ['synth', 'something of another part', 'draft', '1.5 MB']) {
      assert.ok(report.includes(name), name);
    }
    assert.doesNotMatch(report, new RegExp(CANARY));
    assert.doesNotMatch(report, /Could not be deleted/);
  });

  it('goes on where something cannot be deleted, and says so', async () => {
    const machine = new MemoryMemento();
    await machine.update('first', 1);
    await machine.update('second', 2);
    machine.broken.add('first');
    const keys = { removeAll: () => Promise.resolve({ removed: [], failed: ['synth:https://a.example'] }) };
    const erased = await eraseAll({
      keys,
      machine,
      folder: new MemoryMemento(),
      search: { clear: () => Promise.reject(new Error('busy')) },
    });
    assert.deepEqual(erased.machine, ['second']);
    assert.deepEqual(erased.failed, ['synth:https://a.example', 'first', 'search']);
    assert.match(erasedReport({ ...erased, panels: 0 }, plainL10n), /Could not be deleted \(3\)/);
  });
});

describe('what is remembered for a folder first', () => {
  it('comes from the folder, else from the machine, and goes to both', async () => {
    const folder = new MemoryMemento();
    const machine = new MemoryMemento();
    const memory = folderFirst(folder, machine);
    await machine.update('active', 'synth');
    assert.equal(memory.get('active'), 'synth');
    await memory.update('active', 'anthropic');
    await machine.update('active', 'synth-dev');
    assert.equal(memory.get('active'), 'anthropic');
    assert.equal(folderFirst(new MemoryMemento(), machine).get('active'), 'synth-dev');
  });
});
