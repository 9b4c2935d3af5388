import assert from 'node:assert/strict';
import { contextKeys } from '../../../src/vscode/ids.ts';
import { FirstSteps } from '../../../src/vscode/services/firstSteps.ts';
import { MemoryMemento } from '../../support/memoryMemento.ts';

describe('the first steps', () => {
  const setUp = (memory = new MemoryMemento()) => {
    const set: [string, boolean][] = [];
    const steps = new FirstSteps({ memory, setContext: (key, value) => set.push([key, value]) });
    return { memory, set, steps };
  };

  it('are told to the editor once each, when they are taken', () => {
    const { steps, set } = setUp();
    assert.deepEqual(set, []);
    steps.did('connect');
    steps.did('send');
    steps.did('connect');
    assert.deepEqual(set, [
      [contextKeys.didConnect, true],
      [contextKeys.didSend, true],
    ]);
  });

  it('are remembered by the next window', () => {
    const { steps, memory } = setUp();
    steps.did('create');
    const { set } = setUp(memory);
    assert.deepEqual(set, [[contextKeys.didCreate, true]]);
  });

  it('are not taken from nonsense that is remembered', () => {
    for (const value of ['connect', 7, null, [7, 'constructor', '__proto__']]) {
      const memory = new MemoryMemento();
      void memory.update('managedAgents.firstSteps', value);
      assert.deepEqual(setUp(memory).set, []);
    }
  });

  it('can be taken anew', () => {
    const { steps, set } = setUp();
    steps.did('check');
    steps.reset();
    steps.did('check');
    assert.deepEqual(
      set.map(([, value]) => value),
      [true, false, true],
    );
  });
});
