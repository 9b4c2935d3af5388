import type { Connection } from '../api/connection.ts';
import type { Clock } from '../util/clock.ts';
import { contractOperations } from './contractOperation.ts';
import { type ContractReport, type OperationFinding, type Presence } from './contractReport.ts';
import { ContractRun, type Prober } from './contractRun.ts';

export interface ContractOptions {
  readonly connection: Connection;
  readonly prober: Prober;
  /** Allows requests that may create something. What they create is archived again. */
  readonly allowWrites: boolean;
  readonly signal: AbortSignal;
  readonly clock: Clock;
  /** From 0 to 1. */
  readonly random: () => number;
  /** Every text of the report that is not ours goes through it. */
  readonly redact: (text: string) => string;
  readonly onFinding?: (finding: OperationFinding) => void;
}

/**
 * Finds out which operations of the contract, and which beyond it, a server offers.
 * @throws ApiError `cancelled`, `noKey` or `badKey`; everything else that goes wrong is in the report.
 */
export async function checkContract(options: ContractOptions): Promise<ContractReport> {
  const { connection, clock, redact, random } = options;
  const started = clock.now();
  const mark = Array.from({ length: 16 }, () => Math.floor(random() * 36).toString(36)).join('');
  const run = new ContractRun({ ...options, mark });
  const findings: OperationFinding[] = [];
  try {
    for (const operation of contractOperations) {
      const finding = await run.find(operation);
      findings.push(finding);
      options.onFinding?.(finding);
    }
  } finally {
    await run.cleanUp();
  }
  const counts: Record<Presence, number> = { present: 0, absent: 0, refused: 0, unknown: 0 };
  for (const { status } of findings) {
    counts[status]++;
  }
  const pinned = findings.filter(({ contract }) => contract !== 'beyond');
  const proxied = pinned.filter(({ contract }) => contract === 'proxied').length;
  return {
    pinned: pinned.length,
    proxied,
    unproxied: pinned.length - proxied,
    connection: {
      name: redact(connection.name),
      baseUrl: redact(`${connection.origin}${connection.prefix}`),
      auth: connection.auth,
    },
    generatedAt: new Date(started).toISOString(),
    durationMs: clock.now() - started,
    allowWrites: options.allowWrites,
    counts,
    operations: findings,
    leftBehind: run.leftBehind.map(redact),
  };
}
