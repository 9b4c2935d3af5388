import assert from 'node:assert/strict';
import dns from 'node:dns';
import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import https from 'node:https';
import os from 'node:os';
import path from 'node:path';
import tls from 'node:tls';
import { isDeepStrictEqual } from 'node:util';
import * as vscode from 'vscode';
import type { ManagedAgentsClient } from '../../src/api/client.ts';
import type { Connection } from '../../src/api/connection.ts';
import type { Parts } from '../../src/vscode/parts.ts';
import { type ConnectProxy, startConnectProxy } from '../support/connectProxy.ts';
import { eventually } from '../support/eventually.ts';
import { SESSION_ID, SessionServer } from '../support/sessionServer.ts';
import { startTlsServer, type TlsServer } from '../support/tlsServer.ts';
import { failureOf } from '../unit/api/apiSetup.ts';
import { type CertificateAuthority, certificateAuthority, type SelfSigned } from '../unit/api/selfSigned.ts';

export const hello = { type: 'user.message', content: [{ type: 'text', text: 'Hello' }] };
export const posts = `POST /sessions/${SESSION_ID}/events`;

const key = 'in-host-network-key-0123456789';
const proxyVariables = ['https_proxy', 'http_proxy', 'all_proxy'].flatMap((name) => [
  name,
  name.toUpperCase(),
]);

/** A host of the test: in front of the one server, with a name and a certificate of its own. */
interface TestHost {
  /** Without a port: only the proxy finds it. */
  readonly origin: string;
  /** With a port of this machine: reached without a proxy. */
  readonly directOrigin: string;
  readonly tls: TlsServer;
}

/** What the extension's own requests go through in these suites, and what they leave behind there. */
export class TestNetwork {
  readonly server: SessionServer;
  readonly proxy: ConnectProxy;
  readonly authority: CertificateAuthority = certificateAuthority();
  /** Lines that the extension wrote to its log at the level of information, or above it. */
  readonly log: string[] = [];
  private readonly parts: Parts;
  private readonly names = new Set<string>();
  private readonly connections: Connection[] = [];
  private readonly hosts: TlsServer[] = [];
  private readonly changed = new Map<string, unknown>();
  private readonly restores: (() => void)[] = [];

  private constructor(parts: Parts, server: SessionServer, proxy: ConnectProxy) {
    this.parts = parts;
    this.server = server;
    this.proxy = proxy;
  }

  static async start(parts: Parts): Promise<TestNetwork> {
    const network = new TestNetwork(parts, await SessionServer.start(), await startConnectProxy());
    network.resolveNames();
    network.keepLog();
    // A developer's own proxy must not decide what is seen here.
    for (const name of proxyVariables) {
      network.setVariable(name, undefined);
    }
    return network;
  }

  /** Makes a host; its certificate is one of {@link authority}, where no other is given. */
  async host(name: string, identity: SelfSigned = this.authority.issue({ host: name })): Promise<TestHost> {
    const front = await startTlsServer(identity, Number(new URL(this.server.origin).port));
    this.hosts.push(front);
    this.names.add(name);
    this.proxy.routes.set(name, front.port);
    return { origin: `https://${name}`, directOrigin: `https://${name}:${front.port}`, tls: front };
  }

  /** The extension's own client for an origin, with a key that lives in this window only. */
  client(origin: string): ManagedAgentsClient {
    const connection: Connection = {
      id: `network:${origin}`,
      name: 'Network',
      origin,
      prefix: '/v1',
      auth: 'bearer',
      version: '2023-06-01',
      betas: [],
    };
    this.parts.commandContext.keyStore.keepForWindow(connection, key);
    this.connections.push(connection);
    return this.parts.shell.clients.for(connection);
  }

  /** Opens a stream, has it bring two pieces, and leaves it. */
  async useStream(origin: string): Promise<void> {
    const leave = new AbortController();
    const { chunks } = await this.client(origin).openStream(SESSION_ID, leave.signal);
    const pieces = chunks[Symbol.asyncIterator]();
    await this.expectPieces(pieces, ['data: 1\n\n', 'data: 2\n\n']);
    leave.abort();
    await failureOf(pieces.next(), 'cancelled');
    await eventually(() => this.server.streams.length === 0);
  }

  /** Sends pieces over the stream, each only when the one before has come: nothing on the way waits for more. */
  async expectPieces(pieces: AsyncIterator<Uint8Array>, texts: readonly string[]): Promise<void> {
    for (const text of texts) {
      this.server.stream?.write(text);
      const next = await pieces.next();
      assert.equal(next.done === true ? undefined : Buffer.from(next.value).toString(), text);
    }
  }

  tunnelsTo(host: string): ConnectProxy['tunnels'] {
    return this.proxy.tunnels.filter(({ target }) => target === `${host}:443`);
  }

  /** Changes a setting of the user; `undefined` stands for its default. */
  async set(id: string, value: unknown): Promise<void> {
    const configuration = () => vscode.workspace.getConfiguration();
    if (!this.changed.has(id)) {
      this.changed.set(id, configuration().inspect(id)?.globalValue);
    }
    await configuration().update(id, value, vscode.ConfigurationTarget.Global);
    await eventually(() => isDeepStrictEqual(configuration().inspect(id)?.globalValue, value));
  }

  /** Takes the proxy into use, and names no exception, so that none of the environment counts. */
  async useProxy(): Promise<void> {
    await this.set('http.noProxy', ['no-proxy.invalid']);
    await this.set('http.proxy', this.proxy.url);
  }

  /** Leaves every proxy out, also one that the editor found in its environment. */
  async useNoProxy(): Promise<void> {
    await this.set('http.proxy', undefined);
    await this.set('http.noProxy', ['test']);
  }

  /**
   * Has Node itself trust the authority, which is what NODE_EXTRA_CA_CERTS does for a process that starts, and
   * the editor's fetch ask Node alone: that takes `http.systemCertificates` to be off. Works in every editor.
   * Gives what ends it.
   */
  async trustInNode(): Promise<() => Promise<void>> {
    const before = tls.getCACertificates('default');
    tls.setDefaultCACertificates([...before, this.authority.cert]);
    await this.set('http.systemCertificates', false);
    return async () => {
      tls.setDefaultCACertificates(before);
      await this.set('http.systemCertificates', undefined);
    };
  }

  /**
   * Has the system trust the authority, as the editor sees the system: Node reads the system's certificates
   * from the file that SSL_CERT_FILE names, once in the life of a process. An editor that is too old for that
   * reads one fixed file, which no test may write; it takes certificates of tests from where its own tests put
   * them. To be called before the editor's fetch is first used with certificates.
   */
  trustInSystem(): void {
    const folder = mkdtempSync(path.join(os.tmpdir(), 'managed-agents-ca-'));
    const file = path.join(folder, 'system.pem');
    writeFileSync(file, this.authority.cert);
    this.setVariable('SSL_CERT_FILE', file);
    Reflect.set(https.globalAgent, 'testCertificates', [this.authority.cert]);
    this.restores.push(() => {
      rmSync(folder, { recursive: true });
      Reflect.deleteProperty(https.globalAgent, 'testCertificates');
    });
    const bare = (pem: string) => pem.replace(/\s/g, '');
    assert.ok(
      tls.getCACertificates('system').some((pem) => bare(pem) === bare(this.authority.cert)),
      "the system's certificates were read before this suite: it must come before what reads them",
    );
  }

  setVariable(name: string, value: string | undefined): void {
    const before = process.env[name];
    const put = (text: string | undefined) => {
      if (text === undefined) {
        Reflect.deleteProperty(process.env, name);
      } else {
        process.env[name] = text;
      }
    };
    put(value);
    this.restores.push(() => put(before));
  }

  /** Brings back everything as it was, and closes what was opened. */
  async end(): Promise<void> {
    for (const connection of this.connections) {
      this.parts.commandContext.keyStore.release(connection);
    }
    for (const [id, value] of this.changed) {
      await vscode.workspace.getConfiguration().update(id, value, vscode.ConfigurationTarget.Global);
    }
    for (const restore of this.restores.reverse()) {
      restore();
    }
    await Promise.all([...this.hosts, this.proxy, this.server].map(async (each) => await each.close()));
  }

  /** Finds the hosts' names on this machine, as a line in a hosts file would. */
  private resolveNames(): void {
    const { lookup } = dns;
    Reflect.set(dns, 'lookup', (name: string, ...rest: unknown[]) => {
      Reflect.apply(lookup, dns, [this.names.has(name) ? '127.0.0.1' : name, ...rest]);
    });
    this.restores.push(() => Reflect.set(dns, 'lookup', lookup));
  }

  private keepLog(): void {
    const { log } = this.parts.shell;
    const info = log.info.bind(log);
    Reflect.set(log, 'info', (line: string) => {
      this.log.push(line);
      info(line);
    });
    this.restores.push(() => Reflect.deleteProperty(log, 'info'));
  }
}
