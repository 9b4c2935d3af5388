import assert from 'node:assert/strict';
import { Lazy } from '../../../src/util/lazy.ts';

class Thing {
  isDisposed = false;

  dispose(): void {
    this.isDisposed = true;
  }
}

describe('something lazy', () => {
  it('is built once, when it is first asked for', async () => {
    let builds = 0;
    const lazy = new Lazy(() => {
      builds++;
      return Promise.resolve(new Thing());
    });
    assert.equal(builds, 0);
    assert.equal(lazy.built, undefined);
    const [one, other] = await Promise.all([lazy.get(), lazy.get()]);
    assert.equal(builds, 1);
    assert.equal(one, other);
    assert.equal(lazy.built, one);
  });

  it('is tried again after a build that failed', async () => {
    let builds = 0;
    const lazy = new Lazy(async () => {
      builds++;
      await Promise.resolve();
      if (builds === 1) {
        throw new Error('not yet');
      }
      return new Thing();
    });
    await assert.rejects(lazy.get(), /not yet/);
    assert.equal(lazy.built, undefined);
    assert.ok((await lazy.get()) instanceof Thing);
    assert.equal(builds, 2);
  });

  it('lets go of what was built, also of what is built too late', async () => {
    const early = new Lazy(() => Promise.resolve(new Thing()));
    const thing = await early.get();
    early.dispose();
    assert.equal(thing.isDisposed, true);
    const late = new Lazy(() => Promise.resolve(new Thing()));
    const coming = late.get();
    late.dispose();
    assert.equal((await coming).isDisposed, true);
    assert.equal(late.built, undefined);
  });
});
