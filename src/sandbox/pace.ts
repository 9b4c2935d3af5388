/** How fast the scripted agent plays. Milliseconds; tests use zeroes. */
export interface Pace {
  /** Between two pieces of a streamed message. */
  readonly pieceMs: number;
  /** Between two steps of a turn, such as a tool call and its result. */
  readonly stepMs: number;
  /** What `/slow` counts as one second. */
  readonly secondMs: number;
}

export const livelyPace: Pace = { pieceMs: 30, stepMs: 250, secondMs: 1_000 };

/** More pieces than this would keep a reader waiting: long messages get bigger pieces instead. */
const maxPieces = 400;

/** Cuts a text after its words, so that no piece begins inside a character. Joined, they are the text. */
export function piecesOf(text: string): string[] {
  const words = text.match(/\S+\s*|\s+/gu) ?? [];
  const wordsPerPiece = Math.max(1, Math.ceil(words.length / maxPieces));
  const pieces: string[] = [];
  for (let start = 0; start < words.length; start += wordsPerPiece) {
    pieces.push(words.slice(start, start + wordsPerPiece).join(''));
  }
  return pieces;
}
