/** A stream that has answered 200 with `text/event-stream`. */
export interface EventStream {
  /** The path that answered, for the log and the report. */
  readonly path: string;
  readonly requestId: string | undefined;
  /** Whether token-by-token previews were asked for and accepted. */
  readonly deltas: boolean;
  /** The bytes as they come. Leaving the loop closes the connection. */
  readonly chunks: AsyncIterable<Uint8Array>;
  /** Takes the keys out of the text of an event, for a server that echoes them. */
  readonly clean?: (text: string) => string;
  close(): void;
}
