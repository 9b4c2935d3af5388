import assert from 'node:assert/strict';
import { recipes, soak } from '../../soak/soak.ts';

const SCHEDULES = 200;
const SEED = 20_000;

describe('soak', () => {
  for (const [name, recipe] of recipes) {
    it(`${name}: ${SCHEDULES} random schedules of faults`, async () => {
      const { lost, duplicated, stale, misordered, failures } = await soak(name, recipe, SCHEDULES, SEED);
      if (name === 'feed') {
        assert.deepEqual(
          { lost, duplicated, stale, misordered, failures },
          { lost: 0, duplicated: 0, stale: 0, misordered: 0, failures: [] },
        );
      } else {
        // The simple recipes must fail in the same weather, or the soak proves nothing.
        assert.ok(lost > 100 && stale > 100, `lost ${lost}, stale ${stale}`);
      }
    });
  }
});
