import { ApiError } from '../api/errors.ts';
import type { CauseId } from './runbook.ts';
import { isRetired } from './runbook.ts';
import type { SmokeOptions } from './smokeOptions.ts';
import type { SmokeRun } from './smokeRun.ts';

/** What only the run as a whole can tell. */
export interface WholePicture {
  /** The one cause behind every failure. */
  readonly cause?: CauseId | undefined;
  /** Another path under which the server does answer. */
  readonly otherPrefix?: string | undefined;
  /** By how much the server's clock is ahead, in milliseconds, where the difference is large. */
  readonly skewMs?: number | undefined;
}

/** Paths at which servers of this API are known to stand: Synth's, Anthropic's, and a service run by oneself. */
const knownPrefixes = ['/api/managed-agents/anthropic/v1', '/v1', '/anthropic/v1'];
/** Clocks may differ by as much without anybody minding. */
const MOST_SKEW_MS = 5 * 60_000;

/** Looks at what all checks together say, and asks further only where nothing answered at all. */
export async function wholePicture(run: SmokeRun, options: SmokeOptions): Promise<WholePicture> {
  const skewMs = skewOf(run, options);
  if (!isRetired(run.symptoms, run.passed)) {
    return { skewMs };
  }
  const otherPrefix = await findElsewhere(options);
  return { cause: otherPrefix === undefined ? 'retired' : 'wrongPrefix', otherPrefix, skewMs };
}

function skewOf(run: SmokeRun, { clock }: SmokeOptions): number | undefined {
  // The run is short, so that its end is as good a moment as each answer's own.
  const now = clock.now();
  const last = run.requests.findLast(({ serverTime }) => serverTime !== undefined)?.serverTime;
  const skew = last === undefined ? 0 : last - now;
  return Math.abs(skew) > MOST_SKEW_MS ? skew : undefined;
}

async function findElsewhere({ client, elsewhere, signal }: SmokeOptions): Promise<string | undefined> {
  if (elsewhere === undefined || signal.aborted) {
    return undefined;
  }
  for (const prefix of knownPrefixes) {
    if (prefix !== client.connection.prefix && (await answersAt(elsewhere(prefix), signal))) {
      return prefix;
    }
  }
  return undefined;
}

/** A list, or the wish for another key, is an answer of the API; anything else is not. */
async function answersAt(
  client: ReturnType<NonNullable<SmokeOptions['elsewhere']>>,
  signal: AbortSignal,
): Promise<boolean> {
  try {
    await client.listAgents({ limit: 1, signal });
    return true;
  } catch (error) {
    return ApiError.is(error, 'unauthorized', 'forbidden', 'rateLimited');
  }
}
