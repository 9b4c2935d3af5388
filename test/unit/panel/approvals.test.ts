import assert from 'node:assert/strict';
import { plainL10n } from '../../../src/l10n.ts';
import type { SeenCall } from '../../../src/protocol/approvalMessages.ts';
import type { Outcome } from '../../../src/protocol/messages.ts';
import { inputHash } from '../../../src/transcript/inputHash.ts';
import type { JsonObject } from '../../../src/util/json.ts';
import { Approvals } from '../../../src/vscode/panel/approvals.ts';
import { asking, decision, idle, running, TestSession, use } from '../transcript/transcriptSetup.ts';

const custom = (id: string, input: JsonObject = {}) => ({
  type: 'agent.custom_tool_use',
  id,
  name: 'look_up',
  input,
});
const fails: Outcome = { ok: false, code: 'offline', message: 'No connection' };

describe('decisions about waiting calls', () => {
  let session: TestSession;
  let sent: (readonly JsonObject[])[];
  let opened: string[];
  let answerWith: () => Promise<Outcome>;
  let openWith: () => Promise<void>;
  let scrollToEnd: () => void;
  let approvals: Approvals;

  beforeEach(() => {
    session = new TestSession();
    sent = [];
    opened = [];
    answerWith = () => Promise.resolve({ ok: true });
    openWith = () => Promise.resolve();
    scrollToEnd = () => undefined;
    approvals = new Approvals({
      store: session.store,
      transcript: session.transcript,
      l10n: plainL10n,
      send: async (events) => {
        sent.push(events);
        return await answerWith();
      },
      openInput: async ({ key }, whenRead) => {
        opened.push(key);
        scrollToEnd = whenRead;
        await openWith();
      },
    });
  });

  /** The call as the page has seen it now. */
  function seen(eventId: string): SeenCall {
    const stored = session.store.get(eventId);
    assert.ok(stored !== undefined);
    return { eventId, inputHash: inputHash(stored.event) };
  }

  const allow = (call: SeenCall) =>
    approvals.handle({ type: 'decide', id: 1, ...call, decision: 'allow', reason: '' });
  const deny = (call: SeenCall, reason = '') =>
    approvals.handle({ type: 'decide', id: 1, ...call, decision: 'deny', reason });
  const allowAll = (...calls: readonly SeenCall[]) => approvals.handle({ type: 'allowAll', id: 1, calls });
  const answer = (call: SeenCall, text: string, isError = false) =>
    approvals.handle({ type: 'answerTool', id: 1, ...call, text, isError });
  const open = (call: SeenCall) => approvals.handle({ type: 'openInput', id: 1, ...call });

  function assertRefused(outcome: Outcome, code: string): void {
    assert.ok(!outcome.ok);
    assert.equal(outcome.code, code);
    assert.notEqual(outcome.message, '');
  }

  it('sends what was decided, with the reason of a denial', async () => {
    session.arrive(running('s1'), use('a'), use('b'), asking('i1', 'a', 'b'));
    assert.deepEqual(await allow(seen('a')), { ok: true });
    assert.deepEqual(await deny(seen('b'), 'Not today'), { ok: true });
    assert.deepEqual(sent, [
      [{ type: 'user.tool_confirmation', tool_use_id: 'a', result: 'allow' }],
      [{ type: 'user.tool_confirmation', tool_use_id: 'b', result: 'deny', deny_message: 'Not today' }],
    ]);
  });

  it('leaves out a reason that says nothing', async () => {
    session.arrive(running('s1'), use('a'), asking('i1', 'a'));
    await deny(seen('a'), ' \n ');
    assert.deepEqual(sent, [[{ type: 'user.tool_confirmation', tool_use_id: 'a', result: 'deny' }]]);
  });

  it('refuses a decision about another input than the one that is there now', async () => {
    session.arrive(running('s1'), use('a'), asking('i1', 'a'));
    const before = seen('a');
    session.arrive(use('a', { input: { command: 'rm -rf ~' }, processed_at: '2030-01-01T00:00:00Z' }));
    assert.notEqual(seen('a').inputHash, before.inputHash, 'the input did not change');
    assertRefused(await allow(before), 'stale');
    assertRefused(await deny(before), 'stale');
    assert.deepEqual(sent, []);
    assert.deepEqual(await allow(seen('a')), { ok: true });
  });

  it('refuses calls that do not wait: unknown, not asked about, answered, over', async () => {
    session.arrive(running('s1'), use('a'), use('b'), asking('i1', 'a'));
    assertRefused(await allow({ eventId: 'nobody', inputHash: 'x' }), 'stale');
    assertRefused(await allow(seen('b')), 'stale');
    session.arrive(decision('d1', 'a'));
    assertRefused(await allow(seen('a')), 'stale');
    session.arrive(idle('i2'));
    assertRefused(await deny(seen('a')), 'stale');
    assert.deepEqual(sent, []);
  });

  it('sends one answer, however often a button is pressed', async () => {
    session.arrive(running('s1'), use('a'), asking('i1', 'a'));
    let release: (outcome: Outcome) => void = () => undefined;
    answerWith = () =>
      new Promise((resolve) => {
        release = resolve;
      });
    const first = allow(seen('a'));
    assertRefused(await allow(seen('a')), 'underWay');
    assertRefused(await deny(seen('a')), 'underWay');
    release({ ok: true });
    assert.deepEqual(await first, { ok: true });
    // The session has it, but its echo has not come yet.
    assertRefused(await deny(seen('a')), 'underWay');
    assert.equal(sent.length, 1);
  });

  it('takes an answer again after it failed, and after the session asked anew', async () => {
    session.arrive(running('s1'), use('a'), asking('i1', 'a'));
    answerWith = () => Promise.resolve(fails);
    assert.deepEqual(await allow(seen('a')), fails);
    answerWith = () => Promise.reject(new Error('broken'));
    await assert.rejects(allow(seen('a')));
    answerWith = () => Promise.resolve({ ok: true });
    assert.deepEqual(await allow(seen('a')), { ok: true });
    session.arrive(asking('i2', 'a'));
    assert.deepEqual(await allow(seen('a')), { ok: true });
    assert.equal(sent.length, 4);
  });

  describe('all that were read', () => {
    it('allows them in one request, in the order given', async () => {
      session.arrive(running('s1'), use('a'), use('b'), use('c'), asking('i1', 'a', 'b', 'c'));
      assert.deepEqual(await allowAll(seen('c'), seen('a')), { ok: true });
      assert.deepEqual(sent, [
        [
          { type: 'user.tool_confirmation', tool_use_id: 'c', result: 'allow' },
          { type: 'user.tool_confirmation', tool_use_id: 'a', result: 'allow' },
        ],
      ]);
      assert.deepEqual(await deny(seen('b')), { ok: true });
    });

    it('allows none where one has changed, is answered, or is named twice', async () => {
      session.arrive(running('s1'), use('a'), use('b'), asking('i1', 'a', 'b'));
      assertRefused(await allowAll(seen('a'), { ...seen('b'), inputHash: 'another' }), 'stale');
      assertRefused(await allowAll(seen('a'), seen('a')), 'underWay');
      session.arrive(decision('d1', 'b', 'deny'));
      assertRefused(await allowAll(seen('a'), seen('b')), 'stale');
      assert.deepEqual(sent, []);
      assert.deepEqual(await allowAll(seen('a')), { ok: true });
    });

    it('allows none of a tool that is the client’s own', async () => {
      session.arrive(running('s1'), use('a'), custom('b'), asking('i1', 'a', 'b'));
      assertRefused(await allowAll(seen('a'), seen('b')), 'notConfirmable');
      assert.deepEqual(sent, []);
    });
  });

  describe('of an input that is not shown whole', () => {
    const long = { command: 'x'.repeat(40_000) };

    it('allows it only after exactly that input was opened and read to its end', async () => {
      session.arrive(running('s1'), use('a', { input: long }), asking('i1', 'a'));
      assertRefused(await allow(seen('a')), 'unopened');
      assertRefused(await open({ ...seen('a'), inputHash: 'another' }), 'stale');
      assert.deepEqual(await open(seen('a')), { ok: true });
      assert.deepEqual(opened, ['a']);
      assertRefused(await allow(seen('a')), 'unread');
      assertRefused(await allowAll(seen('a')), 'unread');
      const before = seen('a');
      scrollToEnd();
      session.arrive(use('a', { input: { ...long, more: 1 }, processed_at: '2030-01-01T00:00:00Z' }));
      assertRefused(await allow(before), 'stale');
      assertRefused(await allow(seen('a')), 'unopened');
      await open(seen('a'));
      assertRefused(await allow(seen('a')), 'unread');
      scrollToEnd();
      assert.deepEqual(await allow(seen('a')), { ok: true });
    });

    it('does not take it for opened where opening failed', async () => {
      session.arrive(running('s1'), use('a', { input: long }), asking('i1', 'a'));
      openWith = () => Promise.reject(new Error('too large'));
      await assert.rejects(open(seen('a')));
      scrollToEnd();
      assertRefused(await allow(seen('a')), 'unopened');
    });

    it('never allows what cannot be shown exactly, and denies it as any other', async () => {
      const big = { amount: 12_345_678_901_234_567_890 };
      session.arrive(running('s1'), use('a', { input: big }), asking('i1', 'a'));
      await open(seen('a'));
      assertRefused(await allow(seen('a')), 'incomplete');
      assertRefused(await allowAll(seen('a')), 'incomplete');
      assert.deepEqual(await deny(seen('a')), { ok: true });
    });
  });

  it('never allows a tool whose name, or that of its server, is shown only in part', async () => {
    const long = 'n'.repeat(201);
    const names = { type: 'agent.mcp_tool_use', mcp_server_name: 's' };
    session.arrive(
      running('s1'),
      use('a', { name: long }),
      use('b', { ...names, mcp_server_name: long }),
      use('c', { ...names, name: long.slice(1) }),
      asking('i1', 'a', 'b', 'c'),
    );
    const complete = ['a', 'b', 'c'].map((key) => session.tool(key).inputComplete);
    assert.deepEqual(complete, [false, false, true]);
    assertRefused(await allow(seen('a')), 'incomplete');
    assertRefused(await allow(seen('b')), 'incomplete');
    assert.deepEqual(await allow(seen('c')), { ok: true });
  });

  describe('results of the client’s own tools', () => {
    it('sends text, errors, and results without any content', async () => {
      session.arrive(running('s1'), custom('a'), custom('b'), custom('c'), asking('i1', 'a', 'b', 'c'));
      await answer(seen('a'), '{"ok":true}');
      await answer(seen('b'), 'no such order', true);
      await answer(seen('c'), '');
      assert.deepEqual(sent, [
        [
          {
            type: 'user.custom_tool_result',
            custom_tool_use_id: 'a',
            content: [{ type: 'text', text: '{"ok":true}' }],
            is_error: false,
          },
        ],
        [
          {
            type: 'user.custom_tool_result',
            custom_tool_use_id: 'b',
            content: [{ type: 'text', text: 'no such order' }],
            is_error: true,
          },
        ],
        [{ type: 'user.custom_tool_result', custom_tool_use_id: 'c', is_error: false }],
      ]);
    });

    it('is bound to what was asked, and to the kind of the call', async () => {
      session.arrive(running('s1'), custom('a'), use('b'), asking('i1', 'a', 'b'));
      assertRefused(await answer({ ...seen('a'), inputHash: 'another' }, 'x'), 'stale');
      assertRefused(await answer(seen('b'), 'x'), 'notConfirmable');
      assertRefused(await allow(seen('a')), 'notConfirmable');
      assertRefused(await deny(seen('a')), 'notConfirmable');
      assert.deepEqual(sent, []);
    });
  });
});
