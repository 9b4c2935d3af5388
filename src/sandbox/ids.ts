/** A source of numbers in [0, 1). Only ids come from it; the key comes from the platform's own generator. */
export type Random = () => number;

const alphabet = '123456789ABCDEFGHJKLMNPQRSTUVWXYZabcdefghijkmnopqrstuvwxyz';
const length = 22;

/** The part of an id after its prefix: `01` and 22 characters, the look of the real service's ids. */
export function newSuffix(random: Random): string {
  let suffix = '01';
  for (let index = 0; index < length; index += 1) {
    suffix += alphabet.charAt(Math.floor(random() * alphabet.length));
  }
  return suffix;
}

const sessionPrefixes = ['sesn_', 'session_'] as const;

/**
 * A session has one internal id and two spellings: `sesn_…` in Anthropic's dialect and `session_…` in
 * Synth's. Both are accepted in both; undefined where the text is neither.
 */
export function sessionSuffix(id: string): string | undefined {
  for (const prefix of sessionPrefixes) {
    if (id.startsWith(prefix)) {
      return id.slice(prefix.length);
    }
  }
  return undefined;
}
