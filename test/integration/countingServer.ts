import { createServer, type IncomingMessage, type Server, type ServerResponse } from 'node:http';
import type { AddressInfo } from 'node:net';

export interface Answer {
  readonly status?: number;
  readonly body: unknown;
}

/** A server on this machine that notes what it is asked. It listens until it is closed. */
export class CountingServer {
  readonly requests: string[] = [];
  answer: (url: URL, request: IncomingMessage) => Answer | Promise<Answer> = () => ({ body: { data: [] } });
  private readonly server: Server;

  constructor() {
    this.server = createServer((request, response) => void this.serve(request, response));
  }

  async start(): Promise<string> {
    await new Promise<void>((resolve) => this.server.listen(0, '127.0.0.1', resolve));
    return `http://127.0.0.1:${(this.server.address() as AddressInfo).port}`;
  }

  async close(): Promise<void> {
    this.server.closeAllConnections();
    await new Promise<void>((resolve) => this.server.close(() => resolve()));
  }

  private async serve(request: IncomingMessage, response: ServerResponse): Promise<void> {
    const url = new URL(request.url ?? '/', 'http://127.0.0.1');
    const path = url.pathname.replace('/api/managed-agents/anthropic/v1', '');
    this.requests.push(`${request.method ?? ''} ${path}${url.search}`);
    const { status = 200, body } = await this.answer(url, request);
    response.writeHead(status, { 'content-type': 'application/json' });
    response.end(JSON.stringify(body));
  }
}
