import type { ListSessionsOptions } from '../api/client.ts';
import { ApiError } from '../api/errors.ts';
import type { Cursor, Page } from '../api/pagination.ts';
import type { Session } from '../api/resources/session.ts';
import type { Clock } from '../util/clock.ts';
import { type FilterPart, fitsPart, partsOf, passes, type SessionFilter, startOf } from './sessionFilter.ts';

/** Which parts of a filter a server is known to refuse. Kept, so that it is found out once. */
export interface Refusals {
  has(key: string): boolean;
  add(key: string): void;
}

interface FilteredOptions {
  readonly list: (options: ListSessionsOptions) => Promise<Page<Session>>;
  readonly filter: () => SessionFilter;
  readonly refusals: Refusals;
  readonly clock: Clock;
  readonly limit: number;
}

/**
 * Reads sessions with as much of the filter as the server takes: Anthropic documents every part, Synth none. A part
 * that is refused with 400 or 422 is left out and remembered; one that is ignored shows in the answer. Whatever
 * the server does not do is done by {@link passes} over what was read.
 */
export class FilteredSessions {
  private readonly options: FilteredOptions;
  private sent: ReadonlySet<FilterPart> = new Set();
  private readonly ignored = new Set<FilterPart>();
  /** Stays the same from page to page: a server may bind its cursor to it. */
  private since: number | undefined;

  constructor(options: FilteredOptions) {
    this.options = options;
  }

  /** The parts that the server filters by, as far as its answers show. */
  get byServer(): ReadonlySet<FilterPart> {
    return new Set([...this.sent].filter((part) => !this.ignored.has(part)));
  }

  /** Whether a session is to be shown. */
  passes(session: Session): boolean {
    return passes(session, this.options.filter(), this.options.clock.now(), this.byServer);
  }

  /** Whether a session is left out only because nobody knows what it does. */
  isUnclear(session: Session): boolean {
    const { filter, clock } = this.options;
    const current = filter();
    const isKnown =
      this.byServer.has('status') || fitsPart(session, current, 'status', clock.now()) !== undefined;
    return !isKnown && passes(session, { ...current, statuses: [] }, clock.now(), this.byServer);
  }

  /** The filter is another one: begins anew. */
  reset(): void {
    this.sent = new Set();
    this.ignored.clear();
    this.since = undefined;
  }

  /** Reads a page. The first one finds out what the server takes. */
  async fetch(cursor: Cursor | undefined): Promise<Page<Session>> {
    const { filter, clock } = this.options;
    const current = filter();
    if (cursor === undefined) {
      this.since ??= current.span === undefined ? undefined : startOf(current.span, clock.now());
    }
    const page =
      cursor === undefined ? await this.first(current) : await this.ask(cursor, this.sent, current);
    for (const part of this.sent) {
      // Taken without a complaint is not yet filtered by.
      if (page.items.some((item) => fitsPart(item, current, part, clock.now()) === false)) {
        this.ignored.add(part);
      }
    }
    return page;
  }

  private async first(filter: SessionFilter): Promise<Page<Session>> {
    const { refusals } = this.options;
    const wanted = partsOf(filter).filter((part) => !refusals.has(refusalKey(part, filter)));
    const accepted = await this.firstAccepted(wanted, filter);
    for (const part of wanted) {
      if (!accepted.parts.has(part)) {
        refusals.add(refusalKey(part, filter));
      }
    }
    if (this.options.filter() === filter) {
      this.sent = accepted.parts;
    }
    return accepted.page;
  }

  /** Tries all parts, then without those the server named, or without each one, and at last without any. */
  private async firstAccepted(
    wanted: readonly FilterPart[],
    filter: SessionFilter,
  ): Promise<{ readonly page: Page<Session>; readonly parts: ReadonlySet<FilterPart> }> {
    const all = new Set(wanted);
    let refusal: unknown;
    try {
      return { page: await this.ask(undefined, all, filter), parts: all };
    } catch (error) {
      if (all.size === 0 || !ApiError.is(error, 'invalid')) {
        throw error;
      }
      refusal = error;
    }
    for (const parts of smallerSets(wanted, refusal)) {
      try {
        return { page: await this.ask(undefined, parts, filter), parts };
      } catch (error) {
        if (parts.size === 0 || !ApiError.is(error, 'invalid')) {
          throw error;
        }
      }
    }
    throw refusal;
  }

  private async ask(
    cursor: Cursor | undefined,
    parts: ReadonlySet<FilterPart>,
    filter: SessionFilter,
  ): Promise<Page<Session>> {
    const { list, limit } = this.options;
    return await list({
      limit,
      cursor,
      ...(parts.has('agent') && filter.agent !== undefined && { agentId: filter.agent.id }),
      ...(parts.has('status') && { statuses: filter.statuses }),
      ...(parts.has('date') && this.since !== undefined && { createdSince: this.since }),
      ...(parts.has('archived') && { includeArchived: true }),
    });
  }
}

/** A server may know the parameter and not the word, so the words of a status are part of what is remembered. */
function refusalKey(part: FilterPart, filter: SessionFilter): string {
  return part === 'status' ? `status=${filter.statuses.toSorted().join()}` : part;
}

const parameters: Record<FilterPart, string> = {
  agent: 'agent_id',
  status: 'statuses',
  date: 'created_at',
  archived: 'include_archived',
};

function smallerSets(wanted: readonly FilterPart[], refusal: unknown): readonly Set<FilterPart>[] {
  const fieldErrors = ApiError.is(refusal) ? (refusal.details.fieldErrors ?? []) : [];
  const named = wanted.filter((part) => fieldErrors.some(({ path }) => path.includes(parameters[part])));
  const sets = named.length > 0 ? [new Set(wanted.filter((part) => !named.includes(part)))] : [];
  for (const left of wanted.length > 1 ? wanted : []) {
    sets.push(new Set(wanted.filter((part) => part !== left)));
  }
  sets.push(new Set());
  return sets;
}
