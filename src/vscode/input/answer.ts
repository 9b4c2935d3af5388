/** What came of a question: a value, the wish to go back one step, or none any more. */
export type Answer<T> =
  { readonly kind: 'value'; readonly value: T } | { readonly kind: 'back' } | { readonly kind: 'cancelled' };

/** What stands around a question. */
export interface Frame {
  readonly title: string;
  /** From 1; undefined where the question stands alone. */
  readonly step?: number | undefined;
  readonly totalSteps?: number | undefined;
  readonly canGoBack?: boolean | undefined;
  /** Why the question is asked again. */
  readonly problem?: string | undefined;
}
