/**
 * The one table of characters that a reader does not see, or sees in another place than they are: Unicode's
 * default ignorables (Unicode Standard, 5.21), the controls for direction (UAX #9), what looks like a blank but
 * is none, and control characters. Texts for labels and texts on the page are marked by it alike.
 */

/** Code points from `first` to `last`. */
type Range = readonly [first: number, last: number];

/** Hidden wherever they stand. A tab and a line feed are content. */
const ALWAYS: readonly Range[] = [
  [0x00, 0x08],
  [0x0b, 0x1f],
  [0x7f, 0x9f],
  [0xad, 0xad], // soft hyphen
  [0x34f, 0x34f], // combining grapheme joiner
  [0x61c, 0x61c], // Arabic letter mark
  [0x115f, 0x1160], // Hangul fillers
  [0x17b4, 0x17b5], // Khmer inherent vowels
  [0x180b, 0x180f], // Mongolian variation selectors and separator
  [0x200b, 0x200b], // zero width space
  [0x200e, 0x200f], // marks of direction
  [0x2028, 0x202e], // line and paragraph separator, embeddings and overrides
  [0x2060, 0x206f], // word joiner, invisible operators, isolates
  [0x2800, 0x2800], // Braille blank
  [0x3164, 0x3164], // Hangul filler
  [0xfe00, 0xfe0d], // variation selectors that emoji do not use
  [0xfeff, 0xfeff], // byte order mark
  [0xffa0, 0xffa0], // halfwidth Hangul filler
  [0xfff0, 0xfffc], // interlinear annotation, object replacement
  [0x13430, 0x1343f], // Egyptian format controls
  [0x1bca0, 0x1bca3], // shorthand format controls
  [0x1d159, 0x1d159], // musical null notehead
  [0x1d173, 0x1d17a], // musical format controls
  [0xe0000, 0xe0fff], // tags, ideographic variation selectors, and what is reserved beside them
];

/** What joins letters, and what gives an emoji its colour: hidden only where nothing is there to be joined or coloured. */
const JOINERS: readonly Range[] = [[0x200c, 0x200d]];
const EMOJI_STYLES: readonly Range[] = [[0xfe0e, 0xfe0f]];

/** More marks on one letter than any script puts there climb over the lines around them. */
const HEAP = '\\p{M}{9,}';

const always = classOf(ALWAYS);
const joiner = classOf(JOINERS);
const style = classOf(EMOJI_STYLES);

// A joiner after ASCII joins nothing, nor does one before a Latin letter or another joiner; some scripts end
// words with one. A second selector in a row, or one after a letter, selects nothing.
const strayJoiner = `(?<=[\\0-\\x7f]|^)${joiner}|${joiner}(?=[A-Za-z0-9]|${joiner})`;
const strayStyle = `(?<=[A-Za-z\\s\\u{fe00}-\\u{fe0f}]|^)${style}|${style}(?=${style})`;

/** Source of a pattern (flags `u`, without `m`) for one thing that can deceive a reader. */
export const hiddenSource = `${always}|${strayJoiner}|${strayStyle}|${HEAP}`;

/** Source of a pattern (flag `u`) for the same where every character counts: joiners and emoji styles as well. */
export const exactHiddenSource = `${always}|${joiner}|${style}|${HEAP}`;

const hidden = new RegExp(hiddenSource, 'u');
const hiddenRuns = new RegExp(`(${hiddenSource})\\1*`, 'gu');

/** True where the text holds something that a reader would not see. */
export function hasHidden(text: string): boolean {
  return hidden.test(text.includes('\r\n') ? text.replaceAll('\r\n', '\n') : text);
}

/** What is hidden in the text, by name, and how often. */
export function hiddenIn(text: string): ReadonlyMap<string, number> {
  const counts = new Map<string, number>();
  for (const [run] of text.replaceAll('\r\n', '\n').matchAll(hiddenRuns)) {
    const name = codePointName(run);
    counts.set(name, (counts.get(name) ?? 0) + Array.from(run).length);
  }
  return counts;
}

/** The most kinds of hidden characters that a question names. */
const MOST_NAMED = 12;

/** What is hidden in the text, for a question: "U+202E × 1, U+200B × 3". Empty where nothing is. */
export function namesOfHidden(text: string): string {
  const found = [...hiddenIn(text)];
  const names = found.slice(0, MOST_NAMED).map(([name, count]) => `${name} × ${String(count)}`);
  return [...names, ...(found.length > MOST_NAMED ? ['…'] : [])].join(', ');
}

/** The text without what is hidden in it. */
export function withoutHidden(text: string): string {
  return text.replaceAll('\r\n', '\n').replace(hiddenRuns, '');
}

/** The name of a code point, such as "U+202E". */
export function codePointName(character: string): string {
  const code = character.codePointAt(0) ?? 0;
  return `U+${code.toString(16).toUpperCase().padStart(4, '0')}`;
}

/** The text with hidden characters replaced by their numbers, such as ⟨202E⟩ or ⟨200B×40⟩: for labels and titles. */
export function withHiddenMarked(text: string): string {
  return text.replace(hiddenRuns, (run: string) => {
    const count = Array.from(run).length;
    return `⟨${codePointName(run)
      .slice(2)
      .replace(/^0+(?=..)/, '')}${count > 1 ? `×${count}` : ''}⟩`;
  });
}

function classOf(ranges: readonly Range[]): string {
  const parts = ranges.map(([first, last]) => `\\u{${first.toString(16)}}-\\u{${last.toString(16)}}`);
  return `[${parts.join('')}]`;
}
