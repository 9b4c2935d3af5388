import { Worker } from 'node:worker_threads';
import { within } from './bounded.ts';
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

  static async start({ roundTripMs = 0, listed = 0 } = {}): Promise<LiveServer> {
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
    return new LiveServer(worker, ask, String(await ask({ do: 'start', roundTripMs, listed })));
  }

  /**
   * Events of that number and the following ones happen in a session, or in some by turns, evenly spread.
   * Answers with the moment of each.
   */
  async play(
    sessions: string | readonly string[],
    first: number,
    count: number,
    perSecond: number,
  ): Promise<readonly number[]> {
    const among = typeof sessions === 'string' ? [sessions] : sessions;
    const moments = this.ask({ do: 'play', sessions: among, first, count, perSecond });
    return (await within(4_000 * (10 + count / perSecond), 'end of what was played', moments)) as number[];
  }

  /** The turn of a session ends: nothing happens in it any more, and its stream stays. */
  async rest(session: string): Promise<void> {
    await this.ask({ do: 'rest', session });
  }

  /** The session is over: its stream says so, and so does its history. */
  async end(session: string): Promise<void> {
    await this.ask({ do: 'end', session });
  }

  /** The connections of a session's streams break, and an event happens behind that. Answers when. */
  async drop(session: string): Promise<number> {
    return Number(await this.ask({ do: 'drop', session }));
  }

  async look(session: string): Promise<SessionLook> {
    return (await this.ask({ do: 'look', session })) as SessionLook;
  }

  async stop(): Promise<void> {
    await this.ask({ do: 'stop' });
    await this.worker.terminate();
  }
}
