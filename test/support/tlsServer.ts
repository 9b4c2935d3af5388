import { type AddressInfo, connect, type Socket } from 'node:net';
import { createServer } from 'node:tls';

export interface TlsServer {
  readonly port: number;
  /** Connections that were begun, in all. */
  readonly connections: number;
  /** Connections that got past the handshake, in all. */
  readonly handshakes: number;
  close(): Promise<void>;
}

/** Starts a server on loopback that speaks TLS with its clients and hands what they say to a plain server. */
export async function startTlsServer(
  identity: { readonly key: string; readonly cert: string },
  plainPort: number,
): Promise<TlsServer> {
  const sockets = new Set<Socket>();
  let connections = 0;
  let handshakes = 0;
  const keep = (socket: Socket) => {
    sockets.add(socket);
    socket.once('close', () => sockets.delete(socket));
    // A client that does not trust us leaves in the middle of the handshake.
    socket.on('error', () => socket.destroy());
  };
  const server = createServer({ ...identity }, (client) => {
    handshakes += 1;
    keep(client);
    const plain = connect(plainPort, '127.0.0.1');
    keep(plain);
    client.pipe(plain).pipe(client);
    client.once('close', () => plain.destroy());
    plain.once('close', () => client.destroy());
  });
  server.on('connection', (socket: Socket) => {
    connections += 1;
    keep(socket);
  });
  server.on('tlsClientError', () => undefined);
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
  return {
    port: (server.address() as AddressInfo).port,
    get connections() {
      return connections;
    },
    get handshakes() {
      return handshakes;
    },
    close: () =>
      new Promise((resolve) => {
        server.close(() => resolve());
        for (const socket of sockets) {
          socket.destroy();
        }
      }),
  };
}
