import { type Cursor, CursorGuard, type Page } from '../api/pagination.ts';
import type { Session } from '../api/resources/session.ts';
import { asNumber, asObject, asText, field, type JsonObject } from '../util/json.ts';

/** What one session used, as far as the server says: what it does not say is undefined. */
export interface SessionUsage {
  readonly session: Session;
  /** Time in which the agent worked, in milliseconds. */
  readonly activeMs: number | undefined;
  readonly input: number | undefined;
  readonly output: number | undefined;
  readonly cacheRead: number | undefined;
  readonly cacheWrite: number | undefined;
  readonly cost: Cost | undefined;
}

interface Cost {
  /** Of the currency's hundredth part. */
  readonly cents: number;
  readonly currency: string;
}

/** What can be summed up of sessions, each with the number of sessions that say it. */
export type UsageField = 'activeMs' | 'input' | 'output' | 'cacheRead' | 'cacheWrite';

/** What the sessions of an agent used together. */
export interface AgentUsage {
  readonly sessions: number;
  /** How many sessions there are of each status; archived ones apart, whatever else they are. */
  readonly statuses: ReadonlyMap<string, { readonly sample: Session; readonly count: number }>;
  readonly sums: Readonly<Record<UsageField, { readonly sum: number; readonly told: number }>>;
  /** Cents by currency. */
  readonly costs: ReadonlyMap<string, number>;
  readonly costsTold: number;
  /** The sessions that cost most, or, where no cost is given, used the most tokens; the dearest first. */
  readonly dearest: readonly SessionUsage[];
  /** Why not all sessions were read. */
  readonly stopped: 'no' | 'cancelled' | 'limit';
  /** Entries that could not be understood. */
  readonly skipped: number;
}

export interface ReadUsageOptions {
  readonly agentId: string;
  readonly fetchPage: (cursor: Cursor | undefined) => Promise<Page<Session>>;
  readonly signal: AbortSignal;
  /** Told after each page how many sessions of the agent were read. */
  readonly onProgress: (sessions: number) => void;
}

/** Pages that are read at most; a server without a filter by agent sends all of its sessions. */
export const MAX_USAGE_PAGES = 100;
const MOST_DEAR = 10;

const fields: readonly UsageField[] = ['activeMs', 'input', 'output', 'cacheRead', 'cacheWrite'];

/**
 * Reads the sessions of an agent, page by page, and sums up what they used. When it is aborted it answers with
 * what was read until then; the failure of a page is thrown.
 */
export async function readAgentUsage(options: ReadUsageOptions): Promise<AgentUsage> {
  const sum = new UsageSum();
  const guard = new CursorGuard();
  let cursor: Cursor | undefined;
  for (let page = 0; page < MAX_USAGE_PAGES; page++) {
    let answer: Page<Session>;
    try {
      answer = await options.fetchPage(cursor);
    } catch (error) {
      if (options.signal.aborted) {
        return sum.result('cancelled');
      }
      throw error;
    }
    sum.add(answer, options.agentId);
    options.onProgress(sum.size);
    cursor = answer.next;
    if (cursor === undefined || !guard.admit(cursor)) {
      return sum.result('no');
    }
    if (options.signal.aborted) {
      return sum.result('cancelled');
    }
  }
  return sum.result('limit');
}

class UsageSum {
  private readonly seen = new Set<string>();
  private readonly statuses = new Map<string, { sample: Session; count: number }>();
  private readonly totals = {
    activeMs: { sum: 0, told: 0 },
    input: { sum: 0, told: 0 },
    output: { sum: 0, told: 0 },
    cacheRead: { sum: 0, told: 0 },
    cacheWrite: { sum: 0, told: 0 },
  };
  private readonly costs = new Map<string, number>();
  private costsTold = 0;
  private dearest: SessionUsage[] = [];
  private skipped = 0;

  get size(): number {
    return this.seen.size;
  }

  /** Sessions of other agents, and those that came before, do not count. */
  add({ items, skipped }: Page<Session>, agentId: string): void {
    this.skipped += skipped;
    for (const session of items) {
      if (session.agent.id === agentId && !this.seen.has(session.id)) {
        this.seen.add(session.id);
        this.take(usageOf(session));
      }
    }
    this.dearest = this.dearest.sort(byCost).slice(0, MOST_DEAR);
  }

  result(stopped: AgentUsage['stopped']): AgentUsage {
    const { statuses, totals, costs, costsTold, dearest, skipped } = this;
    return { sessions: this.size, statuses, sums: totals, costs, costsTold, dearest, stopped, skipped };
  }

  private take(usage: SessionUsage): void {
    const { session, cost } = usage;
    const status =
      session.archivedAt === undefined ? `${session.status} ${session.statusText ?? ''}` : 'archived';
    const known = this.statuses.get(status);
    this.statuses.set(status, { sample: known?.sample ?? session, count: (known?.count ?? 0) + 1 });
    for (const name of fields) {
      const value = usage[name];
      if (value !== undefined) {
        this.totals[name].sum += value;
        this.totals[name].told++;
      }
    }
    if (cost !== undefined) {
      this.costs.set(cost.currency, (this.costs.get(cost.currency) ?? 0) + cost.cents);
      this.costsTold++;
    }
    if (tokensOf(usage) > 0 || cost !== undefined) {
      this.dearest.push(usage);
    }
  }
}

/** What a session used, from its description. */
function usageOf(session: Session): SessionUsage {
  const usage = asObject(field(session.raw, 'usage'));
  const stats = asObject(field(session.raw, 'stats'));
  const seconds = count(stats, 'active_seconds') ?? count(usage, 'active_seconds');
  const parts = Object.values(asObject(field(usage, 'cache_creation')) ?? {}).flatMap((part) =>
    typeof part === 'number' && part >= 0 ? [part] : [],
  );
  const written = parts.length === 0 ? undefined : parts.reduce((sum, part) => sum + part, 0);
  return {
    session,
    activeMs: seconds === undefined ? undefined : seconds * 1_000,
    input: count(usage, 'input_tokens'),
    output: count(usage, 'output_tokens'),
    cacheRead: count(usage, 'cache_read_input_tokens'),
    cacheWrite: count(usage, 'cache_creation_input_tokens') ?? written,
    cost: costOf(asObject(field(usage, 'list_cost'))),
  };
}

function count(object: JsonObject | undefined, name: string): number | undefined {
  const value = asNumber(field(object, name));
  return value === undefined || value < 0 ? undefined : value;
}

/** The API gives cents as text; other servers as a number. Anything else is no cost. */
function costOf(cost: JsonObject | undefined): Cost | undefined {
  const amount = field(cost, 'amount');
  const isText = typeof amount === 'string' && /^\d{1,15}(\.\d+)?$/.test(amount);
  const cents = asNumber(isText ? Number(amount) : amount);
  const currency = asText(field(cost, 'currency')) ?? 'USD';
  return cents === undefined || cents < 0 || !/^[A-Za-z]{3}$/.test(currency)
    ? undefined
    : { cents, currency: currency.toUpperCase() };
}

function tokensOf({ input = 0, output = 0 }: SessionUsage): number {
  return input + output;
}

/** What is told in another currency cannot be compared; then as between equals the tokens decide. */
function byCost(one: SessionUsage, other: SessionUsage): number {
  const isComparable = one.cost?.currency === other.cost?.currency;
  const difference = isComparable ? (other.cost?.cents ?? 0) - (one.cost?.cents ?? 0) : 0;
  const known = isComparable ? 0 : Number(other.cost !== undefined) - Number(one.cost !== undefined);
  return difference || known || tokensOf(other) - tokensOf(one);
}
