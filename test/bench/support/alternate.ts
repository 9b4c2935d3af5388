type Sides = Readonly<Record<string, (round: number) => unknown>>;

type Results<S extends Sides> = { readonly [Name in keyof S]: Awaited<ReturnType<S[Name]>>[] };

/**
 * Measures several sides by turns, each round in the other direction than the one before, so that a machine
 * that grows warm or tired treats all of them alike.
 */
export async function alternate<S extends Sides>(rounds: number, sides: S): Promise<Results<S>> {
  const names = Object.keys(sides);
  const results: Record<string, unknown[]> = Object.fromEntries(names.map((name) => [name, []]));
  for (let round = 0; round < rounds; round += 1) {
    for (const name of round % 2 === 0 ? names : names.toReversed()) {
      results[name]?.push(await sides[name]?.(round));
    }
  }
  return results as Results<S>;
}
