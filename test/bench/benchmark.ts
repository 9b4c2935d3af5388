/** One number that was measured, and what it is to be. Without a bound it only explains the others. */
export interface Measure {
  readonly what: string;
  readonly value: number;
  readonly unit: string;
  readonly bound?: { readonly most: number } | { readonly least: number };
  /** More about it, in a few words. */
  readonly note?: string;
}

export interface BenchOptions {
  /** How often each side is measured; the median counts. */
  readonly rounds: number;
  /** Events in a long session. */
  readonly events: number;
}

/** A promise about speed or size, and how it is put to the test. */
export interface Bench {
  /** The name by which it is called for. */
  readonly name: string;
  readonly title: string;
  /** Whether it needs a real VS Code with the extension as it ships. */
  readonly inEditor: boolean;
  readonly run: (options: BenchOptions) => Promise<readonly Measure[]>;
}

/** The bound of a number, one way to say it for both kinds. */
export function boundOf({
  bound,
}: Measure): { readonly kind: 'most' | 'least'; readonly value: number } | undefined {
  if (bound === undefined) {
    return undefined;
  }
  return 'most' in bound ? { kind: 'most', value: bound.most } : { kind: 'least', value: bound.least };
}

/** Whether a number is what it is to be; undefined where nothing was promised. */
export function isMet({ value, bound }: Measure): boolean | undefined {
  if (bound === undefined) {
    return undefined;
  }
  return 'most' in bound ? value <= bound.most : value >= bound.least;
}
