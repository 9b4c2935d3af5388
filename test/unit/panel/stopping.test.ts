import assert from 'node:assert/strict';
import { Stopping } from '../../../src/vscode/panel/stopping.ts';
import { asking, idle, running, TestSession, use } from '../transcript/transcriptSetup.ts';

describe('an agent that was asked to stop', () => {
  let session: TestSession;
  let stopping: Stopping;

  beforeEach(() => {
    session = new TestSession();
    stopping = new Stopping(session.transcript);
  });

  it('is stopping until its turn has ended', () => {
    session.arrive(running('s1'));
    assert.equal(stopping.isOn, false);
    stopping.ask();
    assert.equal(stopping.isOn, true);
    session.arrive({ type: 'user.interrupt', id: 'x' }, use('a'));
    assert.equal(stopping.isOn, true, 'the request alone ends nothing');
    session.arrive(idle('i1'));
    assert.equal(stopping.isOn, false);
  });

  it('is not stopping in the next turn, also where both came at once', () => {
    session.arrive(idle('i0'), running('s1'));
    stopping.ask();
    session.arrive(idle('i1'), running('s2'));
    assert.equal(stopping.isOn, false);
  });

  it('is stopping while it waits for the user, until that has an end', () => {
    session.arrive(running('s1'), use('a'), asking('i1', 'a'));
    stopping.ask();
    assert.equal(stopping.isOn, true);
    session.arrive(running('s2'));
    assert.equal(stopping.isOn, true);
    session.arrive(idle('i2'));
    assert.equal(stopping.isOn, false);
  });

  it('goes on where the request failed, or where nothing was at work', () => {
    session.arrive(running('s1'));
    stopping.ask();
    stopping.takeBack();
    assert.equal(stopping.isOn, false);
    session.arrive(idle('i1'));
    stopping.ask();
    assert.equal(stopping.isOn, false);
    session.arrive(running('s2'));
    assert.equal(stopping.isOn, false);
  });
});
