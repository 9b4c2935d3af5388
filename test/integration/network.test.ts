import assert from 'node:assert/strict';
import { existsSync } from 'node:fs';
import { createRequire } from 'node:module';
import path from 'node:path';
import * as vscode from 'vscode';
import { SessionFeed } from '../../src/stream/sessionFeed.ts';
import { systemClock } from '../../src/util/clock.ts';
import { settings } from '../../src/vscode/ids.ts';
import { eventually } from '../support/eventually.ts';
import { SESSION_ID } from '../support/sessionServer.ts';
import { at, contents } from '../support/storeEvents.ts';
import { failureOf } from '../unit/api/apiSetup.ts';
import { selfSigned } from '../unit/api/selfSigned.ts';
import { hello, posts, TestNetwork } from './networkSetup.ts';
import { theParts } from './support.ts';

describe('the network in the editor', () => {
  let network: TestNetwork;
  const targets = () => network.proxy.tunnels.map(({ target }) => target);
  const follow = (origin: string) =>
    new SessionFeed({
      source: network.client(origin),
      sessionId: SESSION_ID,
      clock: systemClock,
      random: () => 0.5,
    });
  const holdsHistory = (feed: SessionFeed) => assert.deepEqual(contents(feed.store), network.server.history);
  const happen = (second: number) =>
    network.server.emit({
      id: `event_${second}`,
      type: 'agent.message',
      content: [],
      processed_at: at(second),
    });

  before(async () => {
    network = await TestNetwork.start(await theParts());
    // Read once by the process, and of no effect where the setting leaves the system's certificates out.
    if (process.platform === 'linux') {
      network.trustInSystem();
    }
  });
  after(async () => {
    await network.end();
  });
  beforeEach(() => {
    network.log.length = 0;
    network.server.requests.length = 0;
  });
  afterEach(() => {
    network.proxy.refuse = undefined;
  });

  describe('behind a proxy that http.proxy names', () => {
    let distrust: () => Promise<void>;
    before(async () => {
      distrust = await network.trustInNode();
      await network.useProxy();
    });
    after(async () => {
      await network.useNoProxy();
      await distrust();
    });

    it('reads, writes and follows a session of a host that only the proxy knows', async () => {
      const { origin } = await network.host('agents.test');
      happen(1);
      const feed = follow(origin);
      feed.start();
      try {
        await eventually(() => feed.status.state.kind === 'live');
        await eventually(() => holdsHistory(feed));
        happen(2);
        await eventually(() => holdsHistory(feed));
        await network.client(origin).sendEvents(SESSION_ID, [hello]);
        await eventually(() => holdsHistory(feed));
        assert.equal(network.server.count(posts), 1);
        assert.equal(network.server.history.length, 3);
      } finally {
        feed.dispose();
      }
      await eventually(() => network.server.streams.length === 0);
      const tunnels = network.tunnelsTo('agents.test');
      assert.ok(tunnels.length > 0);
      assert.ok(
        tunnels.every(({ authorization }) => authorization === undefined),
        'the key went to the proxy',
      );
      assert.deepEqual(network.proxy.otherRequests, []);
      assert.deepEqual(
        network.log.filter((line) => line.includes('directly')),
        [],
      );
    });

    for (const [index, how] of (['its signal', 'the end of the loop', 'close'] as const).entries()) {
      it(`brings a stream piece by piece, and closes its tunnel by ${how}`, async () => {
        const name = `stream-${index}.test`;
        const { origin } = await network.host(name);
        const leave = new AbortController();
        const stream = await network.client(origin).openStream(SESSION_ID, leave.signal);
        const pieces = stream.chunks[Symbol.asyncIterator]();
        await network.expectPieces(pieces, ['data: 1\n\n', ': still here\n\n', 'data: 2\n\n', 'data: 3\n\n']);
        assert.deepEqual(
          network.tunnelsTo(name).map(({ isOpen }) => isOpen),
          [true],
        );
        if (how === 'its signal') {
          leave.abort();
          await failureOf(pieces.next(), 'cancelled');
        } else if (how === 'close') {
          stream.close();
        } else {
          await pieces.return?.();
        }
        await eventually(() => network.tunnelsTo(name).every(({ isOpen }) => !isOpen));
        await eventually(() => network.server.streams.length === 0);
      });
    }

    // On the desktop the editor asks the person first, whom a test run does not have.
    const withoutPerson = vscode.env.appHost === 'desktop' ? it.skip : it;
    withoutPerson('says that the proxy asks for a sign-in, and that nothing was sent', async () => {
      const { origin } = await network.host('sign-in.test');
      network.proxy.refuse = { status: 407, headers: { 'proxy-authenticate': 'Basic realm="test"' } };
      // Editors as old as this one give the proxy's answer only as words in a message.
      const reason = vscode.version.startsWith('1.105.') ? 'unreachable' : 'proxyAuth';
      const client = network.client(origin);
      for (const call of [client.listEvents(SESSION_ID), client.sendEvents(SESSION_ID, [hello])]) {
        const error = await failureOf(call, reason);
        assert.deepEqual([error.details.sent, error.details.origin], [false, 'sign-in.test']);
      }
      assert.deepEqual(network.server.requests, []);
      network.proxy.refuse = undefined;
      await client.sendEvents(SESSION_ID, [hello]);
      assert.deepEqual(network.server.requests, [posts]);
    });

    for (const status of [403, 502]) {
      it(`says that a host is out of reach where the proxy answers ${status}, and that nothing was sent`, async () => {
        const { origin } = await network.host(`refused-${status}.test`);
        network.proxy.refuse = { status };
        const call = network.client(origin).sendEvents(SESSION_ID, [hello]);
        assert.equal((await failureOf(call, 'unreachable')).details.sent, false);
        assert.deepEqual(network.server.requests, []);
      });
    }

    const refusedOnes = {
      'that signs itself': (host: string) => selfSigned({ host }),
      'of another host': () => network.authority.issue({ host: 'elsewhere.test' }),
      'whose time is over': (host: string) => network.authority.issue({ host, expired: true }),
    };
    for (const [index, [what, make]] of Object.entries(refusedOnes).entries()) {
      it(`refuses a certificate ${what}`, async () => {
        const name = `refused-${index}.test`;
        const { origin } = await network.host(name, make(name));
        const call = network.client(origin).sendEvents(SESSION_ID, [hello]);
        assert.equal((await failureOf(call, 'tls')).details.sent, false);
        assert.equal(network.tunnelsTo(name).length, 1);
        assert.deepEqual(network.server.requests, []);
      });
    }

    for (const choice of ['auto', 'editor', 'undici'] as const) {
      it(`goes past the proxy to this machine, with ${choice}`, async () => {
        await network.set(settings.transport, choice);
        const { port } = new URL(network.server.origin);
        const before = targets();
        try {
          for (const host of ['127.0.0.1', 'localhost']) {
            // A proxied request would be answered as well: that none is made must be seen at the proxy.
            network.proxy.routes.set(host, Number(port));
            const origin = `http://${host}:${port}`;
            await network.client(origin).listEvents(SESSION_ID);
            await network.useStream(origin);
          }
        } finally {
          await network.set(settings.transport, undefined);
        }
        assert.equal(network.server.requests.length, 4);
        assert.deepEqual(targets(), before);
        assert.deepEqual(network.proxy.otherRequests, []);
      });
    }

    // The editor's limit of 300 s is too long to wait for. Its fetch gets it from the library it is built on,
    // whose agent is given a limit of one second here; the silence, the error and its way to us are the editor's.
    // That the limit is 300 s where nobody shortens it cannot be shown here.
    describe('with a stream that is silent for too long', () => {
      let restore: (() => void) | undefined;
      /** The editor keeps its agents until this setting has changed between two requests. */
      const renewAgents = async () => {
        await network.set('http.systemCertificates', true);
        await failureOf(network.client('https://nobody.test').listEvents(SESSION_ID), 'unreachable');
        await network.set('http.systemCertificates', false);
      };
      before(async () => {
        await renewAgents();
        const folders = ['node_modules', 'node_modules.asar'];
        const place = folders.map((name) => path.join(vscode.env.appRoot, name, 'undici')).find(existsSync);
        assert.ok(place, 'the editor keeps its library elsewhere now');
        const library = createRequire(place)(place) as { ProxyAgent: new (options: object) => object };
        const { ProxyAgent } = library;
        library.ProxyAgent = class extends ProxyAgent {
          constructor(options: object) {
            super({ ...options, bodyTimeout: 1_000 });
          }
        };
        restore = () => {
          library.ProxyAgent = ProxyAgent;
        };
      });
      after(async () => {
        restore?.();
        await renewAgents();
      });

      it('takes it for a break, and the feed connects again', async () => {
        const { origin } = await network.host('silent.test');
        const feed = follow(origin);
        feed.start();
        const seen: string[] = [];
        feed.onDidChangeStatus(({ state }) => {
          const reason = 'reason' in state ? ` ${state.reason}` : '';
          if (seen.at(-1) !== `${state.kind}${reason}`) {
            seen.push(`${state.kind}${reason}`);
          }
        });
        try {
          await eventually(() => feed.status.state.kind === 'live');
          await eventually(() => seen.includes('reconnecting reset'), { timeoutMs: 15_000 });
          network.server.record({
            id: 'event_9',
            type: 'agent.message',
            content: [],
            processed_at: at(9),
          });
          await eventually(() => feed.status.state.kind === 'live', { timeoutMs: 15_000 });
          await eventually(() => holdsHistory(feed), { timeoutMs: 15_000 });
        } finally {
          feed.dispose();
        }
        assert.deepEqual(
          seen.filter((state) => /offline|ended|polling/.test(state)),
          [],
        );
      });
    });
  });

  // What the system trusts can be changed for a test only where Node reads it from a file.
  (process.platform === 'linux' ? describe : describe.skip)(
    'with a private authority that the system trusts',
    () => {
      before(async () => {
        await network.useNoProxy();
      });

      it('reaches the host by the editor once the direct way has failed, and stays with it', async () => {
        const host = await network.host('private.test');
        const client = network.client(host.directOrigin);
        const refused = () => host.tls.connections - host.tls.handshakes;
        await client.sendEvents(SESSION_ID, [hello]);
        assert.equal(network.server.count(posts), 1);
        assert.equal(refused(), 1);
        await client.listEvents(SESSION_ID);
        await network.useStream(host.directOrigin);
        await client.sendEvents(SESSION_ID, [hello]);
        assert.equal(refused(), 1, 'the direct way was tried again');
        const lines = network.log.filter((line) => line.includes(host.directOrigin));
        assert.equal(lines.length, 1);
        assert.match(lines.join(), /directly \(tls\)/);
      });

      it('does not reach it by the direct way alone', async () => {
        const host = await network.host('private-2.test');
        await network.set(settings.transport, 'undici');
        try {
          await failureOf(network.client(host.directOrigin).listEvents(SESSION_ID), 'tls');
        } finally {
          await network.set(settings.transport, undefined);
        }
        assert.equal(host.tls.handshakes, 0);
      });

      it('reaches a host behind the proxy too', async () => {
        const { origin, tls } = await network.host('both.test');
        await network.useProxy();
        try {
          const client = network.client(origin);
          await client.listEvents(SESSION_ID);
          await client.sendEvents(SESSION_ID, [hello]);
          await network.useStream(origin);
        } finally {
          await network.useNoProxy();
        }
        assert.ok(network.tunnelsTo('both.test').length > 0);
        assert.equal(tls.connections, tls.handshakes);
        assert.deepEqual(
          network.log.filter((line) => line.includes('directly')),
          [],
        );
      });
    },
  );
});
