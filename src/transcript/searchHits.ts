/** A row with matches, and how many. */
export interface Hit {
  readonly key: string;
  readonly count: number;
}

/**
 * The rows with matches, in the order of the session. Rows do not change places among each other without being
 * replaced here, so the order holds although positions move.
 */
export class SearchHits {
  private readonly positionOf: (key: string) => number | undefined;
  /** While the session is searched from the middle on: what lies before the middle, and the rest. */
  private front: Hit[] = [];
  private back: Hit[] = [];
  private sum = 0;

  constructor(positionOf: (key: string) => number | undefined) {
    this.positionOf = positionOf;
  }

  /** Matches in all rows. */
  get total(): number {
    return this.sum;
  }

  get first(): Hit | undefined {
    return this.front[0] ?? this.back[0];
  }

  private get last(): Hit | undefined {
    return this.back.at(-1) ?? this.front.at(-1);
  }

  /** The rows with matches, first to last. */
  keys(): readonly string[] {
    return [...this.front, ...this.back].map(({ key }) => key);
  }

  clear(): void {
    this.front = [];
    this.back = [];
    this.sum = 0;
  }

  /** Adds a row behind all others of its half. */
  append(hit: Hit, isFront: boolean): void {
    (isFront ? this.front : this.back).push(hit);
    this.sum += hit.count;
  }

  /** Takes rows out, and puts others in where they belong. */
  replace(keys: ReadonlySet<string>, fresh: readonly Hit[]): void {
    const kept = [...this.front, ...this.back].filter(({ key }) => !keys.has(key));
    const added = fresh
      .map((hit) => ({ hit, position: this.positionOf(hit.key) ?? Number.POSITIVE_INFINITY }))
      .sort((one, other) => one.position - other.position);
    this.front = [];
    this.back = [];
    let next = 0;
    const [least] = added;
    // Most of what is new stands at the end: the places of the others are looked up only behind the first of it.
    const from = least === undefined ? kept.length : this.indexAt(kept, least.position);
    this.front = kept.slice(0, from);
    for (const hit of kept.slice(from)) {
      const position = this.positionOf(hit.key) ?? Number.POSITIVE_INFINITY;
      for (let entry = added[next]; entry !== undefined && entry.position < position; entry = added[next]) {
        this.back.push(entry.hit);
        next += 1;
      }
      this.back.push(hit);
    }
    this.back.push(...added.slice(next).map(({ hit }) => hit));
    this.sum = this.front.reduce(sumOf, 0) + this.back.reduce(sumOf, 0);
  }

  /** Matches in the rows before one; undefined where that one has none. */
  before(key: string): number | undefined {
    let sum = 0;
    for (const half of [this.front, this.back]) {
      for (const hit of half) {
        if (hit.key === key) {
          return sum;
        }
        sum += hit.count;
      }
    }
    return undefined;
  }

  countOf(key: string): number | undefined {
    const position = this.positionOf(key);
    const hit = position === undefined ? undefined : this.atOrBehind(position);
    return hit?.key === key ? hit.count : undefined;
  }

  /** The first row with matches at or behind a position; behind the last comes the first. */
  atOrBehind(position: number): Hit | undefined {
    const inFront = this.front[this.indexAt(this.front, position)];
    return inFront ?? this.back[this.indexAt(this.back, position)] ?? this.first;
  }

  /** The last row with matches before a position; before the first comes the last. */
  lastBefore(position: number): Hit | undefined {
    const inBack = this.back[this.indexAt(this.back, position) - 1];
    return inBack ?? this.front[this.indexAt(this.front, position) - 1] ?? this.last;
  }

  /** Index of the first row at or behind a position. */
  private indexAt(hits: readonly Hit[], position: number): number {
    let low = 0;
    let high = hits.length;
    while (low < high) {
      const middle = (low + high) >> 1;
      const key = hits[middle]?.key ?? '';
      if ((this.positionOf(key) ?? Number.NEGATIVE_INFINITY) < position) {
        low = middle + 1;
      } else {
        high = middle;
      }
    }
    return low;
  }
}

function sumOf(sum: number, hit: Hit): number {
  return sum + hit.count;
}
