import assert from 'node:assert/strict';
import { ANSWER_TIMEOUT_MS, NO_ANSWER, Requests } from '../../../media/session/requests.ts';
import type { PageMessage } from '../../../src/protocol/messages.ts';
import { ManualClock } from '../../support/manualClock.ts';

describe('Requests', () => {
  it('gives each question its own outcome, in any order', async () => {
    const posted: PageMessage[] = [];
    const requests = new Requests((message) => posted.push(message), new ManualClock());
    const one = requests.ask((id) => ({ type: 'interrupt', id }));
    const two = requests.ask((id) => ({ type: 'send', id, text: 'x', attachments: [], interrupt: false }));
    requests.settle(2, { ok: false, code: 'offline', message: 'No' });
    requests.settle(1, { ok: true });
    requests.settle(9, { ok: true });
    assert.deepEqual(await one, { ok: true });
    assert.deepEqual(await two, { ok: false, code: 'offline', message: 'No' });
    assert.equal(posted.length, 2);
  });

  it('ends a question that nobody answers', async () => {
    const clock = new ManualClock();
    const requests = new Requests(() => undefined, clock);
    const outcome = requests.ask((id) => ({ type: 'interrupt', id }));
    clock.advance(ANSWER_TIMEOUT_MS);
    assert.deepEqual(await outcome, { ok: false, code: NO_ANSWER, message: '' });
  });
});
