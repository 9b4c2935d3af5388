import { asObject, asText, field, type JsonObject } from '../util/json.ts';

/** An amount of money in whole cents; undefined for a text that is none. “12”, “12.5”, “$12.50”. */
export function parseDollars(text: string): number | undefined {
  const match = /^\$?\s*(\d{1,7})(?:[.,](\d{1,2}))?$/.exec(text.trim());
  if (match === null) {
    return undefined;
  }
  const cents = Number(match[1]) * 100 + Number((match[2] ?? '').padEnd(2, '0'));
  return cents > 0 ? cents : undefined;
}

/** Cents as dollars for people: `$12.50`. */
export function dollars(cents: number): string {
  return `$${(cents / 100).toFixed(2)}`;
}

/** The cap in the form of the wire: a text of whole cents (API reference, sessions). */
export function budgetBody(cents: number): JsonObject {
  return { type: 'limit', max_list_cost: { amount: String(cents), currency: 'USD' } };
}

/** The cap of a session in cents; undefined where it has none. */
export function budgetOf(session: JsonObject): number | undefined {
  return cents(field(asObject(field(session, 'budget')), 'max_list_cost'));
}

/** Whether a session has a budget, also one that this version cannot read. */
export function hasBudget(session: JsonObject): boolean {
  return asObject(field(session, 'budget')) !== undefined;
}

/** What a session has cost so far, in cents, where the server says. */
export function spentOf(session: JsonObject): number | undefined {
  return cents(field(asObject(field(session, 'usage')), 'list_cost'));
}

function cents(value: unknown): number | undefined {
  const amount = field(asObject(value), 'amount');
  const number = typeof amount === 'number' ? amount : Number(asText(amount) ?? Number.NaN);
  return Number.isFinite(number) ? number : undefined;
}
