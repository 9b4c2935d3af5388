import type { Connection } from '../../api/connection.ts';
import { ApiError } from '../../api/errors.ts';
import type { SmokeCheckId, SmokeLevel } from '../../smoke/checks.ts';
import { runSmoke } from '../../smoke/run.ts';
import type { SmokeProgress } from '../../smoke/smokeOptions.ts';
import type { SmokeReport } from '../../smoke/smokeReport.ts';
import type { Shell } from '../shell.ts';
import { isReadOnly } from '../services/isReadOnly.ts';
import { proxyInUse } from './proxyInUse.ts';
import { runtimeVersions } from './runtimeVersions.ts';

export interface SmokeWish {
  readonly connection: Connection;
  readonly level: SmokeLevel;
  readonly sessionId?: string | undefined;
  readonly only?: ReadonlySet<SmokeCheckId> | undefined;
  readonly signal: AbortSignal;
  readonly onProgress: (progress: SmokeProgress) => void;
}

/** Runs the checks with what the editor has: its clients, its clock, its language. */
export class SmokeRunner {
  private readonly shell: Shell;

  constructor(shell: Shell) {
    this.shell = shell;
  }

  /** @throws ApiError `noKey` where the connection has none. */
  async run(wish: SmokeWish): Promise<SmokeReport> {
    const { clients, clock, keys, l10n, log, redactor, sessions } = this.shell;
    const { connection } = wish;
    if ((await keys.presence(connection)) === 'absent') {
      throw new ApiError('noKey', { sent: false });
    }
    if (wish.level === 'full' && isReadOnly(this.shell.connections, connection)) {
      throw new ApiError('readOnly', { sent: false });
    }
    const report = await runSmoke({
      ...wish,
      client: clients.for(connection),
      elsewhere: (prefix) => clients.for({ ...connection, prefix }),
      proxy: proxyInUse(),
      clock,
      random: Math.random,
      l10n,
      redact: (text) => redactor.redact(text),
      versions: runtimeVersions(),
    });
    const { passed, failed, skipped, cancelled } = report.counts;
    log.info(
      `Smoke checks of ${connection.name}: ${report.outcome} (passed ${passed}, failed ${failed}, skipped ${skipped}, cancelled ${cancelled})`,
    );
    if (report.checks.some(({ id, status }) => id === 'createSession' && status === 'passed')) {
      sessions.refresh(connection.id);
    }
    if (report.outcome === 'passed' && wish.only === undefined) {
      this.shell.steps.did('check');
    }
    return report;
  }
}
