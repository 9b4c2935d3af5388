import { writeFile } from 'node:fs/promises';
import { release } from 'node:os';
import type { Connection } from '../api/connection.ts';
import { ManagedAgentsClient } from '../api/client.ts';
import { HttpCaller } from '../api/http/caller.ts';
import { Redactor } from '../api/http/redact.ts';
import { createUndiciTransport } from '../api/http/undiciTransport.ts';
import { plainL10n } from '../l10n.ts';
import { reportJunit } from '../smoke/junit.ts';
import { reportJson } from '../smoke/report.ts';
import { runSmoke } from '../smoke/run.ts';
import { systemClock } from '../util/clock.ts';
import { withKeyFromInput } from './keyFromInput.ts';
import { onInterrupt } from './onInterrupt.ts';
import { parseSmokeArguments, type SmokeArguments, smokeUsage } from './smokeArguments.ts';
import { createPaint, resultLine, summaryLines } from './smokeOutput.ts';

/** The smoke checks from a terminal and from CI. */
async function main(): Promise<number> {
  const argv = await withKeyFromInput(process.argv.slice(2), process.stdin);
  const parsed = parseSmokeArguments(argv, process.env);
  switch (parsed.kind) {
    case 'help':
      process.stdout.write(smokeUsage);
      return 0;
    case 'bad':
      process.stderr.write(`smoke: ${parsed.problem}\n\n${smokeUsage}`);
      return 2;
    case 'run':
      return await check(parsed.run);
  }
}

async function check(run: SmokeArguments): Promise<number> {
  const { connection, key, keyFrom, sessionId, level, json, junitPath } = run;
  const l10n = plainL10n;
  const paint = createPaint(process.stdout.isTTY && (process.env['NO_COLOR'] ?? '') === '');
  const redactor = new Redactor();
  redactor.learn(key);
  const redact = (text: string) => redactor.redact(text);
  const write = (line: string) => {
    if (!json) {
      process.stdout.write(`${line}\n`);
    }
  };
  if (keyFrom !== undefined) {
    process.stderr.write(`The key is taken from the environment variable ${keyFrom}.\n`);
  }
  const interrupt = onInterrupt();
  const transport = createUndiciTransport();
  const clientAt = (place: Connection) =>
    new ManagedAgentsClient(
      place,
      new HttpCaller({
        connection: place,
        transport,
        key: () => Promise.resolve(key),
        clock: systemClock,
        random: Math.random,
      }),
    );
  try {
    write(redact(`${connection.name}  ${connection.origin}${connection.prefix}\n`));
    const report = await runSmoke({
      client: clientAt(connection),
      elsewhere: (prefix) => clientAt({ ...connection, prefix }),
      level,
      sessionId,
      signal: interrupt.signal,
      onProgress: (progress) => {
        if (progress.kind === 'finished') {
          write(resultLine(progress.result, paint, l10n));
        }
      },
      clock: systemClock,
      random: Math.random,
      l10n,
      redact,
      versions: { Node: process.versions.node, System: `${process.platform} ${release()}` },
    });
    if (junitPath !== undefined) {
      await writeFile(junitPath, reportJunit(report));
    }
    if (json) {
      process.stdout.write(`${reportJson(report)}\n`);
    }
    for (const line of summaryLines(report, paint, l10n)) {
      write(line);
    }
    return report.outcome === 'failed' ? 1 : interrupt.signal.aborted ? 130 : 0;
  } finally {
    interrupt.dispose();
    transport.dispose();
  }
}

process.exitCode = await main();
