import type { Session } from '../api/resources/session.ts';

/** What a session may be doing, as far as a list can be narrowed to it. `active` is Synth's word for all that live. */
export const statusChoices = ['running', 'idle', 'rescheduling', 'active', 'terminated'] as const;
export type StatusChoice = (typeof statusChoices)[number];

/** How far back a list goes: to the beginning of today, or of the day 7 or 30 days ago, in local time. */
export const spans = ['today', 'week', 'month'] as const;
export type Span = (typeof spans)[number];

export interface SessionFilter {
  /** The name is as it was when the agent was chosen, for texts only. */
  readonly agent: { readonly id: string; readonly name: string } | undefined;
  /** Any of these; none of them means all. */
  readonly statuses: readonly StatusChoice[];
  readonly span: Span | undefined;
  readonly showsArchived: boolean;
}

export const noFilter: SessionFilter = {
  agent: undefined,
  statuses: [],
  span: undefined,
  showsArchived: false,
};

/** The parts of a filter, each of which a server takes or leaves to us. */
export type FilterPart = 'agent' | 'status' | 'date' | 'archived';

/** The parts that are in use. */
export function partsOf(filter: SessionFilter): readonly FilterPart[] {
  return [
    ...(filter.agent === undefined ? [] : (['agent'] as const)),
    ...(filter.statuses.length === 0 ? [] : (['status'] as const)),
    ...(filter.span === undefined ? [] : (['date'] as const)),
    ...(filter.showsArchived ? (['archived'] as const) : []),
  ];
}

const DAYS_BACK: Record<Span, number> = { today: 0, week: 7, month: 30 };

/** When a span begins, in epoch milliseconds. */
export function startOf(span: Span, now: number): number {
  const day = new Date(now);
  day.setHours(0, 0, 0, 0);
  day.setDate(day.getDate() - DAYS_BACK[span]); // by the calendar: a day may have 23 or 25 hours
  return day.getTime();
}

/**
 * Whether a session passes a filter.
 * @param trusted the parts that the server has filtered by. What a session does not say is then taken as
 * fitting: Synth answers a list of running sessions with `active` ones.
 */
export function passes(
  session: Session,
  filter: SessionFilter,
  now: number,
  trusted: ReadonlySet<FilterPart> = new Set(),
): boolean {
  return (['agent', 'status', 'date', 'archived'] as const).every((part) => {
    const fits = fitsPart(session, filter, part, now);
    return fits ?? trusted.has(part);
  });
}

/** Whether a session fits one part; undefined where it does not say enough to tell. */
export function fitsPart(
  session: Session,
  filter: SessionFilter,
  part: FilterPart,
  now: number,
): boolean | undefined {
  switch (part) {
    case 'agent':
      if (filter.agent === undefined) {
        return true;
      }
      return session.agent.id === undefined ? undefined : session.agent.id === filter.agent.id;
    case 'status':
      return fitsStatus(session, filter.statuses);
    case 'date': {
      if (filter.span === undefined) {
        return true;
      }
      return session.createdAt === undefined ? undefined : session.createdAt >= startOf(filter.span, now);
    }
    case 'archived':
      return filter.showsArchived || session.archivedAt === undefined;
  }
}

function fitsStatus({ status }: Session, wanted: readonly StatusChoice[]): boolean | undefined {
  if (wanted.length === 0) {
    return true;
  }
  if (status === 'other') {
    return undefined;
  }
  if (wanted.includes(status)) {
    return true;
  }
  if (wanted.includes('active') && status !== 'terminated') {
    return true;
  }
  const livelyWanted = wanted.some((choice) => choice !== 'terminated');
  return status === 'active' && livelyWanted ? undefined : false;
}
