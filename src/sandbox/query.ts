import type { CursorScope } from './cursor.ts';
import { invalid } from './errors.ts';
import type { Order } from './eventLog.ts';
import type { PreviewType } from './records.ts';
import type { Checker } from './validation.ts';

// Query parameters of lists and streams, checked the way the real service does.

export function readLimit(
  query: URLSearchParams,
  checker: Checker,
  rules: { standard: number; max: number },
): number {
  const text = query.get('limit');
  if (text === null) {
    return rules.standard;
  }
  const value = /^\d{1,9}$/.test(text) ? Number(text) : 0;
  if (value < 1 || value > rules.max) {
    checker.fail(
      ['query', 'limit'],
      `must be a whole number from 1 to ${String(rules.max)}`,
      'value_error.number',
    );
  }
  return value;
}

export function readOrder(query: URLSearchParams, checker: Checker, standard: Order): Order {
  const text = query.get('order');
  if (text === null || text === 'asc' || text === 'desc') {
    return text ?? standard;
  }
  checker.fail(['query', 'order'], "unexpected value; permitted: 'asc', 'desc'", 'value_error.const');
  return standard;
}

export function readFlag(query: URLSearchParams, checker: Checker, name: string): boolean {
  const text = query.get(name);
  if (text === null || text === 'true' || text === 'false') {
    return text === 'true';
  }
  checker.fail(['query', name], 'value could not be parsed to a boolean', 'type_error.bool');
  return false;
}

export function readList(query: URLSearchParams, name: string): string[] {
  return [...query.getAll(`${name}[]`), ...query.getAll(name)];
}

/** The `created_at[…]` bounds of a list. */
export interface TimeWindow {
  includes(time: number): boolean;
  readonly isOpen: boolean;
  /** The bounds as text: cursors are bound to it. */
  readonly key: string;
}

const bounds = {
  gt: (time: number, bound: number) => time > bound,
  gte: (time: number, bound: number) => time >= bound,
  lt: (time: number, bound: number) => time < bound,
  lte: (time: number, bound: number) => time <= bound,
} as const;

const rfc3339 = /^\d{4}-\d{2}-\d{2}[Tt ]\d{2}:\d{2}:\d{2}(\.\d+)?([Zz]|[+-]\d{2}:\d{2})$/;

export function readWindow(query: URLSearchParams, checker: Checker): TimeWindow {
  const tests: ((time: number) => boolean)[] = [];
  const key: string[] = [];
  for (const [name, test] of Object.entries(bounds)) {
    const parameter = `created_at[${name}]`;
    const text = query.get(parameter);
    if (text === null) {
      continue;
    }
    const bound = rfc3339.test(text) ? Date.parse(text) : Number.NaN;
    if (Number.isNaN(bound)) {
      checker.fail(['query', parameter], 'invalid datetime format', 'value_error.datetime');
      continue;
    }
    tests.push((time) => test(time, bound));
    key.push(`${name}${String(bound)}`);
  }
  return {
    includes: (time) => tests.every((test) => test(time)),
    isOpen: tests.length === 0,
    key: key.join(),
  };
}

export function cursorScope(list: string, order: Order, window?: TimeWindow): CursorScope {
  return { list, order, window: window?.key ?? '' };
}

/** `event_deltas[]` of a stream. @throws SandboxError of kind `invalid` for any other value. */
export function readPreviews(query: URLSearchParams): ReadonlySet<PreviewType> {
  const previews = new Set<PreviewType>();
  for (const value of readList(query, 'event_deltas')) {
    if (value !== 'agent.message' && value !== 'agent.thinking') {
      throw invalid(`event_deltas: '${value.slice(0, 60)}' has no deltas`);
    }
    previews.add(value);
  }
  return previews;
}
