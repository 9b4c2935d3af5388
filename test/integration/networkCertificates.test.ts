import assert from 'node:assert/strict';
import { settings } from '../../src/vscode/ids.ts';
import { SESSION_ID } from '../support/sessionServer.ts';
import { failureOf } from '../unit/api/apiSetup.ts';
import { selfSigned } from '../unit/api/selfSigned.ts';
import { hello, TestNetwork } from './networkSetup.ts';
import { theParts } from './support.ts';

describe('certificates in the editor', () => {
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
  beforeEach(() => {
    network.server.requests.length = 0;
  });
  afterEach(async () => {
    await network.set(settings.transport, undefined);
  });

  const refusedOnes = {
    'that signs itself': (host: string) => selfSigned({ host }),
    'of another host': () => network.authority.issue({ host: 'elsewhere.test' }),
    'whose time is over': (host: string) => network.authority.issue({ host, expired: true }),
  };
  let count = 0;
  const newName = () => `checked-${count++}.test`;
  const refuses = async (origin: string) => {
    const call = network.client(origin).sendEvents(SESSION_ID, [hello]);
    assert.equal((await failureOf(call, 'tls')).details.sent, false);
    assert.deepEqual(network.server.requests, []);
  };

  for (const choice of ['auto', 'undici', 'editor'] as const) {
    describe(`with ${choice}`, () => {
      beforeEach(async () => {
        await network.set(settings.transport, choice);
      });

      it('takes a good one', async () => {
        const { directOrigin } = await network.host(newName());
        await network.client(directOrigin).listEvents(SESSION_ID);
        await network.useStream(directOrigin);
      });

      for (const [what, make] of Object.entries(refusedOnes)) {
        it(`refuses one ${what}`, async () => {
          const name = newName();
          await refuses((await network.host(name, make(name))).directOrigin);
        });
      }

      it('refuses one that signs itself, whatever http.proxyStrictSSL says', async () => {
        const name = newName();
        await network.set('http.proxyStrictSSL', false);
        try {
          await refuses((await network.host(name, selfSigned({ host: name }))).directOrigin);
        } finally {
          await network.set('http.proxyStrictSSL', undefined);
        }
      });

      it('refuses one that signs itself, whatever NODE_TLS_REJECT_UNAUTHORIZED says', async () => {
        const name = newName();
        const { directOrigin } = await network.host(name, selfSigned({ host: name }));
        network.setVariable('NODE_TLS_REJECT_UNAUTHORIZED', '0');
        try {
          // The variable does what it is feared for: anything else in this process is told nothing.
          const answer = await fetch(directOrigin);
          assert.equal(answer.status, 404);
          await answer.text();
          network.server.requests.length = 0;
          await refuses(directOrigin);
        } finally {
          network.setVariable('NODE_TLS_REJECT_UNAUTHORIZED', undefined);
        }
      });
    });
  }
});
