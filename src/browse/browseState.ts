import { asArray, asObject, asText, field } from '../util/json.ts';
import { type Grouping, groupings, type Sorting, sortings } from './arrangeSessions.ts';
import { noFilter, type SessionFilter, spans, statusChoices } from './sessionFilter.ts';

/** How the lists of one connection are looked at. Survives the window. */
export interface BrowseState {
  readonly sessions: SessionFilter;
  readonly archivedAgents: boolean;
  readonly archivedEnvironments: boolean;
  readonly groupBy: Grouping;
  readonly sortBy: Sorting;
  /** Ids of pinned sessions, the one that was pinned last first. */
  readonly pins: readonly string[];
}

export const plainState: BrowseState = {
  sessions: noFilter,
  archivedAgents: false,
  archivedEnvironments: false,
  groupBy: 'none',
  sortBy: 'created',
  pins: [],
};

/** More pins than this would be a list of their own, and a request each. */
export const MAX_PINS = 50;

/** Reads a kept state; whatever of it cannot be understood is as if it had not been kept. */
export function readBrowseState(value: unknown): BrowseState {
  const kept = asObject(value);
  const filter = asObject(field(kept, 'sessions'));
  const agent = asObject(field(filter, 'agent'));
  const agentId = asText(field(agent, 'id'));
  return {
    sessions: {
      agent:
        agentId === undefined ? undefined : { id: agentId, name: asText(field(agent, 'name')) ?? agentId },
      statuses: asArray(field(filter, 'statuses')).flatMap((status) => oneOf(statusChoices, status) ?? []),
      span: oneOf(spans, field(filter, 'span')),
      showsArchived: field(filter, 'showsArchived') === true,
    },
    archivedAgents: field(kept, 'archivedAgents') === true,
    archivedEnvironments: field(kept, 'archivedEnvironments') === true,
    groupBy: oneOf(groupings, field(kept, 'groupBy')) ?? 'none',
    sortBy: oneOf(sortings, field(kept, 'sortBy')) ?? 'created',
    pins: [...new Set(asArray(field(kept, 'pins')).flatMap((id) => asText(id) ?? []))].slice(0, MAX_PINS),
  };
}

/** Whether anything is shown, or left out, that would not be without a filter. */
export function isFiltered({ sessions, archivedAgents, archivedEnvironments }: BrowseState): boolean {
  return (
    sessions.agent !== undefined ||
    sessions.statuses.length > 0 ||
    sessions.span !== undefined ||
    sessions.showsArchived ||
    archivedAgents ||
    archivedEnvironments
  );
}

function oneOf<T extends string>(choices: readonly T[], value: unknown): T | undefined {
  return choices.find((choice) => choice === value);
}
