import type { Session } from '../api/resources/session.ts';

export const groupings = ['none', 'agent', 'environment', 'status', 'date'] as const;
export type Grouping = (typeof groupings)[number];

export const sortings = ['created', 'updated', 'title'] as const;
export type Sorting = (typeof sortings)[number];

/** When something was, as coarse as a heading needs it. */
type Period = 'today' | 'yesterday' | 'week' | 'month' | 'older' | 'unknown';

/** Sessions that belong together. The key is stable: an id, a status or a period. Empty where none is known. */
interface SessionGroup {
  readonly key: string;
  readonly sessions: readonly Session[];
}

interface Arranging {
  readonly groupBy: Exclude<Grouping, 'none'>;
  readonly sortBy: Sorting;
  readonly now: number;
  /** What a group's heading says, by which agents and environments are ordered. */
  readonly nameOf: (key: string) => string;
}

/**
 * Orders what was read. `created` is the order in which servers list sessions, the newest first, and is left as
 * it came. Sessions without the fact stand last.
 */
export function sortSessions(sessions: readonly Session[], by: Sorting): readonly Session[] {
  switch (by) {
    case 'created':
      return sessions;
    case 'updated':
      return sessions.toSorted((a, b) => updated(b) - updated(a));
    case 'title':
      return sessions.toSorted((a, b) => {
        if (a.title === undefined || b.title === undefined) {
          return Number(a.title === undefined) - Number(b.title === undefined);
        }
        return collator.compare(a.title, b.title);
      });
  }
}

/** Puts sessions into groups, each in the order given; empty groups do not occur. */
export function groupSessions(sessions: readonly Session[], arranging: Arranging): readonly SessionGroup[] {
  const groups = new Map<string, Session[]>();
  for (const session of sessions) {
    const key = keyOf(session, arranging);
    const group = groups.get(key);
    if (group === undefined) {
      groups.set(key, [session]);
    } else {
      group.push(session);
    }
  }
  const rank = rankOf(arranging);
  return [...groups].map(([key, group]) => ({ key, sessions: group })).sort((a, b) => rank(a.key, b.key));
}

/** The period of a moment, by the local calendar. */
export function periodOf(time: number | undefined, now: number): Period {
  if (time === undefined) {
    return 'unknown';
  }
  const daysBack = (count: number) => {
    const day = new Date(now);
    day.setHours(0, 0, 0, 0);
    day.setDate(day.getDate() - count);
    return day.getTime();
  };
  if (time >= daysBack(0)) {
    return 'today';
  }
  if (time >= daysBack(1)) {
    return 'yesterday';
  }
  if (time >= daysBack(7)) {
    return 'week';
  }
  return time >= daysBack(30) ? 'month' : 'older';
}

const collator = new Intl.Collator(undefined, { numeric: true, sensitivity: 'base' });
const statusOrder = ['running', 'rescheduling', 'active', 'idle', 'other', 'terminated', 'archived'];
const periodOrder = ['today', 'yesterday', 'week', 'month', 'older', 'unknown'];

function keyOf(session: Session, { groupBy, sortBy, now }: Arranging): string {
  switch (groupBy) {
    case 'agent':
      return session.agent.id ?? session.agent.name ?? '';
    case 'environment':
      return session.environmentId ?? '';
    case 'status':
      return session.archivedAt === undefined ? session.status : 'archived';
    case 'date':
      return periodOf(
        sortBy === 'updated' ? (session.updatedAt ?? session.createdAt) : session.createdAt,
        now,
      );
  }
}

function rankOf({ groupBy, nameOf }: Arranging): (a: string, b: string) => number {
  switch (groupBy) {
    case 'agent':
    case 'environment':
      return (a, b) =>
        a === '' || b === '' ? Number(a === '') - Number(b === '') : collator.compare(nameOf(a), nameOf(b));
    case 'status':
      return (a, b) => statusOrder.indexOf(a) - statusOrder.indexOf(b);
    case 'date':
      return (a, b) => periodOrder.indexOf(a) - periodOrder.indexOf(b);
  }
}

function updated({ updatedAt, createdAt }: Session): number {
  return updatedAt ?? createdAt ?? 0;
}
