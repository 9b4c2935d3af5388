import type { TimelineTokens } from '../protocol/timelineMessages.ts';

/** What has a place in a {@link SpanIndex}. */
export interface Span {
  /** Epoch milliseconds. */
  readonly start: number;
  /** Infinity while it goes on; never before `start`. */
  readonly end: number;
  /** Unique; decides between spans that start together. */
  readonly order: number;
  readonly isFailed: boolean;
  readonly counts: boolean;
  readonly tokens: TimelineTokens | null;
}

/** What several spans come to. */
export interface Sum {
  readonly size: number;
  readonly count: number;
  readonly open: number;
  /** Sum of the starts of those that go on. */
  readonly openSince: number;
  /** Sum of the lengths of those that have ended. */
  readonly busy: number;
  readonly failed: number;
  readonly input: number;
  readonly output: number;
  readonly cacheRead: number;
  readonly cacheWrite: number;
  /** The latest end of those that have ended; minus infinity where there is none. */
  readonly lastEnd: number;
}

interface Node<T extends Span> {
  readonly item: T;
  readonly priority: number;
  left: Node<T> | undefined;
  right: Node<T> | undefined;
  sum: Sum;
  /** The latest end and the greatest length below, of those that go on as well. */
  maxEnd: number;
  longest: number;
}

/** A place between spans. */
export interface Place {
  readonly start: number;
  readonly rank: number;
}

/** Before everything that starts at a moment or later. */
export function placeAt(start: number): Place {
  return { start, rank: Number.NEGATIVE_INFINITY };
}

/** Right before a span. */
export function placeOf(span: Span): Place {
  return { start: span.start, rank: rankOf(span) };
}

/** Right behind a span. */
export function placeBehind(span: Span): Place {
  return { start: span.start, rank: rankOf(span) + 0.5 };
}

/** Of spans that start together, those that take no time come first: they have ended when the others begin. */
function rankOf({ start, end, order }: Span): number {
  return start === end ? order - MOST_SPANS : order;
}

const MOST_SPANS = 2 ** 40;

export const NOTHING: Sum = {
  size: 0,
  count: 0,
  open: 0,
  openSince: 0,
  busy: 0,
  failed: 0,
  input: 0,
  output: 0,
  cacheRead: 0,
  cacheWrite: 0,
  lastEnd: Number.NEGATIVE_INFINITY,
};

/**
 * Spans in the order of their starts, with sums over any stretch of them. A change and a question cost the
 * logarithm of the number of spans, wherever in time they are: a search tree that balances itself by
 * priorities (a treap), each node of which knows the sums below it.
 */
export class SpanIndex<T extends Span> {
  private root: Node<T> | undefined;
  private made = 0;
  /** Nodes that were looked at or changed: what the work is counted by. */
  visits = 0;

  get sum(): Sum {
    return this.root?.sum ?? NOTHING;
  }

  get size(): number {
    return this.sum.size;
  }

  insert(item: T): void {
    const node = leaf(item, priority(this.made++));
    const [left, right] = this.split(this.root, placeOf(item));
    this.root = this.join(this.join(left, node), right);
  }

  /** Takes out a span that is in, as it was put in. */
  remove(item: T): void {
    const [left, rest] = this.split(this.root, placeOf(item));
    const [, right] = this.split(rest, placeBehind(item));
    this.root = this.join(left, right);
  }

  /** The first span in order; the one that starts first. */
  get first(): T | undefined {
    return this.firstFrom(placeAt(Number.NEGATIVE_INFINITY));
  }

  /** The first span at or behind a place. */
  firstFrom(place: Place): T | undefined {
    let node = this.root;
    let found: T | undefined;
    while (node !== undefined) {
      this.visits++;
      if (isBefore(node.item, place)) {
        node = node.right;
      } else {
        found = node.item;
        node = node.left;
      }
    }
    return found;
  }

  /** The first span, in the order of starts, that ends after a moment. */
  firstEndingAfter(time: number): T | undefined {
    let node = this.root;
    while (node !== undefined && node.maxEnd > time) {
      this.visits++;
      if (node.left !== undefined && node.left.maxEnd > time) {
        node = node.left;
      } else if (node.item.end > time) {
        return node.item;
      } else {
        node = node.right;
      }
    }
    return undefined;
  }

  /** The first span at or behind a place that is at least so long. */
  firstLong(place: Place, length: number): T | undefined {
    return this.findLong(this.root, place, length);
  }

  /** The sum of the spans from one place (inclusive) to another (exclusive). */
  sumOf(from: Place, to: Place): Sum {
    return this.sumBelow(this.root, from, to);
  }

  private findLong(node: Node<T> | undefined, place: Place, length: number): T | undefined {
    if (node === undefined || node.longest < length) {
      return undefined;
    }
    this.visits++;
    if (isBefore(node.item, place)) {
      return this.findLong(node.right, place, length);
    }
    const left = this.findLong(node.left, place, length);
    if (left !== undefined) {
      return left;
    }
    return node.item.end - node.item.start >= length ? node.item : this.findLong(node.right, place, length);
  }

  private sumBelow(node: Node<T> | undefined, from: Place | undefined, to: Place | undefined): Sum {
    if (node === undefined) {
      return NOTHING;
    }
    this.visits++;
    if (from === undefined && to === undefined) {
      return node.sum;
    }
    if (from !== undefined && isBefore(node.item, from)) {
      return this.sumBelow(node.right, from, to);
    }
    if (to !== undefined && !isBefore(node.item, to)) {
      return this.sumBelow(node.left, from, to);
    }
    return added(
      added(this.sumBelow(node.left, from, undefined), sumOfOne(node.item)),
      this.sumBelow(node.right, undefined, to),
    );
  }

  /** What is before a place, and the rest. */
  private split(
    node: Node<T> | undefined,
    place: Place,
  ): [before: Node<T> | undefined, rest: Node<T> | undefined] {
    if (node === undefined) {
      return [undefined, undefined];
    }
    this.visits++;
    if (isBefore(node.item, place)) {
      const [before, rest] = this.split(node.right, place);
      node.right = before;
      return [refreshed(node), rest];
    }
    const [before, rest] = this.split(node.left, place);
    node.left = rest;
    return [before, refreshed(node)];
  }

  private join(left: Node<T> | undefined, right: Node<T> | undefined): Node<T> | undefined {
    if (left === undefined || right === undefined) {
      return left ?? right;
    }
    this.visits++;
    if (left.priority > right.priority) {
      left.right = this.join(left.right, right);
      return refreshed(left);
    }
    right.left = this.join(left, right.left);
    return refreshed(right);
  }
}

function isBefore(item: Span, place: Place): boolean {
  return item.start < place.start || (item.start === place.start && rankOf(item) < place.rank);
}

function leaf<T extends Span>(item: T, rank: number): Node<T> {
  return refreshed({
    item,
    priority: rank,
    left: undefined,
    right: undefined,
    sum: NOTHING,
    maxEnd: item.end,
    longest: 0,
  });
}

/** A node after what is below it has changed. */
function refreshed<T extends Span>(node: Node<T>): Node<T> {
  const { item, left, right } = node;
  node.sum = added(added(left?.sum ?? NOTHING, sumOfOne(item)), right?.sum ?? NOTHING);
  node.maxEnd = Math.max(item.end, left?.maxEnd ?? item.end, right?.maxEnd ?? item.end);
  node.longest = Math.max(item.end - item.start, left?.longest ?? 0, right?.longest ?? 0);
  return node;
}

function sumOfOne({ start, end, isFailed, counts, tokens }: Span): Sum {
  const isOpen = end === Number.POSITIVE_INFINITY;
  return {
    size: 1,
    count: counts ? 1 : 0,
    open: isOpen ? 1 : 0,
    openSince: isOpen ? start : 0,
    busy: isOpen ? 0 : end - start,
    failed: isFailed ? 1 : 0,
    input: tokens?.input ?? 0,
    output: tokens?.output ?? 0,
    cacheRead: tokens?.cacheRead ?? 0,
    cacheWrite: tokens?.cacheWrite ?? 0,
    lastEnd: isOpen ? Number.NEGATIVE_INFINITY : end,
  };
}

/** Both sums together. */
export function added(one: Sum, other: Sum): Sum {
  if (one.size === 0 || other.size === 0) {
    return one.size === 0 ? other : one;
  }
  return {
    size: one.size + other.size,
    count: one.count + other.count,
    open: one.open + other.open,
    openSince: one.openSince + other.openSince,
    busy: one.busy + other.busy,
    failed: one.failed + other.failed,
    input: one.input + other.input,
    output: one.output + other.output,
    cacheRead: one.cacheRead + other.cacheRead,
    cacheWrite: one.cacheWrite + other.cacheWrite,
    lastEnd: Math.max(one.lastEnd, other.lastEnd),
  };
}

/** Ranks without any order in them, the same ones each time: nothing that a server sends can unbalance the tree. */
function priority(number: number): number {
  let mixed = Math.imul(number + 1, 0x9e3779b1);
  mixed = Math.imul(mixed ^ (mixed >>> 15), 0x85ebca77);
  mixed = Math.imul(mixed ^ (mixed >>> 13), 0xc2b2ae3d);
  return (mixed ^ (mixed >>> 16)) >>> 0;
}
