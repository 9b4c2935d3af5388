/**
 * Counts what a page sends that is no message. The first is worth a line in the log, and then each ten times
 * as many: a page gone wild must not fill the log.
 */
export class RefusedMessages {
  private readonly warn: (line: string) => void;
  private count = 0;
  private next = 1;

  constructor(warn: (line: string) => void) {
    this.warn = warn;
  }

  add(): void {
    this.count += 1;
    if (this.count === this.next) {
      this.next *= 10;
      this.warn(
        this.count === 1
          ? 'a message of the page was refused'
          : `${this.count} messages of the page were refused`,
      );
    }
  }
}
