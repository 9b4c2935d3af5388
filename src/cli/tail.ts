import { ManagedAgentsClient } from '../api/client.ts';
import { ApiError, type ApiErrorReason } from '../api/errors.ts';
import { HttpCaller } from '../api/http/caller.ts';
import { Redactor } from '../api/http/redact.ts';
import { createUndiciTransport } from '../api/http/undiciTransport.ts';
import { plainL10n } from '../l10n.ts';
import { SessionFeed } from '../stream/sessionFeed.ts';
import { describeError } from '../text/describeError.ts';
import { systemClock } from '../util/clock.ts';
import { FollowedSource } from './tail/followedSource.ts';
import { JsonLines } from './tail/jsonLines.ts';
import { Output } from './tail/output.ts';
import { exitCodeOf, type TailEnd } from './tail/tailEnd.ts';
import { TailRun } from './tail/tailRun.ts';
import { TextLines } from './tail/textLines.ts';
import { withKeyFromInput } from './keyFromInput.ts';
import { parseTailArguments, type TailArguments, tailUsage } from './tailArguments.ts';

/** A live session in a terminal and in CI. */
async function main(): Promise<number> {
  const argv = await withKeyFromInput(process.argv.slice(2), process.stdin);
  const parsed = parseTailArguments(argv, process.env);
  switch (parsed.kind) {
    case 'help':
      process.stdout.write(tailUsage);
      return 0;
    case 'bad':
      process.stderr.write(`tail: ${parsed.problem}\n\n${tailUsage}`);
      return 2;
    case 'run':
      return await follow(parsed.run);
  }
}

async function follow(options: TailArguments): Promise<number> {
  const { connection, key, keyFrom, sessionId, untilIdle, json } = options;
  const redactor = new Redactor();
  redactor.learn(key);
  const redact = (text: string) => redactor.redact(text);
  const out = new Output(process.stdout, () => run.end('outputClosed'));
  const err = new Output(process.stderr, () => undefined);
  const write = (line: string) => out.write(line);
  const writeState = (line: string) => err.write(redact(line));
  if (keyFrom !== undefined) {
    writeState(`The key is taken from the environment variable ${keyFrom}.`);
  }
  const transport = createUndiciTransport();
  const caller = new HttpCaller({
    connection,
    transport,
    key: () => Promise.resolve(key),
    clock: systemClock,
    random: Math.random,
  });
  const client = new ManagedAgentsClient(connection, caller);
  const source = new FollowedSource(client, (signal) => out.room(signal));
  const feed = new SessionFeed({
    source,
    sessionId,
    clock: systemClock,
    random: Math.random,
    readFrom: 'beginning',
  });
  const lines = json
    ? new JsonLines({ write, cutKeys: (text) => redactor.cutKeys(text) })
    : new TextLines({ write, writeState, redact, now: () => systemClock.now() });
  const run = new TailRun({ feed, source, sessionId, lines, clock: systemClock, untilIdle });
  // A second signal ends the process at once, as it does by default.
  const interrupt = () => run.end('interrupted');
  process.once('SIGINT', interrupt);
  process.once('SIGTERM', interrupt);
  try {
    const end = await run.run();
    const code = exitCodeOf(end);
    if (code === 2) {
      writeState(lastWords(end, source, connection));
    }
    return code;
  } finally {
    process.off('SIGINT', interrupt);
    process.off('SIGTERM', interrupt);
    run.dispose();
    feed.dispose();
    out.dispose();
    err.dispose();
    transport.dispose();
  }
}

const reasonsOf: Readonly<Partial<Record<TailEnd, readonly ApiErrorReason[]>>> = {
  unauthorized: ['unauthorized'],
  forbidden: ['forbidden'],
  notFound: ['notFound', 'notOffered'],
  notOffered: ['notOffered', 'notFound'],
};

/** Why the session could not be followed, and what to do about it. */
function lastWords(end: TailEnd, source: FollowedSource, connection: TailArguments['connection']): string {
  const error = source.errorOf(...(reasonsOf[end] ?? [])) ?? new ApiError('network');
  const place = { connection: connection.name, origin: connection.origin };
  const { title, why, next } = describeError(error, place, plainL10n);
  return ['tail:', title, why, next].filter((text) => text !== '').join(' ');
}

process.exitCode = await main();
