/** Longest of each that code written by or for people has, in UTF-16 units. */
const LONGEST_LINE = 800;
const LONGEST_WORD = 200;
const LONGEST_BLANK = 400;
/** Words, blanks and quotes with no other sign among them. */
const LONGEST_PLAIN = 1_500;

const signs = new Set(Array.from('!#%&()*+,/:;<=>?@[]^`{|}~', (sign) => sign.charCodeAt(0)));

/** True for code with endless lines, words or blanks: searching in those takes a highlighter for ever. */
export function isMonotonous(code: string): boolean {
  let line = 0;
  let word = 0;
  let blank = 0;
  let plain = 0;
  for (let index = 0; index < code.length; index += 1) {
    const unit = code.charCodeAt(index);
    const isSign = signs.has(unit);
    const isBlank = unit <= 0x20;
    line = unit === 0x0a ? 0 : line + 1;
    word = isSign || isBlank ? 0 : word + 1;
    blank = isBlank ? blank + 1 : 0;
    plain = isSign ? 0 : plain + 1;
    if (line > LONGEST_LINE || word > LONGEST_WORD || blank > LONGEST_BLANK || plain > LONGEST_PLAIN) {
      return true;
    }
  }
  return false;
}
