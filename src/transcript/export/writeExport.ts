/** Where an export goes. Nothing is there to see before `commit`, and nothing is left after `abort`. */
export interface ExportSink {
  write(text: string): Promise<void>;
  commit(): Promise<void>;
  abort(): Promise<void>;
}

export interface WriteOptions {
  readonly signal: AbortSignal;
  /** Cuts keys out; called with whole pieces, so that no key is ever halved. */
  readonly redact: (text: string) => string;
  /** Told how many pieces are written. */
  readonly onProgress: (pieces: number) => void;
}

/** So much is gathered before it is written, in UTF-16 units. */
const SLICE = 256 * 1024;

/**
 * Writes pieces slice by slice, with a breath between two of them. Resolves with the number of pieces; where it
 * is aborted, or anything fails, the sink is left as if nothing had been begun, and the reason is thrown.
 */
export async function writeExport(
  pieces: Iterable<string>,
  sink: ExportSink,
  { signal, redact, onProgress }: WriteOptions,
): Promise<number> {
  let count = 0;
  let length = 0;
  let slice: string[] = [];
  const flush = async () => {
    signal.throwIfAborted();
    // A half of a surrogate pair has no form in UTF-8.
    await sink.write(slice.join('').toWellFormed());
    slice = [];
    length = 0;
    onProgress(count);
  };
  try {
    for (const piece of pieces) {
      const text = redact(piece);
      slice.push(text);
      length += text.length;
      count += 1;
      if (length >= SLICE) {
        await flush();
      }
    }
    await flush();
    signal.throwIfAborted();
    await sink.commit();
    return count;
  } catch (error) {
    await sink.abort();
    throw error;
  }
}
