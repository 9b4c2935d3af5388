/** Announced documents that are remembered; an editor that is slower than so many others has to be opened again. */
const MAX_ANNOUNCED = 100;

/**
 * Which documents the user asked for. Anything in the editor may read a document by its address, as the setting
 * `json.schemas` of a folder does: without this a folder could have requests made with the user's key. A server
 * is asked only for what a command of ours is about to open, or what a tab of this window shows.
 */
export class AskedDocuments {
  private readonly shown: () => Iterable<string>;
  private readonly announced = new Set<string>();

  /** @param shown addresses of the documents that tabs of this window show, as of now */
  constructor(shown: () => Iterable<string>) {
    this.shown = shown;
  }

  /** The user opens this document: it may be read before its tab is there. */
  announce(address: string): void {
    this.announced.delete(address);
    this.announced.add(address);
    const [oldest] = this.announced;
    if (this.announced.size > MAX_ANNOUNCED && oldest !== undefined) {
      this.announced.delete(oldest);
    }
  }

  /** Its tab was closed: nobody asks for it any more, unless another tab shows it. */
  withdraw(address: string): void {
    this.announced.delete(address);
  }

  has(address: string): boolean {
    if (this.announced.has(address)) {
      return true;
    }
    for (const shown of this.shown()) {
      if (shown === address) {
        return true;
      }
    }
    return false;
  }
}
