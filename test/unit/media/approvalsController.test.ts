import assert from 'node:assert/strict';
import type { Replica } from '../../../media/session/applyPatch.ts';
import { type ApprovalPorts, ApprovalsController } from '../../../media/session/approvalsController.ts';
import { missingForAllow } from '../../../media/session/approvalState.ts';
import { NO_ANSWER } from '../../../media/session/requests.ts';
import { UiState } from '../../../media/session/uiState.ts';
import type { Outcome, PageMessage } from '../../../src/protocol/messages.ts';
import type { ToolRow } from '../../../src/transcript/row.ts';
import { ManualClock } from '../../support/manualClock.ts';
import { shell, tool } from '../../support/page/rows.ts';
import { pageStringsEn } from '../../support/pageStrings.en.ts';

const asks = { status: 'needsApproval', result: null, durationMs: null } as const;
const ask = (key: string, part: Partial<ToolRow> = {}) => shell(key, `run ${key}`, { ...asks, ...part });
const custom = (key: string) => tool(key, { family: 'custom', status: 'needsResult', result: null });

describe('the page’s side of approvals', () => {
  let rows: ToolRow[];
  let pending: string[];
  let activity: Replica['header']['activity'];
  let posted: PageMessage[];
  let focused: string[];
  let said: string[];
  let isFocusHere: boolean;
  let written: number;
  let settleLast: (outcome: Outcome) => Promise<void>;
  let clock: ManualClock;
  let ui: UiState;
  let approvals: ApprovalsController;

  beforeEach(() => {
    rows = [];
    pending = [];
    activity = 'needsYou';
    posted = [];
    focused = [];
    said = [];
    isFocusHere = true;
    written = 0;
    clock = new ManualClock();
    ui = new UiState();
    const ports: ApprovalPorts = {
      later: (ms, run) => void clock.after(ms, run),
      ui,
      post: (message) => posted.push(message),
      ask: (build) => {
        posted.push(build(1));
        return new Promise((resolve) => {
          settleLast = async (outcome) => {
            resolve(outcome);
            await new Promise(setImmediate);
          };
        });
      },
      replica: () => ({ header: { activity, pending }, held: { rows } }),
      strings: () => pageStringsEn,
      announce: (text) => said.push(text),
      focusRow: (key) => {
        const isHeld = rows.some((row) => row.key === key);
        if (isHeld) {
          focused.push(key);
        }
        return isHeld;
      },
      focusComposer: () => focused.push('composer'),
      isFocusAt: () => isFocusHere,
      changed: () => undefined,
      written: () => {
        written += 1;
      },
    };
    approvals = new ApprovalsController(ports);
  });

  function wait(...given: readonly ToolRow[]): void {
    rows = [...given];
    pending = given.map(({ key }) => key);
  }

  const see = (row: ToolRow) => approvals.sawEnd(row.key, row.inputHash);
  const missing = (row: ToolRow) => missingForAllow(row, ui.of(row.key));

  it('allows only what was seen, and only as it was seen', () => {
    const [one] = [ask('a')];
    wait(one);
    approvals.decide(one, 'allow');
    assert.deepEqual(posted, []);
    see(one);
    approvals.decide(one, 'allow');
    assert.deepEqual(posted, [
      { type: 'decide', id: 1, eventId: 'sevt_a', inputHash: 'hash-a', decision: 'allow', reason: '' },
    ]);
  });

  it('does not take the sight of one input for that of another, however late it is told', () => {
    const before = ask('a');
    const after = ask('a', { inputHash: 'other' });
    see(before);
    assert.equal(missing(before), undefined);
    assert.equal(missing(after), 'changed');
    approvals.sawEnd('a', 'hash-a');
    assert.equal(missing(after), 'changed');
    approvals.sawEnd('a', 'other');
    assert.equal(missing(after), 'changed', 'the reader has not said so');
    approvals.acceptChange(after);
    assert.equal(missing(after), undefined);
    assert.equal(missing(before), 'changed', 'and back again');
  });

  it('wants a sight of the changed input before it can be taken for read', () => {
    see(ask('a'));
    const after = ask('a', { inputHash: 'other' });
    approvals.acceptChange(after);
    assert.equal(missing(after), 'unseen');
  });

  it('takes a cut input for opened when the host says so, and for that input only', async () => {
    const row = ask('a', { inputTotal: 90_000 });
    wait(row);
    see(row);
    assert.equal(missing(row), 'unopened');
    approvals.openWhole(row);
    approvals.openWhole(row);
    assert.deepEqual(posted, [{ type: 'openInput', id: 1, eventId: 'sevt_a', inputHash: 'hash-a' }]);
    assert.equal(missing(row), 'unopened');
    await settleLast({ ok: false, code: 'x', message: 'No editor' });
    assert.equal(missing(row), 'unopened');
    assert.equal(ui.of('a').error, 'No editor');
    approvals.openWhole(row);
    await settleLast({ ok: true });
    assert.equal(missing(row), undefined);
    assert.equal(missing({ ...row, inputHash: 'other' }), 'unopened');
  });

  it('never has enough of an input that cannot be shown exactly', () => {
    const row = ask('a', { inputComplete: false });
    see(row);
    assert.equal(missing(row), 'incomplete');
  });

  describe('the bar', () => {
    it('counts what waits, and what could be allowed at once', () => {
      const [a, b, c] = [ask('a'), ask('b'), custom('c')];
      wait(a, b, c);
      see(a);
      assert.deepEqual(
        [approvals.waiting?.count, approvals.waiting?.askable, approvals.waiting?.seen.length],
        [3, 2, 1],
      );
      activity = 'stopping';
      assert.equal(approvals.waiting, undefined);
      activity = 'needsYou';
      wait();
      assert.equal(approvals.waiting, undefined);
    });

    it('allows exactly those that were seen as they are, in one question', async () => {
      const [a, b, c] = [ask('a'), ask('b'), ask('c')];
      wait(a, b, c);
      [a, b, c].forEach(see);
      rows = [a, b, { ...c, inputHash: 'other' }];
      approvals.allowSeen();
      approvals.allowSeen();
      assert.deepEqual(posted, [
        {
          type: 'allowAll',
          id: 1,
          calls: [
            { eventId: 'sevt_a', inputHash: 'hash-a' },
            { eventId: 'sevt_b', inputHash: 'hash-b' },
          ],
        },
      ]);
      approvals.decide(a, 'allow');
      assert.equal(posted.length, 1, 'it is on its way already');
      await settleLast({ ok: true });
      assert.deepEqual(said, ['2 calls allowed. 1 more call waits for you']);
      assert.deepEqual(focused, ['c']);
      assert.equal(approvals.waiting?.count, 1);
    });

    it('leaves out a call whose denial is being written', () => {
      const [a, b, c] = [ask('a'), ask('b'), ask('c')];
      wait(a, b, c);
      [a, b, c].forEach(see);
      ui.change('b', { denying: true });
      approvals.allowSeen();
      const message = posted.at(-1);
      assert.ok(message?.type === 'allowAll');
      assert.deepEqual(
        message.calls.map(({ eventId }) => eventId),
        ['sevt_a', 'sevt_c'],
      );
    });

    it('says why nothing was allowed, and lets it be tried again', async () => {
      wait(ask('a'), ask('b'));
      rows.forEach(see);
      approvals.allowSeen();
      await settleLast({ ok: false, code: 'stale', message: 'One has changed' });
      const { waiting } = approvals;
      assert.deepEqual([waiting?.error, waiting?.seen.length], ['One has changed', 2]);
      approvals.allowSeen();
      assert.equal(posted.length, 2);
      assert.equal(approvals.waiting?.error, undefined);
    });

    it('goes round what waits, and asks the host for what the page does not hold', () => {
      wait(ask('a'), ask('b'));
      pending = ['a', 'far', 'b'];
      for (let press = 0; press < 4; press += 1) {
        approvals.showNext();
      }
      assert.deepEqual(focused, ['a', 'b', 'a']);
      assert.deepEqual(posted, [{ type: 'showCall', eventId: 'far' }]);
    });
  });

  describe('after an answer', () => {
    it('goes on to the next call behind it, then round, then to the composer', async () => {
      const [a, b] = [ask('a'), ask('b')];
      wait(a, b);
      [a, b].forEach(see);
      approvals.write('b', { formText: 'no' });
      approvals.decide(b, 'deny');
      const denial = posted.at(-1);
      assert.ok(denial?.type === 'decide');
      assert.equal(denial.reason, 'no');
      await settleLast({ ok: true });
      pending = ['a'];
      approvals.settle();
      approvals.decide(a, 'allow');
      await settleLast({ ok: true });
      assert.deepEqual(focused, ['a', 'composer']);
      assert.deepEqual(said, ['Denied. 1 more call waits for you', 'Allowed']);
    });

    it('leaves the keyboard where the user has taken it since', async () => {
      const [a, b] = [ask('a'), ask('b')];
      wait(a, b);
      see(a);
      isFocusHere = false;
      approvals.decide(a, 'allow');
      await settleLast({ ok: true });
      assert.deepEqual(focused, []);
      assert.equal(said.length, 1);
    });

    it('takes no second answer, until that can no longer be the first one’s', async () => {
      const row = ask('a');
      wait(row);
      see(row);
      approvals.decide(row, 'allow');
      await settleLast({ ok: true });
      approvals.decide(row, 'deny');
      assert.equal(posted.length, 1);
      clock.advance(10_000);
      approvals.decide(row, 'deny');
      assert.equal(posted.length, 2);
    });

    it('says that an answer without an outcome is being looked for', async () => {
      const row = ask('a');
      wait(row);
      see(row);
      approvals.decide(row, 'allow');
      await settleLast({ ok: false, code: NO_ANSWER, message: '' });
      assert.equal(ui.of('a').error, pageStringsEn.checking);
    });

    it('forgets the form when the call no longer waits', async () => {
      const row = custom('c');
      wait(row);
      approvals.write('c', { formText: '42' });
      approvals.sendResult(row);
      await settleLast({ ok: true });
      assert.equal(ui.of('c').formText, '42');
      wait();
      approvals.settle();
      assert.equal(ui.of('c').formText, '');
      assert.equal(ui.of('c').busy, false);
    });
  });

  describe('the form of a result', () => {
    const last = () => posted.at(-1);

    it('sends nothing while nothing is written, unless there is no output', () => {
      const row = custom('c');
      wait(row);
      approvals.sendResult(row);
      approvals.write('c', { formText: ' \n' });
      approvals.sendResult(row);
      assert.deepEqual(posted, []);
      approvals.write('c', { formEmpty: true });
      approvals.sendResult(row);
      const text = last();
      assert.ok(text?.type === 'answerTool');
      assert.deepEqual([text.text, text.isError, text.inputHash], ['', false, 'hash-c']);
      assert.equal(written, 2);
    });

    it('sends text as it is', () => {
      const row = custom('c');
      wait(row);
      approvals.write('c', { formText: '  { not json\n', formIsError: true });
      approvals.sendResult(row);
      const message = last();
      assert.ok(message?.type === 'answerTool');
      assert.deepEqual([message.text, message.isError], ['  { not json\n', true]);
    });

    it('sends JSON only when it is some, compact, and says where it is none', () => {
      const row = custom('c');
      wait(row);
      approvals.write('c', { formJson: true, formText: '{\n  "a": 1\n  "b": 2 }' });
      assert.equal(ui.of('c').formProblem, undefined, 'nobody has been asked to look yet');
      approvals.sendResult(row);
      assert.deepEqual(posted, []);
      assert.deepEqual(ui.of('c').formProblem, { fault: 'comma', offset: 13, line: 3, column: 3 });
      approvals.write('c', { formText: '{\n  "a": 1,\n  "b": ' });
      assert.equal(ui.of('c').formProblem?.fault, 'end');
      approvals.write('c', { formText: '{\n  "a": 1,\n  "b": 20000000000000000001 }' });
      assert.equal(ui.of('c').formProblem, undefined);
      approvals.sendResult(row);
      const message = last();
      assert.ok(message?.type === 'answerTool');
      assert.equal(message.text, '{"a":1,"b":20000000000000000001}');
    });

    it('is not sent for an input that has changed', () => {
      const row = custom('c');
      wait(row);
      see(row);
      approvals.write('c', { formText: '42' });
      approvals.sendResult({ ...row, inputHash: 'other' });
      assert.deepEqual(posted, []);
    });
  });
});
