/** How work grows, counted and without a clock. */
import assert from 'node:assert/strict';
import { GrowthMeter } from '../support/growth/growthMeter.ts';
import { alwaysTheSame, inProportion, known } from '../support/growth/works.ts';

/** A little over proportion is for what doubles its room now and then. */
const LINEAR = 1.1;

describe('the growth of work', () => {
  let meter: GrowthMeter;

  before(async () => {
    meter = await GrowthMeter.start();
  });

  after(() => {
    meter.dispose();
  });

  describe('is measured', () => {
    for (const power of Object.keys(known)) {
      it(`as ${power} where it is that`, async () => {
        assert.ok(Math.abs((await meter.growthOf(power)) - Number(power)) < 0.02);
      });
    }
  });

  describe('is in proportion:', () => {
    for (const what of Object.keys(inProportion)) {
      it(what, async () => {
        const growth = await meter.growthOf(what);
        assert.ok(growth <= LINEAR, `grows with the power ${growth.toFixed(2)}`);
      });
    }
  });

  describe('is none:', () => {
    for (const what of Object.keys(alwaysTheSame)) {
      it(what, async () => {
        const growth = await meter.growthOf(what);
        assert.ok(growth <= 0.05, `grows with the power ${growth.toFixed(2)}`);
      });
    }
  });
});
