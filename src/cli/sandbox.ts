import { type SandboxOptions, startSandbox } from '../sandbox/server.ts';
import { readValues } from './connectionArguments.ts';

const usage =
  'Usage: npm run sandbox -- [--port N] [--key K] [--seed-sessions N] [--seed-events N]\n' +
  'Serves the managed-agents contract on 127.0.0.1 with a scripted agent until it is stopped.\n';

/** Arguments that cannot be understood; the message is for the person who typed them. */
class UsageError extends Error {}

function readOptions(args: string[]): SandboxOptions {
  const values = readValues(args, {
    port: { type: 'string' },
    key: { type: 'string' },
    'seed-sessions': { type: 'string' },
    'seed-events': { type: 'string' },
  });
  if (typeof values === 'string') {
    throw new UsageError(values);
  }
  if (values.key !== undefined && !/^[\x21-\x7e]+$/.test(values.key)) {
    throw new UsageError('--key wants at least one visible ASCII character and no spaces');
  }
  return {
    port: count('--port', values.port, 65_535),
    seedSessions: count('--seed-sessions', values['seed-sessions'], 1_000_000),
    seedEvents: count('--seed-events', values['seed-events'], 10_000_000),
    ...(values.key === undefined ? {} : { key: values.key }),
  };
}

function count(name: string, text: string | undefined, max: number): number {
  const value = text === undefined ? 0 : /^\d{1,9}$/.test(text) ? Number(text) : Number.NaN;
  if (!(value <= max)) {
    throw new UsageError(`${name} wants a whole number from 0 to ${String(max)}`);
  }
  return value;
}

function parseOrExit(args: string[]): SandboxOptions {
  try {
    return readOptions(args);
  } catch (error) {
    process.stderr.write(`${error instanceof Error ? error.message : String(error)}\n${usage}`);
    process.exit(2);
  }
}

const options = parseOrExit(process.argv.slice(2));
try {
  const sandbox = await startSandbox(options);
  process.stdout.write(`${JSON.stringify({ url: sandbox.url, key: sandbox.key })}\n`);
  for (const signal of ['SIGINT', 'SIGTERM'] as const) {
    process.once(signal, () => void sandbox.close().then(() => process.exit(0)));
  }
} catch (error) {
  process.stderr.write(
    `The sandbox could not start: ${error instanceof Error ? error.message : String(error)}\n`,
  );
  process.exit(1);
}
