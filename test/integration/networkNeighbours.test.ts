import assert from 'node:assert/strict';
import { settings } from '../../src/vscode/ids.ts';
import { SESSION_ID, SessionServer } from '../support/sessionServer.ts';
import { hello, TestNetwork } from './networkSetup.ts';
import { theParts } from './support.ts';

const slots = [Symbol.for('undici.globalDispatcher.1'), Symbol.for('undici.globalDispatcher.2')] as const;

describe('other extensions', () => {
  let network: TestNetwork;
  let distrust: () => Promise<void>;
  before(async () => {
    network = await TestNetwork.start(await theParts());
    await network.useNoProxy();
    distrust = await network.trustInNode();
  });
  after(async () => {
    await distrust();
    await network.end();
  });

  it('keep their fetch, and what it goes through, whichever way is ours', async () => {
    const held = () => slots.map((slot) => Reflect.get(globalThis, slot) as unknown);
    const { fetch } = globalThis;
    const other = await SessionServer.start();
    try {
      // Somebody else's request first, so that there is something to lose.
      await (await fetch(other.origin)).text();
      const before = held();
      assert.ok(before.some((dispatcher) => dispatcher !== undefined));
      for (const choice of ['undici', 'editor', 'auto'] as const) {
        await network.set(settings.transport, choice);
        const { directOrigin } = await network.host(`others-${choice}.test`);
        await network.client(directOrigin).sendEvents(SESSION_ID, [hello]);
        await network.useStream(directOrigin);
        await network.useStream(network.server.origin);
        held().forEach((dispatcher, index) => assert.equal(dispatcher, before[index]));
        assert.equal(globalThis.fetch, fetch);
      }
      assert.equal((await fetch(other.origin)).status, 404);
    } finally {
      await network.set(settings.transport, undefined);
      await other.close();
    }
  });
});
