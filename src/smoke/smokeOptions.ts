import type { Connection } from '../api/connection.ts';
import type { CallRecord } from '../api/http/caller.ts';
import type { L10n } from '../l10n.ts';
import type { Clock } from '../util/clock.ts';
import type { SmokeCheckId, SmokeLevel } from './checks.ts';
import type { SmokeClient } from './probes.ts';
import type { SmokeResult } from './smokeReport.ts';

export type SmokeProgress =
  | { readonly kind: 'started'; readonly id: SmokeCheckId; readonly title: string }
  /** Comes once per check, in the order of the checks. A cause may still be refined in the report. */
  | { readonly kind: 'finished'; readonly result: SmokeResult };

export interface SmokeOptions {
  /** A client for the connection to check. */
  readonly client: {
    readonly connection: Connection;
    readonly observed: (onCall: (record: CallRecord) => void) => SmokeClient;
  };
  /** The same server and key under another path, asked only where nothing answers under the connection's own. */
  readonly elsewhere?: ((prefix: string) => Pick<SmokeClient, 'listAgents'>) | undefined;
  readonly level: SmokeLevel;
  /** A session to look at instead of a new one. */
  readonly sessionId?: string | undefined;
  /** Only these checks, and those that they need; all where not given. What was made is archived in any case. */
  readonly only?: ReadonlySet<SmokeCheckId> | undefined;
  /** Ends the run; what it created is archived all the same. */
  readonly signal: AbortSignal;
  readonly onProgress?: ((progress: SmokeProgress) => void) | undefined;
  readonly clock: Clock;
  /** From 0 to 1; makes the title of the created session like no other. */
  readonly random: () => number;
  readonly l10n: L10n;
  /** Every text of the report and of the progress that is not ours goes through it. */
  readonly redact: (text: string) => string;
  /** Origin of the proxy that requests go through, where one is known. */
  readonly proxy?: string | undefined;
  /** Names and versions of what runs the checks. */
  readonly versions: Readonly<Record<string, string>>;
}
