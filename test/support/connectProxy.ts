import { createServer, type IncomingMessage } from 'node:http';
import { type AddressInfo, connect } from 'node:net';
import type { Duplex } from 'node:stream';

/** One request for a tunnel, as it arrived. */
interface Tunnel {
  /** `host:port`, as the client named it. */
  readonly target: string;
  /** The header `proxy-authorization`, where one came. */
  readonly authorization: string | undefined;
  /** Whether bytes can still pass. False also where the proxy said no. */
  readonly isOpen: boolean;
}

export interface ConnectProxy {
  /** Such as `http://127.0.0.1:4100`. */
  readonly url: string;
  /** Every CONNECT, in the order of arrival. */
  readonly tunnels: readonly Tunnel[];
  /** Requests of any other method: nobody should ask this proxy for more than a tunnel. */
  readonly otherRequests: readonly string[];
  /** The ports of this machine at which the hosts that only this proxy knows are found. */
  readonly routes: Map<string, number>;
  /** A status to answer instead of opening a tunnel, with its headers; for a proxy that asks for a sign-in. */
  refuse: { readonly status: number; readonly headers?: Readonly<Record<string, string>> } | undefined;
  close(): Promise<void>;
}

/** Starts a proxy on loopback that opens tunnels (RFC 9110, section 9.3.6) and does nothing else. */
export async function startConnectProxy(
  routes: Readonly<Record<string, number>> = {},
): Promise<ConnectProxy> {
  const tunnels: Tunnel[] = [];
  const otherRequests: string[] = [];
  const streams = new Set<Duplex>();
  const keep = (stream: Duplex) => {
    streams.add(stream);
    stream.once('close', () => streams.delete(stream));
    // A side that goes away takes the other along, whatever it went with.
    stream.on('error', () => stream.destroy());
  };
  const server = createServer((request, response) => {
    otherRequests.push(`${request.method ?? ''} ${request.url ?? ''}`);
    response.writeHead(400).end();
  });
  server.on('connection', keep);
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
  const proxy: ConnectProxy = {
    url: `http://127.0.0.1:${(server.address() as AddressInfo).port}`,
    tunnels,
    otherRequests,
    routes: new Map(Object.entries(routes)),
    refuse: undefined,
    close: () =>
      new Promise((resolve) => {
        server.close(() => resolve());
        for (const stream of streams) {
          stream.destroy();
        }
      }),
  };
  server.on('connect', (request: IncomingMessage, client: Duplex, head: Buffer) => {
    const target = request.url ?? '';
    let isOpen = false;
    tunnels.push({
      target,
      authorization: request.headers['proxy-authorization'],
      get isOpen() {
        return isOpen;
      },
    });
    const port = proxy.routes.get(target.replace(/:\d+$/, ''));
    const refusal = proxy.refuse ?? (port === undefined ? { status: 502 } : undefined);
    if (refusal !== undefined || port === undefined) {
      client.end(refusalText(refusal ?? { status: 502 }));
      return;
    }
    const upstream = connect(port, '127.0.0.1', () => {
      isOpen = true;
      client.write('HTTP/1.1 200 Connection established\r\n\r\n');
      upstream.write(head);
      upstream.pipe(client).pipe(upstream);
    });
    keep(upstream);
    client.once('close', () => {
      isOpen = false;
      upstream.destroy();
    });
    upstream.once('close', () => {
      isOpen = false;
      client.destroy();
    });
  });
  return proxy;
}

function refusalText({ status, headers = {} }: NonNullable<ConnectProxy['refuse']>): string {
  const lines = Object.entries({ ...headers, 'content-length': '0', connection: 'close' });
  return `HTTP/1.1 ${status} No\r\n${lines.map(([name, value]) => `${name}: ${value}\r\n`).join('')}\r\n`;
}
