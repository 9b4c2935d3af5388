/** What is there and not listed, and what is listed and not there: a list that is not true is no list. */
export function compareSets(what: string, present: Iterable<string>, listed: Iterable<string>): string[] {
  const there = new Set(present);
  const known = new Set(listed);
  return [
    ...[...there]
      .filter((each) => !known.has(each))
      .sort()
      .map((each) => `${what} not in the list: ${each}`),
    ...[...known]
      .filter((each) => !there.has(each))
      .sort()
      .map((each) => `${what} in the list but not there: ${each}`),
  ];
}

/** Says what was found, and fails the process where that is anything. */
export function report(check: string, findings: readonly string[]): void {
  for (const finding of findings) {
    console.error(finding);
  }
  if (findings.length > 0) {
    console.error(
      `check:${check} failed. The lists are in scripts/check/pins.ts; look before you change one.`,
    );
    process.exitCode = 1;
  }
}
