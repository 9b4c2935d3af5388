import assert from 'node:assert/strict';
import { FileLinks } from '../../../src/vscode/documents/fileLinks.ts';
import { KeptBases } from '../../../src/vscode/documents/keptBases.ts';

/** What the editor keeps for a folder: only what JSON can carry comes back. */
class Memory {
  private readonly values = new Map<string, string>();

  keys(): readonly string[] {
    return [...this.values.keys()];
  }

  get<T>(key: string, standard?: T): T | undefined {
    const text = this.values.get(key);
    return text === undefined ? standard : (JSON.parse(text) as T);
  }

  update(key: string, value: unknown): Promise<void> {
    this.values.set(key, JSON.stringify(value));
    return Promise.resolve();
  }
}

const base = (name: string) => ({
  part: { name },
  server: { name },
  version: 3,
  origin: 'https://a.example',
  name,
});

describe('what documents were made from', () => {
  it('is there after a restart, and gone with the editor', () => {
    const memory = new Memory();
    new KeptBases(memory).keep('managed-agents:/a', base('A'));
    const later = new KeptBases(memory);
    assert.deepEqual(later.find('managed-agents:/a'), base('A'));
    assert.equal(later.find('managed-agents:/b'), undefined);
    later.keep('managed-agents:/a', base('B'));
    assert.equal(later.find('managed-agents:/a')?.name, 'B');
    later.forget('managed-agents:/a');
    assert.equal(later.find('managed-agents:/a'), undefined);
  });

  it('is bounded, and what is no base is none', async () => {
    const memory = new Memory();
    const kept = new KeptBases(memory);
    for (let count = 0; count < 30; count++) {
      kept.keep(`managed-agents:/${count}`, base(`${count}`));
    }
    assert.equal(kept.find('managed-agents:/0'), undefined);
    assert.equal(kept.find('managed-agents:/29')?.name, '29');
    const [key = ''] = memory.keys();
    await memory.update(key, [['managed-agents:/x', { part: 7 }], 'odd', null]);
    assert.equal(kept.find('managed-agents:/x'), undefined);
  });
});

describe('what files belong to', () => {
  it('is remembered per connection and origin', async () => {
    const memory = new Memory();
    const links = new FileLinks(memory);
    await links.remember('file:///a', 'synth', 'https://one', 'agent_1');
    await links.remember('file:///a', 'other', 'https://two', 'agent_2');
    await links.remember('file:///a', 'synth', 'https://one', 'agent_3');
    const later = new FileLinks(memory);
    assert.equal(later.find('file:///a', 'synth', 'https://one'), 'agent_3');
    assert.equal(later.find('file:///a', 'other', 'https://two'), 'agent_2');
    assert.equal(later.find('file:///a', 'synth', 'https://elsewhere'), undefined);
    assert.equal(later.find('file:///b', 'synth', 'https://one'), undefined);
  });
});
