import { type ChildProcess, spawn } from 'node:child_process';
import { once } from 'node:events';
import { createWriteStream } from 'node:fs';

/** A child that this launcher started and ends, together with everything the child started itself. */
export interface OwnedProcess {
  readonly hasExited: boolean;
  /** Resolves, never rejects, with words about how the child ended. */
  readonly exited: Promise<string>;
  /** Asks the child to end, insists after a while, resolves when it is gone. */
  stop(): Promise<void>;
}

export interface OwnedProcessOptions {
  readonly cwd: string;
  readonly env: NodeJS.ProcessEnv;
  /** Receives what the child prints. */
  readonly logFile: string;
}

const PATIENCE_MS = 4000;

/** What must be ended should this process end first. */
const endings = new Set<() => void>();

/**
 * Starts a child in its own process group, so that ending it ends its children too.
 * Whatever still runs when this process ends is killed with it.
 */
export function startOwnedProcess(
  command: string,
  args: readonly string[],
  options: OwnedProcessOptions,
): OwnedProcess {
  const log = createWriteStream(options.logFile, { flags: 'a' });
  const child = spawn(command, args, {
    cwd: options.cwd,
    env: options.env,
    stdio: ['ignore', 'pipe', 'pipe'],
    detached: process.platform !== 'win32',
    windowsHide: true,
  });
  child.stdout.pipe(log, { end: false });
  child.stderr.pipe(log, { end: false });
  child.once('close', () => log.end());
  const forget = endWithThisProcess(() => signalGroup(child, 'SIGKILL'));

  let hasExited = false;
  const exited = new Promise<string>((resolve) => {
    const finish = (how: string) => {
      hasExited = true;
      forget();
      signalGroup(child, 'SIGKILL');
      resolve(how);
    };
    child.once('error', (error) => finish(`could not be started: ${error.message}`));
    child.once('exit', (code, signal) => {
      finish(signal === null ? `ended with code ${String(code)}` : `was ended by ${signal}`);
    });
  });

  return {
    get hasExited() {
      return hasExited;
    },
    exited,
    async stop() {
      if (hasExited) {
        return;
      }
      signalGroup(child, 'SIGTERM');
      const impatience = setTimeout(() => signalGroup(child, 'SIGKILL'), PATIENCE_MS);
      await exited;
      clearTimeout(impatience);
    },
  };
}

/** Runs a command to its end and gives what it printed. Rejects with the end of that when it fails. */
export async function runCommand(
  command: string,
  args: readonly string[],
  options: { readonly cwd: string; readonly env?: NodeJS.ProcessEnv },
): Promise<string> {
  const child = spawn(command, args, {
    cwd: options.cwd,
    env: options.env ?? process.env,
    stdio: ['ignore', 'pipe', 'pipe'],
    windowsHide: true,
  });
  const forget = endWithThisProcess(() => child.kill());
  let output = '';
  let complaints = '';
  child.stdout.setEncoding('utf8').on('data', (text: string) => (output += text));
  child.stderr.setEncoding('utf8').on('data', (text: string) => (complaints += text));
  try {
    const [code] = (await once(child, 'close')) as [number | null];
    if (code !== 0) {
      const lastLines = `${output}\n${complaints}`.trim().split('\n').slice(-15).join('\n');
      throw new Error(`"${command} ${args.join(' ')}" failed (code ${String(code)}):\n${lastLines}`);
    }
    return output;
  } finally {
    forget();
  }
}

/** Signals the whole group; a group that is already gone is fine. */
function signalGroup(child: ChildProcess, signal: NodeJS.Signals): void {
  if (child.pid === undefined) {
    return;
  }
  try {
    process.kill(process.platform === 'win32' ? child.pid : -child.pid, signal);
  } catch (error) {
    if (!(error instanceof Error && 'code' in error && error.code === 'ESRCH')) {
      throw error;
    }
  }
}

let listening = false;

function endWithThisProcess(end: () => void): () => void {
  endings.add(end);
  if (!listening) {
    listening = true;
    process.on('exit', () => {
      for (const each of endings) {
        each();
      }
    });
    exitOn('SIGINT', 130);
    exitOn('SIGTERM', 143);
    exitOn('SIGHUP', 129);
  }
  return () => endings.delete(end);
}

/** Without a listener a signal ends the process with no `exit` event, and the children would live on. */
function exitOn(signal: NodeJS.Signals, code: number): void {
  process.on(signal, () => {
    // A program with its own way to end (mocha, npm start) has its own listener.
    if (process.listenerCount(signal) === 1) {
      process.exit(code);
    }
  });
}
