import { asObject, field } from '../util/json.ts';
import type { ContractReport, Presence } from './contractReport.ts';
import { presences } from './contractReport.ts';

/** What is known of a server's operations, by `METHOD /path/{id}`. */
export type KnownOperations = Readonly<Record<string, Presence>>;

/** What a report found, in the form in which it is kept. */
export function knownFrom({ operations }: ContractReport): KnownOperations {
  return Object.fromEntries(operations.map(({ method, path, status }) => [`${method} ${path}`, status]));
}

/** Reads what was kept; whatever is not of this form is left out. */
export function readKnown(value: unknown): KnownOperations {
  const kept = asObject(value) ?? {};
  return Object.fromEntries(
    Object.keys(kept).flatMap((operation) => {
      const presence = presences.find((candidate) => candidate === field(kept, operation));
      return presence === undefined ? [] : [[operation, presence] as const];
    }),
  );
}
