import type { JsonObject } from '../../src/util/json.ts';

/** How what a viewer sees differs from history, in events. */
export interface Differences {
  readonly lost: number;
  readonly duplicated: number;
  readonly stale: number;
  readonly misordered: number;
}

export const none: Differences = { lost: 0, duplicated: 0, stale: 0, misordered: 0 };

/** Compares by identity; events without one by what they say and when. */
export function compare(seen: readonly JsonObject[], history: readonly JsonObject[]): Differences {
  const held = countByIdentity(seen);
  const due = countByIdentity(history);
  let lost = 0;
  let duplicated = 0;
  for (const [identity, count] of due) {
    lost += Math.max(0, count - (held.get(identity) ?? 0));
  }
  for (const [identity, count] of held) {
    duplicated += Math.max(0, count - (due.get(identity) ?? 0));
  }
  const named = (event: JsonObject) => typeof event['id'] === 'string';
  const latest = new Map(history.filter(named).map((event) => [event['id'], event['processed_at']]));
  const stale = seen.filter(
    (event) => latest.has(event['id'] ?? null) && latest.get(event['id'] ?? null) !== event['processed_at'],
  ).length;
  return { lost, duplicated, stale, misordered: misordered(seen, history) };
}

export function add(a: Differences, b: Differences): Differences {
  return {
    lost: a.lost + b.lost,
    duplicated: a.duplicated + b.duplicated,
    stale: a.stale + b.stale,
    misordered: a.misordered + b.misordered,
  };
}

/** Events with an identity that stand behind one which history has later. */
function misordered(seen: readonly JsonObject[], history: readonly JsonObject[]): number {
  const place = new Map(history.map((event, index) => [event['id'], index]));
  let latest = -1;
  let count = 0;
  for (const event of seen) {
    const index = typeof event['id'] === 'string' ? place.get(event['id']) : undefined;
    if (index !== undefined) {
      count += index < latest ? 1 : 0;
      latest = Math.max(latest, index);
    }
  }
  return count;
}

function countByIdentity(events: readonly JsonObject[]): Map<string, number> {
  const counts = new Map<string, number>();
  for (const event of events) {
    const identity = identityOf(event);
    counts.set(identity, (counts.get(identity) ?? 0) + 1);
  }
  return counts;
}

function identityOf(event: JsonObject): string {
  const id = event['id'];
  return typeof id === 'string' ? id : JSON.stringify(event);
}
