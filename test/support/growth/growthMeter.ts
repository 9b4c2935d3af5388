import { type ChildProcess, fork } from 'node:child_process';
import { once } from 'node:events';

/**
 * Measures how work grows by how much JavaScript it executes, as the engine counts it: the same on every machine and
 * under any load. What the engine does by itself (finding in a string, sorting, patterns) is one step however long it
 * takes; that belongs to a bench with a clock.
 */
export class GrowthMeter {
  private readonly child: ChildProcess;

  private constructor(child: ChildProcess) {
    this.child = child;
  }

  /** A process of its own: code that the engine has optimised is not counted to the last step, so it does not there. */
  static async start(): Promise<GrowthMeter> {
    const child = fork(new URL('./growthProcess.ts', import.meta.url), {
      execArgv: ['--no-opt', '--no-maglev', '--disable-warning=ExperimentalWarning'],
    });
    await answerOf(child);
    return new GrowthMeter(child);
  }

  /**
   * The power with which work grows from its size to twice that: 1 where it is in proportion, 2 where it goes with the
   * square, 0 where the size does not matter. Rejects where the work throws.
   * @param name of one of the works beside this file.
   */
  async growthOf(name: string): Promise<number> {
    this.child.send(name);
    return Number(await answerOf(this.child));
  }

  dispose(): void {
    this.child.kill();
  }
}

async function answerOf(child: ChildProcess): Promise<unknown> {
  const ended = new AbortController();
  const onExit = () => ended.abort(new Error('The measuring process has ended; what it said stands above.'));
  child.once('exit', onExit);
  try {
    const [answer] = (await once(child, 'message', { signal: ended.signal })) as [unknown];
    return answer;
  } finally {
    child.off('exit', onExit);
  }
}
