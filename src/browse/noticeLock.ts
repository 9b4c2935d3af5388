import { type Clock, sleep } from '../util/clock.ts';
import { asArray, asNumber, asObject, asText, field } from '../util/json.ts';

/** As long as this a window keeps what it has claimed, in milliseconds. */
const HOLD_MS = 60_000;
/** Time for what other windows write to arrive here, in milliseconds. */
const SETTLE_MS = 250;
const MEMORY_KEY = 'managedAgents.noticeClaims';

interface Memory {
  get(key: string): unknown;
  update(key: string, value: unknown): PromiseLike<void>;
}

export interface NoticeLockOptions {
  /** Shared by all windows on this machine. */
  readonly memory: Memory;
  readonly clock: Clock;
  /** Names this window; different in every one. */
  readonly owner: string;
}

interface Claim {
  readonly key: string;
  readonly owner: string;
  readonly at: number;
}

/**
 * Lets one window of several tell one thing. What it guarantees: at least one window tells it, and of windows
 * whose claims are further apart than a write to the shared memory takes to arrive, exactly one does. Two that
 * claim in the same instant may both tell it: better twice than never.
 */
export class NoticeLock {
  private readonly options: NoticeLockOptions;

  constructor(options: NoticeLockOptions) {
    this.options = options;
  }

  /** @returns those of the keys that are this window's to tell. Never rejects. */
  async claim(keys: readonly string[]): Promise<ReadonlySet<string>> {
    const { memory, clock, owner } = this.options;
    const at = clock.now();
    const held = this.read();
    const free = keys.filter((key) => (held.get(key)?.owner ?? owner) === owner);
    if (free.length === 0) {
      return new Set();
    }
    const mine = free.map((key) => [key, { key, owner, at }] as const);
    try {
      await memory.update(MEMORY_KEY, [...new Map([...held, ...mine]).values()]);
    } catch {
      return new Set(free);
    }
    await sleep(clock, SETTLE_MS);
    const settled = this.read();
    return new Set(free.filter((key) => (settled.get(key)?.owner ?? owner) === owner));
  }

  /** The claims that still hold. */
  private read(): ReadonlyMap<string, Claim> {
    const now = this.options.clock.now();
    const claims = asArray(this.options.memory.get(MEMORY_KEY)).flatMap((value) => {
      const given = asObject(value);
      const key = asText(field(given, 'key'));
      const owner = asText(field(given, 'owner'));
      const at = asNumber(field(given, 'at'));
      const isWhole = key !== undefined && owner !== undefined && at !== undefined;
      return isWhole && Math.abs(now - at) < HOLD_MS ? [[key, { key, owner, at }] as const] : [];
    });
    return new Map(claims);
  }
}
