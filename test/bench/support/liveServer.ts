import { Worker } from 'node:worker_threads';
import type { ServerRequest, SessionLook } from './sessionServerWorker.ts';

type Wish = ServerRequest extends infer Each ? (Each extends unknown ? Omit<Each, 'id'> : never) : never;

/** A server of long and busy sessions, on the loopback interface. */
export class LiveServer {
  readonly origin: string;
  private readonly worker: Worker;
  private readonly ask: (wish: Wish) => Promise<unknown>;

  private constructor(worker: Worker, ask: (wish: Wish) => Promise<unknown>, origin: string) {
    this.worker = worker;
    this.ask = ask;
    this.origin = origin;
  }

  static async start(): Promise<LiveServer> {
    const worker = new Worker(new URL('./sessionServerWorker.ts', import.meta.url));
    const waiting = new Map<number, (value: unknown) => void>();
    let count = 0;
    worker.on('message', ({ id, value }: { id: number; value: unknown }) => {
      waiting.get(id)?.(value);
      waiting.delete(id);
    });
    const ask = (wish: Wish) =>
      new Promise<unknown>((resolve, reject) => {
        count += 1;
        waiting.set(count, resolve);
        worker.once('error', reject);
        worker.postMessage({ ...wish, id: count });
      }).finally(() => worker.removeAllListeners('error'));
    return new LiveServer(worker, ask, String(await ask({ do: 'start' })));
  }

  /** Events of that number and the following ones happen, evenly spread. Answers with the moment of each. */
  async play(session: string, first: number, count: number, perSecond: number): Promise<readonly number[]> {
    return (await this.ask({ do: 'play', session, first, count, perSecond })) as readonly number[];
  }

  async look(session: string): Promise<SessionLook> {
    return (await this.ask({ do: 'look', session })) as SessionLook;
  }

  async stop(): Promise<void> {
    await this.ask({ do: 'stop' });
    await this.worker.terminate();
  }
}
