import assert from 'node:assert/strict';
import { fuzz, targets } from '../../fuzz/runFuzz.ts';

const INPUTS = 60_000;
/** Not that of the long runs, which begin at 1. */
const SEED = 20_260_101;

// What `npm run fuzz` does for a million inputs.
describe('hostile input', () => {
  for (const target of targets) {
    it(`is borne by all that takes ${target.name}`, async function () {
      this.timeout(300_000);
      const { inputs, made, failures } = await fuzz(target, INPUTS, SEED);
      assert.deepEqual(failures, []);
      assert.ok(inputs >= (INPUTS * target.share) / 100 && made > 0);
    });
  }

  it('would be seen to do harm if it did', async () => {
    const round = () => {
      throw new Error('past its layer');
    };
    const { failures } = await fuzz({ name: 'x', perRound: 1, share: 100, round }, 100, 1);
    assert.equal(failures.length, 5);
    assert.match(failures[0] ?? '', /^x, seed 1: Error: past its layer/);
  });

  it('is the same for the same seed', async () => {
    for (const target of targets) {
      const [once, again] = [await fuzz(target, 1_000, 7), await fuzz(target, 1_000, 7)];
      assert.deepEqual(once, again, target.name);
    }
  });
});
