import { smokeChecks } from './checks.ts';
import type { SmokeOptions } from './smokeOptions.ts';
import type { SmokeReport } from './smokeReport.ts';
import { wholePicture } from './wholePicture.ts';
import { SmokeRun } from './smokeRun.ts';
import { verdictOf } from './verdict.ts';

/** Runs the smoke checks. Never rejects because of a server: whatever happens is in the report. */
export async function runSmoke(options: SmokeOptions): Promise<SmokeReport> {
  const { clock, level, l10n, redact } = options;
  const { connection } = options.client;
  const started = clock.now();
  const run = new SmokeRun(options);
  try {
    for (const check of smokeChecks.filter(({ cleanup }) => cleanup !== true)) {
      await run.step(check);
    }
  } finally {
    run.leaveStream();
    for (const check of smokeChecks.filter(({ cleanup }) => cleanup === true)) {
      await run.step(check);
    }
  }
  const checks = run.results(await wholePicture(run, options));
  const counts = { passed: 0, failed: 0, skipped: 0, cancelled: 0 };
  for (const { status } of checks) {
    counts[status]++;
  }
  const outcome = counts.failed > 0 ? 'failed' : counts.cancelled > 0 ? 'cancelled' : 'passed';
  const { sessionId } = run;
  return {
    outcome,
    verdict: verdictOf(outcome, checks, l10n),
    connection: {
      name: redact(connection.name),
      baseUrl: redact(`${connection.origin}${connection.prefix}`),
      auth: connection.auth,
      version: redact(connection.version),
      betas: connection.betas.map(redact),
    },
    ...(options.proxy !== undefined && { proxy: redact(options.proxy) }),
    level,
    ...(sessionId !== undefined && { sessionId: redact(sessionId) }),
    startedAt: new Date(started).toISOString(),
    durationMs: clock.now() - started,
    versions: options.versions,
    counts,
    checks,
  };
}
