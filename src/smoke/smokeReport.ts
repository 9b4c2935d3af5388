import type { AuthScheme } from '../api/connection.ts';
import type { HttpMethod } from '../api/operations.ts';
import type { SmokeCheckId, SmokeLevel } from './checks.ts';
import type { Diagnosis } from './runbook.ts';

export type SmokeStatus = 'passed' | 'failed' | 'skipped' | 'cancelled';

/** What became of one check. Plain data, in the user's language, free of credentials. */
export interface SmokeResult {
  readonly id: SmokeCheckId;
  readonly title: string;
  readonly proves: string;
  readonly status: SmokeStatus;
  readonly ms: number;
  readonly method: HttpMethod;
  /** Path below the origin, without query values; the path of the table where no request was made. */
  readonly path: string;
  /** Requests that it took; above 1 where a passing failure was tried again. */
  readonly attempts: number;
  readonly httpStatus?: number;
  readonly requestId?: string;
  readonly expected: string;
  /** What came, or why the check was left out. */
  readonly came: string;
  /** The server's own words about a failure. Untrusted, one line. */
  readonly serverSaid?: string;
  readonly diagnosis?: Diagnosis;
}

/** The proof that a run leaves: what was checked, where, when, and what came of it. */
export interface SmokeReport {
  readonly outcome: 'passed' | 'failed' | 'cancelled';
  /** The outcome in one sentence. */
  readonly verdict: string;
  readonly connection: {
    readonly name: string;
    readonly baseUrl: string;
    readonly auth: AuthScheme;
    readonly version: string;
    readonly betas: readonly string[];
  };
  /** The proxy that requests went through, without credentials; undefined where none is known. */
  readonly proxy?: string;
  readonly level: SmokeLevel;
  /** The session that was looked at: the given one, or the one that the run created. */
  readonly sessionId?: string;
  /** ISO 8601, UTC. */
  readonly startedAt: string;
  readonly durationMs: number;
  /** Names and versions of what ran the checks. */
  readonly versions: Readonly<Record<string, string>>;
  readonly counts: Readonly<Record<SmokeStatus, number>>;
  readonly checks: readonly SmokeResult[];
}
