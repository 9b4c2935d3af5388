import { writeFile } from 'node:fs/promises';
import { ApiError } from '../api/errors.ts';
import { HttpCaller } from '../api/http/caller.ts';
import { Redactor } from '../api/http/redact.ts';
import { createUndiciTransport } from '../api/http/undiciTransport.ts';
import { checkContract } from '../contract/checkContract.ts';
import type { ContractReport } from '../contract/contractReport.ts';
import { plainL10n } from '../l10n.ts';
import { describeError } from '../text/describeError.ts';
import { sentences } from '../text/explanation.ts';
import { visible } from '../text/visible.ts';
import { systemClock } from '../util/clock.ts';
import { type ContractArguments, contractUsage, parseContractArguments } from './contractArguments.ts';
import { contractSummary, findingLine } from './contractOutput.ts';
import { withKeyFromInput } from './keyFromInput.ts';
import { onInterrupt } from './onInterrupt.ts';

/** Which operations of the contract a server offers, from a terminal and from CI. */
async function main(): Promise<number> {
  const argv = await withKeyFromInput(process.argv.slice(2), process.stdin);
  const parsed = parseContractArguments(argv, process.env);
  switch (parsed.kind) {
    case 'help':
      process.stdout.write(contractUsage);
      return 0;
    case 'bad':
      process.stderr.write(`contract: ${parsed.problem}\n\n${contractUsage}`);
      return 2;
    case 'run':
      return await check(parsed.run);
  }
}

async function check(run: ContractArguments): Promise<number> {
  const { connection, key, keyFrom } = run;
  const useColours = process.stdout.isTTY && (process.env['NO_COLOR'] ?? '') === '';
  const redactor = new Redactor();
  redactor.learn(key);
  const write = (line: string) => {
    if (!run.json) {
      process.stdout.write(`${redactor.redact(line)}\n`);
    }
  };
  if (keyFrom !== undefined) {
    process.stderr.write(`The key is taken from the environment variable ${keyFrom}.\n`);
  }
  const interrupt = onInterrupt();
  const transport = createUndiciTransport();
  try {
    write(`${visible(connection.name, 200)}  ${connection.origin}${connection.prefix}\n`);
    const report = await checkContract({
      connection,
      prober: new HttpCaller({
        connection,
        transport,
        key: () => Promise.resolve(key),
        clock: systemClock,
        random: Math.random,
      }),
      allowWrites: run.allowWrites,
      signal: interrupt.signal,
      clock: systemClock,
      random: Math.random,
      redact: (text) => redactor.redact(text),
      onFinding: (finding) => write(findingLine(finding, useColours)),
    });
    for (const line of contractSummary(report)) {
      write(line);
    }
    await deliver(report, run);
    return isHonoured(report) ? 0 : 1;
  } catch (error) {
    if (!ApiError.is(error)) {
      throw error;
    }
    const where = { connection: connection.name, origin: connection.origin };
    const { title, why, next } = describeError(error, where, plainL10n);
    process.stderr.write(`contract: ${redactor.redact(sentences(title, why, next))}\n`);
    return interrupt.signal.aborted ? 130 : 1;
  } finally {
    interrupt.dispose();
    transport.dispose();
  }
}

async function deliver(report: ContractReport, { reportPath, json }: ContractArguments): Promise<void> {
  const text = `${JSON.stringify(report, undefined, 2)}\n`;
  if (json) {
    process.stdout.write(text);
  }
  if (reportPath !== undefined) {
    await writeFile(reportPath, text);
  }
}

/**
 * Whether the server answers at all, and nothing of what Synth proxies is missing or refused, but for the health
 * check: Anthropic's own API has none.
 */
function isHonoured({ operations }: ContractReport): boolean {
  const proxied = operations.filter(({ contract, path }) => contract === 'proxied' && path !== '/health');
  return (
    operations.some(({ http }) => http !== null) &&
    proxied.every(({ status }) => status === 'present' || status === 'unknown')
  );
}

process.exitCode = await main();
