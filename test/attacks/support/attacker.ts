import { createServer, type Socket } from 'node:net';

/** Where data would be carried to. Nobody has any business there: the least knock is kept. */
export interface Attacker {
  /** Such as `http://127.0.0.1:4100`. */
  readonly url: string;
  readonly port: number;
  /** The first bytes of each connection that was made; empty where nothing was sent. */
  readonly knocks: readonly string[];
  close(): Promise<void>;
}

/**
 * Starts the attacker's own server. It looks at connections and not at requests, so that neither TLS nor a
 * request that is broken off escapes it, and answers everything with a page, so that whoever comes goes on.
 */
export async function startAttacker(): Promise<Attacker> {
  const knocks: string[] = [];
  const sockets = new Set<Socket>();
  const server = createServer((socket) => {
    const index = knocks.push('') - 1;
    sockets.add(socket);
    socket.once('close', () => sockets.delete(socket));
    socket.on('error', () => socket.destroy());
    socket.once('data', (bytes) => {
      knocks[index] = bytes.toString('latin1').slice(0, 2_000);
      socket.end('HTTP/1.1 200 OK\r\naccess-control-allow-origin: *\r\ncontent-length: 2\r\n\r\nok');
    });
  });
  const port = await new Promise<number>((resolve) => {
    server.listen(0, '127.0.0.1', () => {
      const address = server.address();
      resolve(typeof address === 'object' && address !== null ? address.port : 0);
    });
  });
  return {
    url: `http://127.0.0.1:${port}`,
    port,
    knocks,
    close: () =>
      new Promise((resolve) => {
        server.close(() => resolve());
        for (const socket of sockets) {
          socket.destroy();
        }
      }),
  };
}
