import { connectHost } from '../../../media/session/host.ts';
import type { JsonValue } from '../../../src/util/json.ts';
import { anything, mutate, type Random } from '../mutate.ts';
import { assertWarranted, type FuzzTarget, type Work } from '../target.ts';

const PER_ROUND = 50;

const kept: JsonValue = {
  connectionId: 'custom:Staging',
  origin: 'https://api.example.com',
  sessionId: 'sesn_1',
  title: 'Fix it',
  draft: 'Please',
  place: { anchorKey: 'e1', anchorOffset: 12, atEnd: false },
  rows: [
    ['e1', true],
    ['e2', false],
  ],
  forms: [{ key: 'e3', text: 'no', json: false, isError: false, denying: true }],
  views: { view: 'events', log: { kinds: ['tools'], text: 'x', place: { at: 'end' }, selected: null } },
};

/** The state of a page as it is handed back after a reload, by an editor whose disk somebody wrote to. */
export const keptStates: FuzzTarget = { name: 'kept states', perRound: PER_ROUND, share: 5, round };

function round(random: Random): Work {
  let state: JsonValue = null;
  Reflect.set(globalThis, 'acquireVsCodeApi', () => ({
    getState: () => state,
    setState: () => undefined,
    postMessage: () => undefined,
  }));
  try {
    let size = 0;
    let made = 0;
    for (let left = PER_ROUND; left > 0; left--) {
      state = random() < 0.1 ? anything(random) : mutate(random, kept);
      const length = JSON.stringify(state).length;
      const loaded = connectHost().load();
      size += length;
      if (loaded !== undefined) {
        made += 1;
        assertWarranted('a state that was taken', JSON.stringify(loaded).length, length, 1, 1_000);
        assertWarranted('kept rows', loaded.rows.length, 0, 0, 200);
        loaded.rows.forEach(([key]) => assertWarranted('the key of a kept row', key.length, 0, 0, 256));
        assertWarranted('kept forms', loaded.forms.length, 0, 0, 20);
      }
    }
    return { inputs: PER_ROUND, size, made };
  } finally {
    Reflect.deleteProperty(globalThis, 'acquireVsCodeApi');
  }
}
