import assert from 'node:assert/strict';
import { describeEnd, describeTest, findFault } from '../../host/integrationReport.ts';
import type { IntegrationResult, TestOutcome } from '../../host/integrationResult.ts';

const passed: TestOutcome = { path: ['tree', 'rows', 'shows three'], state: 'passed', duration: 3 };
const failed: TestOutcome = {
  path: ['tree', 'retries'],
  state: 'failed',
  duration: 450,
  error: 'no\n  at x',
};

function resultOf(changes: Partial<IntegrationResult>): IntegrationResult {
  return { editor: '1.139.1', node: 'v24', tests: [passed], finished: true, ...changes };
}

describe('the report of the tests inside the editor', () => {
  it('names each block once', () => {
    assert.deepEqual(describeTest(passed, undefined), ['  tree', '    rows', '      ✔ shows three']);
    assert.deepEqual(describeTest(passed, passed), ['      ✔ shows three']);
    assert.deepEqual(describeTest(failed, passed), ['    ✖ retries (450 ms)']);
  });

  it('ends with the count, alone on its line', () => {
    assert.equal(describeEnd(resultOf({})).at(-1), '1 passed, 0 failed');
    const lines = describeEnd(resultOf({ tests: [passed, failed] }));
    assert.equal(lines.at(-1), '1 passed, 1 failed');
    assert.ok(lines.includes('1) tree › retries'));
    assert.ok(lines.includes('     at x'));
  });

  it('finds no fault with a finished suite that passed', () => {
    assert.equal(findFault(resultOf({})), undefined);
  });

  it('takes everything else for a failure, and counts it', () => {
    const faults: readonly Partial<IntegrationResult>[] = [
      { tests: [] },
      { finished: false, running: 'tree retries' },
      { failure: 'Cannot find module' },
    ];
    for (const fault of faults) {
      assert.notEqual(findFault(resultOf(fault)), undefined);
      assert.match(describeEnd(resultOf(fault)).at(-1) ?? '', / passed, 1 failed$/);
    }
    assert.notEqual(findFault(resultOf({ tests: [failed] })), undefined);
  });
});
