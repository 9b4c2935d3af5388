/** Ends a `switch` over a union: a forgotten member is a type error here. */
export function assertNever(value: never): never {
  throw new Error(`Unexpected value: ${String(value)}`);
}
