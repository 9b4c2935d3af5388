import type { Order } from './eventLog.ts';

/** A place in a list: forward from the item at an index, or back over the items before it. */
export interface ListPosition {
  readonly at: number;
  readonly back: boolean;
}

export interface ListPage<T> {
  readonly items: T[];
  readonly next: ListPosition | undefined;
  readonly previous: ListPosition | undefined;
}

/**
 * One page of a list that only ever grows at its end, so that an index is a cursor that stays true.
 * `order` says which end the reader starts from.
 */
export function pageOf<T>(
  items: readonly T[],
  request: {
    order: Order;
    limit: number;
    from: ListPosition | undefined;
    matches: (item: T) => boolean;
  },
): ListPage<T> {
  const ahead = request.order === 'asc' ? 1 : -1;
  const start = request.from?.at ?? (ahead === 1 ? 0 : items.length - 1);
  const collect = (first: number, step: number, count: number) => {
    const found: number[] = [];
    for (let index = first; index >= 0 && index < items.length && found.length < count; index += step) {
      const item = items[index];
      if (item !== undefined && request.matches(item)) {
        found.push(index);
      }
    }
    return found;
  };

  const pick = (indices: readonly number[]) => indices.flatMap((index) => items.slice(index, index + 1));

  if (request.from?.back === true) {
    const found = collect(start - ahead, -ahead, request.limit + 1);
    const shown = found.slice(0, request.limit).reverse();
    const first = shown[0];
    return {
      items: pick(shown),
      next: { at: start, back: false },
      previous: found.length > request.limit && first !== undefined ? { at: first, back: true } : undefined,
    };
  }

  const found = collect(start, ahead, request.limit + 1);
  const after = found[request.limit];
  const first = found[0] ?? start;
  return {
    items: pick(found.slice(0, request.limit)),
    next: after === undefined ? undefined : { at: after, back: false },
    previous: collect(first - ahead, -ahead, 1).length > 0 ? { at: first, back: true } : undefined,
  };
}
