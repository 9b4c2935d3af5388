import type { JsonObject } from '../../util/json.ts';
import { decodeListCursor, encodeListCursor } from '../cursor.ts';
import type { Order } from '../eventLog.ts';
import { type ListPosition, pageOf } from '../paging.ts';
import { cursorScope, readLimit, type TimeWindow } from '../query.ts';
import type { Checker } from '../validation.ts';
import { type Answer, type Call, json } from './call.ts';

/** Default and largest page size of agents, environments and sessions. */
const standardLimits = { standard: 20, max: 100 } as const;

/** Answers one page of an append-only list. Throws what the checker has found before it reads anything. */
export function answerPage<T>(
  call: Call,
  checker: Checker,
  list: {
    name: string;
    items: readonly T[];
    order: Order;
    window?: TimeWindow;
    limits?: { standard: number; max: number };
    bothWays?: boolean;
    matches?: (item: T) => boolean;
    shape: (item: T) => JsonObject;
  },
): Answer {
  const limit = readLimit(call.query, checker, list.limits ?? standardLimits);
  checker.finish();
  const scope = cursorScope(list.name, list.order, list.window);
  const cursor = call.query.get('page');
  const page = pageOf(list.items, {
    order: list.order,
    limit,
    from: cursor === null ? undefined : decodeListCursor(scope, cursor),
    matches: list.matches ?? (() => true),
  });
  const link = (position: ListPosition | undefined) =>
    position === undefined ? undefined : encodeListCursor(scope, position);
  return json(
    call.dialect.list(page.items.map(list.shape), {
      next: link(page.next),
      ...(list.bothWays === true ? { previous: link(page.previous) ?? null } : {}),
    }),
  );
}
