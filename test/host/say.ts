/** Tells the person at the terminal what is going on. Not part of any report. */
export function say(line: string): void {
  process.stderr.write(`${line}\n`);
}
